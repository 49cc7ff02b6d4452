"""The keys file: what it keeps, what is wrong with one, and that a change counts at once."""

import json
import multiprocessing
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from graphapi.errors import Conflict, InputRefused, NotFound, UsageError
from graphapi.keys import KeyRing, add_key, hash_token, read_keys, remove_key

DAY = date(2026, 1, 31)
HASH = "a" * 64
GOOD = {"name": "newsroom", "scopes": ["read"], "made": "2026-01-31", "expires": None, "sha256": HASH}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def written(file: Path, *lines: str | dict[str, object], mode: int = 0o600) -> Path:
    file.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    file.chmod(mode)
    return file


def test_a_key_is_found_by_itself_and_kept_as_a_hash(file: Path) -> None:
    token = add_key(file, "newsroom", ("read",), DAY)
    assert token not in file.read_text()
    assert hash_token(token) in file.read_text()
    found = KeyRing(file).find(token, DAY)
    assert found is not None
    assert (found.name, found.scopes, found.made) == ("newsroom", ("read",), DAY)


def test_a_file_that_is_made_is_its_owners_alone(file: Path) -> None:
    add_key(file, "newsroom", ("read",), DAY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_change_leaves_the_mode_that_the_owner_chose(file: Path) -> None:
    written(file, GOOD, mode=0o640)
    add_key(file, "second", ("read",), DAY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_no_two_keys_are_the_same_and_each_has_256_random_bits(file: Path) -> None:
    tokens = {add_key(file, f"key-{number}", ("read",), DAY) for number in range(20)}
    assert len(tokens) == 20
    assert all(len(token.removeprefix("parley_")) == 43 for token in tokens)


@pytest.mark.parametrize(
    "change",
    [lambda t: t[:-1], lambda t: t + "a", lambda t: t.upper(), lambda t: "", hash_token, lambda t: f" {t}"],
    ids=["shorter", "longer", "other case", "empty", "the hash itself", "a space before"],
)
def test_what_is_not_exactly_the_key_is_not_found(file: Path, change) -> None:  # type: ignore[no-untyped-def]
    token = add_key(file, "newsroom", ("read",), DAY)
    assert KeyRing(file).find(change(token), DAY) is None


def test_each_of_many_keys_is_found_wherever_it_stands(file: Path) -> None:
    tokens = {name: add_key(file, name, ("read",), DAY) for name in ("first", "second", "third")}
    ring = KeyRing(file)
    found = {name: ring.find(token, DAY) for name, token in tokens.items()}
    assert {name: key.name for name, key in found.items() if key} == {name: name for name in tokens}


def test_a_key_counts_on_its_last_day_and_not_after(file: Path) -> None:
    token = add_key(file, "intern", ("read",), DAY, days=28)
    ring = KeyRing(file)
    assert ring.find(token, date(2026, 2, 28)) is not None
    assert ring.find(token, date(2026, 3, 1)) is None


def test_a_change_of_the_file_counts_at_once(file: Path) -> None:
    first = add_key(file, "first", ("read",), DAY)
    ring = KeyRing(file)
    second = add_key(file, "second", ("write",), DAY)
    assert ring.find(second, DAY) is not None
    remove_key(file, "first")
    assert ring.find(first, DAY) is None
    assert ring.find(second, DAY) is not None


def test_no_key_counts_while_the_file_is_wrong_or_gone(file: Path) -> None:
    token = add_key(file, "first", ("read",), DAY)
    ring, good = KeyRing(file), file.read_text()
    written(file, "no key")
    for _ in range(2):
        with pytest.raises(UsageError, match="line 1"):
            ring.find(token, DAY)
    file.unlink()
    with pytest.raises(UsageError, match="No such file"):
        ring.find(token, DAY)
    written(file, good)
    assert ring.find(token, DAY) is not None


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("newsroom", "invalid JSON"),
        ("[]", "object"),
        ({**GOOD, "name": "News Room"}, "name: expected small letters"),
        ({**GOOD, "name": ""}, "name: expected small letters"),
        ({**GOOD, "name": "n" * 61}, "name: expected small letters"),
        ({**GOOD, "scopes": []}, "scopes"),
        ({**GOOD, "scopes": ["admin"]}, "scopes.0"),
        ({**GOOD, "made": "yesterday"}, "made"),
        ({**GOOD, "sha256": "abc"}, "sha256"),
        ({**GOOD, "token": "x"}, "token"),
        ({"name": "newsroom"}, "scopes"),
        ({**GOOD, "sha256": "b" * 64}, "'newsroom' stands twice"),
        ({**GOOD, "name": "second"}, "'second' is the same as another"),
    ],
    ids=["text", "list", "name", "no name", "long", "no scope", "scope", "day", "hash", "unknown", "missing", "same name", "same key"],
)
def test_a_wrong_line_is_named_with_file_number_and_fault(file: Path, line: str | dict[str, object], fault: str) -> None:
    written(file, GOOD, "", line)
    with pytest.raises(UsageError) as refused:
        read_keys(file)
    assert str(file) in refused.value.message
    assert "on line 3" in refused.value.message
    assert fault in refused.value.message


