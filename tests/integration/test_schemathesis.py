"""Every address of the OpenAPI description, asked with generated values: no answer of 5xx, none that is not described."""

import warnings

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from graphapi.store import Store

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
OPERATIONS = 15


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as described", "otherwise"])
def test_every_answer_is_described(london: Store, served: str, mode: GenerationMode) -> None:
    description = schemathesis.openapi.from_dict(httpx.get(f"{served}/openapi.json").json())
    asked = 0
    for operation in description.get_all_operations():
        described = operation.ok()
        takes_something = "parameters" in described.definition.raw or "requestBody" in described.definition.raw
        if mode is GenerationMode.NEGATIVE and not takes_something:
            continue
        strategy = described.as_strategy(generation_mode=mode)

        @BOUNDED
        @given(case=strategy)
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(base_url=served, checks=CHECKS)

        ask()
        asked += 1
    assert asked >= OPERATIONS
