"""The words and sentences that `republications` puts its reports together from, as data: words.toml."""

import tomllib
from pathlib import Path

_DATA = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def _words(name: str) -> tuple[str, ...]:
    """Return the list of that name; of a string, its characters."""
    return tuple(map(str, _DATA[name]))


CITIES = _words("cities")
FIELDS = _words("fields")
PROJECTS = _words("projects")
DEEDS = _words("deeds")
ADVERBS = _words("adverbs")
OPENINGS = _words("openings")
BODIES = _words("bodies")
POSTS = _words("posts")
SURNAMES = _words("surnames")
GIVEN = _words("given")
RESULTS = _words("results")
SUBJECTS = _words("subjects")
PREDICATES = _words("predicates")
GOALS = _words("goals")
MEETINGS = _words("meetings")
VOICES = _words("voices")
MEDIA = _words("media")
READINGS = _words("readings")
WEATHER = _words("weather")
ROADS = _words("roads")
PROGRAMMES = _words("programmes")
STOCKS = _words("stocks")
SENTENCES = _words("sentences")
"""Sentences of news prose; what stands in braces is drawn."""

BLANKS = {
    "city": CITIES,
    "other": CITIES,
    "field": FIELDS,
    "project": PROJECTS,
    "deed": DEEDS,
    "how": ADVERBS,
    "opening": OPENINGS,
    "office": BODIES,
    "post": POSTS,
    "result": RESULTS,
    "goal": GOALS,
    "meeting": MEETINGS,
    "voice": VOICES,
    "sky": WEATHER,
    "road": ROADS,
    "sector": STOCKS,
    **{name: tuple(map(str, words)) for name, words in _DATA["blanks"].items()},
}
"""What may be drawn for a word in braces."""
