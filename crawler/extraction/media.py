"""The lead picture, the video, the page's own address."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawler.extraction.document import Document
from crawler.extraction.found import Found
from crawler.extraction.layout import PageLayout

_NO_PICTURE = re.compile(
    r"logo|icon|qrcode|erweima|ewm|avatar|blank|loading|spacer|pixel|\.gif(?:\?|$)|^data:", re.IGNORECASE
)
_PICTURE_KEYS = ("data-src", "data-original", "data-bigimg", "src")
_VIDEO = re.compile(
    r"(?:https?:)?(?:\\?/|\\u002F){2}(?:[^\s\"'<>\\]|\\u002F|\\/){4,400}?\.(?:m3u8|mp4|flv)(?:\?(?:[^\s\"'<>\\]|\\u002F|\\/){0,400})?",
    re.IGNORECASE,
)
_VIDEO_ENDINGS = (".m3u8", ".mp4", ".flv")
_IMAGE_METAS = ("og:image", "twitter:image", "image", "imageurl", "poster")
_VIDEO_METAS = ("og:video", "og:video:url", "og:video:secure_url", "videourl", "contenturl", "twitter:player:stream")


def find_image(document: Document, layout: PageLayout) -> Found[str]:
    """Return the absolute address of the lead picture: what the page names, else the first one beside its text."""
    return _first(document, _images(document, layout), "no picture beside the text")


def find_video(document: Document) -> Found[str]:
    """Return the absolute address of the page's video, where the page tells it."""
    return _first(document, _videos(document), "no video")


def find_canonical(document: Document) -> Found[str]:
    """Return the absolute address that the page gives as its own."""
    return _first(document, _canonicals(document), "the page names no address of its own")


def _first(document: Document, addresses: Iterator[tuple[str, str]], otherwise: str) -> Found[str]:
    """Return the first address that is one, made absolute, with its origin."""
    for address, origin in addresses:
        try:
            return Found(urljoin(document.url, address), origin)
        except ValueError:  # http://[ is no address
            continue
    return Found(None, otherwise)


def _images(document: Document, layout: PageLayout) -> Iterator[tuple[str, str]]:
    for name in _IMAGE_METAS:
        if content := document.meta(name):
            yield content, f"meta:{name}"
    for item in document.data:
        image = item.get("image")
        image = image[0] if isinstance(image, list) and image else image
        address = image.get("url") if isinstance(image, dict) else image
        if isinstance(address, str) and address:
            yield address, "json-ld:image"
    around = article_block(layout)
    for picture in around.iter("img") if around is not None else ():
        for key in _PICTURE_KEYS:
            address = (picture.get(key) or "").strip()
            if address and not _NO_PICTURE.search(address):
                yield address, f"img[{key}]"


def _videos(document: Document) -> Iterator[tuple[str, str]]:
    for name in _VIDEO_METAS:
        if content := document.meta(name):
            yield content, f"meta:{name}"
    for element in document.tree.iter("video", "source", "input", "embed"):
        address = (element.get("src") or element.get("value") or "").strip()
        if _VIDEO.search(address) or (element.tag == "video" and address):
            yield address, str(element.tag)
    scripts = document.script_text
    if any(ending in scripts for ending in _VIDEO_ENDINGS):
        for match in _VIDEO.finditer(scripts):
            yield match[0].replace("\\u002F", "/").replace("\\u002f", "/").replace("\\/", "/"), "script"


def _canonicals(document: Document) -> Iterator[tuple[str, str]]:
    for link in document.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (address := (link.get("href") or "").strip()):
            yield address, "link[rel=canonical]"
    if address := document.meta("og:url"):
        yield address, "meta:og:url"


def article_block(layout: PageLayout) -> HtmlElement | None:
    """Return the smallest element that holds the body's first and last line."""
    body = layout.lines[layout.first : layout.last + 1]
    if not body:
        return None
    above = set(body[-1].element.iterancestors()) | {body[-1].element}
    element = body[0].element
    while element is not None and element not in above:
        element = element.getparent()
    return element
