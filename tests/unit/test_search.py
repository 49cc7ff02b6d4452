"""What a search text becomes, and why something answers it; no database."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphapi.reading.folding import fold, words
from graphapi.reading.search import BOOSTS, edits, explain, lucene

UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[^\w\s\\]")
OURS = re.compile(r'(?:^|(?<= ))(?:name|aliases|caption):\(|\)\^\d|~[12]\^0\.5|\*(?=\))|(?<=\()"|" ')


def answer(text: str, **properties: Any) -> tuple[str, str] | None:
    _, match = explain(words(text), {"name": "", **properties})
    return (match.why.field, match.why.how) if match else None


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zürich", "zurich"), ("ZÜRICH", "zurich"), ("Zu\u0308rich", "zurich"), ("Straße", "strasse"), ("İstanbul", "istanbul"),
        ("Łódź", "lodz"), ("Ørsted", "orsted"), ("ＡＢＣ", "abc"), ("东京", "东京"), ("Сергей", "сергей"), ("Αθήνα", "αθήνα"),
    ],
)  # fmt: skip
def test_case_and_accents_of_latin_letters_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("US-China talks", ["us", "china", "talks"]), ("People's Republic", ["peoples", "republic"]), ("何立峰", ["何", "立", "峰"]),
        ("H20 chips", ["h20", "chips"]), ("?! … ()", []), ("👩‍👩‍👧 🇨🇳 ❤️", []), ("عربي نص", ["عربي", "نص"]),
        ("\u202eabc\u202c", ["abc"]), ("", []),
    ],
)  # fmt: skip
def test_words_are_runs_of_letters_and_single_ideographs(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(("word", "allowed"), [("xi", 0), ("lon", 0), ("cook", 1), ("lutnick", 1), ("Shenzhen", 2), ("negotiation", 2)])
def test_longer_words_may_have_more_wrong_letters(word: str, allowed: int) -> None:
    assert edits(word) == allowed


@given(st.text(max_size=200))
def test_nothing_of_a_text_is_syntax(text: str) -> None:
    if not words(text):
        return
    query = lucene(text)
    assert query.count(":(") >= len(BOOSTS)
    assert not re.search(r"\b(AND|OR|NOT|TO)\b", query)
    bare = re.sub(r"\\.", "", query, flags=re.DOTALL)
    assert set(UNESCAPED.findall(OURS.sub("", bare))) <= {'"', "^", "*", "~"}
    assert bare.count('"') == 2 * len(BOOSTS)
    assert bare.count("(") == bare.count(")") == bare.count(":") == bare.count("*") == len(BOOSTS)


@given(st.text(max_size=200))
def test_a_query_stays_below_the_most_terms_that_lucene_takes(text: str) -> None:
    if words(text):
        fuzzy = lucene(text).count("~")
        assert fuzzy * 50 + (len(lucene(text).split()) - fuzzy) + 3 * len(text) < 1024 + 3 * 200


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("howard lutnick", ("name", "exact")),
        ("HOWARD, Lutnick!", ("name", "exact")),
        ("the secretary", ("alias", "exact")),
        ("howard lut", ("name", "prefix")),
        ("lutnick", ("name", "words")),
        ("lutnick howard", ("name", "words")),
        ("lut", ("name", "words")),
        ("lutnik", ("name", "fuzzy")),
        ("lutnikc howard", ("name", "fuzzy")),
        ("department", ("caption", "words")),
        ("howrd department", ("caption", "words")),
        ("luk", None),
        ("hwoadr", None),
    ],
)
def test_reason_says_which_value_answers_and_how(text: str, why: tuple[str, str] | None) -> None:
    assert answer(text, name="Howard Lutnick", aliases=["the Secretary"], caption="Head of a department") == why


def test_exact_comes_before_beginning_before_words_before_fuzzy_and_captions_last() -> None:
    values = [{"name": "Geneva"}, {"aliases": ["Geneva"]}, {"name": "Geneva deal"}, {"name": "The Geneva deal"}, {"name": "Genova"}]
    scores = [match.score for one in values if (match := explain(words("geneva"), {"name": "", **one})[1])]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(values)
    caption = explain(words("geneva"), {"name": "x", "caption": "Geneva"})[1]
    assert caption is not None
    assert caption.score < scores[3]


def test_what_is_held_is_counted_in_letters_over_all_values() -> None:
    properties = {"name": "Howard Lutnick", "caption": "Commerce Secretary"}
    assert explain(words("commerce lutnick"), properties)[0] == len("commercelutnick")
    assert explain(words("not lutnick or"), properties)[0] == len("lutnick")
