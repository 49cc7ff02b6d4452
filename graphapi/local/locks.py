"""Locks that the kernel frees when their holder dies, however it dies (flock)."""

import fcntl
import os
import sys
from pathlib import Path


def take(path: Path, *, shared: bool = False) -> int | None:
    """Lock the file, making it if need be; None when somebody holds it. `release` takes the answer."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def release(descriptor: int) -> None:
    """Give the lock back."""
    os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether somebody holds the file exclusively; makes no file."""
    if not path.exists():
        return False
    descriptor = take(path, shared=True)
    if descriptor is None:
        return True
    release(descriptor)
    return False


def count_holders(path: Path) -> int | None:
    """How many hold a lock on the file, as the kernel lists them; None where it does not (macOS)."""
    table = Path("/proc/locks")
    if not sys.platform.startswith("linux") or not table.exists():
        return None
    if not path.exists():
        return 0
    suffix = f":{path.stat().st_ino}"
    rows = (line.split() for line in table.read_text(encoding="ascii").splitlines())
    return sum(1 for row in rows if row[1] == "FLOCK" and row[5].endswith(suffix))
