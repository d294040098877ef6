"""Tokens: made once, kept as a digest, good for what their scope says, and for nothing once revoked."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import typer
from argon2 import PasswordHasher
from typer.testing import CliRunner

from core.errors import UsageError
from indexer.indexing import index_changes
from tests.deadline import DEADLINE
from tests.web.conftest import Filled, serving
from tests.web.newsroom import fill
from web.commands.tokens import add, list_all, revoke
from web.settings import WebSettings

HASH = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash("长三角")
RAILWAY = "https://jstv.example/202611201000.html"
LABORATORY = "https://ahtv.example/202610020800.html"
CORRECTION = {"url": RAILWAY, "kind": "same-event", "value": LABORATORY}

app = typer.Typer()
app.command("add")(add)
app.command("list")(list_all)
app.command("revoke")(revoke)


def tell(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout.strip()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    archive, indexer = fill(tmp_path_factory.mktemp("corrected"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DELTANEWS_ARCHIVE_DIRECTORY", str(archive.directory))
        yield archive, indexer


@pytest.fixture(scope="module")
def api(filled: Filled) -> Iterator[httpx.Client]:
    with serving(filled) as site, httpx.Client(base_url=f"{site}/api/v1", timeout=DEADLINE) as client:
        yield client


def test_a_token_is_shown_once_and_kept_as_a_digest(filled: Filled) -> None:
    token = tell("add", "once")
    assert len(token) > 40
    assert tell("list").split("\t")[:2] == ["once", "read"]
    assert token not in tell("list", "--json")
    for path in Path(filled[0].directory).rglob("*"):
        assert path.is_dir() or token.encode() not in path.read_bytes()
    with pytest.raises(UsageError, match="revoke it first"):
        tell("add", "once")
    tell("revoke", "once")
    with pytest.raises(UsageError, match="no token has this name"):
        tell("revoke", "once")


def test_where_a_password_is_asked_for_programs_read_with_a_token(filled: Filled) -> None:
    token = tell("add", "reader")
    with serving(filled, WebSettings.model_validate({"password_hash": HASH})) as site:
        with httpx.Client(base_url=site, headers=bearer(token), timeout=DEADLINE) as program:
            for path in ("/api/v1/stories", "/feed.atom", "/export.csv"):
                assert program.get(path).status_code == 200, path
            assert program.get("/search").status_code == 303, "a page is for who signs in"
            tell("revoke", "reader")
            assert program.get("/api/v1/stories").status_code == 401
        assert httpx.get(f"{site}/api/v1/stories", headers=bearer("x")).headers["www-authenticate"] == "Bearer"


def test_a_change_needs_a_token_that_may(api: httpx.Client) -> None:
    assert api.get("/stories").status_code == 200, "reading at loopback needs none"
    refused = api.post("/corrections", json=CORRECTION)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    reading = bearer(tell("add", "looker", "--scope", "read"))
    assert api.post("/corrections", json=CORRECTION, headers=reading).status_code == 403
    correcting = bearer(tell("add", "desk", "--scope", "correct"))
    foreign = {"Origin": "https://evil.example"}
    assert api.post("/corrections", json=CORRECTION, headers=correcting | foreign).status_code == 403
    bad_kind, no_article = CORRECTION | {"kind": "better"}, CORRECTION | {"value": "https://nowhere.example/"}
    for wrong in (dict[str, str](), bad_kind, no_article, "x"):
        answer = api.post("/corrections", json=wrong, headers=correcting)
        assert answer.status_code == 400
        assert answer.json()["error"]


def test_a_correction_holds_from_the_next_indexing_on(filled: Filled, api: httpx.Client) -> None:
    correcting = bearer(tell("add", "corrector", "--scope", "correct"))
    answer = api.post("/corrections", json=CORRECTION, headers=correcting)
    assert (answer.status_code, answer.json()["corrected_by"]) == (201, "corrector")
    index_changes(*filled)
    (story,) = api.get("/stories", params={"q": "铁路"}).json()["stories"]
    event = api.get(f"/events/{story['event_id']}").json()
    assert LABORATORY in {report["url"] for report in event["reports"]}
