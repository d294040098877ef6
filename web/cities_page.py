"""The page of the cities: stories of each city week by week, each number the search that finds them."""

from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response

from core.clock import CLOCK
from core.time import in_shanghai
from indexer.search.counts import CountBy, Counts
from indexer.search.index import SearchIndex, SearchRequest
from indexer.search.query.model import Everything
from web.days import WEEK, asked_day, monday_of, newest_day, start_of
from web.pages import render
from web.reading import Reading
from web.state import SearchState

WEEKS = 8
_MOST_CITIES = 60
_SHADES = 4


@dataclass(frozen=True)
class Cell:
    """One city in one week."""

    stories: int
    shade: int
    """From 1 to `_SHADES`, the highest for the most stories; 0 for none."""
    url: str


@dataclass(frozen=True)
class CityLine:
    """One city in all weeks."""

    name: str
    stories: int
    url: str
    cells: tuple[Cell, ...]


def cities_page(request: Request) -> Response:
    """Answer with eight weeks up to that of `?week=`, else up to that of the newest reports."""
    reading: Reading = request.app.state.reading
    today = in_shanghai(CLOCK.now()).date()
    asked = asked_day(request.query_params.get("week", ""))
    with reading.archive() as connection:
        last = monday_of(asked or newest_day(connection) or today)
    weeks = [last - WEEK * back for back in range(WEEKS)][::-1]
    context = {
        "weeks": weeks,
        "cities": city_lines(reading.index, weeks),
        "earlier": (last - WEEK * WEEKS).isoformat(),
        "later": (last + WEEK * WEEKS).isoformat() if last + WEEK <= today else "",
    }
    return render(request, "cities.html", context)


def city_lines(index: SearchIndex, weeks: list[date]) -> list[CityLine]:
    """Count the stories of every city in every week; those of most stories first."""
    counts = [_counts(index, week)[CountBy.CITY] for week in weeks]
    sums = {
        city: sum(of_week.get(city, 0) for of_week in counts) for city in {city for each in counts for city in each}
    }
    most = max((count for of_week in counts for count in of_week.values()), default=0)
    lines = []
    for city in sorted(sums, key=lambda city: (-sums[city], city))[:_MOST_CITIES]:
        cells = tuple(
            Cell(of_week.get(city, 0), -(-_SHADES * of_week.get(city, 0) // most), _url(city, week, week))
            for week, of_week in zip(weeks, counts, strict=True)
        )
        lines.append(CityLine(city, sums[city], _url(city, weeks[0], weeks[-1]), cells))
    return lines


def _counts(index: SearchIndex, week: date) -> Counts:
    request = SearchRequest(Everything(), since=start_of(week), until=start_of(week + WEEK))
    return index.counts(request, [CountBy.CITY])


def _url(city: str, first: date, last: date) -> str:
    """Return the address of the search for a city from the Monday of one week to the Sunday of another."""
    days = [("since", first.isoformat()), ("until", (last + timedelta(days=6)).isoformat())]
    return SearchState.of([("city", city), ("by", "story"), *days]).url()
