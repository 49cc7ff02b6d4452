"""Cuts a Cypher text into tokens, so that nobody takes a string, a quoted name or a comment for a command."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from graphapi.errors import CypherRefused

Kind = Literal["space", "comment", "string", "quoted", "parameter", "number", "word", "mark"]

NAMES = ("word", "quoted")
HIDDEN = frozenset("\u034f\u115f\u1160\u180b\u180c\u180d\u180f\u3164\uffa0")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
PLAIN_SPACES = frozenset("\t\n\r")
QUOTED = r"`(?:[^`]|``)*+`"
TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
    | (?P<comment>//[^\r\n]*|/\*(?:[^*]|\*(?!/))*+\*/)
    | (?P<string>'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+")
    | (?P<quoted>{QUOTED})
    | (?P<parameter>\$(?:\w+|{QUOTED}))
    | (?P<number>(?:0x[0-9a-fA-F_]+|0o[0-7_]+|[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9]+)?)(?!\w))
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>(?!/\*)[!#$%&()*+,\-./:;<=>?@\[\]^{{|}}~])
    """,
    re.VERBOSE | re.DOTALL,
)
OPENERS = {"'": "string", '"': "string", "`": "quoted name"}


@dataclass(frozen=True)
class Token:
    """A piece of a text with the offset of its first character."""

    kind: Kind
    text: str
    start: int

    @property
    def keyword(self) -> str:
        """The word as the server compares it, in capitals; empty for what is no bare word."""
        return unicodedata.normalize("NFKC", self.text).casefold().upper() if self.kind == "word" else ""

    @property
    def name(self) -> str:
        """The name that a bare or a quoted word stands for; empty for anything else."""
        if self.kind == "quoted":
            return self.text[1:-1].replace("``", "`")
        return self.text if self.kind == "word" else ""


def scan(text: str) -> list[Token]:
    """Return all tokens of a text; put together again they are the text.

    Raises CypherRefused where something is not closed, or a character has no meaning outside strings and quoted names.
    """
    tokens = []
    position = 0
    while position < len(text):
        found = TOKEN.match(text, position)
        if found is None or found.lastgroup is None:
            raise _unreadable(text, position)
        kind: Kind = found.lastgroup  # type: ignore[assignment]
        tokens.append(Token(kind, found[0], position))
        position = found.end()
    return tokens


def check_characters(text: str) -> None:
    """Raise CypherRefused for a character that a reader cannot see, and for backslash-u, which the server reads as another character."""
    for position, character in enumerate(text):
        if character in HIDDEN or (unicodedata.category(character) in UNSEEN and character not in PLAIN_SPACES):
            name = unicodedata.name(character, "a control character")
            raise refused(
                text,
                position,
                "characters",
                f"The query holds U+{ord(character):04X} ({name.lower()}), which a reader cannot see.",
                "Delete it, or give the text that needs it as a parameter.",
            )
    escape = re.search(r"\\[uU]", text)
    if escape:
        raise refused(
            text,
            escape.start(),
            "unicode-escape",
            "The query holds a backslash followed by u.",
            "Write the character itself, or give the text that needs it as a parameter.",
        )


def refused(text: str, position: int, rule: str, message: str, hint: str) -> CypherRefused:
    """Return a refusal that says where in the text, by line and column counted from 1."""
    before = text[:position]
    line = before.count("\n") + 1
    column = position - (before.rfind("\n") + 1) + 1
    return CypherRefused(message, rule=rule, place=(line, column), hint=hint)


def _unreadable(text: str, position: int) -> CypherRefused:
    character = text[position]
    opened = "comment" if text.startswith("/*", position) else OPENERS.get(character)
    if opened:
        close = "*/" if opened == "comment" else character
        return refused(text, position, "unterminated", f"The {opened} that begins here does not end.", f"Close it with {close}.")
    if character.isdigit():
        return refused(
            text, position, "number", "A number runs into a name here.", "Put a space between the two, or the name in `back-ticks`."
        )
    return refused(
        text,
        position,
        "characters",
        f"The character {character!r} means nothing outside a string.",
        "Put a name that holds it in `back-ticks`; write arrows with - < >.",
    )
