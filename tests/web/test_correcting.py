"""Correcting on the page: by forms of ours alone, by who is signed in, in their name, and taken back."""

from collections.abc import Iterator

import httpx
import pytest
from lxml import html

from archive.corrections import corrections_of
from archive.database import Database
from indexer.indexing import index_changes
from indexer.stories.in_memory import story_id
from tests.deadline import DEADLINE
from tests.web.conftest import Filled, serving
from tests.web.newsroom import RAILWAY, fill
from tests.web.reading_pages import Page
from web.settings import WebSettings

ORIGINAL = "https://jstv.example/202611201000.html"
COPY = "https://smg.example/202611201225.html"
LABORATORY = "https://ahtv.example/202610020800.html"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """An archive of this file's own, which it corrects."""
    return fill(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def editor(desk: Filled) -> Iterator[httpx.Client]:
    """The browser of an editor whom a proxy signed in."""
    headers = {"X-Forwarded-User": "li"}
    with (
        serving(desk, WebSettings(trusted_proxies=("127.0.0.1",))) as site,
        httpx.Client(base_url=site, timeout=DEADLINE, headers=headers | {"Origin": site}) as client,
    ):
        yield client


@pytest.fixture(autouse=True)
def _undone(request: pytest.FixtureRequest, desk: Filled) -> Iterator[None]:
    """Take back what a test corrected."""
    yield
    if "editor" in request.fixturenames:
        editor: httpx.Client = request.getfixturevalue("editor")
        for number in stored(desk):
            page = story(editor)
            token = page.root.xpath("//input[@name='form_token']/@value")[0]
            assert editor.post("/correct/undo", data={"form_token": token, "number": number}).status_code == 303
        index_changes(*desk)


def stored(desk: Filled) -> list[int]:
    database = Database.open_to_read(desk[0])
    try:
        with database.read() as connection:
            return [one.number for one in corrections_of(connection)]
    finally:
        database.close()


def story(reader: httpx.Client, url: str = ORIGINAL) -> Page:
    """Return the page of the story that an article founded, or of what became of it."""
    return Page(reader.get(f"/story/{story_id(url)}", follow_redirects=True))


def form_of(page: Page, kind: str, url: str) -> dict[str, str]:
    """Return the fields of the page's form for a kind of correction of an article."""
    for form in page.root.forms:
        fields = {name: value or "" for name, value in form.fields.items()}
        if fields.get("kind") == kind and fields.get("url") == url:
            assert (form.action, form.method) == ("/correct", "POST")
            return fields
    raise AssertionError(f"no form for {kind} of {url}")


def send(editor: httpx.Client, page: Page, kind: str, url: str, value: str | None = None) -> Page:
    """Send a form of a page, with another value in it; return the page that follows."""
    fields = form_of(page, kind, url)
    answer = editor.post("/correct", data=fields if value is None else fields | {"value": value})
    assert answer.status_code == 303
    return Page(editor.get(answer.headers["location"]))


def test_who_is_not_signed_in_sees_no_form_and_changes_nothing(reader: httpx.Client, desk: Filled) -> None:
    page = story(reader)
    assert not page.root.xpath("//form[starts-with(@action, '/correct')]")
    fields = {"url": ORIGINAL, "kind": "title", "value": "另一题目", "form_token": ""}
    for path in ("/correct", "/correct/undo"):
        assert reader.post(path, data=fields).status_code == 403
    assert stored(desk) == []


def test_fields_are_corrected_in_the_readers_name_and_taken_back(editor: httpx.Client, desk: Filled) -> None:
    page = story(editor)
    assert form_of(page, "minute", ORIGINAL)["value"] == "2026-11-20T10:00"
    page = send(editor, page, "title", ORIGINAL, "沪苏通二期开通")
    page = send(editor, page, "minute", ORIGINAL, "2026-11-20T09:30")
    page = send(editor, page, "credit", ORIGINAL, "")
    page = send(editor, page, "level", ORIGINAL, "related")
    assert page.text("//h1") == "沪苏通二期开通"
    assert "09:30" in page.text("//header[@class='opening']//time")
    told = page.texts("//header[@class='opening']//ul[contains(@class, 'corrections')]/li")
    assert len(told) == 4
    assert f"标题，原为{RAILWAY}，沪苏通二期开通 li，" in told[0]
    index_changes(*desk)
    assert Page(editor.get("/search", params={"q": "沪苏通二期开通", "by": "story"})).link("沪苏通二期开通")
    [undo] = [
        form
        for form in page.root.forms
        if form.action == "/correct/undo" and "沪苏通" in form.getparent().text_content()
    ]
    back = editor.post("/correct/undo", data=dict(undo.fields))
    assert Page(editor.get(back.headers["location"])).text("//h1") == RAILWAY


def test_a_copy_that_is_none_leaves_and_comes_back(editor: httpx.Client, desk: Filled) -> None:
    page = story(editor)
    assert len(page.root.xpath("//section[@class='copy']")) == 1
    send(editor, page, "not-story", COPY)
    index_changes(*desk)
    page = Page(editor.get(page.response.url.path))
    assert not page.root.xpath("//section[@class='copy']")
    send(editor, page, "same-story", ORIGINAL, COPY)
    index_changes(*desk)
    assert len(Page(editor.get(page.response.url.path)).root.xpath("//section[@class='copy']")) == 1


def test_a_report_of_another_happening_leaves_the_event_and_comes_back(editor: httpx.Client, desk: Filled) -> None:
    send(editor, story(editor, LABORATORY), "same-event", LABORATORY, ORIGINAL)
    index_changes(*desk)
    event = Page(editor.get(story(editor).link("看同一事件")))
    assert len(event.root.xpath("//section[@class='report']")) >= 2
    send(editor, event, "not-event", LABORATORY)
    index_changes(*desk)
    event = Page(editor.get(event.response.url.path))
    assert event.texts("//section[@class='report']//h3") == ["合肥与南京共建实验室"]


def test_only_a_form_of_ours_is_taken(editor: httpx.Client, desk: Filled) -> None:
    fields = form_of(story(editor), "title", ORIGINAL)
    assert editor.post("/correct", data=fields | {"form_token": "another"}).status_code == 403
    foreign = editor.post("/correct", data=fields, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    other = editor.post("/correct", data=fields, headers={"X-Forwarded-User": "wang"})
    assert other.status_code == 403
    assert editor.get("/correct").status_code == 405
    sent = editor.post("/correct", data=fields | {"following": "//evil.example"})
    assert sent.headers["location"] == "/"
    assert len(stored(desk)) == 1


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("title", " ", "标题不能是空的"),
        ("minute", "昨天", "写到分钟"),
        ("level", "high", "没有这个级别"),
        ("same-story", ORIGINAL, "存档中没有另外这一篇"),
        ("same-event", "https://none.example/", "没有这个网址"),
        ("title", "长" * 2001, "太长"),
    ],
)
def test_a_mistake_is_said_in_words(editor: httpx.Client, desk: Filled, kind: str, value: str, words: str) -> None:
    answer = editor.post("/correct", data=form_of(story(editor), kind, ORIGINAL) | {"value": value})
    assert answer.status_code == 422
    assert words in html.fromstring(answer.text).text_content()
    assert stored(desk) == []
