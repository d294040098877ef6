from datetime import date
from pathlib import Path

import pytest

from crawler.sources.loader import BUNDLED, SourceError, load_sources, read_source, source_path
from tests.sources.records import LIST, source, write


def test_a_users_folder_is_read_beside_the_bundled_one_and_replaces_what_it_names(tmp_path: Path) -> None:
    write(tmp_path, "mine")
    own = write(tmp_path, "jstv")
    sources = load_sources(folders=[tmp_path])
    assert sources["mine"].title == "试验台"
    assert sources["jstv"].homepage == "https://www.example.cn/"
    assert sources["ahtv"].homepage == "https://www.ahtv.cn/"
    assert list(sources) == sorted(sources)
    assert source_path("jstv", folders=[tmp_path]) == own
    assert source_path("ahtv", folders=[tmp_path]) == BUNDLED / "ahtv.toml"
    assert source_path("nobody", folders=[tmp_path]) is None


def test_a_users_folder_can_be_read_instead_of_the_bundled_one(tmp_path: Path) -> None:
    write(tmp_path, "mine")
    assert list(load_sources(bundled=False, folders=[tmp_path])) == ["mine"]


def test_a_folder_that_is_missing_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere: there is no such folder"):
        load_sources(folders=[tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("keys", "sections", "message"),
    [
        ("interval = 'soon'", LIST, r"interval: it must be a whole number \(it is 'soon'\)$"),
        ("interval = 1", LIST, r"interval: it must be 5 or more \(it is 1\)$"),
        ("examples = 'x'", LIST, r"examples: it must be a list, as \[.*"),
        ("", LIST.replace('kind = "html"', ""), r"sections\.0: its kind is missing$"),
        ("", LIST.replace('title = "新闻"', ""), r"sections\.0\.title: it is missing$"),
        ("colour = 1", LIST, "colour: there is no such key"),
        ('grade = "D"', LIST, r"grade: it must be 'A', 'B' or 'C' \(it is 'D'\)$"),
        ("article = '/a/(\\d+'", LIST, "article: not a regular expression: .*"),
        ("", LIST + "region = ['ul >']", r"sections\.0\.region\.0: not a CSS selector: .*"),
        ("", LIST.replace("html", "xml"), r"sections\.0: .*'xml'.*"),
        ("", LIST + LIST, "the file: two sections have one name"),
        ("", LIST + "words = ['长三角']", r"sections\.0: a search needs both: `words`, and \{word\}.*"),
        ("", LIST.replace("/news/", "/?q={word}"), r"sections\.0: a search needs both.*"),
        ("", LIST.replace("html", "json"), r"sections\.0: JSON needs either `items` and `item_url`, or `html`"),
        ("", LIST.replace("html", "json") + "items='a['\nitem_url='b'", r"sections\.0\.items: not a JMESPath.*"),
        ("", LIST.replace("/news/", "/{date:%B}/"), r"sections\.0: .*a date is written as \{date:%Y-%m-%d\}.*"),
        ("", LIST.replace("/news/", "/{date}/"), r"sections\.0: .*a date is written as \{date:%Y-%m-%d\}.*"),
        ("", LIST.replace("/news/", "/{date:%Y}/{page}"), r"sections\.0: .*a list by date has one page a day.*"),
        (
            "",
            LIST.replace("/news/", "/{date:%Y}/").replace('"]', '", "https://www.example.cn/"]'),
            r"sections\.0: either all `urls`.*",
        ),
        (
            "",
            LIST + "headers = { Cookie = 'a=1' }",
            r"sections\.0\.headers\.Cookie.*: it must have the form .*Referer.*",
        ),
        ("", LIST + 'headers = { Accept = "a\\nb" }', r"sections\.0\.headers\.Accept: it must have the form .*"),
        (
            "",
            LIST + "headers = { Referer = 'https://www.example.cn/news/' }",
            r"the file: the Referer of section news can only be the homepage, https://www\.example\.cn/",
        ),
        ("", LIST.replace("html", "json") + "html = 'a'\ncursor = 'b'", r"sections\.0: `cursor` and `cursor_field`.*"),
        ('newest_evidence = "autumn"', LIST, r"newest_evidence: it must have the form .*"),
        ("examples = ['https://other.cn/a/1.html']", LIST, r"the file: `article` does not match the example .*"),
        ("name = 'other'", LIST, "name: it is 'other', but the file is named 'example'"),
        ("hosts = ['127.0.0.1']", LIST, "hosts: 127.0.0.1 is a loopback or private address; say `private = true`"),
        ("hosts = ['news.localhost']", LIST, "hosts: news.localhost is a loopback .*"),
        ("hosts = ['fd00::1']", LIST, "hosts: fd00::1 is a loopback or private address.*"),
        ("enabled = false", LIST, "disabled_because: say why it is off"),
        ("", LIST + "\n[hints]\ntitle = ['h1 >']", r"hints\.title\.0: not a CSS selector: .*"),
        ("", LIST + "\n[hints]\npublished_at = ['url:epoch']", r"hints\.published_at\.0.*: not a CSS selector: .*"),
        ("", LIST + "\n[url_rules]\nrewrite = [['(a', 'b']]", "url_rules.rewrite: .* is no rewrite: .*"),
        (
            "",
            LIST + "\n[detail]\nurl = 'https://x.cn/{id}'\nbody = 'b'",
            r"the file: detail\.url: each \{name\} needs .*",
        ),
        ("not toml", LIST, "Expected '=' after a key .*"),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_reason(
    tmp_path: Path, keys: str, sections: str, message: str
) -> None:
    path = write(tmp_path, "example", keys=keys, sections=sections)
    with pytest.raises(SourceError, match=rf"^{path}: {message}") as caught:
        read_source(path)
    assert "\n" not in str(caught.value)


def test_only_a_users_own_file_may_reach_a_private_address(tmp_path: Path) -> None:
    path = write(tmp_path, "example", keys="hosts = ['127.0.0.1']\nprivate = true")
    assert read_source(path).private
    with pytest.raises(SourceError, match="private: a bundled source may not use private addresses"):
        read_source(path, bundled=True)


def test_a_bundled_source_says_which_addresses_are_articles(tmp_path: Path) -> None:
    path = write(tmp_path, "example")
    path.write_text(path.read_text(encoding="utf-8").replace("article =", "#"), encoding="utf-8")
    assert read_source(path).article is None
    with pytest.raises(SourceError, match="article: a bundled source must say"):
        read_source(path, bundled=True)


def test_every_bundled_record_carries_its_evidence() -> None:
    sources = load_sources()
    assert len(sources) == 29
    for record in sources.values():
        assert len(record.evidence) > 20, record.name
        assert record.assumptions, record.name
        assert record.verified_on <= date(2026, 12, 31)
        assert record.newest_evidence.startswith("202"), record.name


def test_hosts_are_matched_whole_or_by_a_dot() -> None:
    record = source(keys='hosts = ["example.cn", ".example.com"]\narticle = "."')
    assert record.allows("EXAMPLE.cn")
    assert record.allows("a.b.example.com")
    for stranger in ("www.example.cn", "notexample.com", "example.com", "example.com.evil.cn", "evil.cn\\.example.com"):
        assert not record.allows(stranger), stranger
    for trap in ("https://evil.cn#example.cn", "https://example.cn@evil.cn/", "ftp://example.cn/", "https://[", ""):
        assert not record.owns(trap), trap


def test_hints_follow_the_layout_that_a_page_belongs_to() -> None:
    record = source(
        sections=LIST
        + """
[hints]
title = ["h1.new"]
[[former_hints]]
until = 2021-12-31
[former_hints.hints]
title = ["h1.old"]
[[former_hints]]
until = 2019-12-31
article = '/archive/'
[former_hints.hints]
title = ["h1.oldest"]
"""
    )
    page, archived = "https://www.example.cn/a/1.html", "https://www.example.cn/archive/1.html"
    assert record.hints_for(page).title == ("h1.new",)
    assert record.hints_for(page, date(2022, 1, 1)).title == ("h1.new",)
    assert record.hints_for(page, date(2021, 12, 31)).title == ("h1.old",)
    assert record.hints_for(page, date(2018, 1, 1)).title == ("h1.old",)
    assert record.hints_for(archived).title == ("h1.oldest",)


def test_an_article_served_as_json_has_its_address_made_from_the_pages() -> None:
    record = load_sources()["shobserver"]
    page = "https://www.shobserver.com/staticsg/res/html/web/newsDetail.html?id=1185499&sid=11"
    assert record.fetch_url(page) == "https://www.jfdaily.com/news/getNewsDetail?id=1185499"
    assert record.fetch_url("https://www.shobserver.com/") is None
    assert load_sources()["jstv"].fetch_url("http://news.jstv.com/a/20201130/1606733984697.shtml") is None
