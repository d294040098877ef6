"""No silent skips: a pytest plugin that fails the run where a test was skipped that is not listed here."""

import pytest

LISTED: dict[str, str] = {
    "tests/browser/": "the extra js is not among what make installs; .ci/run tests it in an environment of its own",
}
"""Start of the node ids that may be skipped, each with the reason why the run is whole without them."""


def _unlisted(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")  # with xdist, only the controller has one
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return [report.nodeid for report in skipped if not report.nodeid.startswith(tuple(LISTED))]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _unlisted(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for nodeid in _unlisted(config):
        terminalreporter.write_line(f"SKIPPED WITHOUT BEING LISTED in tests/skips.py: {nodeid}", red=True)
