"""What a text has to do with the delta: a gazetteer as data, rules as pure functions.

`load_gazetteer()` reads the data once; `judge(title, body, gazetteer)` says what one article has to do with the delta.
"""

from crawler.relevance.gazetteer import Gazetteer, GazetteerError, load_gazetteer
from crawler.relevance.rules import judge

__all__ = ["Gazetteer", "GazetteerError", "judge", "load_gazetteer"]
