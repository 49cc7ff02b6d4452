"""The AOT cache: what Java learned in a training run, by which the server starts in less than half the time.

A cache fits one JRE, one list of jars and one set of options; its name is made from all three, so that one that
no longer fits is not found. It is only ever an optimisation: Java ignores one that it cannot use.
"""

import hashlib
import json
from pathlib import Path

from graphapi.local.java import OPTIONS, java_home
from graphapi.local.places import Cache

PATTERN = "server-*.aot"


def aot_path(cache: Cache) -> Path:
    """Where the AOT cache for these jars, this JRE and these options is, or would be."""
    modules = (java_home(cache) / "lib" / "modules").stat()
    parts = [cache.verified.read_text(encoding="utf-8"), java_home(cache).name, modules.st_size, modules.st_mtime_ns, OPTIONS]
    key = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
    return cache.folder / PATTERN.replace("*", key)


def remove_others(kept: Path) -> None:
    """Remove AOT caches that nothing finds any more; a server that has one open keeps what it reads."""
    for path in kept.parent.glob(PATTERN):
        if path != kept:
            path.unlink(missing_ok=True)
