"""Entity tags: what names an answer byte by byte, and which of them a request already has."""

import hashlib

LENGTH = 32
GZIP = b'-gzip"'


def tag_of(content: bytes) -> bytes:
    """Return the strong entity tag of a body: the same bytes have the same, in every process and after every restart."""
    return b'"%b"' % hashlib.sha256(content).hexdigest()[:LENGTH].encode()


def gzip_tag(tag: bytes) -> bytes:
    """Return the tag of the same body compressed, whose bytes are others."""
    return tag[:-1] + GZIP


def is_named(asked: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match header names the tag: compared weakly, as RFC 9110 has it for this header; `*` names every one."""
    if asked == tag or asked.strip() == b"*":
        return True
    return tag in (one.strip().removeprefix(b"W/") for one in asked.split(b","))
