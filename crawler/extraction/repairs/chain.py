"""The repairs of a body in their order, what each of them changed and why, and whether that leaves a doubt."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from crawler.extraction.candidates import Candidate
from crawler.extraction.lines import reads_as_prose
from crawler.extraction.repairs import Paragraphs
from crawler.extraction.repairs.captions import drop_captions, drop_repeated_captions
from crawler.extraction.repairs.copies import drop_blocks, drop_repeats
from crawler.extraction.repairs.edges import drop_tail
from crawler.extraction.repairs.page_context import PageContext
from crawler.extraction.repairs.surroundings import drop_end, drop_head, drop_lines
from text.glosses import has_gloss_habit, remove_glosses
from text.ngrams import ngrams
from text.width import squash

_MUCH = 0.15
"""Share of a body whose removal leaves a doubt."""
_SENTENCES = re.compile(r"(?<=[。！？!?；;])")
_STANDS = 0.9
"""Share of a paragraph's sentences that must stand in what is kept for nothing of it to be lost."""
_QUOTED = 24
GLOSSES = "glosses"
_CAPTIONS = "captions"
_HEAD, _TAIL = "headline and byline", "furniture at the end"
OF_THE_ENDS = frozenset({_HEAD, _TAIL})
"""Repairs that take off what is no text at the ends of a body."""
_DOUBT = re.compile(r"(\d+)% of the text")


@dataclass(frozen=True)
class RepairEffect:
    """What one repair changed: the paragraphs that are gone, and those that are new (a paragraph changed is both)."""

    name: str
    gone: Paragraphs
    new: Paragraphs
    why: str
    """What bore witness that the text is not the article's."""


@dataclass(frozen=True)
class Repaired:
    """A candidate, its body after the repairs, what each of them did, and what is doubtful about it."""

    candidate: Candidate
    paragraphs: Paragraphs
    effects: tuple[RepairEffect, ...]
    doubts: tuple[str, ...] = ()
    """For each repair that took away more than 15% of the body, other than what stands in what is kept: a sentence."""

    @cached_property
    def ngrams(self) -> frozenset[str]:
        """The n-grams of its prose, for telling how far it is what another candidate is."""
        return ngrams("\n".join(paragraph for paragraph in self.paragraphs if reads_as_prose(paragraph)))


@dataclass(frozen=True)
class _Step:
    name: str
    repair: Callable[[Paragraphs], Paragraphs]
    why: Callable[[Paragraphs], str]
    """The reason, from the paragraphs that are gone."""


def drop_glosses(paragraphs: Paragraphs) -> Paragraphs:
    """Take pinyin glosses out of all paragraphs; the whole body tells whether it has the habit."""
    habit = has_gloss_habit("\n".join(paragraphs))
    return tuple(remove_glosses(paragraph, habit=habit) for paragraph in paragraphs)


def repair(candidate: Candidate, page: PageContext, *, captions_alone: bool = False) -> Repaired:
    """Return a candidate with its body repaired; only repairs that changed something are among the effects.

    The phrases and habits are those of Chinese pages: of others only the captions are dropped (`captions_alone`).

    Glosses go first, so that two copies of a body compare equal; copies before boilerplate, so that the end of the
    first copy is not taken for the end of the article.
    """
    steps = (
        _Step(GLOSSES, drop_glosses, lambda _: "readings in brackets after the words that they read"),
        _Step("block copy", drop_blocks, lambda _: "the other paragraphs spell the block out, one by one"),
        _Step("repeated paragraphs", drop_repeats, lambda _: "the same words stand before it in the same order"),
        _Step("repeated captions", drop_repeated_captions, lambda _: "the line before it says the same"),
        _Step(_CAPTIONS, lambda body: drop_captions(body, page), lambda _: "the page sets them below its pictures"),
        _Step(
            "end of article",
            lambda body: drop_end(body, page),
            lambda gone: f"“{_quoted(gone[0])}” ends it: no more of the text's own container follows",
        ),
        _Step("boilerplate lines", lambda body: drop_lines(body, page), lambda _: "known phrases of sites"),
        _Step(_TAIL, lambda body: drop_tail(body, page), lambda _: "nothing of the text follows it"),
        _Step(_HEAD, lambda body: drop_head(body, page), lambda _: "lines above the first sentence"),
    )
    paragraphs = candidate.paragraphs
    effects = []
    for step in steps if not captions_alone else (step for step in steps if step.name == _CAPTIONS):
        repaired = step.repair(paragraphs)
        if repaired != paragraphs:
            before, after = set(paragraphs), set(repaired)
            gone = tuple(paragraph for paragraph in paragraphs if paragraph not in after)
            new = tuple(paragraph for paragraph in repaired if paragraph not in before)
            effects.append(RepairEffect(step.name, gone, new, step.why(gone or paragraphs)))
        paragraphs = repaired
    return Repaired(candidate, paragraphs, tuple(effects), tuple(_doubts(effects, (page.title, *paragraphs))))


def _doubts(effects: list[RepairEffect], kept: Paragraphs) -> list[str]:
    """Return a sentence for each repair after which more than 15% of the body stand nowhere any more."""
    found: list[str] = []
    lossy = [effect for effect in effects if effect.name != GLOSSES and effect.gone]
    whole = squash("\n".join(kept)) if lossy else ""
    for effect in lossy:
        lost = [paragraph for paragraph in effect.gone if not _stands(paragraph, whole)]
        size = sum(map(len, lost))
        everything = size + sum(map(len, kept))
        if size > _MUCH * everything:
            share = round(100 * size / everything)
            found.append(f"{effect.name}: {share}% of the text, from “{_quoted(lost[0])}” on; {effect.why}")
    return found


def is_doubt_of(doubt: str, page: int, text: int) -> bool:
    """Tell whether a page's doubt is one of a longer text too that it is a part of; sizes are characters."""
    share = _DOUBT.search(doubt)
    if share is None:
        return True
    lost = page * int(share[1]) / max(100 - int(share[1]), 1)
    return lost > _MUCH * (text + lost)


def _stands(paragraph: str, whole: str) -> bool:
    sentences = [sentence for sentence in _SENTENCES.split(squash(paragraph)) if sentence]
    found = sum(len(sentence) for sentence in sentences if sentence in whole)
    return found >= _STANDS * sum(map(len, sentences))


def _quoted(paragraph: str) -> str:
    return paragraph if len(paragraph) <= _QUOTED else f"{paragraph[:_QUOTED]}…"
