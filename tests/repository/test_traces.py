"""Nothing in the repository tells of one machine: no registry's host, no path of somebody's home, no secret."""

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
TRACES = {
    "a registry's host": r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|repo1?\.maven|crates\.io|proxy\.golang"
    r"|(?:deb|security)\.debian|docker\.elastic\.co|ghcr\.io|quay\.io",
    "a path of this machine": r"/work/(?:main|shared|\.)|/root/|/home/[a-z]+/|/Users/[a-z]+/",
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY",
    "a token": r"\b(?:ghp|gho|github_pat|xox[bp]|sk-ant)[-_][A-Za-z0-9]{10,}|\bAKIA[A-Z0-9]{16}\b",
}
MAY_NAME = {
    "benchmarks": {"a path of this machine"},  # where a benchmark's private data lie; it says so when they are absent
    "tests/repository/test_traces.py": set(TRACES),
}


def found(text: str) -> set[str]:
    return {what for what, pattern in TRACES.items() if re.search(pattern, text)}


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout.split("\n")
    return [name for name in listed if name and (REPOSITORY / name).is_file()]


def test_no_file_holds_a_trace() -> None:
    wrong = {}
    for name in tracked():
        allowed = next((what for start, what in MAY_NAME.items() if name.startswith(start)), set())
        traces = found((REPOSITORY / name).read_text(encoding="utf-8", errors="replace")) - allowed
        if traces:
            wrong[name] = traces
    assert wrong == {}


@pytest.mark.parametrize(
    "text",
    [
        "index = https://pypi.org/simple",
        "image: docker.elastic.co/kibana/kibana:9",
        "open('/work/shared/data')",
        "-----BEGIN RSA PRIVATE KEY-----",
        "token = 'ghp_0123456789abcdefghij'",
    ],
)
def test_the_rule_sees_a_trace(text: str) -> None:
    assert len(found(text)) == 1
