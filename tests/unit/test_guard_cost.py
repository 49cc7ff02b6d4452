"""What a text shows to cost too much is refused to callers without a key, and nothing else is."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graphapi.errors import CypherRefused
from graphapi.guard.cost import check_cost
from graphapi.guard.lexer import scan
from graphapi.guard.patterns import fault_of
from graphapi.guard.text import check_text
from graphapi.settings import load_settings

DATA = Path(__file__).parents[1] / "data"
SETTINGS = load_settings()
GAPS = st.sampled_from([" ", "\n", "\t", " /* x */ ", "/* [ ( */", " // ]\n"])
WORDS = st.sampled_from(
    [
        *("MATCH (n)", "WITH s + s AS s", "RETURN n", "reduce(", "range(1, 3)", "range(", "[x IN l | ", "any(x IN l WHERE ", "]", "(", ")"),
        *("{", "}", "|", ",", "=~ '(a+)+'", "=~", "'a'", "-[*]-", "-[", "]-", "*1..3", "{1,3}", "+", "*", "AS s", "AS", "LET s = s", "XOR"),
        *("NOT", "&", "IN", "s", "`s`", "$p", "1", ".", ":", "shortestPath("),
    ]
)


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / f"cypher_{name}.yaml").read_text(encoding="utf-8"))
    return found


COSTLY, LEGIT = cases("costly"), cases("legit")


def outcome(text: str, most: int = 10_000, parameters: dict[str, Any] | None = None) -> str:
    try:
        check_cost(text, check_text(text, most, 32), SETTINGS, parameters or {})
    except CypherRefused as refused:
        return refused.rule
    return "passed"


@pytest.mark.parametrize("case", COSTLY, ids=lambda case: case["id"])
def test_what_grows_is_refused_with_a_place_and_a_hint(case: dict[str, Any]) -> None:
    tokens = check_text(case["query"], 10_000, 32)
    with pytest.raises(CypherRefused) as refused:
        check_cost(case["query"], tokens, SETTINGS, {})
    assert refused.value.rule == case["rule"]
    assert refused.value.line == 1
    assert "key" in refused.value.hint


@pytest.mark.parametrize("case", LEGIT, ids=lambda case: case["id"])
def test_what_people_write_passes_but_for_what_needs_a_key(case: dict[str, Any]) -> None:
    assert outcome(case["query"]) == case.get("keyed", "passed")


def test_lists_that_are_given_may_go_into_each_other_as_long_as_little_comes_of_it() -> None:
    text = "UNWIND $sides AS side UNWIND $roles AS role UNWIND $`the years` AS year RETURN side, role, year"
    short = {"sides": ["us", "china"], "roles": ["head", "member"], "the years": [*range(2018, 2027)]}
    assert outcome(text, parameters=short) == "passed"
    assert outcome(text, parameters={name: [*range(101)] for name in short}) == "growth"
    assert outcome(text, parameters={name: [[*range(50)], [*range(50)]] for name in short}) == "growth"
    assert outcome("UNWIND $l + $l + $l + $l AS a UNWIND $l + $l + $l + $l AS b RETURN a", parameters={"l": [0] * 300}) == "growth"


@given(st.data())
def test_gaps_between_tokens_change_nothing(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(COSTLY + LEGIT))
    tokens = scan(case["query"])
    joined = {"=~", "..", "||", "->", "<-", "<=", ">=", "<>", "::", "--"}
    parts = []
    for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        is_joined = token.kind == following.kind == "mark" and token.text + following.text in joined
        is_number = "." in {token.text, following.text} and "number" in {token.kind, following.kind}
        spaced = f"{token.text} " if token.text == "/" else token.text  # a sign of division, and no comment
        parts += [token.text] if is_joined or is_number or token.kind == "comment" else [spaced, data.draw(GAPS)]
    assert outcome("".join(parts), 100_000) == case.get("keyed", case.get("rule", "passed"))


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_text_passes_or_is_refused(text: str) -> None:
    assert outcome(f"RETURN {text}")


@given(st.one_of(st.text(max_size=40), st.text(st.sampled_from("ab()|*+?{}1,[]^\\.Q"), max_size=20)))
def test_any_regular_expression_is_judged(pattern: str) -> None:
    assert fault_of(pattern) == fault_of(pattern)
    assert fault_of(f"(?:{pattern})(a+)+") != ""
