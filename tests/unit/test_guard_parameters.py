"""Parameters that the database could not take are refused by name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphapi.errors import CypherRefused
from graphapi.guard.parameters import check_parameters

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
SURROGATES = st.text(st.characters(categories=["Cs"]), min_size=1)


def nested(depth: int) -> Any:
    return [] if depth == 1 else [nested(depth - 1)]


@given(st.dictionaries(st.text(), PLAIN, max_size=5))
def test_plain_json_passes(parameters: dict[str, Any]) -> None:
    check_parameters(parameters, 100, 1000)


@given(st.one_of(st.just(2**63), st.just(-(2**63) - 1), st.just(float("nan")), st.just(float("inf")), SURROGATES, st.just({"\ud800": 1})))
def test_what_the_database_cannot_take_is_refused_wherever_it_is(value: Any) -> None:
    for given_value in (value, [value], {"a": [1, {"b": value}]}):
        with pytest.raises(CypherRefused) as refused:
            check_parameters({"fine": 1, "bad": given_value}, 8, 1000)
        assert (refused.value.rule, refused.value.parameter) == ("parameters", "bad")


def test_depth_and_number_have_limits() -> None:
    check_parameters({"p": nested(8)}, 8, 1000)
    with pytest.raises(CypherRefused, match="deep"):
        check_parameters({"p": nested(9)}, 8, 1000)
    check_parameters({"p": [0] * 999}, 8, 1000)
    with pytest.raises(CypherRefused, match="1,000 values"):
        check_parameters({"p": [0] * 999, "q": 1}, 8, 1000)


def test_what_is_no_json_is_refused() -> None:
    for value in (b"x", {1, 2}, object(), {1: 2}):
        with pytest.raises(CypherRefused):
            check_parameters({"p": value}, 8, 1000)
