"""Article lines: a JSONL file of articles, one object a line, read into items without an archive."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from archive.article import Precision
from core.errors import UsageError
from core.mistakes import plain_mistake
from core.sanitize import clean_json
from core.time import SHANGHAI
from indexer.stories.item import Item

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class ArticleLine(BaseModel):
    """One line. Only an id (or a url) and a text are needed; other keys are ignored."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str = ""
    title: Annotated[str, BeforeValidator(lambda value: value or "")] = ""
    body: Annotated[str, BeforeValidator(lambda value: value or "")] = ""
    published_at: str | None = None
    credit: str | None = None
    source: Annotated[str, BeforeValidator(lambda value: value or "")] = ""
    url: Annotated[str, BeforeValidator(lambda value: value or "")] = ""


def read_article_lines(lines: Iterable[str], name: str, refuse: Callable[[UsageError], None]) -> dict[str, Item]:
    """Return the articles of a JSONL file by their ids, in the order of the file.

    An article without an id is known by its url. `published_at` is ISO 8601: without a zone it is Asia/Shanghai, a day
    alone (or midnight sharp) tells the day only. Undated articles count as published when the newest dated one was.
    A line that is no article goes to `refuse`, with the file's name, line and reason, and the others are read.
    """
    items: dict[str, Item] = {}
    urls: Counter[str] = Counter()
    for number, line in enumerate(lines, 1):
        line = line.lstrip("\ufeff")  # noqa: PLW2901 - files put together have marks of order within, too
        if not line.strip():
            continue
        try:
            parsed, published_at, precision = _parsed(line)
            key = parsed.id or parsed.url
            if key in items:
                raise UsageError(f"id: {key} is there twice")  # noqa: TRY301 - one way out for a bad line
        except UsageError as error:
            refuse(UsageError(f"{name}:{number}: {error}"))
            continue
        url = parsed.url or key
        urls[url] += 1
        items[key] = Item(
            url=url if urls[url] == 1 else f"{url}#{key}",  # two texts of one page are two articles here
            title=parsed.title,
            body=parsed.body,
            published_at=published_at,
            precision=precision,
            first_seen_at=NEVER,
            source=parsed.source,
            source_title=parsed.source,
            credit=parsed.credit,
        )
    newest = max((item.published_at for item in items.values() if item.published_at), default=NEVER)
    undated = {key: replace(item, first_seen_at=newest) for key, item in items.items() if item.published_at is None}
    return items | undated


def _parsed(line: str) -> tuple[ArticleLine, datetime | None, Precision]:
    """Return a line's article and when it was published. UsageError with key and reason."""
    try:
        line.encode()
        parsed = ArticleLine.model_validate_json(clean_json(line))
        published_at, precision = _moment(parsed.published_at)
    except UnicodeEncodeError as error:
        raise UsageError("line: it is not UTF-8") from error
    except ValidationError as error:
        problem = error.errors()[0]
        key = ".".join(map(str, problem["loc"])) or "line"
        what = "it is no object, as {…}" if problem["type"] == "model_type" else plain_mistake(problem)
        raise UsageError(f"{key}: {what}") from error
    except ValueError as error:
        raise UsageError(f"published_at: {error}; write it as 2026-03-05T09:30+08:00") from error
    if not (parsed.id or parsed.url):
        raise UsageError("id: an article needs an id or a url")
    return parsed, published_at, precision


def _moment(written: str | None) -> tuple[datetime | None, Precision]:
    if not written or not written.strip():
        return None, Precision.NONE
    moment = datetime.fromisoformat(written.strip().replace("/", "-"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    moment = moment.astimezone(SHANGHAI)
    return moment, Precision.DAY if moment.time() == time() else Precision.MINUTE
