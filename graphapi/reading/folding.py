"""Texts as a search compares them: without case, without accents of Latin letters, as words."""

import unicodedata
from functools import lru_cache

# Latin letters that Unicode does not take apart, as Lucene's ASCIIFoldingFilter writes them.
LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
    "ə": "e",
}
APOSTROPHES = frozenset("'’‘ʼ`´")
# Scripts that are written without spaces and that the index takes apart letter by letter: Han, Hiragana.
IDEOGRAPHS = ((0x3040, 0x309F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def fold(text: str) -> str:
    """Return a text in lower case, without the accents of Latin letters; letters of other scripts keep theirs, as in the index."""
    return "".join(map(_folded, unicodedata.normalize("NFC", text)))


def words(text: str) -> list[str]:
    """Return the words of a text, folded: runs of letters and digits, each ideograph by itself; `People's` is one word."""
    spaced = "".join(_spaced(character) for character in fold(text) if character not in APOSTROPHES)
    return [word for word in spaced.split() if any(character.isalnum() for character in word)]


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    lower = character.lower()
    if lower in LETTERS:
        return LETTERS[lower]
    plain = "".join(part for part in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(part))
    return plain.lower() if plain.isascii() and plain else lower


@lru_cache(maxsize=4096)
def _spaced(character: str) -> str:
    if any(first <= ord(character) <= last for first, last in IDEOGRAPHS):
        return f" {character} "
    return character if unicodedata.category(character)[0] in "LNM" else " "
