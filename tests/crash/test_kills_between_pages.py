"""SIGKILL between the pages of an article: no half is shown, and the next crawl goes on with what is missing."""

import random
import uuid
from collections import Counter
from pathlib import Path

from tests.crash.killing_between_pages import kill_and_compare


def test_no_half_article_is_left_by_sigkill(tmp_path: Path) -> None:
    seed = uuid.uuid4().int
    print(f"seed {seed}")  # pytest shows it where the test fails
    kill_and_compare(tmp_path, random.Random(seed), Counter(), kills=3)
