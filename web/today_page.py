"""The page of a day: its events by topic and by province, what is new since the reader's last look, what one lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from urllib.parse import quote, unquote

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from archive.source_titles import known_source_titles
from core.clock import CLOCK
from core.time import in_shanghai
from indexer.events.event_view import EventView
from indexer.events.gaps import late_events
from indexer.events.listing import count_arrived, list_events
from web.days import asked_day, newest_day, start_of
from web.pages import render
from web.reading import Reading
from web.state import SearchState
from web.wording import lag

DELTA = ("上海", "江苏", "浙江", "安徽")
LOOKED = "deltanews_looked"
"""The cookie with the last two looks: what is new is newer than the look before this one."""
PROVINCE = "deltanews_province"
"""The cookie with the province that the reader chose last."""
_KEPT = 90 * 86400
"""Seconds that a browser keeps both."""
_ONE_LOOK = timedelta(minutes=30)
"""Pages opened within this time are one look."""
_MOST_EVENTS = 300
_MOST_GAPS = 12
_MOST_NEW = 12
_OPENING = 120


@dataclass(frozen=True)
class Card:
    """One event in a list."""

    event: EventView
    title: str
    first: str
    """Title of the outlet that was first."""
    is_new: bool
    opening: str
    """How its headline's report begins."""

    @property
    def articles(self) -> int:
        """How often it was printed, copies included."""
        return len(self.event.all_articles)


@dataclass(frozen=True)
class Group:
    """Events of one topic or province."""

    name: str
    url: str
    """Of the search that finds them all."""
    cards: tuple[Card, ...]


def today_page(request: Request) -> Response:
    """Answer with the events of a day: of today, or of the newest day that has any, or of `?day=`.

    What is new since the last look is of that day where it was asked for, else of all days.
    """
    reading: Reading = request.app.state.reading
    now = CLOCK.now()
    before, cookie = _look(request.cookies.get(LOOKED, ""), now)
    asked = asked_day(request.query_params.get("day", ""))
    mine = request.query_params.get("province") or unquote(request.cookies.get(PROVINCE, ""))
    mine = mine if mine in DELTA else ""
    today = in_shanghai(now).date()
    with reading.archive() as connection:
        titles = known_source_titles(connection)
        day = asked or newest_day(connection) or today
        since, until = start_of(day), start_of(day + timedelta(days=1))
        found = islice(list_events(connection, since=since, until=until), _MOST_EVENTS)
        cards = sorted((_card(view, titles, before) for view in found), key=lambda card: -card.articles)
        gaps = _gaps(connection, mine, since, until) if mine else []
        if asked or before is None:
            new = [card for card in cards if card.is_new]
            arrived = len(new)
        else:
            latest = islice(list_events(connection, arrived_since=before), _MOST_NEW)
            new = [_card(view, titles, before) for view in latest]
            arrived = count_arrived(connection, before)
    context = {
        "day": day,
        "name": _name(day, today),
        "asked": asked,
        "cards": cards,
        "new": new[:_MOST_NEW],
        "arrived": arrived,
        "before": before,
        "topics": _by_topic(cards, day),
        "provinces": _by_province(cards, day),
        "delta": DELTA,
        "mine": mine,
        "gaps": gaps,
        "earlier": (day - timedelta(days=1)).isoformat(),
        "later": (day + timedelta(days=1)).isoformat() if day < today else "",
        "is_today": day == today,
    }
    response = render(request, "today.html", context)
    response.set_cookie(LOOKED, cookie, max_age=_KEPT, httponly=True, samesite="lax")
    if mine:
        response.set_cookie(PROVINCE, quote(mine), max_age=_KEPT, httponly=True, samesite="lax")
    return response


def _look(cookie: str, now: datetime) -> tuple[datetime | None, str]:
    """Return when the reader looked last before this look, and the cookie that remembers this one."""
    stamps = [int(part) for part in cookie.split(".") if part.isascii() and part.isdigit() and len(part) < 12]
    before, current = (*stamps, 0, 0)[:2]
    if now.timestamp() - current >= _ONE_LOOK.total_seconds():
        before, current = current, int(now.timestamp())
    return (datetime.fromtimestamp(before, UTC) if before else None), f"{before}.{current}"


def _card(view: EventView, titles: dict[str, str], before: datetime | None) -> Card:
    assert view.headline is not None
    articles = view.all_articles
    return Card(
        view,
        view.headline.report.title,
        titles.get(articles[0].source, articles[0].source),
        before is not None and max(article.first_seen_at for article in articles) > before,
        next(one.original.body for one in view.reports if one.report is view.headline.report)[:_OPENING],
    )


def _gaps(connection: Connection, mine: str, since: datetime, until: datetime) -> list[tuple[EventView, str]]:
    """Return the events that others carried and the reader's province did not, or how much later it did."""
    others = [other for other in DELTA if other != mine]
    found = islice(late_events(connection, mine, others, since=since, until=until), _MOST_GAPS)
    return [(event, lag(later.total_seconds()) if later else "") for event, later in found]


def _by_topic(cards: Iterable[Card], day: date) -> list[Group]:
    found: dict[str, list[Card]] = {}
    for card in cards:
        for topic in card.event.topics[:1] or ("其他",):
            found.setdefault(topic, []).append(card)
    groups = [Group(topic, _search(day, topic=topic), tuple(mine)) for topic, mine in found.items()]
    return sorted(groups, key=lambda group: (group.name == "其他", -len(group.cards)))


def _by_province(cards: Iterable[Card], day: date) -> list[Group]:
    cards = list(cards)
    carried = {name: tuple(card for card in cards if name in card.event.provinces) for name in (*DELTA, "全国")}
    return [Group(name, _search(day, province=name), mine) for name, mine in carried.items()]


def _search(day: date, **filters: str) -> str:
    chosen = [(name, value) for name, value in filters.items() if value != "其他"]
    days = [("since", day.isoformat()), ("until", day.isoformat())]
    return SearchState.of([*chosen, *days]).url()


def _name(day: date, today: date) -> str:
    return {today: "今天", today - timedelta(days=1): "昨天"}.get(day, "")
