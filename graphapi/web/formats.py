"""Which format an answer takes: by the address's suffix, else by the Accept header."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from fastapi import Request

from graphapi.errors import ParleyError
from graphapi.web.problems import NotAcceptable

HTML = "text/html"
JSON = "application/json"
CSV = "text/csv"
GRAPHML = "application/graphml+xml"
NDJSON = "application/x-ndjson"
SUFFIXES = {".html": HTML, ".json": JSON, ".csv": CSV, ".graphml": GRAPHML, ".ndjson": NDJSON}


class NoSuchFormat(ParleyError):
    """The address has a suffix that is no format of it."""

    kind = "no-such-format"
    title = "Not found"
    status = 404


def format_of(request: Request, offered: Sequence[str]) -> str:
    """Return the media type that the address names by its suffix, else the one of those offered that Accept likes best.

    A suffix wins, whatever Accept says: who follows a link to a file in a browser, whose Accept names HTML, gets the file. Raises
    NotAcceptable when there is no suffix and Accept likes none.
    """
    accept = request.headers.get("accept", "")
    return SUFFIXES.get(PurePosixPath(request.scope["path"]).suffix) or choose_format(accept, offered)


def choose_format(accept: str, offered: Sequence[str]) -> str:
    """Return the offered media type that an Accept header likes best; of equals the first.

    Raises NotAcceptable when it likes none.
    """
    if not accept.strip():
        return offered[0]
    ranges = [_range(part) for part in accept.split(",")[:50]]
    best, weight = offered[0], 0.0
    for kind in offered:
        found = max(((precision, quality) for wanted, quality in ranges if (precision := _matches(wanted, kind))), default=(0, 0.0))[1]
        if found > weight:
            best, weight = kind, found
    if weight == 0.0:
        raise NotAcceptable("This address has no format that the Accept header allows.", hint=f"It has: {', '.join(offered)}.")
    return best


def _range(text: str) -> tuple[str, float]:
    kind, *parameters = (part.strip() for part in text.lower().split(";"))
    quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    try:
        return kind, min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return kind, 0.0


def _matches(wanted: str, kind: str) -> int:
    if wanted == kind:
        return 3
    if wanted == kind.partition("/")[0] + "/*":
        return 2
    return int(wanted == "*/*")
