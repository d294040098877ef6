from pathlib import Path

import pytest
from pydantic import BaseModel

from crawler.extraction.model import Hints
from crawler.sources.model import Detail, FeedSection, FormerHints, HtmlSection, JsonSection, SitemapSection, Source
from crawler.urls import UrlRules

DOCUMENT = (Path(__file__).parents[2] / "docs/sources.md").read_text(encoding="utf-8")

MODELS = (Source, HtmlSection, FeedSection, SitemapSection, JsonSection, Detail, FormerHints, UrlRules, Hints)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_of_a_source_file_is_explained(model: type[BaseModel]) -> None:
    marks = ("`{}`", "`[{}]`", "`[[{}]]`")
    missing = [key for key in model.model_fields if not any(mark.format(key) in DOCUMENT for mark in marks)]
    assert missing == []
