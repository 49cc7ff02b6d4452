"""Who is let in: the Host a request may name, the Origin from which changes may come, and what a query string may hold."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from graphapi.errors import InputRefused, ParleyError
from graphapi.web.problems import HostRefused, OriginRefused, problem_response
from graphapi.web.sharing import ASKED_BY_POST

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

OURSELVES = frozenset({"localhost", "127.0.0.1", "[::1]"})
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::([0-9]{1,5}))?")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
MAX_QUERY = 8000
MAX_FIELDS = 40
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Admission:
    """Answers what must not go further with a problem; lets the rest pass untouched."""

    def __init__(self, app: "ASGIApp", allowed_hosts: Iterable[str] = (), origins: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = OURSELVES | frozenset(allowed_hosts)
        self._origins = frozenset(origins)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Let an HTTP request pass, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refuse(scope)
        if refused is None:
            await self._app(scope, receive, send)
        else:
            await problem_response(scope, refused)(scope, receive, send)

    def _refuse(self, scope: "Scope") -> ParleyError | None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        host = hosts[0].decode("latin-1").lower() if len(hosts) == 1 else ""
        found = HOST.fullmatch(host)
        if found is None or found[1] not in self._hosts:
            return HostRefused(
                f"This service does not answer for the host {host[:80]!r}.",
                hint="Use localhost or 127.0.0.1, or name the host in PARLEY_ALLOWED_HOSTS.",
            )
        if scope["method"] not in SAFE and not self._may_ask(scope):
            refused = _refuse_origin(scope, host)
            if refused:
                return refused
        return _read_query(scope) if scope["query_string"] else None

    def _may_ask(self, scope: "Scope") -> bool:
        """Whether a page of another site asks Cypher that settings let."""
        if scope["path"] != ASKED_BY_POST:
            return False
        origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
        return len(origins) == 1 and origins[0] in self._origins


def _refuse_origin(scope: "Scope", host: str) -> ParleyError | None:
    headers = dict(scope["headers"])
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
    if site is not None and site.decode("latin-1") not in OWN_SITES:
        return OriginRefused("A page of another site may not change anything here.", hint="Send the request from this service's own pages.")
    if origin is not None and not _is_own(origin.decode("latin-1").lower(), host):
        return OriginRefused(
            f"The origin {origin.decode('latin-1')[:80]!r} may not change anything here.",
            hint="Send the request from this service's own pages, or without an Origin.",
        )
    return None


def _is_own(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == host and not parts.path


def _read_query(scope: "Scope") -> ParleyError | None:
    """Put the query's parameters into the scope's state, or say why they are refused."""
    query = scope["query_string"]
    if len(query) > MAX_QUERY:
        return InputRefused(f"The query string has {len(query):,} bytes; at most {MAX_QUERY:,} are read.")
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except UnicodeError:
        return InputRefused("The query string is not UTF-8.", hint="Encode it as percent-encoded UTF-8.")
    except ValueError:
        return InputRefused(f"The query string has more than {MAX_FIELDS} parameters.")
    seen: dict[str, str] = {}
    for name, value in pairs:
        shown = CONTROL.sub("�", name)[:80]
        if CONTROL.search(name) or CONTROL.search(value):
            return InputRefused(f"The parameter {shown!r} holds a control character.", hint="Leave it out.", parameter=shown)
        if name in seen:
            return InputRefused(f"The parameter {shown!r} stands twice.", hint="Give it once.", parameter=shown)
        seen[name] = value
    scope["state"]["query"] = seen
    return None
