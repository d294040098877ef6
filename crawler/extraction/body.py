"""The body of a page: candidates, each repaired; further ones on doubt; the chooser's best."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from crawler.extraction.beside import Beside
from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.candidates import Candidate
from crawler.extraction.candidates.by_data import by_description, by_json_ld, by_script_hint, by_state, by_waiting
from crawler.extraction.candidates.by_hint import by_hint
from crawler.extraction.candidates.by_readability import by_readability
from crawler.extraction.candidates.by_trafilatura import by_trafilatura
from crawler.extraction.candidates.by_verse import by_verse
from crawler.extraction.chooser import LinePosition, Score, choose, in_doubt
from crawler.extraction.document import Document
from crawler.extraction.lines import Line, reads_as_prose
from crawler.extraction.model import Hints
from crawler.extraction.picture_captions import is_caption
from crawler.extraction.repairs import Paragraphs
from crawler.extraction.repairs.chain import OF_THE_ENDS, Repaired, RepairEffect, repair
from crawler.extraction.repairs.page_context import PageContext, ParagraphPosition
from text.width import squash

_NOTHING = 40
"""Characters of prose that no page shows which has its article elsewhere."""
_WITH_PROSE = frozenset({"density", "json-ld"})
"""Ways that find prose alone."""
_FOUND = 0.8
"""Share of a poem's lines that another way must have found."""
_CLOCK = re.compile(r"\d{1,2}[:：]\d\d")
_WAITING = frozenset({"state", "waiting"})
_LITTLE = 200
"""Characters of the largest body below which the scripts are searched for the article."""


@dataclass(frozen=True)
class Body:
    """The body that was chosen, and what it was chosen from."""

    paragraphs: Paragraphs
    winner: str
    effects: tuple[RepairEffect, ...]
    doubts: tuple[str, ...]
    """Why the body may not be whole: what a repair took away of it; see `Repaired`."""
    scores: tuple[Score, ...]
    """Every candidate, the winner first."""
    choice: str
    """Why it won."""

    @property
    def signatures(self) -> Paragraphs:
        """Lines that the repairs took off its ends, which may say who made it; one with a time is a reader's."""
        gone = (line for effect in self.effects if effect.name in OF_THE_ENDS for line in effect.gone)
        return tuple(line for line in gone if _CLOCK.search(line) is None)

    @property
    def beside(self) -> Beside:
        """The fields that stand beside the body, where it was read from data."""
        return self.scores[0].candidate.beside if self.scores else Beside()


