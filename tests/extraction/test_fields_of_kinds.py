"""The fields of every kind of page on which one of them was once wrong, in several forms of it."""

from datetime import datetime

import pytest

from crawler.extraction.dates import SHANGHAI
from crawler.extraction.extract import extract
from tests.extraction.kinds import boards, fields, further_fields, portals

URL = "https://news.river.example/a/1001.html"
FETCHED = datetime(2026, 11, 28, 12, tzinfo=SHANGHAI)
CASES = {**fields.CASES, **further_fields.CASES, **portals.CASES, **boards.CASES}


@pytest.mark.parametrize("name", CASES)
def test_the_fields_are_the_articles_own(name: str) -> None:
    case = CASES[name]
    extraction = extract(case.html.encode(), URL, fetched_at=FETCHED)
    at = extraction.published_at
    read = {
        "title": extraction.title,
        "credit": extraction.credit,
        "editors": extraction.editors,
        "reporters": extraction.reporters,
        "paragraphs": extraction.paragraphs,
        "published": at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else None,
    }
    assert {field: read[field] for field in case.right} == case.right
