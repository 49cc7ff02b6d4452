"""Pages of other sites that may read: cross-origin resource sharing, for the origins that settings name and nobody else."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.middleware.cors import CORSMiddleware

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

SHARED = "/api/v1"
ASKED_BY_POST = "/api/v1/cypher"
ASKED = ("Authorization", "Content-Type", "If-None-Match", "X-Request-ID")
TOLD = ("ETag", "Link", "Retry-After", "WWW-Authenticate", "X-Request-ID", "X-Truncated")
KEPT_SECONDS = 600


class Sharing:
    """Lets pages of the named origins read the API and ask Cypher, never with cookies; what else there is stays our own."""

    def __init__(self, app: "ASGIApp", origins: Sequence[str]) -> None:
        self._own = app
        self._read = _shared(app, origins, ("GET", "HEAD"))
        self._asked = _shared(app, origins, ("GET", "HEAD", "POST"))

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a preflight, or let a request pass and mark its answer."""
        path = scope["path"] if scope["type"] == "http" else ""
        is_shared = path.startswith(f"{SHARED}/")
        app = self._asked if path == ASKED_BY_POST else self._read if is_shared else self._own
        await app(scope, receive, send)


def _shared(app: "ASGIApp", origins: Sequence[str], methods: Sequence[str]) -> "ASGIApp":
    return CORSMiddleware(app, allow_origins=origins, allow_methods=methods, allow_headers=ASKED, expose_headers=TOLD, max_age=KEPT_SECONDS)