@dataclass(frozen=True)
class BodySearch:
    """What every way of looking for the body starts from."""

    document: Document
    lines: Sequence[Line]
    near: Sequence[float]
    """How near each line stands to the headline."""
    title: str
    language: str
    boilerplate: Boilerplate

    def find(self, density: Candidate | None, hints: Hints) -> Body:
        """Return the best body; costly candidates are asked only where the first ones are few, short or apart."""
        library = by_trafilatura(self.document, self.lines, whole=self.language != "zh")
        bodies = self._repaired(density, library, by_json_ld(self.document))
        hinted = self._repaired(self._hinted(hints))
        if hinted:
            scores = choose(hinted, {}) + choose(bodies, self._positions)
            return _chosen(scores, "the source's hint found a body")
        if len(bodies) < 2 or in_doubt(bodies[0], bodies[1]) or max(map(self._prose, bodies)) < _NOTHING:
            bodies += self._repaired(*self._on_doubt(bodies))
        if (waiting := self._outdone(bodies)) is not None:
            others = [body for body in bodies if body is not waiting]
            return _chosen(
                choose([waiting], {}) + choose(others, self._positions), "the page shows next to nothing of it"
            )
        if verse := self._verse(bodies):
            return _chosen(choose(verse, {}) + choose(bodies, self._positions), "lines of verse, and no prose")
        scores = choose(bodies, self._positions)
        if self.language != "zh" and library:
            scores = tuple(sorted(scores, key=lambda score: score.candidate is not library))
            return _chosen(scores, "trafilatura leads on pages that are not Chinese")
        return _chosen(scores, "it scores best" if len(scores) > 1 else "it is the only one")

    def _repaired(self, *candidates: Candidate | None) -> list[Repaired]:
        """Return the candidates with their repairs; those are for Chinese pages, of others the captions go."""
        foreign = self.language != "zh"
        return [repair(candidate, self._page_context, captions_alone=foreign) for candidate in candidates if candidate]

    def _hinted(self, hints: Hints) -> Candidate | None:
        found = by_hint(self.document, hints.body)
        return by_script_hint(self.document, hints.body_script) if found is None and hints.body_script else found

    def _on_doubt(self, bodies: Sequence[Repaired]) -> list[Candidate | None]:
        further = [by_readability(self.document)]
        if max((body.candidate.size for body in bodies), default=0) < _LITTLE:
            further += [by_state(self.document), by_waiting(self.document)]
        if not bodies and not any(further):
            further.append(by_description(self.document))
        return further

    def _verse(self, bodies: Sequence[Repaired]) -> list[Repaired]:
        """Return the lines of a poem, where the page has no element with prose and another way found them, too."""
        if any(body.candidate.name in _WITH_PROSE and self._prose(body) >= _NOTHING for body in bodies):
            return []
        verse = self._repaired(by_verse(self.lines, self.title, self.boilerplate))
        texts = [squash("".join(body.paragraphs)) for body in bodies if body.candidate.name not in _WITH_PROSE]
        return [
            poem
            for poem in verse
            if any(
                sum(squash(line) in text for line in poem.paragraphs) >= _FOUND * len(poem.paragraphs) for text in texts
            )
        ]

    def _outdone(self, bodies: Sequence[Repaired]) -> Repaired | None:
        """Return a body that waits in the page, where the page shows next to nothing of it: a headline, its lead."""
        waiting = [body for body in bodies if body.candidate.name in _WAITING]
        if not waiting and all(body.candidate.name == "json-ld" or self._prose(body) < _NOTHING for body in bodies):
            waiting = [body for body in bodies if body.candidate.name == "json-ld"]
        best = max(waiting, key=self._prose, default=None)
        if best is None:
            return None
        text = squash("".join(best.paragraphs))
        for body in bodies:
            shown = [paragraph for paragraph in body.paragraphs if squash(paragraph) not in text]
            if body not in waiting and self._prose(body, shown) >= _NOTHING:
                return None
        return best if self._prose(best) >= _NOTHING else None

    def _prose(self, body: Repaired, paragraphs: Sequence[str] | None = None) -> int:
        """Return how many characters of prose a body has, headline and boilerplate left out."""
        title = squash(self.title)
        return sum(
            len(paragraph)
            for paragraph in (body.paragraphs if paragraphs is None else paragraphs)
            if reads_as_prose(paragraph) and squash(paragraph) not in title and not self.boilerplate.is_any(paragraph)
        )

    @cached_property
    def _page_context(self) -> PageContext:
        positions = {}
        for index in range(len(self.lines) - 1, -1, -1):  # the first of equal lines
            line = self.lines[index]
            heads = index + 1 < len(self.lines) and self.lines[index + 1].is_link
            positions[line.text] = ParagraphPosition(
                line.text_block if line.text_block is not None else line.container,
                heads,
                not line.is_linked and is_caption(line),
            )
        return PageContext(self.title, self.boilerplate, positions)

    @cached_property
    def _positions(self) -> dict[str, LinePosition]:
        return {
            line.text: LinePosition(line.is_link or line.apart, near, line.text_block is not None)
            for line, near in zip(reversed(self.lines), reversed(self.near), strict=True)  # the first of equal lines
        }


def _chosen(scores: tuple[Score, ...], choice: str) -> Body:
    if not scores:
        return Body((), "", (), (), (), "no candidate found any text")
    best = scores[0]
    repaired = best.repaired
    return Body(repaired.paragraphs, best.candidate.name, repaired.effects, repaired.doubts, scores, choice)
