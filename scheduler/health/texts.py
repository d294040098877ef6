"""A text in figures: how long, how much of it Chinese, whether it is garbled, which paragraphs it has."""

import hashlib
import re
from datetime import datetime

from scheduler.health.history import TextSeen

TEXTS = 250
"""The newest so many texts of a source are looked at."""

MIN_PARAGRAPH = 15
"""Characters below which a paragraph is a mere phrase, as 编辑：…"""

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_MOJIBAKE = re.compile(
    "\ufffd|锟斤拷|烫烫烫|屯屯屯"  # UTF-8 that was taken for GBK, and the rest of it
    "|(?:[\u00c0-\u00ef][\u0080-\u00bf]){3}"  # UTF-8 or GBK that was taken for Latin-1
    "|(?:[\u00c0-\u00ff]{2}){4}"
    "|(?:鐨|涓€|鍦|浜|鏄|鍥|銆|锛|涓|鏂|鍗|娴|鏁|鎴){6}"  # UTF-8 that was taken for GBK
)


def text_seen(*, at: datetime, url: str, body: str, is_video: bool = False, warc: str | None = None) -> TextSeen:
    """Return what the rules look at of a text."""
    solid = "".join(body.split())
    letters = len(_LETTER.findall(solid))
    garbled = len(_MOJIBAKE.findall(solid))
    paragraphs = ("".join(line.split()) for line in body.split("\n"))
    return TextSeen(
        at=at,
        url=url,
        length=len(solid),
        han_share=len(_HAN.findall(solid)) / letters if letters else 0.0,
        is_garbled=garbled > 0 and (garbled >= MIN_GARBLED or "\ufffd" not in solid),
        is_video=is_video,
        digest=hashlib.sha256(solid.encode("utf-8", "replace")).hexdigest()[:16],
        paragraphs=frozenset(hash(line) for line in paragraphs if len(line) >= MIN_PARAGRAPH),
        warc=warc,
    )


MIN_GARBLED = 3
"""Replacement characters from which a text is garbled: one or two stand for a rare character of the site's own."""