def test_a_key_that_stands_where_its_hash_belongs_is_not_told(file: Path) -> None:
    written(file, {**GOOD, "sha256": "parley_secret"})
    with pytest.raises(UsageError) as refused:
        read_keys(file)
    assert "secret" not in str(refused.value)


def test_bytes_that_are_no_text_are_named_by_line(file: Path) -> None:
    file.write_bytes(json.dumps(GOOD).encode() + b"\n\xff\n")
    file.chmod(0o600)
    with pytest.raises(UsageError, match="line 2: it is not UTF-8"):
        read_keys(file)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666], ids=oct)
def test_a_file_that_others_may_write_is_refused(file: Path, mode: int) -> None:
    written(file, GOOD, mode=mode)
    with pytest.raises(UsageError, match="may be written by others"):
        read_keys(file)


def test_a_file_that_everybody_may_read_is_warned_of(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    written(file, GOOD, mode=0o644)
    assert len(read_keys(file)) == 1
    assert "may be read by everybody" in caplog.text


def test_a_folder_is_no_keys_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(UsageError, match="Is a directory"):
        read_keys(tmp_path)


def test_a_file_that_is_too_long_is_refused(file: Path) -> None:
    written(file, " " * 1_000_001)
    with pytest.raises(UsageError, match="more than 1,000,000 bytes"):
        read_keys(file)


def test_a_name_that_is_taken_is_refused_and_the_file_stays(file: Path) -> None:
    add_key(file, "newsroom", ("read",), DAY)
    before = file.read_bytes()
    with pytest.raises(Conflict, match="'newsroom'"):
        add_key(file, "newsroom", ("write",), DAY)
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["", "News", "a b", "a\nb", "-a", "é"])
def test_what_is_no_name_is_refused_and_no_file_is_made(file: Path, name: str) -> None:
    with pytest.raises(InputRefused, match="is no name for a key"):
        add_key(file, name, ("read",), DAY)
    assert not file.exists()


def test_removing_what_is_not_there_says_what_is(file: Path) -> None:
    add_key(file, "newsroom", ("read",), DAY)
    with pytest.raises(NotFound) as refused:
        remove_key(file, "desk")
    assert refused.value.hint == "The file has: newsroom."


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    written(file, GOOD)
    link.symlink_to(file)
    add_key(link, "second", ("read",), DAY)
    assert link.is_symlink()
    assert [key.name for key in read_keys(file)] == ["newsroom", "second"]


def _add(file: str, number: int) -> None:
    add_key(Path(file), f"key-{number}", ("read",), DAY)


def test_keys_that_are_made_at_the_same_time_are_all_kept(file: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.starmap(_add, [(os.fspath(file), number) for number in range(12)])
    assert sorted(key.name for key in read_keys(file)) == sorted(f"key-{number}" for number in range(12))
