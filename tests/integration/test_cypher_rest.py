"""POST /cypher: what comes back, and how bad input is answered."""

import json
from typing import Any

import httpx
import pytest

from tests.integration.problem import problem

ADDRESS = "/api/v1/cypher"


def answer(client: httpx.Client, query: str, **parameters: Any) -> dict[str, Any]:
    response = client.post(ADDRESS, json={"query": query, "parameters": parameters})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    body: dict[str, Any] = response.json()
    return body


def value(client: httpx.Client, expression: str) -> Any:
    return answer(client, f"RETURN {expression} AS value")["rows"][0][0]


def refused(client: httpx.Client, body: str | bytes, status: int = 400, kind: str = "application/json") -> dict[str, Any]:
    return problem(client.post(ADDRESS, content=body, headers={"Content-Type": kind}), status)


def test_rows_stand_under_their_columns(service: httpx.Client) -> None:
    body = answer(service, "MATCH (n:Person {id: $id}) RETURN n.name AS name, n.side", id="howard-lutnick")
    assert body == {"columns": ["name", "n.side"], "rows": [["Howard Lutnick", "united-states"]], "truncated": False}


def test_an_entity_looks_as_elsewhere(service: httpx.Client) -> None:
    [[node]] = answer(service, "MATCH (n {id: 'talks-london-2025-06-09'}) RETURN n")["rows"]
    elsewhere = service.get("/api/v1/entities/talks-london-2025-06-09").json()
    assert set(node) == {"id", "labels", "name", "properties"}
    assert (node["id"], node["labels"], node["name"]) == (elsewhere["id"], elsewhere["labels"], elsewhere["name"])


def test_a_relationship_looks_as_elsewhere(service: httpx.Client) -> None:
    identifier = "howard-lutnick--ABSENT_FROM--talks-geneva-2025-05"
    [[found]] = answer(service, "MATCH ()-[r {id: $id}]->() RETURN r", id=identifier)["rows"]
    elsewhere = service.get(f"/api/v1/relationships/{identifier}").json()
    assert found == {name: part for name, part in elsewhere.items() if name in found}
    assert set(found) == {"id", "type", "from", "to", "evidence", "properties"}


def test_a_path_is_its_nodes_and_relationships(service: httpx.Client) -> None:
    [[path]] = answer(service, "MATCH p = ({id: 'howard-lutnick'})-[:ABSENT_FROM]->() RETURN p")["rows"]
    assert [node["id"] for node in path["nodes"]] == ["howard-lutnick", "talks-geneva-2025-05"]
    assert [one["type"] for one in path["relationships"]] == ["ABSENT_FROM"]


def test_what_is_no_entity_has_an_element_id(service: httpx.Client) -> None:
    [[node]] = answer(service, "MATCH (n:Record) RETURN n LIMIT 1")["rows"]
    assert set(node) == {"elementId", "labels", "properties"}
    assert node["labels"] == ["Record"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("date('2025-06-09')", "2025-06-09"),
        ("time('12:30:00+01:00')", "12:30:00.000000000+01:00"),
        ("localtime('12:30:00')", "12:30:00.000000000"),
        ("datetime('2025-06-09T12:30:00Z')", "2025-06-09T12:30:00.000000000+00:00"),
        ("datetime('2025-06-09T12:30:00[Europe/London]')", "2025-06-09T12:30:00.000000000+01:00[Europe/London]"),
        ("localdatetime('2025-06-09T12:30:00')", "2025-06-09T12:30:00.000000000"),
        ("duration('P1M2DT3S')", "P1M2DT3S"),
        ("point({x: 1, y: 2})", {"srid": 7203, "x": 1.0, "y": 2.0}),
        ("point({longitude: 1, latitude: 2, height: 3})", {"srid": 4979, "x": 1.0, "y": 2.0, "z": 3.0}),
        ("0.0 / 0.0", "NaN"),
        ("-1.0 / 0.0", "-Infinity"),
        ("9223372036854775807", 9223372036854775807),
        ("[1, [2.5, null], {a: true}]", [1, [2.5, None], {"a": True}]),
        ("'東京 👍'", "東京 👍"),
    ],
)
def test_values_have_a_documented_form(service: httpx.Client, expression: str, expected: Any) -> None:
    assert value(service, expression) == expected


def test_a_list_of_rows_ends_at_the_cap(service: httpx.Client) -> None:
    body = answer(service, "UNWIND range(1, 1000000) AS x RETURN x")
    assert len(body["rows"]) == 1000
    assert body["truncated"]
    assert not answer(service, "UNWIND range(1, 1000) AS x RETURN x")["truncated"]


def test_rows_end_at_the_byte_cap(service: httpx.Client) -> None:
    body = answer(service, "UNWIND range(1, 190) AS x RETURN range(1000000000000, 1000000005000) AS l")
    assert body["truncated"]
    assert 0 < len(body["rows"]) < 190
    assert len(json.dumps(body["rows"], separators=(",", ":"))) <= 8_388_608


def test_one_huge_cell_is_refused(service: httpx.Client) -> None:
    assert refused(service, json.dumps({"query": "RETURN range(1000000001, 1001000000) AS l"}))["rule"] == "answer-size"


