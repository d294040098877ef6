"""Long drills: `make drills`, or `pytest tests/drills --seed 7 --rounds 3`. They are no part of `make test`.

A drill is a `test_*.py` here that takes the fixture `drill`: it draws everything random from `drill.dice`, repeats
`drill.rounds(50)` times, counts what it did in `drill.tally` and compares what is left with an oracle, as a rule an
undisturbed run. Seed and summary are printed at the end of the run. What a drill does in its small form stands among
the other tests.
"""

import random
from collections.abc import Iterator

import pytest

from tests.deadline import DRILL_LIMIT
from tests.drills.drill import Drill
from tests.elasticsearch_node.running import running_elasticsearch

SUMMARY = "summary of a drill"


def pytest_addoption(parser: pytest.Parser) -> None:
    drills = parser.getgroup("drills")
    drills.addoption("--seed", type=int, help="repeat the random choices of an earlier run of the drills")
    drills.addoption("--rounds", type=int, help="how often each drill repeats, instead of its usual number")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.seed is None:
        config.option.seed = random.SystemRandom().randrange(10**9)


def pytest_report_header(config: pytest.Config) -> str:
    return f"drills: --seed {config.option.seed}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.timeout(DRILL_LIMIT))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    terminalreporter.section(f"drills, --seed {config.option.seed}")
    for reports in list(terminalreporter.stats.values()):
        for report in reports:
            for name, line in getattr(report, "user_properties", ()):
                if name == SUMMARY:
                    terminalreporter.write_line(str(line))


@pytest.fixture
def drill(request: pytest.FixtureRequest) -> Iterator[Drill]:
    config = request.config
    drill = Drill(request.node.name, config.option.seed, config.option.rounds)
    yield drill
    request.node.user_properties.append((SUMMARY, drill.summary()))  # travels with the report, from xdist's workers too


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_elasticsearch(tmp_path_factory) as url:
        yield url
