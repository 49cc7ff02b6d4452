"""The lock file, and what is noticed about jars that are there."""

import hashlib
import os
from pathlib import Path

import pytest

from graphapi.local.jars import Jar, find_missing, read_lock, remember_verified
from graphapi.local.places import Cache

SUM = "ab" * 32


def put_jar(cache: Cache, name: str, content: bytes) -> Jar:
    cache.jars.mkdir(parents=True, exist_ok=True)
    (cache.jars / name).write_bytes(content)
    return Jar(name, f"some/group/{name}", len(content), hashlib.sha256(content).hexdigest())


def test_lock_file_of_this_version_names_225_different_jars() -> None:
    jars = read_lock()
    assert len(jars) == 225
    assert len({jar.name for jar in jars}) == 225
    assert sum(jar.size for jar in jars) == 158401257


@pytest.mark.parametrize(
    ("coordinates", "address"),
    [
        pytest.param("org.neo4j:neo4j:2026.08.1", "org/neo4j/neo4j/2026.08.1/neo4j-2026.08.1.jar", id="plain"),
        pytest.param("io.netty:epoll:4.2:linux-x86_64", "io/netty/epoll/4.2/epoll-4.2-linux-x86_64.jar", id="with-classifier"),
    ],
)
def test_coordinates_become_an_address_below_a_repository(coordinates: str, address: str) -> None:
    assert read_lock(f"# a comment\n\n{coordinates} 7 {SUM}\n") == (Jar(address.rpartition("/")[2], address, 7, SUM),)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"a:b:1 {SUM}", id="no-size"),
        pytest.param("a:b:1 7 abcd", id="short-checksum"),
        pytest.param(f"a:b 7 {SUM}", id="no-version"),
        pytest.param(f"a:b:1:c:d 7 {SUM}", id="too-many-parts"),
        pytest.param(f"a:b:1 many {SUM}", id="size-no-number"),
    ],
)
def test_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2 of the lock file"):
        read_lock(f"# a comment\n{line}\n")


def test_right_jar_is_not_missing_even_when_nothing_is_noted(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    jar = put_jar(cache, "a.jar", b"content")
    assert find_missing(cache, [jar]) == ()


def test_jar_cut_short_is_missing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    jar = put_jar(cache, "a.jar", b"content")
    remember_verified(cache, [jar])
    (cache.jars / "a.jar").write_bytes(b"cont")
    assert find_missing(cache, [jar]) == (jar,)


def test_jar_of_the_right_size_with_other_bytes_is_missing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    jar = put_jar(cache, "a.jar", b"content")
    remember_verified(cache, [jar])
    (cache.jars / "a.jar").write_bytes(b"CONTENT")
    os.utime(cache.jars / "a.jar", (1, 1))
    assert find_missing(cache, [jar]) == (jar,)


def test_note_that_cannot_be_read_only_costs_a_reading_of_the_jars(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    jar = put_jar(cache, "a.jar", b"content")
    other = put_jar(cache, "b.jar", b"more")
    (cache.jars / "b.jar").write_bytes(b"MORE")
    cache.verified.write_text("[1, 2")
    assert find_missing(cache, [jar, other]) == (other,)
