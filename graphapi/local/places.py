"""Where the local Neo4j keeps its files: what one home owns, and what all homes share."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graphapi.errors import LocalServerFailed
from graphapi.settings import Settings

VERSION = "2026.08.1"
FULL = {errno.ENOSPC, errno.EDQUOT}
LEAST_FREE = 50_000_000
REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}


@dataclass(frozen=True)
class Home:
    """The folder of one server: its data and password, and the files by which processes agree about it."""

    root: Path

    @property
    def neo4j(self) -> Path:
        """What Neo4j itself calls its home; everything below is written by Neo4j, but for conf."""
        return self.root / "neo4j"

    @property
    def configuration(self) -> Path:
        return self.neo4j / "conf"

    @property
    def data(self) -> Path:
        return self.neo4j / "data"

    @property
    def temporary(self) -> Path:
        """Where Java unpacks its native libraries; emptied at every start."""
        return self.neo4j / "tmp"

    @property
    def password(self) -> Path:
        return self.root / "password"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def supervisor_lock(self) -> Path:
        """Locked by the supervisor for as long as it lives; holds its process id."""
        return self.root / "supervisor.lock"

    @property
    def lease(self) -> Path:
        """Every user of the server holds a shared lock on this file."""
        return self.root / "lease"

    @property
    def supervisor_log(self) -> Path:
        return self.root / "supervisor.log"

    @property
    def server_log(self) -> Path:
        """What the server writes on its standard output, since its last start."""
        return self.root / "server.log"


@dataclass(frozen=True)
class Cache:
    """The folder that all homes share: jars, a copy of the JRE, AOT caches."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / f"neo4j-{VERSION}"

    @property
    def jars(self) -> Path:
        return self.folder / "lib"

    @property
    def verified(self) -> Path:
        """Size and time of each jar when its checksum was last found right."""
        return self.folder / "verified.json"

    @property
    def fetch_lock(self) -> Path:
        return self.root / "fetch.lock"

    @property
    def training(self) -> Path:
        """The throw-away home of the run from which the AOT cache is made."""
        return self.folder / "training"

    @property
    def training_lock(self) -> Path:
        return self.folder / "training.lock"


def home_of(settings: Settings) -> Home:
    """The home that these settings name, as an absolute path."""
    return Home(settings.home.expanduser().absolute())


def cache_of(settings: Settings) -> Cache:
    """The cache that these settings name, as an absolute path."""
    return Cache(settings.cache.expanduser().absolute())


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the file system refuses within into a LocalServerFailed that names `path`."""
    try:
        yield
    except OSError as error:
        raise LocalServerFailed(_sentence(path, error), hint="PARLEY_HOME and PARLEY_CACHE name other folders.") from error


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in FULL:
        return f"The disk that holds {path} is full."
    if error.errno in REFUSED:
        return f"{path} cannot be written to ({error.strerror})."
    return f"{path} cannot be used ({error})."


def check_space(home: Home) -> None:
    """Raise LocalServerFailed when the home's disk is full, on which a server hangs at its start rather than fail."""
    with explained(home.root):
        free = shutil.disk_usage(home.root).free
    if free < LEAST_FREE:
        message = f"The disk that holds {home.root} is full: {free // 1_000_000} MB are free, {LEAST_FREE // 1_000_000} MB are needed."
        raise LocalServerFailed(message, hint="PARLEY_HOME names another folder.")


def make_private(folder: Path) -> None:
    """Make the folder, and let nobody but its owner into it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def write_whole(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file so that readers see all of the old text or all of the new."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
