"""Values of fields that have few: a value that no story has is a mistake, answered with the values that there are."""

from collections import Counter
from collections.abc import Collection, Iterator

from archive.article import Level
from core.errors import UsageError
from indexer.search.fields import FIELD_BY_NAME
from indexer.search.index import MAX_RESULTS, SearchIndex, SearchRequest
from indexer.search.query.model import And, Everything, Not, Or, Phrase, Query
from indexer.search.query.narrowing import narrowed
from indexer.search.tokens import fold_token

PROVINCES = ("上海", "江苏", "浙江", "安徽")
FIXED: dict[str, tuple[str, ...]] = {
    "province": (*PROVINCES, "全国"),
    "about": PROVINCES,
    "level": tuple(level.value for level in Level),
    "is": ("changed", "withdrawn"),
}
"""Values that are right even where no story has them yet."""
CLOSED = (*FIXED, "source", "ran", "city", "topic", "vehicle")
"""Fields whose values come from the sources and the gazetteer, and not from the texts."""
_SHOWN = 40


def check_values(index: SearchIndex, request: SearchRequest, levels: Collection[Level]) -> None:
    """Raise UsageError where the request compares a closed field with a value that no story has, or can have.

    `levels` are those whose articles become stories. An index without stories knows no values: nothing is checked
    there. Raises IndexUnavailableError.
    """
    for phrase in dict.fromkeys(_closed_phrases(narrowed(request))):
        field = phrase.field or ""
        if field == "level":
            _check_level(index, phrase, levels)
        if fold_token(phrase.text) in map(fold_token, FIXED.get(field, ())):
            continue
        if index.search(SearchRequest(phrase, limit=1)).total == 0 and (known := known_values(index, field)):
            more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
            raise UsageError(f"{field} {phrase.text}: no story has it; known: {', '.join(known[:_SHOWN])}{more}")


def _check_level(index: SearchIndex, phrase: Phrase, levels: Collection[Level]) -> None:
    """Raise UsageError for a level whose articles become no stories; an index of other settings may still hold some."""
    level = fold_token(phrase.text)
    if level in set(Level) - set(levels) and index.search(SearchRequest(phrase, limit=1)).total == 0:
        raise UsageError(
            f"level {level}: its articles become no stories, only those of {', '.join(levels)} do ([indexer] levels); "
            f"`deltanews archive export --level {level}` writes them"
        )


def known_values(index: SearchIndex, field: str) -> list[str]:
    """Return the values of a field: those that are fixed, then those of the newest 10,000 stories, frequent ones first.

    Raises IndexUnavailableError.
    """
    newest = index.search(SearchRequest(Everything(), limit=MAX_RESULTS)).hits
    counts = Counter(value for story in newest for value in FIELD_BY_NAME[field].values(story))
    return list(dict.fromkeys((*FIXED.get(field, ()), *(value for value, _ in counts.most_common()))))


def _closed_phrases(query: Query) -> Iterator[Phrase]:
    match query:
        case Phrase(field=field) if field in CLOSED:
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from _closed_phrases(part)
        case Not(Phrase(text, "level")) if fold_token(text) in set(Level):
            return  # a level that no story has is rightly left out
        case Not(part):
            yield from _closed_phrases(part)
