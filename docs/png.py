"""PNG files of screenshots, written small: what has flat areas is smallest when each row stands as it is."""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SAMPLES = {2: 3, 6: 4}


def packed(image: bytes) -> bytes:
    """Return a PNG of 8 bits a sample, in colour, with the same pixels, every row unfiltered and compressed as far as zlib goes."""
    parts = list(chunks(image))
    head = next(body for kind, body in parts if kind == b"IHDR")
    width, _, depth, colour = struct.unpack(">IIBB", head[:10])
    if depth != 8 or colour not in SAMPLES:
        raise ValueError(f"a PNG of {depth} bits and colour type {colour} is not read")
    filtered = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    plain = b"".join(b"\0" + row for row in unfiltered(filtered, width * SAMPLES[colour], SAMPLES[colour]))
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(plain, 9)) + chunk(b"IEND", b"")


def chunks(image: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the parts of a PNG, each as its kind and body."""
    at = len(SIGNATURE)
    while at < len(image):
        (length,) = struct.unpack(">I", image[at : at + 4])
        yield image[at + 4 : at + 8], image[at + 8 : at + 8 + length]
        at += 12 + length


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a part of a PNG as it stands in the file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def unfiltered(filtered: bytes, length: int, step: int) -> Iterator[bytes]:
    """Give rows as they are before filtering (PNG specification, 9.2); `step` is the bytes of a pixel."""
    above = bytes(length)
    for at in range(0, len(filtered), length + 1):
        kind, row = filtered[at], bytearray(filtered[at + 1 : at + 1 + length])
        for place in range(length) if kind else ():
            left = row[place - step] if place >= step else 0
            corner = above[place - step] if place >= step else 0
            row[place] = (row[place] + guess(kind, left, above[place], corner)) & 255
        above = bytes(row)
        yield above


def guess(kind: int, left: int, up: int, corner: int) -> int:
    """Return what a filter takes from a byte: 1 is Sub, 2 Up, 3 Average, 4 Paeth."""
    if kind < 4:
        return (left, up, (left + up) // 2)[kind - 1]
    whole = left + up - corner
    return min((left, up, corner), key=lambda one: abs(whole - one))
