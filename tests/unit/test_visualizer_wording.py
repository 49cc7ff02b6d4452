"""Dates say their precision, and no character hides or turns what a reader sees."""

import pytest

from visualizer.wording import date_in_words, short_date, value_in_words, visible


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2025-06-09", "9 June 2025"),
        ("2025-05", "May 2025 (month)"),
        ("2025", "2025 (year)"),
        ("2025-06-09/2025-06-10", "9 to 10 June 2025"),
        ("2025-05-30/2025-06-02", "30 May to 2 June 2025"),
        ("2024-12-30/2025-01-02", "30 December 2024 to 2 January 2025"),
        ("2025-04/2025-06", "April to June 2025"),
        ("[2025-06-05..2025-06-08]", "between 5 and 8 June 2025"),
        ("[..2025-06-08]", "not after 8 June 2025"),
        ("[2025-06-05..]", "not before 5 June 2025"),
        ("2025-06-05/..", "from 5 June 2025"),
        ("2025-04~", "about April 2025 (month)"),
        ("2025-04-02?", "2 April 2025, uncertain"),
        ("soon", "soon"),
        ("2025-13", "2025-13"),
    ],
)
def test_date_says_its_precision(written: str, words: str) -> None:
    assert date_in_words(written) == words


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("2025-06-05", "5 Jun 2025"),
        ("2025-05", "May 2025"),
        ("2025-06-05/2025-06-08", "5–8 Jun 2025"),
        ("[2025-01-20..2025-06-08]", "20 Jan … 8 Jun 2025"),
        ("[2025-06-05..2025-06-06]", "5 … 6 Jun 2025"),
        ("2024-12-30/2025-01-02", "30 Dec 2024 – 2 Jan 2025"),
        ("[..2025-06-08]", "until 8 Jun 2025"),
        ("[2025-06-05..]", "from 5 Jun 2025"),
        ("soon", ""),
    ],
)
def test_date_in_the_picture_is_short(written: str, label: str) -> None:
    assert short_date(written) == label


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202eevil\u202c.exe", "⟦U+202E⟧evil⟦U+202C⟧.exe"),
        ("zero\u200bwidth\ufeff", "zero⟦U+200B⟧width⟦U+FEFF⟧"),
        ("line\u2028end\u2029", "line⟦U+2028⟧end⟦U+2029⟧"),
        ("nul\x00bell\x07", "nul⟦U+0000⟧bell⟦U+0007⟧"),
        ("la\u200dtin", "la⟦U+200D⟧tin"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("plain, Žluťoučký 何立峰", "plain, Žluťoučký 何立峰"),
    ],
    ids=["bidi", "zero-width", "separators", "controls", "joiner in Latin", "joiner in Persian", "plain"],
)
def test_hidden_character_is_shown_by_number(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_values_read_as_words() -> None:
    assert value_in_words(True) == "yes"
    assert value_in_words(["a", "b"]) == "a, b"
    assert value_in_words(90) == "90"


def test_no_character_that_hides_or_turns_text_counts_as_printable() -> None:
    hidden = [
        chr(code)
        for first, last in ((0x00, 0x1F), (0x7F, 0x9F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F))
        for code in range(first, last + 1)
    ]
    assert [one for one in [*hidden, "\u00ad", "\u061c", "\u180e", "\ufeff", "\ufff9", "\U000e0041"] if one.isprintable()] == []
    assert visible("a\u2066b") == "a⟦U+2066⟧b"
