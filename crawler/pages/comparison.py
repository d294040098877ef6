"""What an article gained, lost or changed between two readings of its page; pure."""

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from archive.article import Article, Precision

FIELDS = ("title", "body", "published_at", "published_precision", "credit", "reporters", "editors", "programme")
"""Fields whose change is listed by name; a change of the relevance is listed as `level`, a new article as `new`."""

MUCH = 0.05
"""Share of the text that was there from which it counts that so much of it went, or so much came."""

_LONG = 5_000
"""Characters from which the comparison leaves the commonest ones out, so that a long text takes no minutes."""


class Asset(StrEnum):
    """What an article may gain or lose."""

    ARTICLE = "article"
    MINUTE = "minute"
    CREDIT = "credit"
    REPORTER = "reporter"
    TEXT = "text"


class Effect(StrEnum):
    """What became of it."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"
    """It is another one; of the text: so much went, and so much came."""


@dataclass(frozen=True)
class Comparison:
    """What differs between two readings."""

    changes: tuple[str, ...]
    """Names of the fields that changed."""
    effects: dict[Asset, Effect]


def compare(old: Article | None, new: Article) -> Comparison:
    """Return what differs between the article as it was kept, if it was, and as it is read now."""
    if old is None:
        return Comparison(("new",), {Asset.ARTICLE: Effect.GAINED})
    changed = [name for name in FIELDS if getattr(old, name) != getattr(new, name)]
    changed += ["level"] if old.relevance.level != new.relevance.level else []
    effects = {
        Asset.MINUTE: _one(_minute(old), _minute(new)),
        Asset.CREDIT: _one(old.credit, new.credit),
        Asset.REPORTER: _effect(
            lost=bool({*old.reporters} - {*new.reporters}), gained=bool({*new.reporters} - {*old.reporters})
        ),
        Asset.TEXT: _text(old.body, new.body),
    }
    return Comparison(tuple(changed), {asset: effect for asset, effect in effects.items() if effect})


def _minute(article: Article) -> object:
    return article.published_at if article.published_precision is Precision.MINUTE else None


def _one(old: object, new: object) -> Effect | None:
    return None if old == new else _effect(lost=old is not None, gained=new is not None)


def _effect(*, lost: bool, gained: bool) -> Effect | None:
    if lost and gained:
        return Effect.CHANGED
    return Effect.LOST if lost else Effect.GAINED if gained else None


def _text(old: str, new: str) -> Effect | None:
    """Compare two texts by paragraph, and those that differ by character: a word that changed is no new paragraph."""
    before, after = Counter(old.split("\n")), Counter(new.split("\n"))
    gone, came = "".join((before - after).elements()), "".join((after - before).elements())
    matcher = SequenceMatcher(None, gone, came, autojunk=len(came) > _LONG)
    same = sum(block.size for block in matcher.get_matching_blocks())
    much = MUCH * max(len(old), 1)
    return _effect(lost=len(gone) - same > much, gained=len(came) - same > much)
