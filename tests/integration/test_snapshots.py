"""An answer as a file: its hashes tell whether it was changed, asking again tells whether the graph still answers so."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.questions.snapshots import MAX_BYTES, check_hashes, compare_again, read_snapshot
from graphapi.stats import read_datasets
from graphapi.store import Store
from tests.conftest import Database
from tests.datasets import FACTS, HEAD, write_dataset
from tests.integration.command_line import run

ASKED = ("query", "attendees", "event=first-round")
CYPHER = "MATCH (p:Person) RETURN p.id AS id"
Document = dict[str, Any]


@pytest.fixture
def tiny(store: Store, database: Database, database_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Give the variables of a process over a graph that holds the small data set."""
    load(store, read_dataset(write_dataset(tmp_path / "tiny")))
    return database_environment


def written(folder: Path, variables: dict[str, str], *arguments: str) -> Document:
    done = run(*arguments, "--snapshot", "answer.json", "--format", "json", folder=folder, variables=variables)
    assert done.returncode == 0, done.stderr
    found: Document = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    assert f"Wrote answer.json: SHA-256 {found['sha256']}." in done.stderr
    return found


def verified(folder: Path, variables: dict[str, str], *more: str) -> tuple[int, dict[str, tuple[str, str]]]:
    done = run("verify", "answer.json", "--format", "json", *more, folder=folder, variables=variables)
    report = json.loads(done.stdout)
    assert report["right"] == (done.returncode == 0)
    return done.returncode, {check["check"]: (check["result"], check["detail"]) for check in report["checks"]}


def test_snapshot_says_what_was_asked_of_which_data(tmp_path: Path, tiny: dict[str, str]) -> None:
    found = written(tmp_path, tiny, *ASKED, "--as-of", "2025-06")
    assert found["format"] == "parley-snapshot-1"
    assert found["asked"] == {"query": "attendees", "parameters": {"event": "first-round"}, "as_of": "2025-06"}
    assert found["datasets"] == [{"id": "tiny", "version": "1.0.0"}]
    assert found["graph_version"] == 1
    assert {row["person"]["id"] for row in found["answer"]["rows"]} == {"ann", "bo"}
    assert verified(tmp_path, tiny) == (0, {"file": ("ok", f"SHA-256 {found['sha256']}"), "answer": ("ok", ""), "again": ("same", "")})


def test_snapshot_of_cypher_keeps_text_and_parameters(tmp_path: Path, tiny: dict[str, str]) -> None:
    text = "MATCH (p:Person) WHERE p.side = $side RETURN p.id AS id"
    found = written(tmp_path, tiny, "cypher", text, "-p", "side=b-land")
    assert found["asked"] == {"cypher": text, "parameters": {"side": "b-land"}, "as_of": None}
    assert found["answer"] == {"columns": ["id"], "rows": [["bo"]], "truncated": False}
    assert verified(tmp_path, tiny)[1]["again"] == ("same", "")


def test_rest_gives_the_same_snapshot_but_for_its_time(tmp_path: Path, tiny: dict[str, str], client: httpx.Client) -> None:
    found = written(tmp_path, tiny, *ASKED)
    response = client.get("/api/v1/queries/attendees.snapshot.json", params={"event": "first-round"})
    assert response.headers["content-disposition"] == 'attachment; filename="attendees.snapshot.json"'
    (tmp_path / "answer.json").write_bytes(response.content)
    ours = response.json()
    assert verified(tmp_path, tiny)[0] == 0
    for document in (found, ours):
        for name in ("time", "sha256"):
            document.pop(name)
    assert ours == found


def rows_lost(document: Document) -> None:
    document["answer"]["rows"].pop()


def word_changed(document: Document) -> None:
    document["answer"]["rows"][0]["presence"] = "attended"


def version_changed(document: Document) -> None:
    document["datasets"][0]["version"] = "9.9.9"


def question_changed(document: Document) -> None:
    document["asked"]["as_of"] = "2024"


def key_added(document: Document) -> None:
    document["remark"] = "checked by hand"


def hash_changed(document: Document) -> None:
    document["sha256"] = "0" * 64


@pytest.mark.parametrize(
    ("tamper", "answer", "where"),
    [
        (rows_lost, "changed", "in the answer"),
        (word_changed, "changed", "in the answer"),
        (version_changed, "ok", "around the answer"),
        (question_changed, "ok", "around the answer"),
        (key_added, "ok", "around the answer"),
        (hash_changed, "ok", "around the answer"),
    ],
)
def test_tampering_is_named_by_its_part(
    tmp_path: Path, tiny: dict[str, str], tamper: Callable[[Document], None], answer: str, where: str
) -> None:
    document = written(tmp_path, tiny, *ASKED)
    tamper(document)
    (tmp_path / "answer.json").write_text(json.dumps(document), encoding="utf-8")
    file, told = check_hashes(read_snapshot(tmp_path / "answer.json"))
    assert (file.result, told.result) == ("changed", answer)
    assert where in file.detail


def test_a_file_that_was_changed_is_not_asked_again(tmp_path: Path, tiny: dict[str, str]) -> None:
    document = written(tmp_path, tiny, *ASKED)
    rows_lost(document)
    (tmp_path / "answer.json").write_text(json.dumps(document), encoding="utf-8")
    code, checks = verified(tmp_path, tiny | {"NEO4J_URI": "bolt://127.0.0.1:1"})
    assert (code, set(checks)) == (1, {"file", "answer"})


