"""Stories made up for measurements: Chinese-like words as frequent as those of a real vocabulary (Zipf)."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from archive.article import Precision
from indexer.search.document import StoryDocument

VOCABULARY = 30_000
EVERYWHERE = "长三角"
"""A word that every story holds."""
RARE = "新质生产力"
"""A word that one story in a thousand holds."""
_SOURCES = (
    ("smg", "看看新闻", "上海"),
    ("jstv", "荔枝网", "江苏"),
    ("zjtv", "新蓝网", "浙江"),
    ("ahtv", "安徽网", "安徽"),
)
_TOPICS = ("交通", "规划", "金融", "科技创新", "生态环保", "示范区")
_CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3_000)]


class StoryMaker:
    """Makes stories of about `length` characters; the same seed gives the same stories."""

    def __init__(self, length: int = 1_200, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._length = length
        common = [1 / (rank + 5) for rank in range(len(_CHARACTERS))]
        self.words = [
            "".join(self._random.choices(_CHARACTERS, common, k=self._random.choice((2, 2, 2, 3, 4))))
            for _ in range(VOCABULARY)
        ]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def stories(self, count: int) -> Iterator[StoryDocument]:
        """Yield stories, an hour's worth of sixty apart from each other by a minute."""
        start = datetime(2026, 1, 1, tzinfo=UTC)
        for number in range(count):
            source, source_title, province = _SOURCES[number % len(_SOURCES)]
            moment = start + timedelta(minutes=number)
            yield StoryDocument(
                story_id=f"story-{number}",
                revision=1,
                title=self._text(20, "").replace("。", ""),
                body=self._text(self._length, EVERYWHERE + (RARE if number % 1_000 == 0 else "")),
                url=f"https://{source}.example/{number}.html",
                source=source,
                source_title=source_title,
                province=province,
                published_at=moment,
                published_precision=Precision.MINUTE,
                first_seen_at=moment,
                timeline_at=moment,
                level="core",
                score=50.0,
                topics=tuple(self._random.sample(_TOPICS, 2)),
                sources=(source,),
            )

    def _text(self, length: int, first: str) -> str:
        words = self._random.choices(self.words, cum_weights=self._weights, k=length * 10 // 25)
        for place in range(7, len(words), 8):
            words[place] += "，" if place % 3 else "。"
        return first + "".join(words)
