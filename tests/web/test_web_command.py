"""`deltanews web`, as it is started: loopback alone, unless there is a password or a proxy, and names."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher

from core.errors import UsageError
from tests.deadline import DEADLINE
from tests.web.conftest import Filled
from web.server import check_exposure
from web.settings import WebSettings


@pytest.fixture
def served(filled: Filled) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    archive, indexer = filled
    variables = {
        "DELTANEWS_ARCHIVE_DIRECTORY": str(archive.directory),
        "DELTANEWS_INDEXER_DIRECTORY": str(indexer.directory),
    }
    command = [sys.executable, "-m", "deltanews", "web", "--port", "0"]
    process = subprocess.Popen(command, env=os.environ | variables, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    yield process.stdout.readline().split()[0], process
    process.kill()
    process.wait()


def test_it_says_where_it_is_and_ends_when_told(served: tuple[str, "subprocess.Popen[str]"]) -> None:
    url, process = served
    assert url.startswith("http://127.0.0.1:")
    assert httpx.get(f"{url}search?q=长三角", timeout=DEADLINE).status_code == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(DEADLINE) in {0, 130}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"host": "0.0.0.0"}, "password_hash"),
        ({"host": "192.0.2.1", "names": ("news.example",)}, "password_hash"),
        ({"host": "::", "password_hash": "x"}, "[web] names"),
        ({"host": "news.example"}, "password_hash"),
    ],
)
def test_wider_than_loopback_needs_a_password_or_a_proxy_and_a_name(fields: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says.replace("[", r"\[")):
        check_exposure(WebSettings.model_validate(fields))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"host": "::1"},
        {"host": "localhost"},
        {"host": "0.0.0.0", "password_hash": "x", "names": ("news.example",)},
        {"host": "0.0.0.0", "trusted_proxies": ("127.0.0.1",), "names": ("news.example",)},
    ],
)
def test_what_is_guarded_may_listen(fields: dict[str, object]) -> None:
    check_exposure(WebSettings.model_validate(fields))


def test_a_hash_is_made_for_the_settings(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "deltanews", "web", "--hash-password"]
    done = subprocess.run(command, input="长三角\n", capture_output=True, text=True, check=True)
    (tmp_path / "hash").write_text(done.stdout)
    settings = WebSettings(password_hash_file=tmp_path / "hash")
    assert PasswordHasher().verify(settings.password or "", "长三角")
