"""The lexer holds for any text: nothing is lost, and nothing quoted becomes a word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphapi.errors import CypherRefused
from graphapi.guard.lexer import Token, scan

PIECES = st.sampled_from(
    ["'", '"', "`", "``", "\\", "\\'", "//", "/*", "*/", "\n", "\r", " ", "SET", "load", "CSV", "x", "$p", "$`q`", "1", "1.5", ".", "..",
     "(", ")", "[", "]", "{", "}", ":", ";", "é", "東", "\u00a0", "0x1F", "1e3", "_", "|", "-", "->", "$"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in scan(text) if token.kind != "space"]


def tried(text: str) -> list[Token]:
    try:
        return scan(text)
    except CypherRefused:
        return []


@given(TEXTS)
def test_tokens_put_together_are_the_text(text: str) -> None:
    tokens = tried(text)
    assert not tokens or "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens] == [sum(len(one.text) for one in tokens[:number]) for number in range(len(tokens))]


@given(TEXTS)
def test_reading_a_text_in_front_of_it_changes_nothing(text: str) -> None:
    tokens = tried(text)
    if tokens and tokens[0].kind == "word":
        assert [(token.kind, token.text) for token in scan("RETURN " + text)][2:] == [(token.kind, token.text) for token in tokens]


@given(st.text(st.characters(exclude_characters="'\\")))
def test_nothing_inside_a_string_becomes_a_word(inner: str) -> None:
    assert kinds(f"RETURN '{inner}' AS x") == [("word", "RETURN"), ("string", f"'{inner}'"), ("word", "AS"), ("word", "x")]


@given(st.text())
def test_escapes_do_not_end_a_string(inner: str) -> None:
    escaped = inner.replace("\\", "\\\\").replace('"', '\\"')
    assert kinds(f'"{escaped}"SET') == [("string", f'"{escaped}"'), ("word", "SET")]


@given(st.text())
def test_nothing_inside_back_ticks_becomes_a_word(inner: str) -> None:
    quoted = f"`{inner.replace('`', '``')}`"
    tokens = scan(f"MATCH (n:{quoted}) RETURN n")
    assert [token.name for token in tokens if token.kind == "quoted"] == [inner]
    assert [token.text for token in tokens if token.kind == "word"] == ["MATCH", "n", "RETURN", "n"]


@given(st.text())
def test_nothing_inside_a_comment_becomes_a_word(inner: str) -> None:
    block, line = inner.replace("*/", ""), re.sub(r"[\r\n]", "", inner)
    assert kinds(f"a /*{block} */ b // {line}")[::2] == [("word", "a"), ("word", "b")]


@pytest.mark.parametrize(
    ("text", "rule", "column"),
    [("RETURN 'a", "unterminated", 8), ('"\\"', "unterminated", 1), ("``` ", "unterminated", 1), ("a /* *", "unterminated", 3),
     ("1LOAD", "number", 1), ("0xZ", "number", 1), ("a ⟩ b", "characters", 3), ("a \\ b", "characters", 3)],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_at_its_place(text: str, rule: str, column: int) -> None:
    with pytest.raises(CypherRefused) as refused:
        scan(text)
    assert (refused.value.rule, refused.value.line, refused.value.column) == (rule, 1, column)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[*1..3]", ["[", "*", "1", ".", ".", "3", "]"]),
        ("n.`a``b`.c", ["n", ".", "`a``b`", ".", "c"]),
        ("$a+$`b c`-$0", ["$a", "+", "$`b c`", "-", "$0"]),
        ("1.5e-3/.5", ["1.5e-3", "/", ".", "5"]),
    ],
    ids=["range", "names", "parameters", "numbers"],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in scan(text)] == expected


def test_words_are_compared_as_the_server_does() -> None:
    assert {token.keyword for token in scan("load LOAD ＬＯＡＤ `LOAD` 'LOAD'")} == {"LOAD", ""}