def test_explain_shows_the_plan_and_runs_nothing(service: httpx.Client) -> None:
    response = service.post(
        ADDRESS, json={"query": "MATCH (a), (b), (c), (d), (e) RETURN count(a.id + b.id + c.id + d.id + e.id)", "explain": True}
    )
    plan = response.json()["plan"]
    assert plan["operator"] == "ProduceResults"
    assert plan["children"][0]["operator"] == "EagerAggregation"


def test_a_syntax_error_says_what_and_where(service: httpx.Client) -> None:
    body = refused(service, json.dumps({"query": "MATCH (n)\nRETURN n.name nam e"}))
    assert (body["rule"], body["line"], body["column"]) == ("syntax", 2, 15)
    assert "EXPLAIN" not in body["detail"]
    assert "Invalid input" in body["detail"]


def test_a_fault_while_running_is_the_callers(service: httpx.Client) -> None:
    assert refused(service, json.dumps({"query": "UNWIND [1, 0] AS x RETURN 1 / x"}))["rule"] == "query"
    assert "Text cannot be parsed to a Date" in refused(service, json.dumps({"query": "RETURN date('nonsense') AS d"}))["detail"]


def test_a_text_that_passed_with_short_lists_is_looked_at_again_with_long_ones(service: httpx.Client) -> None:
    query = "UNWIND $a AS a UNWIND $b AS b UNWIND $c AS c RETURN count(*) AS n"
    short = service.post(ADDRESS, json={"query": query, "parameters": {name: [1, 2] for name in "abc"}})
    assert short.json()["rows"] == [[8]]
    assert refused(service, json.dumps({"query": query, "parameters": {name: [0] * 300 for name in "abc"}}))["rule"] == "growth"


def test_a_missing_parameter_is_named(service: httpx.Client) -> None:
    body = refused(service, json.dumps({"query": "RETURN $who AS who"}))
    assert (body["rule"], body["parameter"]) == ("parameters", "who")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('"\\ud800"', "surrogate"),
        ("9223372036854775808", "64 bits"),
        ("-9223372036854775809", "64 bits"),
        ("1" * 5000, "too long"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("1e999", "inf"),
        ("[" * 9 + "]" * 9, "deep"),
        ("[" * 20000 + "]" * 20000, "deep"),
        ("[" + ",".join("0" * 1001) + "]", "1,000 values"),
        ('{"a": {"\\udfff": 1}}', "surrogate"),
    ],
    ids=["surrogate", "2**63", "-2**63-1", "5000 digits", "NaN", "Infinity", "1e999", "depth 9", "depth 20000", "1001 values", "key"],
)
def test_a_parameter_that_the_database_cannot_take_is_refused(service: httpx.Client, value: str, words: str) -> None:
    body = refused(service, f'{{"query": "RETURN $p AS p", "parameters": {{"p": {value}}}}}')
    assert body["rule"] == "parameters"
    assert words in body["detail"]


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ('{"query": 1}', "query"),
        ('{"query": null}', "query"),
        ("{}", "query"),
        ('{"query": "RETURN 1", "parameters": []}', "parameters"),
        ('{"query": "RETURN 1", "explain": "yes"}', "explain"),
        ('{"query": "RETURN 1", "explain": 1}', "explain"),
        ('{"query": "RETURN 1", "limit": 1}', "limit"),
        ('{"query": "RETURN 1", "query": "RETURN 2"}', "query"),
    ],
)
def test_a_wrong_key_or_type_is_named_with_what_is_expected(service: httpx.Client, body: str, parameter: str) -> None:
    found = refused(service, body)
    assert found["parameter"] == parameter
    assert found["hint"]


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"query": "RETURN 1"} x', "\ufeff{}", "'"])
def test_a_body_that_is_no_object_is_refused(service: httpx.Client, body: str) -> None:
    refused(service, body.encode())


def test_a_body_that_is_no_utf_8_is_refused(service: httpx.Client) -> None:
    refused(service, b'{"query": "RETURN \xff"}')


def test_a_lone_surrogate_in_the_query_is_refused(service: httpx.Client) -> None:
    assert refused(service, '{"query": "RETURN \'\\ud800\'"}')["rule"] == "characters"


def test_sizes_have_limits(service: httpx.Client) -> None:
    refused(service, json.dumps({"query": "RETURN 1", "parameters": {"p": "x" * 65_536}}), 413)
    assert refused(service, json.dumps({"query": f"RETURN '{'x' * 10_000}'"}))["rule"] == "size"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read(service: httpx.Client, kind: str) -> None:
    refused(service, '{"query": "RETURN 1"}', 415, kind)


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
def test_a_page_of_another_site_is_refused(service: httpx.Client, headers: dict[str, str]) -> None:
    problem(service.post(ADDRESS, json={"query": "RETURN 1"}, headers=headers), 403)


def test_other_methods_and_parameters_are_refused(service: httpx.Client) -> None:
    problem(service.get(ADDRESS), 405)
    problem(service.post(ADDRESS, params={"query": "RETURN 1"}, json={"query": "RETURN 1"}), 400)
    problem(service.post(ADDRESS, json={"query": "RETURN 1"}, headers={"Accept": "text/html"}), 406)
