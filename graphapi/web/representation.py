"""A whole answer as it goes over the wire: plain, compressed, or as the word that the client has it already."""

from typing import TYPE_CHECKING

from graphapi.web.compression import LEAST, accepts_gzip, compress
from graphapi.web.entity_tags import gzip_tag, is_named, tag_of

if TYPE_CHECKING:
    from starlette.types import Scope, Send

Headers = list[tuple[bytes, bytes]]
OF_THE_BODY = frozenset({b"content-length", b"content-type", b"content-disposition"})
OURS = frozenset({b"content-length", b"etag", b"vary", b"cache-control"})
VARY = (b"vary", b"Accept, Accept-Encoding, Authorization")
REVALIDATE = b"no-cache"
OVERHEAD = 2000


class Representation:
    """An answer of 200 with its entity tags, and the route that made it; what it says of itself is made once, however often it is sent."""

    __slots__ = ("_body", "_common", "_packed", "_packed_tag", "_tag", "route")

    def __init__(self, headers: Headers, body: bytes, route: str) -> None:
        told = dict(headers)
        self.route = route
        self._body = body
        self._packed: bytes | None = None
        self._tag = told.get(b"etag") or tag_of(body)
        self._packed_tag = gzip_tag(self._tag)
        self._common = [pair for pair in headers if pair[0] not in OURS]
        self._common += [VARY, (b"cache-control", told.get(b"cache-control", REVALIDATE))]

    @property
    def size(self) -> int:
        """The bytes that it takes, about."""
        return len(self._body) + len(self._packed or b"") + OVERHEAD

    async def send(self, scope: "Scope", send: "Send", how: bytes) -> None:
        """Send what the request of the scope wants of it; `how` it was come by goes into the header Cache-Status, when not empty."""
        asked, coding = b"", b""
        for name, value in scope["headers"]:
            if name == b"if-none-match":
                asked = asked + b"," + value if asked else value
            elif name == b"accept-encoding":
                coding = coding + b"," + value if coding else value
        is_packed = len(self._body) >= LEAST and accepts_gzip(coding)
        status = (b"cache-status", how)
        if asked and (known := self._known(asked, is_packed)):
            headers = [pair for pair in self._common if pair[0] not in OF_THE_BODY]
            await _send(send, 304, [*headers, (b"etag", known), status], b"")
        elif is_packed:
            if self._packed is None:
                self._packed = await compress(self._body)
            extra = [(b"content-encoding", b"gzip"), (b"content-length", b"%d" % len(self._packed)), (b"etag", self._packed_tag), status]
            await _send(send, 200, self._common + extra, self._packed)
        else:
            extra = [(b"content-length", b"%d" % len(self._body)), (b"etag", self._tag), status]
            await _send(send, 200, self._common + extra, self._body)

    def _known(self, asked: bytes, is_packed: bool) -> bytes:
        """Return the tag under which the client has it, the one that it would get now before the other; empty when it has neither."""
        tags = (self._packed_tag, self._tag) if is_packed else (self._tag, self._packed_tag)
        return next((tag for tag in tags if is_named(asked, tag)), b"")


async def _send(send: "Send", status: int, headers: Headers, body: bytes) -> None:
    if not headers[-1][1]:
        headers = headers[:-1]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
