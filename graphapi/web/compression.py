"""Which answers are compressed, and how."""

import asyncio
import zlib
from functools import lru_cache

LEAST = 1024
AT_ONCE = 131_072
LEVEL = 6
GZIP = 31
MOST_HEADER = 500


def accepts_gzip(header: bytes) -> bool:
    """Whether an Accept-Encoding header allows gzip; one that is absent does not ask for it."""
    return bool(header) and len(header) <= MOST_HEADER and _allows(header)


@lru_cache(maxsize=256)
def _allows(header: bytes) -> bool:
    weights: dict[str, float] = {}
    for part in header.decode("latin-1").lower().split(","):
        coding, *parameters = (text.strip() for text in part.split(";"))
        quality = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        try:
            weights[coding] = float(quality)
        except ValueError:
            weights[coding] = 0.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


async def compress(body: bytes) -> bytes:
    """Return a body as gzip, without a time in it: the same body gives the same bytes; a large one in another thread."""
    if len(body) <= AT_ONCE:
        return _compressed(body)
    return await asyncio.get_running_loop().run_in_executor(None, _compressed, body)


def _compressed(body: bytes) -> bytes:
    return zlib.compress(body, LEVEL, GZIP)
