"""The one assertion on error bodies."""

from typing import Any

import httpx

KEYS = {"type", "title", "status", "detail", "instance", "request_id", "hint", "parameter", "close", "rule", "line", "column", "faults"}
MUST = {"type", "title", "status", "detail", "instance", "request_id"}


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """Assert that a response is a problem of this status, complete and without a trace of the program; return its body."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert set(body) <= KEYS
    assert set(body) >= MUST
    assert body["status"] == status
    assert body["request_id"] == response.headers["x-request-id"]
    assert body["type"].startswith("urn:parley:problem:")
    assert "Traceback" not in response.text
    assert "neo4j." not in response.text
    return body
