"""`parley key`: what goes to standard output, what to standard error, and what stays in the file."""

import json
from pathlib import Path

from tests.integration.command_line import run


def test_a_key_is_printed_alone_and_once(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    made = run("key", "new", "desk", "--scope", "write", "--days", "30", folder=tmp_path, variables={"PARLEY_KEYS_FILE": str(file)})
    assert made.returncode == 0
    assert made.stdout.startswith("parley_")
    assert made.stdout.count("\n") == 1
    assert made.stderr.startswith("Made the key desk (write)")
    assert made.stdout.strip() not in file.read_text() + made.stderr
    listed = run("key", "list", "--file", file, "--format", "json", folder=tmp_path)
    row = json.loads(listed.stdout)[0]
    assert (row["name"], row["scopes"], row["counts"]) == ("desk", "read write", "yes")
    assert row["expires"] > row["made"]
    assert made.stdout.strip() not in listed.stdout


def test_a_name_is_taken_once_and_free_again_when_removed(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "keys"
    assert run("key", "new", "desk", "--file", file, folder=tmp_path).returncode == 0
    refused = run("key", "new", "desk", "--file", file, folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "has a key 'desk' already" in refused.stderr
    removed = run("key", "remove", "desk", "--file", file, folder=tmp_path)
    assert (removed.returncode, removed.stderr) == (0, f"Removed the key desk from {file}.\n")
    assert run("key", "remove", "desk", "--file", file, folder=tmp_path).returncode == 1
    assert run("key", "new", "desk", "--file", file, folder=tmp_path).returncode == 0


def test_without_a_file_it_says_how_to_name_one(tmp_path: Path) -> None:
    refused = run("key", "list", folder=tmp_path)
    assert refused.returncode == 2
    assert "PARLEY_KEYS_FILE" in refused.stderr


def test_a_service_does_not_start_with_a_file_that_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text("parley_secret\n")
    refused = run("serve", "--port", "0", folder=tmp_path, variables={"PARLEY_KEYS_FILE": str(file), "NEO4J_URI": "bolt://127.0.0.1:1"})
    assert refused.returncode == 2
    assert f"The keys file {str(file)!r} is wrong on line 1" in refused.stderr
    assert "secret" not in refused.stderr
