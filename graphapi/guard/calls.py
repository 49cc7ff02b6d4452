"""What a query may call: procedures that read the graph, and functions of the language."""

from collections.abc import Sequence

from graphapi.guard.lexer import NAMES, Token, refused

PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshipTypes",
        "db.propertyKeys",
        "db.schema.visualization",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.index.vector.queryNodes",
        "db.index.vector.queryRelationships",
    }
)
NAME_SPACES = frozenset(
    {"coll", "date", "datetime", "duration", "localdatetime", "localtime", "point", "time", "vector", "vector.similarity"}
)


def may_call(procedure: str) -> bool:
    """Whether a query may call this procedure; names of procedures tell small letters from capitals."""
    return procedure in PROCEDURES


def check_calls(text: str, tokens: Sequence[Token]) -> None:
    """Raise CypherRefused for a procedure or a function that is not on the lists; `tokens` are without spaces and comments."""
    for number, token in enumerate(tokens):
        if token.keyword == "CALL":
            _check_call(text, tokens, number)
        if token.text == "(" and number and tokens[number - 1].kind in NAMES:
            _check_function(text, tokens, number)


def _check_call(text: str, tokens: Sequence[Token], number: int) -> None:
    following = tokens[number + 1 : number + 3]
    if not following or following[0].kind not in NAMES:
        return
    is_dotted = len(following) > 1 and following[1].text == "."
    if following[0].kind == "word" and not is_dotted:
        return
    procedure = dotted_name(tokens, number + 1)
    if may_call(procedure):
        return
    raise refused(
        text,
        tokens[number + 1].start,
        "procedure",
        f"The procedure {procedure[:80]} may not be called here.",
        f"Possible: {', '.join(sorted(PROCEDURES))}; or a subquery, CALL (n) {{ ... }}.",
    )


def _check_function(text: str, tokens: Sequence[Token], bracket: int) -> None:
    first = bracket - 1
    while first >= 2 and tokens[first - 1].text == "." and tokens[first - 2].kind in NAMES:
        first -= 2
    if first and tokens[first - 1].keyword == "CALL":
        return
    name = dotted_name(tokens, first)
    space = name.lower().rpartition(".")[0]
    if not space or space in NAME_SPACES:
        return
    raise refused(
        text,
        tokens[first].start,
        "function",
        f"The function {name[:80]} may not be called here.",
        f"Possible: functions without a dot, and those of {', '.join(sorted(NAME_SPACES))}.",
    )


def dotted_name(tokens: Sequence[Token], number: int) -> str:
    """Return the dotted name that begins at this token, without back-ticks."""
    parts = [tokens[number].name]
    while number + 2 < len(tokens) and tokens[number + 1].text == "." and tokens[number + 2].kind in NAMES:
        number += 2
        parts.append(tokens[number].name)
    return ".".join(parts)
