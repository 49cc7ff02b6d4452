"""What the text alone decides; the corpora have the rest."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graphapi.errors import CypherRefused
from graphapi.guard.text import check_text

DATA = Path(__file__).parents[1] / "data"
LEGIT: list[dict[str, Any]] = yaml.safe_load((DATA / "cypher_legit.yaml").read_text(encoding="utf-8"))
WORDS = st.sampled_from(
    ["MATCH (n)", "WITH n", "RETURN n", "SET n.x = 1", "CALL", "db.labels()", "dbms.x()", "{", "}", "(", ")", "'SET'", "/*", "*/", "//",
     "\n",
     "UNION", "LOAD", "CSV", "IN", "TRANSACTIONS", "CYPHER 25", "SHOW", "INDEXES", "USERS", ";", "`", "EXPLAIN", "USE", "x.y("]
)  # fmt: skip


def check(text: str) -> None:
    check_text(text, 10_000, 32)


def rule_of(text: str) -> str:
    with pytest.raises(CypherRefused) as refused:
        check(text)
    return refused.value.rule


@pytest.mark.parametrize("case", LEGIT, ids=[case["id"] for case in LEGIT])
def test_what_people_write_passes(case: dict[str, Any]) -> None:
    check(case["query"])


@given(st.one_of(st.text(), st.lists(WORDS, max_size=20).map(" ".join)))
def test_any_text_passes_or_is_refused_by_a_rule_with_a_hint(text: str) -> None:
    assert outcome(text)


@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_a_leading_comment_changes_nothing(text: str) -> None:
    assert outcome(text) == outcome(f"/* SET */ {text}")


def outcome(text: str) -> str:
    try:
        check(text)
    except CypherRefused as refused:
        return refused.rule if refused.hint and refused.message.endswith(".") else ""
    return "passed"


@pytest.mark.parametrize("gap", [" ", "\n", "\t", "\r\n", "/**/", "/* x */", " // x\n", "\u00a0", "\u3000"], ids=repr)
@pytest.mark.parametrize("case", [str.upper, str.lower, str.title, str.swapcase], ids=["upper", "lower", "title", "swapped"])
def test_gaps_and_case_hide_nothing(gap: str, case: Any) -> None:
    assert rule_of(f"MATCH (n) RETURN COLLECT {{ {case('load')}{gap}{case('csv')} FROM 'x' AS r RETURN r }}") == "load-csv"
    assert rule_of(f"MATCH (n){gap}{case('detach')}{gap}{case('delete')} n") == "read-only"
    assert rule_of(f"{gap}{case('show')}{gap}{case('users')}") == "show"
    assert rule_of(f"{case('call')}{gap}dbms{gap}.{gap}listConfig()") == "procedure"


def test_size_counts_bytes() -> None:
    assert rule_of("RETURN '" + "é" * 5000 + "'") == "size"
    check("RETURN '" + "e" * 5000 + "'")


def test_half_a_character_is_refused() -> None:
    assert rule_of("RETURN '\ud800'") == "characters"


def test_nesting_has_a_limit() -> None:
    check(f"RETURN {'(' * 32}1{')' * 32} AS x")
    assert rule_of(f"RETURN {'(' * 33}1{')' * 33} AS x") == "nesting"


def test_a_refusal_names_line_and_column_from_one() -> None:
    with pytest.raises(CypherRefused) as refused:
        check("MATCH (n)\n  // é\n  SET n.x = 1")
    assert (refused.value.line, refused.value.column) == (3, 3)


@pytest.mark.parametrize("words", ["LET x = 1", "FILTER true", "FOR x IN [1]", "WHEN true THEN RETURN 1 AS a"])
def test_words_of_cypher_25_need_its_prefix(words: str) -> None:
    check(f"CYPHER 25 {words} RETURN 1 AS y")
    assert rule_of(f"{words} RETURN 1 AS y") == "first-word"
    assert rule_of(f"CYPHER 5 {words} RETURN 1 AS y") == "first-word"
