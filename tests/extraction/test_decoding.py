"""The encoding that is true rather than the one that is claimed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.decoding import decode
from crawler.extraction.extract import extract
from crawler.extraction.model import Hints
from tests.extraction.layouts import page, plain
from tests.extraction.reports import BODY, REPORT

TEXT = "长三角一体化发展，三省一市共建创新联合体；沪苏浙皖携手同行。"


def declared(charset: str, text: str = TEXT) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{meta}</head><p>{text}</p></html>"


@pytest.mark.parametrize(
    ("html", "content_type", "encoding"),
    [
        (declared("gb2312").encode("gb18030"), None, "gb18030"),
        (declared("GBK", "镕垚喆").encode("gb18030"), None, "gb18030"),
        (f"<p>{TEXT}</p>".encode("gb18030"), None, "gb18030"),
        (f"<p>{TEXT}</p>".encode("gb18030"), "text/html; charset=GBK", "gb18030"),
        (f"<p>{TEXT}</p>".encode("gb18030"), "text/html; charset=ISO-8859-1", "gb18030"),
        (declared("utf-8").encode("gb18030"), None, "gb18030"),
        (declared("gb2312").encode(), None, "utf-8"),
        (f"<p>{TEXT}</p>".encode(), "text/html; charset=gb2312", "utf-8"),
        (f"<p>{TEXT}</p>".encode(), None, "utf-8"),
        (f"<p>{TEXT}</p>".encode("utf-8-sig"), "text/html; charset=gbk", "utf-8"),
        (f"<p>{TEXT}</p>".encode("utf-16"), None, "utf-16-le"),
        (f"<p>{TEXT}</p>".encode("utf-16-le"), "text/html; charset=utf-16le", "utf-16-le"),
        (f"<p>{TEXT}</p>".encode("utf-16-be"), "text/html; charset=UTF-16BE", "utf-16-be"),
        (f"<p>{TEXT}</p>".encode("utf-16-le"), "text/html; charset=utf-16", "utf-16-le"),
        (declared("utf-16le").encode(), "text/html; charset=utf-16le", "utf-8"),
        (declared("utf-16be").encode("gb18030"), "text/html; charset=utf-16be", "gb18030"),
        (declared("no-such-charset").encode(), None, "utf-8"),
        (declared("big5", "長三角一體化發展").encode("big5"), None, "big5"),
    ],
)
def test_the_text_is_read_as_it_was_written(html: bytes, content_type: str | None, encoding: str) -> None:
    decoded = decode(html, content_type=content_type)
    assert decoded.encoding == encoding
    assert any(text in decoded.text for text in (TEXT, "镕垚喆", "長三角一體化發展"))
    assert "\ufffd" not in decoded.text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_illegal_bytes_do_not_garble_the_page(encoding: str) -> None:
    html = declared("gb2312" if encoding == "gb18030" else "utf-8", TEXT * 20).encode(encoding)
    middle = html.index("创新".encode(encoding))
    decoded = decode(html[:middle] + b"\xff" + html[middle:])
    assert decoded.encoding == encoding
    assert decoded.text.count(TEXT) >= 19


def test_a_page_that_is_cut_in_mid_character_is_read() -> None:
    assert decode(declared("utf-8", TEXT * 5).encode()[:-20]).encoding == "utf-8"


def test_a_short_word_in_gb_is_not_taken_for_utf8() -> None:
    html = b'<meta charset="gb2312"><title>' + "联通".encode("gb18030") + b"</title>"
    assert "联通" in decode(html).text


def test_latin_text_keeps_its_declared_encoding() -> None:
    decoded = decode("<p>Le café où l'été</p>".encode("latin-1"), content_type="text/html; charset=iso-8859-1")
    assert "café où l'été" in decoded.text


def test_a_sources_own_word_goes_before_every_declaration() -> None:
    html = page(plain(REPORT), REPORT.title).encode("gb18030")
    extraction = extract(html, "", Hints(charset="gbk"), content_type="text/html; charset=big5")
    assert (extraction.body, extraction.encoding) == (BODY, "gb18030")


def test_control_characters_are_dropped() -> None:
    assert decode("长\x00三\x08角\x1f".encode()).text == "长三角"
    assert decode("长\x7f三\x85角\t江\r\n浙".encode()).text == "长三角\t江\r\n浙"


@given(st.binary(max_size=400), st.sampled_from([None, "text/html; charset=gbk", "charset=rot13", "charset=\x00"]))
def test_any_bytes_have_a_text(html: bytes, content_type: str | None) -> None:
    decode(html, content_type=content_type)


@given(st.text(alphabet=TEXT, min_size=12, max_size=80), st.sampled_from(["utf-8", "gb18030"]))
def test_chinese_text_without_any_declaration_is_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text
