"""The lead picture, the video, the page's own address."""

import re
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawler.extraction.document import Document
from crawler.extraction.found import Found
from crawler.extraction.reading import Reading

_NO_PICTURE = re.compile(
    r"logo|icon|qrcode|erweima|ewm|avatar|blank|loading|spacer|pixel|\.gif(?:\?|$)|^data:", re.IGNORECASE
)
_PICTURE_KEYS = ("data-src", "data-original", "data-bigimg", "src")
_VIDEO = re.compile(
    r"(?:https?:)?(?:\\?/|\\u002F){2}(?:[^\s\"'<>\\]|\\u002F|\\/){4,400}?\.(?:m3u8|mp4|flv)(?:\?(?:[^\s\"'<>\\]|\\u002F|\\/){0,400})?",
    re.IGNORECASE,
)
_VIDEO_ENDINGS = (".m3u8", ".mp4", ".flv")
_VIDEO_METAS = ("og:video", "og:video:url", "og:video:secure_url", "videourl", "contenturl", "twitter:player:stream")


def find_image(document: Document, reading: Reading) -> Found[str]:
    """Return the absolute address of the lead picture: what the page names, else the first one beside its text."""
    for name in ("og:image", "twitter:image", "image", "imageurl", "poster"):
        if content := document.meta(name):
            return Found(urljoin(document.url, content), f"meta:{name}")
    for item in document.data:
        image = item.get("image")
        image = image[0] if isinstance(image, list) and image else image
        address = image.get("url") if isinstance(image, dict) else image
        if isinstance(address, str) and address:
            return Found(urljoin(document.url, address), "json-ld:image")
    around = article_block(reading)
    for picture in around.iter("img") if around is not None else ():
        for key in _PICTURE_KEYS:
            address = (picture.get(key) or "").strip()
            if address and not _NO_PICTURE.search(address):
                return Found(urljoin(document.url, address), f"img[{key}]")
    return Found(None, "no picture beside the text")


def find_video(document: Document) -> Found[str]:
    """Return the absolute address of the page's video, where the page tells it."""
    for name in _VIDEO_METAS:
        if content := document.meta(name):
            return Found(urljoin(document.url, content), f"meta:{name}")
    for element in document.tree.iter("video", "source", "input", "embed"):
        address = (element.get("src") or element.get("value") or "").strip()
        if _VIDEO.search(address) or (element.tag == "video" and address):
            return Found(urljoin(document.url, address), str(element.tag))
    scripts = document.script_text
    if any(ending in scripts for ending in _VIDEO_ENDINGS) and (match := _VIDEO.search(scripts)):
        address = match[0].replace("\\u002F", "/").replace("\\u002f", "/").replace("\\/", "/")
        return Found(urljoin(document.url, address), "script")
    return Found(None, "no video")


def find_canonical(document: Document) -> Found[str]:
    """Return the absolute address that the page gives as its own."""
    for link in document.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (address := (link.get("href") or "").strip()):
            return Found(urljoin(document.url, address), "link[rel=canonical]")
    if address := document.meta("og:url"):
        return Found(urljoin(document.url, address), "meta:og:url")
    return Found(None, "the page names no address of its own")


def article_block(reading: Reading) -> HtmlElement | None:
    """Return the smallest element that holds the body's first and last line."""
    body = reading.lines[reading.first : reading.last + 1]
    if not body:
        return None
    above = set(body[-1].element.iterancestors()) | {body[-1].element}
    element = body[0].element
    while element is not None and element not in above:
        element = element.getparent()
    return element
