"""The repairs of a body in their order, and what each of them changed."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.candidates import Candidate
from crawler.extraction.repairs import Paragraphs
from crawler.extraction.repairs.captions import drop_repeated_captions
from crawler.extraction.repairs.copies import drop_blocks, drop_repeats
from crawler.extraction.repairs.surroundings import drop_end, drop_head, drop_lines
from text.glosses import has_gloss_habit, remove_glosses


@dataclass(frozen=True)
class Effect:
    """What one repair changed: the paragraphs that are gone, and those that are new (a paragraph changed is both)."""

    name: str
    gone: Paragraphs
    new: Paragraphs


@dataclass(frozen=True)
class Repaired:
    """A candidate, its body after the repairs, and what each of them did."""

    candidate: Candidate
    paragraphs: Paragraphs
    effects: tuple[Effect, ...]


def drop_glosses(paragraphs: Paragraphs) -> Paragraphs:
    """Take pinyin glosses out of all paragraphs; the whole body tells whether it has the habit."""
    habit = has_gloss_habit("\n".join(paragraphs))
    return tuple(remove_glosses(paragraph, habit=habit) for paragraph in paragraphs)


def repair(candidate: Candidate, title: str, boilerplate: Boilerplate) -> Repaired:
    """Return a candidate with its body repaired; only repairs that changed something are among the effects.

    Glosses go first, so that two copies of a body compare equal; copies before boilerplate, so that the end of the
    first copy is not taken for the end of the article.
    """
    paragraphs = candidate.paragraphs
    steps: tuple[tuple[str, Callable[[Paragraphs], Paragraphs]], ...] = (
        ("glosses", drop_glosses),
        ("block copy", drop_blocks),
        ("repeated paragraphs", drop_repeats),
        ("repeated captions", drop_repeated_captions),
        ("end of article", lambda body: drop_end(body, boilerplate)),
        ("boilerplate lines", lambda body: drop_lines(body, boilerplate)),
        ("headline and byline", lambda body: drop_head(body, title, boilerplate)),
    )
    effects = []
    for name, step in steps:
        repaired = step(paragraphs)
        if repaired != paragraphs:
            before, after = set(paragraphs), set(repaired)
            effects.append(
                Effect(
                    name,
                    gone=tuple(paragraph for paragraph in paragraphs if paragraph not in after),
                    new=tuple(paragraph for paragraph in repaired if paragraph not in before),
                )
            )
        paragraphs = repaired
    return Repaired(candidate, paragraphs, tuple(effects))
