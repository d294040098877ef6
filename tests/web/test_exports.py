"""Every hit of a search as a file."""

import csv
import io
import json
import zipfile

import httpx
import pytest

from indexer.search.document import StoryDocument
from tests.search.corpus import story
from tests.web.newsroom import RAILWAY, RAILWAY_TEXT
from web.exports import markdown

SEARCH = {"q": "长三角", "by": "story"}


def test_csv_opens_right_in_a_spreadsheet(reader: httpx.Client) -> None:
    response = reader.get("/export.csv", params=SEARCH)
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in response.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert (rows[0]["title"], rows[0]["body"], len(rows)) == (RAILWAY, RAILWAY_TEXT, 4)


def test_a_sheet_and_json_lines(reader: httpx.Client) -> None:
    with zipfile.ZipFile(io.BytesIO(reader.get("/export.xlsx", params=SEARCH).content)) as book:
        assert RAILWAY in book.read("xl/worksheets/sheet1.xml").decode()
    lines = reader.get("/export.jsonl", params=SEARCH).text.splitlines()
    assert json.loads(lines[0])["title"] == RAILWAY
    assert len(lines) == 4


def test_markdown_numbers_its_sources(reader: httpx.Client) -> None:
    text = reader.get("/export.md", params={"q": "铁路"}).text
    assert text.startswith("# 铁路\n")
    assert f"1. **{RAILWAY}**（荔枝网，" in text
    head, sources = text.split("## 来源")
    assert "[1]" in head
    assert "[1] 荔枝网：" in sources
    assert "<https://jstv.example/202611201000.html>" in sources


@pytest.mark.parametrize("evil", ["[x](javascript:1)", "<script>", "# 标题", "* a\n* b", "![](https://x.example/p)"])
def test_no_text_is_markdown_of_its_own(evil: str) -> None:
    one: StoryDocument = story("a", "smg", "2026-11-20T08:00", evil, evil)
    lines = "".join(markdown(evil, [one])).splitlines()
    assert lines[0].startswith("# ")
    assert not any(sign in line.replace("\\" + sign, "") for line in lines[2:4] for sign in ("<", "#", "!"))
    assert "](" not in "".join(lines).replace("\\](", "").replace("\\]\\(", "")


def test_wrong_searches_and_forms_are_told(reader: httpx.Client) -> None:
    assert reader.get("/export.csv", params={"q": "(长"}).status_code == 400
    assert reader.get("/export.pdf", params=SEARCH).status_code == 404
