"""The rule that holds for every repair: what two libraries that know nothing of ours keep, is not taken away."""

import re
from collections.abc import Iterator

from crawler.extraction.candidates.by_readability import by_readability
from crawler.extraction.candidates.by_trafilatura import by_trafilatura
from crawler.extraction.decoding import decode
from crawler.extraction.document import parse
from crawler.extraction.extract import explain
from crawler.extraction.repairs.chain import GLOSSES
from text.width import squash

_SENTENCE = re.compile(r"[。！？]")
_PROSE = 12
"""Characters from which a paragraph with a full stop is prose."""


def lost_runs(html: bytes, url: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the repairs that took two or more paragraphs of prose running which trafilatura and readability keep.

    What stands in the body all the same (a second printing) is not lost.
    """
    extraction, explanation = explain(html, url)
    effects = [effect for effect in explanation.body.effects if effect.name != GLOSSES]
    if not any(len(effect.gone) >= 2 for effect in effects):
        return
    document = parse(decode(html).text, url)
    found = (by_trafilatura(document, (), whole=True), by_readability(document))
    texts = [squash("".join(candidate.paragraphs)) for candidate in found if candidate]
    body = squash(extraction.body)
    for effect in effects:
        run: list[str] = []
        for paragraph in (*effect.gone, ""):
            squashed = squash(paragraph)
            is_prose = len(paragraph) >= _PROSE and _SENTENCE.search(paragraph) is not None
            if is_prose and squashed not in body and len(texts) == 2 and all(squashed in text for text in texts):
                run.append(paragraph)
                continue
            if len(run) >= 2:
                yield effect.name, tuple(run)
            run = []
