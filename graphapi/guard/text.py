"""The checks of the text alone: what kind of statement it is, and what may never stand in one."""

from collections.abc import Sequence
from itertools import pairwise

from graphapi.errors import CypherRefused
from graphapi.guard.calls import check_calls
from graphapi.guard.lexer import Token, check_characters, refused, scan

READING = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL", "SHOW"})
READING_25 = READING | {"LET", "FILTER", "FOR", "WHEN"}
WRITING = frozenset({"CREATE", "INSERT", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "DROP"})
PLAN = 'Ask for the plan with the flag explain: {"query": ..., "explain": true}, or parley cypher --explain.'
ROWS = "Give the rows as a parameter, and UNWIND it."
ELSEWHERE = {
    "EXPLAIN": ("prefix", PLAN),
    "PROFILE": ("prefix", PLAN),
    "USE": ("use", "Leave it out: there is one graph, and the query runs on it."),
    "TERMINATE": ("terminate", "Leave it: every query ends by its own time limit."),
    "LOAD": ("load-csv", ROWS),
    "USING": ("load-csv", ROWS),
}
PAIRS = {
    ("LOAD", "CSV"): ("load-csv", "LOAD CSV reads files and addresses", ROWS),
    ("USING", "PERIODIC"): ("load-csv", "USING PERIODIC COMMIT belongs to LOAD CSV", "Leave it out."),
    ("TERMINATE", "TRANSACTION"): ("terminate", "TERMINATE ends queries of others", "Leave it out."),
    ("TERMINATE", "TRANSACTIONS"): ("terminate", "TERMINATE ends queries of others", "Leave it out."),
    ("CONCURRENT", "TRANSACTIONS"): ("transactions", "A subquery may not open transactions of its own", "Leave IN TRANSACTIONS out."),
}
INDEX_KINDS = frozenset({"ALL", "FULLTEXT", "LOOKUP", "POINT", "RANGE", "TEXT", "VECTOR"})
CONSTRAINT_KINDS = frozenset(
    {"ALL", "NODE", "RELATIONSHIP", "REL", "PROPERTY", "KEY", "UNIQUE", "UNIQUENESS", "EXIST", "EXISTENCE", "TYPE", "LABEL"}
)
SHOWN = {"INDEX": INDEX_KINDS, "INDEXES": INDEX_KINDS, "CONSTRAINT": CONSTRAINT_KINDS, "CONSTRAINTS": CONSTRAINT_KINDS}
ENDS_OPERAND = frozenset({")", "]", "}"})
OPENS, CLOSES = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}
KNOWN = "MATCH, OPTIONAL MATCH, WITH, UNWIND, RETURN, CALL, SHOW INDEXES or SHOW CONSTRAINTS"


def check_text(text: str, max_bytes: int, max_nesting: int) -> list[Token]:
    """Raise CypherRefused unless the text may be shown to the server: short, visible, one statement that begins as a reading one.

    What the text cannot decide, such as a write after a bare name, is left to the plan. `max_bytes` counts UTF-8.
    Returns its tokens without spaces and comments.
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise refused(text, error.start, "characters", "The query is not Unicode: it holds half a character.", "Delete it.") from None
    if size > max_bytes:
        raise CypherRefused(
            f"The query has {size:,} bytes; at most {max_bytes:,} are read.", rule="size", hint="Give lists and long texts as parameters."
        )
    check_characters(text)
    tokens = [token for token in scan(text) if token.kind not in ("space", "comment")]
    _check_one_statement(text, tokens)
    _check_nesting(text, tokens, max_nesting)
    _check_beginning(text, tokens)
    check_pairs(text, tokens)
    _check_writing(text, tokens)
    check_calls(text, tokens)
    return tokens


def _check_one_statement(text: str, tokens: Sequence[Token]) -> None:
    if not tokens or tokens[0].text == ";":
        raise CypherRefused("The query is empty.", rule="empty", hint="For example: MATCH (n:Person) RETURN n LIMIT 25")
    for token in tokens[:-1]:
        if token.kind == "mark" and token.text == ";":
            raise refused(text, token.start, "one-statement", "Something follows a semicolon.", "Send one statement at a time.")


def _check_nesting(text: str, tokens: Sequence[Token], most: int) -> None:
    """Raise CypherRefused for brackets that do not match, or lie too deep for the server's parser."""
    opened: list[Token] = []
    for token in tokens:
        if token.kind != "mark":
            continue
        if token.text in OPENS:
            opened.append(token)
            if len(opened) > most:
                raise refused(
                    text, token.start, "nesting", f"Brackets are nested more than {most} deep.", "Take the inner parts out with WITH."
                )
        elif token.text in CLOSES and (not opened or OPENS[opened.pop().text] != token.text):
            raise refused(text, token.start, "brackets", f"The {token.text} here closes nothing.", "Check the brackets before it.")
    if opened:
        raise refused(text, opened[-1].start, "brackets", f"The {opened[-1].text} here is not closed.", "Check the brackets after it.")


