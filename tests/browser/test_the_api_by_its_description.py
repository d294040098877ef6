"""The API is asked whatever its description allows and more: it never fails, and answers what it says it does."""

from typing import Any  # what schemathesis gives: the group browser is not where types are checked

import pytest
from hypothesis import HealthCheck, given, settings

schemathesis = pytest.importorskip("schemathesis", reason="the group browser is not installed")
checks = pytest.importorskip("schemathesis.specs.openapi.checks", reason="the group browser is not installed")

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


ASKED = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
"""What is asked of each operation is the same every time: a run that fails can be repeated."""


def test_no_question_makes_it_fail(site: str) -> None:
    described = schemathesis.openapi.from_url(f"{site}/api/v1/openapi.json")
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == len(described.raw_schema["paths"])
    for operation in operations:
        ask(operation)


def ask(operation: Any) -> None:
    @ASKED
    @given(case=operation.as_strategy())
    def asked(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    asked()
