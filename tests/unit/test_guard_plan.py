"""What the plan decides: type, operators, and what hides in their details."""

from typing import Any

import pytest

from graphapi.errors import CypherRefused
from graphapi.guard.plan import check_plan, shown_plan


def plan(operator: str = "Projection@neo4j", details: str = "", *children: dict[str, Any]) -> dict[str, Any]:
    return {"operatorType": operator, "args": {"Details": details}, "children": list(children)}


def rule_of(kind: str | None, found: dict[str, Any] | None) -> str:
    with pytest.raises(CypherRefused) as refused:
        check_plan(kind, found)
    return refused.value.rule


@pytest.mark.parametrize("kind", ["rw", "w", "s", "", "R", "x"])
def test_only_exactly_r_passes(kind: str) -> None:
    assert rule_of(kind, plan()) == "read-only"


def test_a_server_that_does_not_say_is_refused() -> None:
    assert rule_of(None, plan()) == "plan"
    assert rule_of("r", None) == "plan"
    assert rule_of("r", {}) == "plan"


@pytest.mark.parametrize(
    "operator",
    ["LoadCSV@neo4j", "ShowTransactions@neo4j", "TerminateTransactions", "ShowSettings", "TransactionApply", "SetProperty", "RunQueryAt",
     "AdministrationCommand", "NewOperator", "projection"],
)  # fmt: skip
def test_an_operator_that_is_not_on_the_list_is_refused_at_any_depth(operator: str) -> None:
    assert rule_of("r", plan("ProduceResults@neo4j", "", plan("Apply", "", plan(operator)))) == "plan"


@pytest.mark.parametrize(
    ("details", "rule"),
    [
        ('[x IN $autolist_0 | COLLECT {   LOAD CSV FROM "file:///x" AS r   RETURN r AS r }] AS x', "load-csv"),
        ("[x IN $l | COLLECT { CALL db.stats.clear($`a`)     YIELD success   RETURN success }] AS x", "procedure"),
        ("CollectExpression(ResolvedCall(dbms.listConfig, Vector()))", "procedure"),
        ("it's unreadable LOAD  CSV", "load-csv"),
        ("apoc.text.join(x)", "function"),
    ],
    ids=["load", "call", "resolved", "unreadable", "function"],
)
def test_what_hides_in_details_is_refused(details: str, rule: str) -> None:
    assert rule_of("r", plan(details=details)) == rule


@pytest.mark.parametrize(
    "details",
    ["n:`LOAD CSV`", "'LOAD CSV' AS a", "n.`ResolvedCall(dbms.x)`", "cache[n.load], csv", "COLLECT { CALL db.labels() YIELD label }"],
)
def test_names_and_strings_in_details_pass(details: str) -> None:
    check_plan("r", plan(details=details))


def test_only_allowed_procedures_pass() -> None:
    check_plan("r", plan("ProcedureCall@neo4j", "db.labels() :: (label :: STRING)"))
    check_plan("r", plan("ProcedureCall@neo4j", "`db`.`labels`()"))
    assert rule_of("r", plan("ProcedureCall@neo4j", "db.stats.clear($autostring_0) :: (x :: STRING)")) == "procedure"
    assert rule_of("r", plan("ProcedureCall@neo4j", "")) == "procedure"


def test_a_plan_is_shown_without_what_only_the_server_can_use() -> None:
    shown = shown_plan(plan("ProduceResults@neo4j", "n", plan("Expand(All)@neo4j", "(a)-->(b)")))
    assert shown == {
        "operator": "ProduceResults",
        "details": "n",
        "children": [{"operator": "Expand(All)", "details": "(a)-->(b)", "children": []}],
    }
