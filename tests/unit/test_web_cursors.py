"""Cursors carry a position, for one list under one set of filters."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphapi.errors import InputRefused
from graphapi.web.cursors import read_cursor, write_cursor

FILTERS = {"label": "Agency", "as_of": None}


@given(some.text(alphabet=some.characters(exclude_categories=["Cs"])))
def test_position_comes_back(position: str) -> None:
    assert read_cursor(write_cursor("entities", FILTERS, position), "entities", FILTERS) == position


def test_no_cursor_is_the_beginning() -> None:
    assert read_cursor(None, "entities", FILTERS) == ""


@pytest.mark.parametrize(("name", "filters"), [("events", FILTERS), ("entities", {**FILTERS, "as_of": "2025"}), ("entities", {})])
def test_cursor_is_good_for_its_own_list_only(name: str, filters: dict[str, str | None]) -> None:
    with pytest.raises(InputRefused, match="another list"):
        read_cursor(write_cursor("entities", FILTERS, "ann"), name, filters)


@given(some.text())
def test_text_that_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="cursor") as refused:
        read_cursor(text, "entities", FILTERS)
    assert refused.value.parameter == "cursor"


def test_one_changed_letter_is_noticed() -> None:
    cursor = write_cursor("entities", FILTERS, "ann")
    for place, letter in enumerate(cursor[:-1]):
        changed = cursor[:place] + ("A" if letter != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(InputRefused):
            read_cursor(changed, "entities", FILTERS)
