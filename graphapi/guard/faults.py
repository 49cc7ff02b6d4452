"""What the server says against a query, in our words; of its own only what a person needs to mend a text."""

import re

from graphapi.errors import CypherRefused, ParleyError, QueryTimedOut
from graphapi.isolated import QueryFault

POSITION = re.compile(r"\(line (\d+), column (\d+)(?: \(offset: \d+\))?\)")
PARAMETER = re.compile(r"Expected parameter\(s\): ([^\n]+)")
MAX_MESSAGE = 500
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
EXPECTED = re.compile(r": expected .{100,}")
SYNTAX = "Check how the query is written there."
QUERY = "Check the values and the types of what it computes."


def refusal(fault: QueryFault, seconds: float, lines_before: int = 0) -> ParleyError:
    """Return what to raise for a fault that the server found; `lines_before` of the text that it was sent are not the caller's."""
    if "TransactionTimedOut" in fault.code or "Terminated" in fault.code:
        return timed_out(seconds)
    if "AccessMode" in fault.code:
        return CypherRefused("The query would change something; only reading is possible.", rule="read-only", hint="Use MATCH and RETURN.")
    if "Memory" in fault.code:
        return CypherRefused("The query needs more memory than it may have.", rule="memory", hint="Ask for less, or LIMIT earlier.")
    if not fault.is_of_caller:
        return CypherRefused("The server could not run the query.", rule="server", hint="Ask for it in another way.")
    return _missing(fault) if "ParameterMissing" in fault.code else _faulty(fault, lines_before)


def _missing(fault: QueryFault) -> CypherRefused:
    found = PARAMETER.search(fault.message)
    names = [name.strip() for name in found[1].split(",")] if found else []
    shown = ", ".join(f"${name}" for name in names)
    message = f"The query uses {shown or 'a parameter'}, which was not given."
    return CypherRefused(message, rule="parameters", hint="Give it a value, which may be null.", parameter=names[0] if names else None)


def _faulty(fault: QueryFault, lines_before: int) -> CypherRefused:
    found = POSITION.search(fault.message)
    place = (max(int(found[1]) - lines_before, 1), int(found[2])) if found else None
    message = cleaned(fault.message)
    if "Syntax" not in fault.code:
        return CypherRefused(f"The query cannot be run: {message}", rule="query", place=place, hint=QUERY)
    return CypherRefused(message, rule="syntax", place=place, hint=SYNTAX if place else QUERY)


def timed_out(seconds: float) -> QueryTimedOut:
    """Return what to raise for a query that its wall clock ended."""
    return QueryTimedOut(
        f"The query was ended after {seconds:g} seconds.",
        hint="Ask for less: shorter paths, a label for every node, a LIMIT before the sorting.",
    )


def cleaned(message: str) -> str:
    """Return the first line of a server's message without positions, control characters and names of classes; at most 500 characters."""
    line = POSITION.sub("", message.strip().split("\n")[0])
    line = EXPECTED.sub("", line)
    text = re.sub(r"\b(?:org|com|java|scala)\.[\w.$]+:?\s*", "", UNSEEN.sub(" ", line))
    text = " ".join(text.split())[:MAX_MESSAGE]
    return text if text.endswith((".", "?", "!")) else f"{text}."
