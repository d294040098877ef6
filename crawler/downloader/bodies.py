"""Bodies as they are, whatever their headers say: packed or not by their bytes, whole or not by how they end."""

import json
import re
import zlib
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils import _compression

from crawler.downloader.failures import PackedWronglyError, TooLargeError
from crawler.gzip_members import MAGIC, UnpacksToMoreError, gunzip

DATA_LOSS = "dataloss"
"""Scrapy's flag of an answer that ended before its headers said."""

_BROTLI, _ZSTD = _compression.brotli, _compression.zstd  # type: ignore[attr-defined]  # as Scrapy itself found them
_PLAIN = re.compile(rb"^(?:\xef\xbb\xbf)?\s*[<{\[]")
"""How HTML, XML and JSON begin; nothing that is packed begins so and fails to unpack."""
_ENDS = (b"</html>", b"</rss>", b"</feed>", b"</rdf:rdf>", b"</urlset>", b"</sitemapindex>")
_LOOKED_AT = 2_000
"""Bytes at the end of a page among which its last tag is looked for: counters and comments come behind it."""


class BodyMiddleware(HttpCompressionMiddleware):
    """Unpacks what is packed, with or without a header that says so; leaves plain what a header calls packed."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the response with its plain body. TooLargeError, PackedWronglyError."""
        named = b", ".join(response.headers.getlist("Content-Encoding")).decode("latin-1")  # Scrapy strikes it
        try:
            unpacked = super().process_response(request, response)
        except IgnoreRequest as error:
            most = f"{self._most:,}"
            raise TooLargeError(f"{request.url}: it unpacks to more than max_page_bytes allows, {most}") from error
        except Exception as error:
            if not _PLAIN.match(response.body):
                raise PackedWronglyError(
                    f"its Content-Encoding {named} is not what it is packed by: {error}"
                ) from error
            unpacked = response.copy()
            del unpacked.headers["Content-Encoding"]
        if not isinstance(unpacked, Response):
            return unpacked
        if unpacked.body is not response.body and _breaks_off(response.body, named, self._most):
            unpacked = _marked(unpacked)  # Scrapy gives what it could unpack
        return _gunzipped(unpacked, self._most) if unpacked.body.startswith(MAGIC) else unpacked


def is_whole(body: bytes) -> bool:
    """Tell whether an answer that ended before its time is whole all the same, by how it ends."""
    end = body.rstrip()[-_LOOKED_AT:].lower()
    if any(tag in end for tag in _ENDS):
        return True
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _breaks_off(body: bytes, encodings: str, most: int) -> bool:
    """Tell whether a packed body, which could be unpacked, ends before what it is packed by says that it does.

    Of several compressions it is the last one that suffers from a cut.
    """
    if not body:
        return False
    match encodings.rpartition(",")[2].strip().lower():
        case "gzip" | "x-gzip":
            return gunzip(body, most).fault != ""
        case "deflate":
            return not (_is_deflated(body, zlib.MAX_WBITS) or _is_deflated(body, -zlib.MAX_WBITS))
        case "br":
            stream = _BROTLI.Decompressor()
            stream.process(body)
            return not stream.is_finished()
        case "zstd":
            return not _is_zstd_to_its_end(body)
        case _:
            return False


def _is_deflated(body: bytes, wbits: int) -> bool:
    """Tell whether a body is deflated to its end, in zlib's form or (`wbits` below zero) without its frame."""
    stream = zlib.decompressobj(wbits)
    try:
        stream.decompress(body)
    except zlib.error:
        return False
    return stream.eof


def _is_zstd_to_its_end(body: bytes) -> bool:
    while body:
        frame = _ZSTD.ZstdDecompressor()
        try:
            frame.decompress(body)
        except _ZSTD.ZstdError:
            return True  # padding, which Scrapy passed over: a first frame that is none it would not have unpacked
        if not frame.eof:
            return False
        body = frame.unused_data
    return True


def _gunzipped(response: Response, most: int) -> Response:
    """Return a response whose body is gzip although no header says so; a sitemap's may be larger than a page."""
    try:
        body, fault = gunzip(response.body, most)
    except UnpacksToMoreError as error:
        if urlsplit(response.url).path.endswith(".gz"):
            return response
        raise TooLargeError(f"{response.url}: it unpacks to more than max_page_bytes allows, {most:,}") from error
    if fault and not body:
        return response
    unpacked = response.replace(body=body)
    return _marked(unpacked) if fault else unpacked


def _marked(response: Response) -> Response:
    """Return a response with Scrapy's flag of one that was cut off."""
    return response.replace(flags=[*response.flags, DATA_LOSS])
