"""Keys that callers show: a file of hashes, one JSON object a line, read anew whenever it changes.

A key is 256 random bits, which nobody guesses: SHA-256 keeps it as well as a slow hash would, and costs a request nothing.
"""

import hashlib
import hmac
import logging
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from graphapi.errors import Conflict, InputRefused, NotFound, UsageError

Scope = Literal["read", "write"]
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_NAME = 60
MAX_KEYS = 1000
MAX_BYTES = 1_000_000
RANDOM_BYTES = 32
PREFIX = "parley_"
HINT = "Make keys with parley key new."
logger = logging.getLogger("graphapi.keys")


class Key(BaseModel):
    """One key: whose it is, what it may do, when it was made and its last day; of the key itself only the hash."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    scopes: tuple[Scope, ...] = Field(min_length=1)
    made: date
    expires: date | None = None
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @field_validator("name")
    @classmethod
    def _is_slug(cls, value: str) -> str:
        if len(value) > MAX_NAME or not NAME.fullmatch(value):
            raise ValueError("expected small letters, digits and single hyphens, such as newsroom")
        return value

    def is_good_on(self, day: date) -> bool:
        """Whether the key counts on a day; its last day is one on which it does."""
        return self.expires is None or day <= self.expires


class KeyRing:
    """The keys of one file; a change of the file counts from the next call on."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._keys: tuple[Key, ...] = ()
        self._seen: tuple[int, ...] | None = None
        self._keys = self.read()

    def read(self) -> tuple[Key, ...]:
        """Return the keys, from the file when it is another than before; raises UsageError for one that is wrong."""
        seen = _mark(self._file)
        if seen != self._seen:
            self._keys = read_keys(self._file)
            self._seen = seen
        return self._keys

    def find(self, token: str, day: date) -> Key | None:
        """Return the key that a token is, None when it is none or its time is over.

        Looks at every key whatever it finds, so that the time tells nothing. Raises UsageError when the file has become wrong.
        """
        digest, found = hash_token(token), None
        for key in self.read():
            if hmac.compare_digest(key.sha256, digest):
                found = key
        return found if found and found.is_good_on(day) else None


def hash_token(token: str) -> str:
    """Return what the file keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def read_keys(file: Path) -> tuple[Key, ...]:
    """Read a file of keys.

    Raises UsageError naming the file, the line and the fault; also for a file that others may write, who could give themselves keys.
    One that others may read is only warned of, as it holds hashes.
    """
    mode = stat.S_IMODE(_mark(file)[0])
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise UsageError(f"The keys file {str(file)!r} may be written by others (mode {mode:o}).", hint=f"chmod 600 {file}")
    if mode & stat.S_IROTH:
        logger.warning("The keys file %s may be read by everybody on this machine (mode %o): chmod 600 %s", file, mode, file)
    keys: list[Key] = []
    for number, line in enumerate(_text(file).split("\n"), start=1):
        if line.strip():
            keys.append(_read_line(file, number, line, keys))
    return tuple(keys)


def add_key(file: Path, name: str, scopes: Sequence[Scope], day: date, days: int | None = None) -> str:
    """Make a key, write its hash into the file, and return the key, which nobody can read again.

    The file is made, readable by its owner alone, when it is not there. Raises Conflict when the name is taken, InputRefused when it is
    no name, UsageError when the file is wrong.
    """
    token = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
    expires = None if days is None else day + timedelta(days=days)
    try:
        key = Key(name=name, scopes=tuple(scopes), made=day, expires=expires, sha256=hash_token(token))
    except ValidationError as error:
        raise InputRefused(f"{name[:80]!r} is no name for a key: {_fault(error)}.", hint="Write one such as newsroom.") from None
    with _changing(file) as keys:
        if any(other.name == name for other in keys):
            raise Conflict(f"The keys file {str(file)!r} has a key {name!r} already.", hint=f"Remove it first: parley key remove {name}")
        if len(keys) >= MAX_KEYS:
            raise InputRefused(f"The keys file {str(file)!r} has {len(keys)} keys; at most {MAX_KEYS} are read.", hint="Remove old ones.")
        _write(file, [*keys, key])
    return token


def remove_key(file: Path, name: str) -> Key:
    """Take a key out of the file and return it; raises NotFound when there is none of that name."""
    with _changing(file) as keys:
        found = next((key for key in keys if key.name == name), None)
        if found is None:
            known = ", ".join(key.name for key in keys)
            raise NotFound("key", name, hint=f"The file has: {known}." if known else HINT)
        _write(file, [key for key in keys if key is not found])
    return found


def _mark(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError as error:
        raise UsageError(f"The keys file {str(file)!r} cannot be read: {error.strerror}.", hint=HINT) from None
    return found.st_mode, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"The keys file {str(file)!r} cannot be read: {error.strerror}.", hint=HINT) from None
    if len(raw) > MAX_BYTES:
        raise UsageError(f"The keys file {str(file)!r} has more than {MAX_BYTES:,} bytes.", hint=HINT)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _wrong(file, line, "it is not UTF-8") from None


def _read_line(file: Path, number: int, line: str, before: Sequence[Key]) -> Key:
    try:
        key = Key.model_validate_json(line)
    except ValidationError as error:
        raise _wrong(file, number, _fault(error)) from None
    if any(key.name == other.name for other in before):
        raise _wrong(file, number, f"the name {key.name!r} stands twice")
    if any(key.sha256 == other.sha256 for other in before):
        raise _wrong(file, number, f"the key {key.name!r} is the same as another")
    if number > MAX_KEYS:
        raise _wrong(file, number, f"at most {MAX_KEYS} keys are read")
    return key


def _fault(error: ValidationError) -> str:
    """Say what is wrong without the value, which may be a key that somebody put where its hash belongs."""
    first = error.errors(include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    return f"{where}: {message[0].lower()}{message[1:]}" if where else f"{message[0].lower()}{message[1:]}"


def _wrong(file: Path, line: int, fault: str) -> UsageError:
    return UsageError(f"The keys file {str(file)!r} is wrong on line {line}: {fault}.", hint=HINT)


@contextmanager
def _changing(file: Path) -> Iterator[tuple[Key, ...]]:
    """Give the keys of the file while nobody else changes it; none when there is no file yet."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = file.resolve()
        with FileLock(file.with_name(f".{file.name}.lock"), mode=0o600):
            yield read_keys(file) if file.exists() else ()
    except OSError as error:
        raise UsageError(f"The keys file {str(file)!r} cannot be written: {error.strerror}.", hint="Name another with --file.") from error


def _write(file: Path, keys: Sequence[Key]) -> None:
    """Put the keys in the place of what the file held, all at once; it stays its owner's, and one that is made is its owner's alone."""
    file = file.resolve()
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.writelines(f"{key.model_dump_json()}\n" for key in keys)
            stream.flush()
            os.fsync(stream.fileno())
            if file.exists():
                _keep_owner(file, stream.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _keep_owner(file: Path, descriptor: int) -> None:
    """Give a file the owner and the mode of another; somebody who may not give files away keeps it, and the mode says who reads it."""
    former = file.stat()
    os.fchmod(descriptor, stat.S_IMODE(former.st_mode))
    with suppress(PermissionError):
        os.fchown(descriptor, former.st_uid, former.st_gid)
