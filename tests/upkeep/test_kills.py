"""SIGKILL at random steps of a back-up and of forgetting, a few times."""

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.upkeep.killing import Runner, kill_backups, kill_forgetting


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with closing(Runner()) as runner:
        yield runner


@pytest.mark.parametrize("kill", [kill_backups, kill_forgetting])
def test_what_is_left_is_what_an_undisturbed_run_gives(
    kill: Callable[..., None], runner: Runner, tmp_path: Path
) -> None:
    seed = uuid.uuid4().int
    print(f"seed {seed}")  # pytest shows it where the test fails
    kill(runner, tmp_path, random.Random(seed), Counter(), kills=2)
