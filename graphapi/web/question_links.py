"""Where a question and its answer are to be had: addresses, and a line for a terminal."""

import shlex
from collections.abc import Mapping
from urllib.parse import urlencode

from graphapi.catalogue import Query
from graphapi.web.drawing import LIVE

# Pages are kept whoever asks by which address; a script puts the page's own origin in its place.
ORIGIN = "http://127.0.0.1:8000"


def links_of(query: Query, asked: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of a question asked with these values, by what is there, and `curl`, a line for a POSIX shell.

    `picture` and `embed` are empty but for graphs.
    """
    api = f"{LIVE}/queries/{query.name}"
    is_graph = query.shape == "graph"
    return {
        "page": address(f"/queries/{query.name}", asked),
        "json": address(f"{api}.json", asked),
        "csv": address(f"{api}.csv", asked),
        "snapshot": address(f"{api}.snapshot.json", asked),
        "console": address("/cypher", {"query": query.name, **asked}),
        "curl": f"curl --fail --globoff {shlex.quote(ORIGIN + address(api, asked))}",
        "picture": address(f"/queries/{query.name}.html", asked) if is_graph else "",
        "embed": address(f"/embed/queries/{query.name}", asked) if is_graph else "",
    }


def address(path: str, asked: Mapping[str, str]) -> str:
    """Return a path with these values behind it."""
    return f"{path}?{urlencode(asked)}" if asked else path
