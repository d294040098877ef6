"""Known names: the provinces and topics that the archive's articles have; another one is a mistake, and is answered."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from archive.articles import known_provinces, known_topics
from core.errors import UsageError


def checked_provinces(connection: Connection, names: Sequence[str]) -> list[str]:
    """Return provinces as the archive has them (安徽省 is 安徽); UsageError where it has none of that name."""
    if not names:
        return []
    known = known_provinces(connection)
    short = [name if name in known else name.removesuffix("省").removesuffix("市") for name in names]
    check_known("--province", short, known)
    return short


def checked_topics(connection: Connection, names: Sequence[str]) -> list[str]:
    """Return the topics; UsageError where no article of the archive has one of them."""
    if names:
        check_known("--topic", names, known_topics(connection))
    return list(names)


def check_known(option: str, given: Iterable[str], known: Iterable[str], shown: Iterable[str] | None = None) -> None:
    """Raise UsageError where something given is not known; an empty archive knows nothing yet."""
    all_known = list(known)
    unknown = [name for name in given if name not in all_known]
    if unknown and all_known:
        raise UsageError(f"{option}: the archive has no {unknown[0]!r}; known: {', '.join(shown or all_known)}")
