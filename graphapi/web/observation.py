"""What every request leaves behind: an id, one line in the log, counts for /metrics, and the headers of every answer."""

import logging
import re
import secrets
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graphapi.web.metrics import Metrics
from graphapi.web.problems import unexpected_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
POLICY = b"content-security-policy"
CLOSED = (POLICY, b"default-src 'none'; frame-ancestors 'none'")
ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
UNPRINTABLE = re.compile(r"[^\x21-\x7e]")
MAX_PATH = 300
requests = logging.getLogger("graphapi.requests")
logger = logging.getLogger("graphapi.web")


class Observation:
    """The outermost layer: sees every answer, and answers itself when everything else failed."""

    def __init__(self, app: "ASGIApp", metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on, HEAD as GET, and note how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        watch = _Watch(scope, send)
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            await self._app(inner, receive, watch.send)
        except Exception:
            logger.exception("request=%s failed", watch.request_id)
            if watch.status == 0:
                await unexpected_response(scope)(scope, receive, watch.send)
        finally:
            seconds = time.perf_counter() - watch.began
            self._metrics.note(scope["method"], _route(inner), watch.status, seconds)
            if requests.isEnabledFor(logging.INFO):
                requests.info(_line(scope, watch, seconds))


class _Watch:
    """One request on its way."""

    __slots__ = ("_send", "began", "bytes", "request_id", "status")

    def __init__(self, scope: "Scope", send: "Send") -> None:
        self._send = send
        self.began = time.perf_counter()
        self.status = 0
        self.bytes = 0
        self.request_id = _request_id(scope["headers"])
        scope.setdefault("state", {})["request_id"] = self.request_id

    async def send(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message["headers"])
            if not any(name == POLICY for name, _ in headers):
                headers.append(CLOSED)
            headers += ALWAYS
            headers.append((b"x-request-id", self.request_id.encode()))
            message = {"type": "http.response.start", "status": self.status, "headers": headers}
        else:
            self.bytes += len(message.get("body", b""))
        await self._send(message)


def _request_id(headers: list[tuple[bytes, bytes]]) -> str:
    for name, value in headers:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            return value.decode()
    return secrets.token_hex(8)


def _route(scope: Any) -> str:
    """Return the pattern that the address met, in the lane or at FastAPI, which leaves the prefix out."""
    return scope["state"].get("route") or getattr(scope.get("route"), "path", "") or "unmatched"


def _line(scope: "Scope", watch: _Watch, seconds: float) -> str:
    query = scope["query_string"]
    address = (scope["raw_path"] + (b"?" + query if query else b"")).decode("latin-1")
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    path = UNPRINTABLE.sub("?", address[:MAX_PATH])
    method = UNPRINTABLE.sub("?", scope["method"][:20])
    asked = f"time={now} request={watch.request_id} method={method} path={path}"
    return f"{asked} status={watch.status} ms={seconds * 1000:.1f} bytes={watch.bytes}"
