"""How long the local Neo4j and the whole service take to start."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measuring import Figure, resident_megabytes
from graphapi import local
from graphapi.local.aot import aot_path
from graphapi.local.places import cache_of
from graphapi.settings import Settings, load_settings

RUNS = 5
SERVE = [str(Path(sys.executable).with_name("parley")), "serve", "--no-browser", "--port", "0"]


def measure_starts(scratch: Path) -> list[Figure]:
    """Start the local Neo4j without and with the AOT cache in turn, from stopped to the first answered query."""
    shared = load_settings(home=scratch / "home", linger=0)
    with local.acquire(shared):
        pass
    wait_for_aot(shared)
    plain = shared.model_copy(update={"cache": cache_without_aot(shared, scratch / "plain")})
    runs: dict[str, list[float]] = {"plain": [], "aot": []}
    for _ in range(RUNS):
        runs["plain"].append(seconds_to_answer(plain))
        runs["aot"].append(seconds_to_answer(shared))
    ratios = [fast / slow for fast, slow in zip(runs["aot"], runs["plain"], strict=True)]
    met = sorted(ratios)[len(ratios) // 2] <= 0.5
    return [
        Figure("start of the database, plain", "s", runs["plain"], note="no AOT cache; from stopped to the first answer"),
        Figure("start of the database, AOT cache", "s", runs["aot"], note="the same options"),
        Figure("start, AOT / plain", "ratio", ratios, "at most 0.50", met, "pair by pair"),
    ]


def wait_for_aot(settings: Settings, longest: float = 300) -> None:
    """Keep a server until the background run has left its AOT cache; a cache folder that never had one needs a minute or two."""
    deadline = time.monotonic() + longest
    while not aot_path(cache_of(settings)).exists():
        if time.monotonic() > deadline:
            raise TimeoutError("no AOT cache came about")
        with local.acquire(settings):
            time.sleep(2)


def cache_without_aot(settings: Settings, folder: Path) -> Path:
    """Copy the shared cache but for the AOT cache, by hard links where the disk allows."""
    source = cache_of(settings).root
    for path in source.rglob("*"):
        target = folder / path.relative_to(source)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif path.suffix not in (".aot", ".lock"):
            target.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(path, target)
    return folder


def link_or_copy(path: Path, target: Path) -> None:
    """Link a file, or copy it to another disk."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def seconds_to_answer(settings: Settings) -> float:
    """Return the seconds from a stopped server to its first answered query."""
    local.stop(settings)
    began = time.monotonic()
    with local.acquire(settings):
        took = time.monotonic() - began
    local.stop(settings)
    return took


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, int]]:
    """Run the service as a user would and yield its address and process id once it says where it is."""
    environment = os.environ | {"PARLEY_HOME": str(home), "PARLEY_LINGER": "0"}
    process = subprocess.Popen(SERVE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield line.split()[-1].rstrip("/"), process.pid
    finally:
        process.terminate()
        process.wait(60)
        local.stop(load_settings(home=home))


def measure_service(scratch: Path) -> list[Figure]:
    """Start `parley serve` from stopped until the explorer answers, and read the service's memory after a hundred requests."""
    home = scratch / "served"
    with serving(home) as (address, _):
        get(f"{address}/")
    starts, memory = [], []
    for _ in range(3):
        began = time.monotonic()
        with serving(home) as (address, process):
            get(f"{address}/")
            starts.append(time.monotonic() - began)
            for _ in range(100):
                get(f"{address}/api/v1/entities/donald-trump/neighbors")
            memory.append(resident_megabytes(process))
    return [
        Figure("`parley serve` to the explorer's page, later start", "s", starts, "at most 8", max(starts) <= 8, "database and service"),
        Figure("memory of the service", "MB", memory, "under 200", max(memory) < 200, "resident, after the page and 100 requests", 0),
    ]


def get(address: str) -> bytes:
    """Fetch an address of this machine."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return bytes(answer.read())
