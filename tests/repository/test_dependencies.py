"""What the program needs at run time is declared, locked, and under a licence that everybody may run."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("core", "text", "crawler", "archive", "indexer", "scheduler", "web", "deltanews")

REFUSED = re.compile(r"(?<!L)(?<!Lesser )(?<!Library )\b(A?GPL|(Affero )?General Public License)", re.IGNORECASE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file: str) -> dict[str, str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", (REPOSITORY / file).read_text(encoding="utf-8"), re.MULTILINE)
    return {normal(name): version for name, version in pins}


def names(requirements: Iterable[str]) -> set[str]:
    return {normal(name) for requirement in requirements for name in re.findall(r"^[A-Za-z0-9._-]+", requirement)}


def project() -> dict[str, Any]:
    whole: dict[str, dict[str, Any]] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    return whole["project"]


def declared() -> set[str]:
    return names(project()["dependencies"])


def optional() -> set[str]:
    """What an extra brings; the tests' environment need not have it."""
    return names(name for extra in project().get("optional-dependencies", {}).values() for name in extra)


def licence(name: str) -> str:
    """Everything a distribution's metadata says of its licence; a whole licence text counts by its first line."""
    metadata = distribution(name).metadata
    classifiers = [line for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
    text = [line.strip().partition("\n")[0] for line in metadata.get_all("License", [])]
    return " | ".join([*metadata.get_all("License-Expression", []), *text, *classifiers])


def refused(words: str) -> bool:
    """GPL or AGPL, with nothing else to choose instead."""
    choices = re.split(r"\bOR\b", words)
    return all(REFUSED.search(choice) for choice in choices)


def test_no_gpl_at_run_time_and_every_licence_known() -> None:
    licences = {}
    for name in locked("requirements-run.lock"):
        try:
            licences[name] = licence(name)
        except PackageNotFoundError:
            continue  # locked for another system
    assert len(licences) > 50
    assert {name: words for name, words in licences.items() if not words or refused(words)} == {}


@pytest.mark.parametrize(
    "words",
    [
        "GPL-3.0-or-later",
        "AGPL-3.0",
        "GNU General Public License v3",
        "License :: OSI Approved :: GNU Affero General Public License v3",
        "GPLv2+",
    ],
)
def test_the_rule_sees_the_gpl(words: str) -> None:
    assert refused(words)


@pytest.mark.parametrize(
    "words",
    ["LGPL-3.0", "GNU Lesser General Public License v2 or later (LGPLv2+)", "MIT OR GPL-2.0", "MPL-2.0", "BSD"],
)
def test_the_rule_lets_lesser_and_other_licences_pass(words: str) -> None:
    assert not refused(words)


def test_both_locks_hold_the_same_versions() -> None:
    run, everything = locked("requirements-run.lock"), locked("requirements.lock")
    assert run.items() <= everything.items()


def test_everything_declared_is_locked() -> None:
    assert declared() <= locked("requirements-run.lock").keys()


def third_party(paths: Iterable[Path]) -> dict[str, set[str]]:
    """Distributions that the files import, each with the files that do."""
    providers = packages_distributions()
    found: dict[str, set[str]] = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for top in {name.split(".")[0] for name in names} - sys.stdlib_module_names - set(PACKAGES):
                for provider in providers.get(top, [top]):
                    found.setdefault(normal(provider), set()).add(str(path.relative_to(REPOSITORY)))
    return found


def brought(name: str) -> set[str]:
    """What a distribution requires by itself, extras aside: Scrapy's Twisted and w3lib, pydantic's core."""
    return names(line for line in distribution(name).requires or () if "extra ==" not in line)


def test_the_packages_import_only_what_is_declared_or_comes_with_what_is_declared() -> None:
    imported = third_party(path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py"))
    assert len(imported) > 5
    allowed = declared().union(optional(), *(brought(name) for name in declared()))
    assert {name: files for name, files in imported.items() if name not in allowed} == {}