def _check_beginning(text: str, tokens: Sequence[Token]) -> None:
    first, allowed = 0, READING
    if tokens[0].keyword == "CYPHER":
        version = tokens[1].text if len(tokens) > 1 else ""
        if version not in {"5", "25"}:
            place = tokens[min(1, len(tokens) - 1)].start
            raise refused(
                text, place, "prefix", "CYPHER takes a version here, and no options.", "Write CYPHER 5 or CYPHER 25, or leave it out."
            )
        first, allowed = 2, READING_25 if version == "25" else READING
    if len(tokens) <= first:
        raise refused(text, tokens[-1].start, "empty", "Nothing follows the prefix.", "For example: MATCH (n:Person) RETURN n LIMIT 25")
    token = tokens[first]
    if token.keyword not in allowed:
        raise _wrong_beginning(text, token, tokens[first + 1 : first + 2])
    if token.keyword == "SHOW":
        _check_show(text, tokens[first:])


def _wrong_beginning(text: str, token: Token, following: Sequence[Token]) -> CypherRefused:
    word = token.keyword
    if following and following[0].text == "=":
        return refused(
            text, token.start, "prefix", f"The option {token.text[:40]} is not taken here.", "Write CYPHER 5 or CYPHER 25 alone."
        )
    rule, hint = ELSEWHERE.get(word, ("read-only" if word in WRITING else "first-word", f"Begin with {KNOWN}."))
    what = "only reading is possible" if rule == "read-only" else "a query may not begin so"
    return refused(text, token.start, rule, f"The query begins with {token.text[:40]!r}; {what}.", hint)


def _check_show(text: str, tokens: Sequence[Token]) -> None:
    kinds: list[str] = []
    for token in tokens[1:]:
        if token.keyword in SHOWN and SHOWN[token.keyword].issuperset(kinds):
            return
        if token.kind != "word":
            break
        kinds.append(token.keyword)
    raise refused(
        text, tokens[0].start, "show", "Only SHOW INDEXES and SHOW CONSTRAINTS are possible.", "For what is in the graph: CALL db.labels()."
    )


def check_pairs(text: str, tokens: Sequence[Token]) -> None:
    """Raise CypherRefused for words that mean harm wherever they stand together; `tokens` are without spaces and comments."""
    for first, second in pairwise(tokens):
        pair = PAIRS.get((first.keyword, second.keyword))
        if pair:
            rule, message, hint = pair
            raise refused(text, first.start, rule, f"{message}; that is not possible here.", hint)
    for before, first, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.text == "}" and first.keyword == "IN" and second.keyword == "TRANSACTIONS":
            rule, message, hint = PAIRS["CONCURRENT", "TRANSACTIONS"]
            raise refused(text, first.start, rule, f"{message}.", hint)


def _check_writing(text: str, tokens: Sequence[Token]) -> None:
    """Raise CypherRefused where a word can only begin a clause that writes, or chooses a graph.

    It follows what surely ends an operand, or opens a subquery, and is itself followed by an operand: `) SET n`, `{ CREATE (`. A name such
    as `set` never stands like that. After a bare name it may, so that one is left to the plan.
    """
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        word = token.keyword
        if word not in WRITING and word != "USE":
            continue
        begins = before.text in ENDS_OPERAND or before.kind in ("string", "number", "parameter", "quoted") or before.text == "{"
        begins = begins or before.keyword in {"UNION", "ALL", "NEXT"}
        if begins and (after.text == "(" or after.kind in ("word", "quoted")) and after.keyword not in {"IN", "IS", "AS"}:
            if word == "USE":
                raise refused(text, token.start, "use", "USE is not possible here.", ELSEWHERE["USE"][1])
            raise refused(
                text, token.start, "read-only", f"{word} changes the graph; only reading is possible.", "Ask for what you need with RETURN."
            )
