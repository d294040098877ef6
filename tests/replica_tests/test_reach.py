"""The shipped source files and the replica fit: each list leads to the oracle's articles, and to no other."""

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, urlencode, urljoin

import pytest
import urllib3

from crawler.sources.loader import load_sources
from crawler.sources.model import HtmlSection, Section, Source
from tests.replica import Replica

SOURCES = {name: source for name, source in load_sources().items() if name != "cztv"}  # cztv's pages need a browser


def pages(section: Section) -> Iterator[tuple[str, str, str]]:
    """Give method, address and body of all the list pages that a source file names."""
    for word in section.words or ("",):
        for url in section.urls:
            first = url.format(word=quote(word), page=section.first_page, offset=0)
            if section.form:
                yield "POST", first, urlencode({key: value.format(word=word) for key, value in section.form.items()})
            elif section.json_body:
                yield "POST", first, section.json_body
            else:
                yield "GET", first, ""
            following = section.pages or (url if "{page}" in url or "{offset}" in url else "")
            for number in range(1, section.max_pages if following else 1):
                values = {
                    "word": quote(word),
                    "page": section.first_page + number,
                    "offset": number * section.page_size,
                }
                yield "GET", following.format(url=first, **values), ""


def links(source: Source, section: Section, base: str, text: str) -> set[str]:
    """Give all addresses in a list page, whatever stands around them."""
    if isinstance(section, HtmlSection):
        text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
        return {urljoin(base, unescape(link)) for link in re.findall(r'href="([^"]*)"', text)}
    found = set(re.findall(r'https?://[^"]+', text))
    if source.name == "shobserver":  # addresses are made of ids
        shell = "https://www.shobserver.com/staticsg/res/html/web/newsDetail.html?id="
        found |= {f"{shell}{row['id']}" for row in json.loads(text)["data"] if row["newstype"] == "0"}
    if source.name == "thepaper":
        rows = json.loads(text)["data"]["list"]
        found |= {f"https://www.thepaper.cn/newsDetail_forward_{row['contId']}" for row in rows}
    return found


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_lists_reach_every_article_and_no_other(source: Source, replica: Replica, client: urllib3.ProxyManager) -> None:
    reached: dict[str, set[str]] = {}
    for section in source.sections:
        for method, url, body in pages(section):
            answer = client.request(method, url, body=body or None)
            if answer.status == 404:
                continue  # past the last page
            found = links(source, section, url, answer.data.decode())
            articles = {source.canonical_url(link) for link in found if source.is_article(link, section)}
            reached.setdefault(section.name, set()).update(articles)
    expected = {(article.section, article.canonical_url) for article in replica.articles(source.name)}
    assert expected
    for section_name, url in expected:
        assert url in reached[section_name], (section_name, url)
    assert set().union(*reached.values()) == {url for _, url in expected}


@pytest.mark.parametrize("source", load_sources().values(), ids=load_sources())
def test_addresses_are_what_the_source_file_says(source: Source, replica: Replica) -> None:
    for article in [*replica.articles(), *replica.unlisted()]:
        if article.source == source.name:
            assert source.is_article(article.url), article.url
            assert source.canonical_url(article.url) == article.canonical_url
            assert source.canonical_url(article.canonical_url) == article.canonical_url


def test_every_shipped_source_is_played(replica: Replica) -> None:
    played = {article.source for article in [*replica.articles(), *replica.unlisted()]}
    assert played == set(load_sources())
