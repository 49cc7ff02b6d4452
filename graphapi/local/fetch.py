"""Fetching the jars: one pooled client, several threads, nothing in place that is not whole."""

import hashlib
import threading
from collections.abc import Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from pathlib import Path

import httpx

from graphapi.errors import LocalServerFailed
from graphapi.local.jars import Jar, find_missing, remember_verified
from graphapi.local.places import Cache, explained
from graphapi.local.progress import Progress

THREADS = 16
TRIES = 3
TIMEOUT = httpx.Timeout(30, connect=10)
WAYS_OUT = (
    "Set PARLEY_MAVEN_URL to a mirror of Maven Central, or NEO4J_URI to a Neo4j that runs elsewhere, "
    "or start one with docker compose (docker-compose.yml)."
)


class Download:
    """One fetch of several jars: the client they share, how far it is, whether it was called off."""

    def __init__(self, client: httpx.Client, folder: Path, total: int, progress: Progress | None) -> None:
        self.client = client
        self.folder = folder
        self.total = total
        self.progress = progress
        self.done = 0
        self.lock = threading.Lock()
        self.called_off = threading.Event()

    def count(self, size: int) -> None:
        """Add bytes that arrived; negative when a jar is begun again."""
        with self.lock:
            self.done += size
            if self.progress is not None:
                self.progress("fetch", self.done, self.total)


def fetch_jars(cache: Cache, jars: Sequence[Jar], address: str | None, progress: Progress | None = None) -> None:
    """Make sure that every jar is there with its right bytes; what is right is kept.

    `address` is that of a Maven repository, None for Maven Central. The caller holds the fetch lock.
    Raises LocalServerFailed with the ways out when a jar cannot be had.
    """
    with explained(cache.jars):
        cache.jars.mkdir(parents=True, exist_ok=True)
        missing = find_missing(cache, jars)
        if missing:
            _fetch(missing, cache.jars, address or maven_central(), progress)
        remember_verified(cache, jars)


def maven_central() -> str:
    """The address of Maven Central, which the package jgo knows."""
    from jgo.constants import MAVEN_CENTRAL_URL  # noqa: PLC0415 (0.2 s, needed once)

    return str(MAVEN_CENTRAL_URL)


def _fetch(jars: Sequence[Jar], folder: Path, address: str, progress: Progress | None) -> None:
    limits = httpx.Limits(max_connections=THREADS, max_keepalive_connections=THREADS)
    with httpx.Client(base_url=f"{address.rstrip('/')}/", limits=limits, timeout=TIMEOUT, follow_redirects=True) as client:
        download = Download(client, folder, sum(jar.size for jar in jars), progress)
        download.count(0)
        try:
            _fetch_all(download, jars)
        except httpx.HTTPError as error:
            place = httpx.URL(address).copy_with(userinfo=b"")
            raise LocalServerFailed(f"Neo4j's jars could not be fetched from {place}: {_reason(error)}.", hint=WAYS_OUT) from error


def _reason(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"{error.response.status_code} {error.response.reason_phrase} for {Path(error.request.url.path).name}"
    return str(error) or type(error).__name__


def _fetch_all(download: Download, jars: Sequence[Jar]) -> None:
    largest_first = sorted(jars, key=lambda jar: -jar.size)
    with ThreadPoolExecutor(THREADS) as pool:
        tasks = [pool.submit(_fetch_patiently, download, jar) for jar in largest_first]
        try:
            finished, _ = wait(tasks, return_when=FIRST_EXCEPTION)
            for task in finished:
                task.result()
        finally:
            download.called_off.set()
            pool.shutdown(cancel_futures=True)


def _fetch_patiently(download: Download, jar: Jar) -> None:
    for tried in range(1, TRIES + 1):
        try:
            _fetch_one(download, jar)
        except httpx.HTTPError as error:
            if tried == TRIES or not _may_pass(error) or download.called_off.wait(0.5 * tried):
                raise
        else:
            return


def _may_pass(error: httpx.HTTPError) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code >= 500 or error.response.status_code in {408, 425, 429}
    return True


def _fetch_one(download: Download, jar: Jar) -> None:
    target = download.folder / jar.name
    partial = target.with_name(f"{jar.name}.part")
    arrived = 0
    digest = hashlib.sha256()
    try:
        with download.client.stream("GET", jar.address) as response, partial.open("wb") as stream:
            response.raise_for_status()
            for chunk in response.iter_bytes(65536):
                if download.called_off.is_set():
                    return
                stream.write(chunk)
                digest.update(chunk)
                arrived += len(chunk)
                download.count(len(chunk))
        if arrived != jar.size or digest.hexdigest() != jar.sha256:
            raise httpx.RemoteProtocolError(f"{jar.name} came with {arrived} bytes that are not those of the lock file")
        partial.replace(target)
    except httpx.HTTPError:
        download.count(-arrived)
        raise
    finally:
        partial.unlink(missing_ok=True)
