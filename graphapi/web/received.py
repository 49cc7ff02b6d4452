"""Bodies that callers send: of a type that is read, not longer than is read, and as they are."""

import re
from collections.abc import Sequence

from fastapi import Request

from graphapi.web.problems import BodyTooLarge, MediaTypeRefused

SURROGATES = re.compile(rb"\\(\\|/|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})")


async def receive_body(request: Request, kinds: Sequence[str], most: int) -> tuple[str, bytes]:
    """Return a body with its type, which is one of `kinds`.

    Raises MediaTypeRefused for another, or for one that is packed; BodyTooLarge as soon as it is longer than `most` bytes, whatever it
    says of its length; starlette's ClientDisconnect when the client goes before it ends.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in kinds:
        raise MediaTypeRefused(f"The body is {kind[:80] or 'of no declared type'}.", hint=f"Send {' or '.join(kinds)}.")
    packed = request.headers.get("content-encoding", "identity").strip().lower()
    if packed != "identity":
        raise MediaTypeRefused(f"The body is packed ({packed[:80]}).", hint="Send it without Content-Encoding.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise BodyTooLarge(f"The body has more than {most:,} bytes.", hint="Split it.")
    return kind, bytes(body)


def plain_json(text: bytes) -> bytes:
    r"""Return JSON without the escapes that YAML does not know, `\/` and pairs of surrogates; no line is moved."""
    return SURROGATES.sub(_plain, text)


def _plain(found: re.Match[bytes]) -> bytes:
    escape = found[1]
    if escape == b"\\":
        return found[0]
    if escape == b"/":
        return escape
    high, low = int(escape[1:5], 16), int(escape[7:11], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).encode()
