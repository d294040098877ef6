"""The language of a page."""

import re

from crawler.extraction.document import Document
from text.width import han_count

_KANA = re.compile("[\u3040-\u30ff]")
_LETTERS = re.compile(r"[^\W\d_]")
_HAN_SHARE = 0.2
_FEW = 60
"""Letters up to which a page that says it is Chinese is believed: `Loading...` is all that some show by themselves."""


def language_of(document: Document, text: str) -> str:
    """Return the text's language as an ISO 639-1 code: by its script, and where that says nothing, by `html lang`.

    Chinese is told by its characters, whatever the page declares: templates made abroad say `en`.
    """
    letters = len(_LETTERS.findall(text))
    if letters and han_count(text) >= _HAN_SHARE * letters:
        return "ja" if len(_KANA.findall(text)) > 0.1 * letters else "zh"
    declared = (document.tree.get("lang") or document.meta("content-language", "og:locale")).strip().lower()[:2]
    if letters and declared.isalpha() and declared != "zh":
        return declared
    return "en" if letters > (_FEW if declared == "zh" else 0) else "zh"