def test_layout_and_order_of_keys_are_no_tampering(tmp_path: Path, tiny: dict[str, str]) -> None:
    document = written(tmp_path, tiny, *ASKED)
    (tmp_path / "answer.json").write_text(json.dumps(dict(reversed(document.items())), ensure_ascii=True), encoding="utf-8")
    assert verified(tmp_path, tiny | {"NEO4J_URI": "bolt://127.0.0.1:1"}, "--hash-only")[0] == 0


def test_another_version_of_the_data_explains_a_difference(tmp_path: Path, tiny: dict[str, str], store: Store) -> None:
    written(tmp_path, tiny, *ASKED)
    load(store, read_dataset(write_dataset(tmp_path / "next", FACTS.replace("name: Ann,", "name: Anne,"), HEAD.replace("1.0.0", "1.1.0"))))
    code, checks = verified(tmp_path, tiny)
    assert code == 1
    why = "Of 2 rows 1 is not there now, and 1 is new. The data are others: tiny is 1.1.0, and was 1.0.0."
    assert checks["again"] == ("differs", why)


def test_a_difference_under_the_same_version_is_said_to_be_one(tmp_path: Path, tiny: dict[str, str], store: Store) -> None:
    written(tmp_path, tiny, *ASKED)
    load(store, read_dataset(write_dataset(tmp_path / "next", FACTS.replace("name: Ann,", "name: Anne,"))))
    code, checks = verified(tmp_path, tiny)
    assert (code, checks["again"][0]) == (1, "differs")
    assert checks["again"][1].endswith("Although the versions of the data sets agree.")


def test_the_same_answer_from_another_version_is_the_same(tmp_path: Path, tiny: dict[str, str], store: Store) -> None:
    written(tmp_path, tiny, *ASKED)
    load(store, read_dataset(write_dataset(tmp_path / "next", head=HEAD.replace("1.0.0", "1.1.0"))))
    assert verified(tmp_path, tiny) == (0, verified(tmp_path, tiny)[1])
    assert verified(tmp_path, tiny)[1]["again"] == ("same", "Although tiny is 1.1.0, and was 1.0.0.")


def test_rows_in_another_order_are_the_same(tmp_path: Path, tiny: dict[str, str], store: Store) -> None:
    document = written(tmp_path, tiny, "cypher", CYPHER)
    turned = document["answer"] | {"rows": list(reversed(document["answer"]["rows"]))}
    check = compare_again(document, turned, read_datasets(store))
    assert (check.result, check.detail) == ("same", "The rows come in another order.")


def test_what_answers_have_gained_since_is_not_compared(tmp_path: Path, tiny: dict[str, str], store: Store) -> None:
    document = written(tmp_path, tiny, *ASKED)
    older = document | {"answer": {name: part for name, part in document["answer"].items() if name != "names"}}
    assert "names" in document["answer"]
    assert compare_again(older, document["answer"], read_datasets(store)).result == "same"


def test_a_data_set_that_is_not_loaded_is_named(tmp_path: Path, tiny: dict[str, str], store: Store) -> None:
    document = written(tmp_path, tiny, *ASKED)
    check = compare_again(document, document["answer"] | {"rows": []}, ())
    assert check.detail == "Of 2 rows 2 are not there now, and 0 are new. The data are others: tiny 1.0.0 is not loaded."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is no JSON"),
        (b'{"format": "parley-snapshot-1",', "it is no JSON"),
        (b"\xff\xfe", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b"[]", "is JSON, and no snapshot"),
        (b'{"nodes": [], "relationships": []}', "is JSON, and no snapshot"),
        (b'{"format": "parley-snapshot-2"}', "has the format 'parley-snapshot-2', which is not known"),
        (b'{"format": "parley-snapshot-1", "asked": {}}', "lacks answer, answer_sha256, datasets"),
        (
            b'{"format": "parley-snapshot-1", "asked": 1, "datasets": [], "graph_version": 1, "time": "", "parley": "",'
            b'"answer": {"rows": []}, "answer_sha256": "", "sha256": ""}',
            "asked is not what a snapshot holds there",
        ),
    ],
    ids=["empty", "cut", "no-text", "nested", "list", "graph", "newer", "half", "wrong-shape"],
)
def test_what_is_no_snapshot_is_refused_with_the_reason(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "answer.json").write_bytes(content)
    done = run("verify", "answer.json", folder=tmp_path)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "answer.json").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    done = run("verify", "answer.json", folder=tmp_path)
    assert (done.returncode, done.stderr.partition("\n")[0]) == (1, f"parley: answer.json has more than {MAX_BYTES:,} bytes.")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("verify", "gone.json"), 1, "gone.json cannot be read"),
        (("verify", "answer.json", "--source", "report=copy.txt"), 2, "A snapshot is checked without --source."),
        (("verify", "tiny", "--hash-only"), 2, "--hash-only is for snapshots."),
        (("cypher", "RETURN 1", "--explain", "--snapshot", "answer.json"), 2, "A plan is no answer"),
    ],
    ids=["gone", "with-copies", "data-set", "plan"],
)
def test_wrong_use_is_said(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
