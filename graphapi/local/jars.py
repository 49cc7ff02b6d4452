"""The jars of Neo4j as the lock file names them, and which of them a folder lacks."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from graphapi.local.places import VERSION, Cache, write_whole

Stamp = tuple[int, int]


@dataclass(frozen=True)
class Jar:
    """One jar: its file name, its address below a Maven repository, its bytes and their sha256."""

    name: str
    address: str
    size: int
    sha256: str


def read_lock(text: str | None = None) -> tuple[Jar, ...]:
    """The jars of a lock file in the order of the class path; without a text, the lock file of this version.

    Raises ValueError naming the line that cannot be read.
    """
    if text is None:
        text = files("graphapi.local").joinpath(f"neo4j-{VERSION}.lock").read_text(encoding="utf-8")
    lines = enumerate(text.splitlines(), start=1)
    return tuple(_read_line(number, line) for number, line in lines if line.strip() and not line.startswith("#"))


def _read_line(number: int, line: str) -> Jar:
    try:
        coordinates, size, sha256 = line.split()
        group, artifact, version, *classifier = coordinates.split(":")
        if len(classifier) > 1 or len(bytes.fromhex(sha256)) != 32:
            raise ValueError(coordinates)
        name = "-".join([artifact, version, *classifier]) + ".jar"
        return Jar(name, f"{group.replace('.', '/')}/{artifact}/{version}/{name}", int(size), sha256)
    except ValueError:
        raise ValueError(f"line {number} of the lock file is not 'group:artifact:version[:classifier] bytes sha256': {line!r}") from None


def find_missing(cache: Cache, jars: Iterable[Jar]) -> tuple[Jar, ...]:
    """The jars that are not there with the right bytes.

    A jar is read and its checksum compared only if its size or time is not what it was when it was last
    found right, so that this costs 1 ms at a usual start.
    """
    stamps = _read_stamps(cache.verified)
    missing = []
    for jar in jars:
        path = cache.jars / jar.name
        stamp = _stamp(path)
        unchanged = stamp is not None and stamp == stamps.get(jar.name)
        if stamp is None or stamp[0] != jar.size or not (unchanged or checksum(path) == jar.sha256):
            missing.append(jar)
    return tuple(missing)


def remember_verified(cache: Cache, jars: Iterable[Jar]) -> None:
    """Note size and time of jars that are known to be right."""
    stamps = {jar.name: _stamp(cache.jars / jar.name) for jar in jars}
    if stamps != _read_stamps(cache.verified):
        write_whole(cache.verified, json.dumps(stamps), mode=0o644)


def checksum(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _read_stamps(path: Path) -> dict[str, Stamp]:
    try:
        return {name: (size, time) for name, (size, time) in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
