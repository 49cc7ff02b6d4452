"""Cursors: where a page ended, good for the same list with the same filters only."""

import base64
import binascii
import hashlib
from collections.abc import Mapping

import orjson

from graphapi.errors import InputRefused

VERSION = 1
MAX_LENGTH = 600
DIGEST_BYTES = 9
Filters = Mapping[str, str | None]


def write_cursor(name: str, filters: Filters, position: str) -> str:
    """Return the cursor of what follows `position` in the list `name` under these filters."""
    text = orjson.dumps([VERSION, position, _digest(name, filters, position)])
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def read_cursor(cursor: str | None, name: str, filters: Filters) -> str:
    """Return the position of a cursor, empty for None.

    Raises InputRefused when it was made for another list or other filters, by another version, or tampered with.
    """
    if cursor is None:
        return ""
    try:
        body = orjson.loads(base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        version, position, digest = body
    except (ValueError, TypeError, binascii.Error):
        raise _refused("The cursor cannot be read.") from None
    if version != VERSION or not isinstance(position, str):
        raise _refused("The cursor cannot be read.")
    if digest != _digest(name, filters, position):
        raise _refused("The cursor belongs to another list, or to other filters.")
    return position


def _digest(name: str, filters: Filters, position: str) -> str:
    text = orjson.dumps([VERSION, name, dict(filters), position], option=orjson.OPT_SORT_KEYS)
    return base64.urlsafe_b64encode(hashlib.sha256(text).digest()[:DIGEST_BYTES]).decode()


def _refused(message: str) -> InputRefused:
    return InputRefused(message, hint="Take it from next of the page before, and keep the other parameters.", parameter="cursor")
