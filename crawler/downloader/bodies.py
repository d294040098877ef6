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

from crawler.downloader.failures import PackedWronglyError, TooLargeError

DATA_LOSS = "dataloss"
"""Scrapy's flag of an answer that ended before its headers said."""

_GZIP = b"\x1f\x8b"
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
        try:
            unpacked = super().process_response(request, response)
        except IgnoreRequest as error:
            most = f"{self._most:,}"
            raise TooLargeError(f"{request.url}: it unpacks to more than max_page_bytes allows, {most}") from error
        except Exception as error:
            named = b", ".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
            if not _PLAIN.match(response.body):
                raise PackedWronglyError(
                    f"its Content-Encoding {named} is not what it is packed by: {error}"
                ) from error
            unpacked = response.copy()
            del unpacked.headers["Content-Encoding"]
        if isinstance(unpacked, Response) and unpacked.body.startswith(_GZIP):
            return _gunzipped(unpacked, self._most)
        return unpacked


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


def _gunzipped(response: Response, most: int) -> Response:
    """Return a response whose body is gzip although no header says so; a sitemap's may be larger than a page."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        body = unpacking.decompress(response.body, most)
    except zlib.error:
        return response
    if unpacking.unconsumed_tail:
        if urlsplit(response.url).path.endswith(".gz"):
            return response
        raise TooLargeError(f"{response.url}: it unpacks to more than max_page_bytes allows, {most:,}")
    flags = response.flags if unpacking.eof else [*response.flags, DATA_LOSS]
    return response.replace(body=body, flags=flags)
