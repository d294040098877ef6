"""SIGKILL at random points of crawling and indexing: what is left in the end is what an undisturbed run gives."""

import random
import uuid
from collections import Counter
from pathlib import Path

from tests.crash.killing import kill_and_compare


def test_nothing_is_lost_or_doubled_by_sigkill(tmp_path: Path, elasticsearch_url: str) -> None:
    seed = uuid.uuid4().int
    print(f"seed {seed}")  # pytest shows it where the test fails
    kill_and_compare(tmp_path, elasticsearch_url, random.Random(seed), Counter(), crawls=4, indexings=3, writings=2)
