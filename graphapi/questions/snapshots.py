"""An answer as a file that can be cited: what was asked of which versions of the data, the answer, and hashes over both."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import orjson

from graphapi.errors import Conflict, InputRefused
from graphapi.model import DatasetVersion, Shape
from graphapi.questions.answer import Answer, Document, answer_document
from graphapi.stats import read_datasets, read_version
from graphapi.store import Store

FORMAT = "parley-snapshot-1"
SUFFIX = ".snapshot.json"
MAX_BYTES = 64 * 1024 * 1024
ABOUT = ("query", "parameters", "as_of", "datasets")
KEYS = {"format", "asked", "datasets", "graph_version", "time", "parley", "answer", "answer_sha256", "sha256"}
EXPECTED = f"Name a file that parley query --snapshot wrote: JSON with the format {FORMAT}."

Result = Literal["ok", "changed", "same", "differs"]


class Check(Shape):
    """One thing that was looked at in a snapshot."""

    check: Literal["file", "answer", "again"]
    result: Result
    detail: str = ""

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.result in ("ok", "same")


def snapshot_of(store: Store, before: int, asked: Document, answer: Document) -> Document:
    """Return the snapshot of what was asked and of its answer; `before` is the graph's version before it was asked.

    Raises Conflict when a load changed the graph meanwhile, so that nobody could say which graph answered.
    """
    datasets = [{"id": one.id, "version": one.version} for one in read_datasets(store)]
    if read_version(store) != before:
        raise Conflict("The graph was changed while it answered.", hint="Ask again when the load is over.")
    found = {
        "format": FORMAT,
        "asked": asked,
        "datasets": datasets,
        "graph_version": before,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "parley": version("parley-graph"),
        "answer": answer,
    }
    return _sealed(orjson.loads(orjson.dumps(found, default=str)))


def of_question(answer: Answer) -> tuple[Document, Document]:
    """Return what was asked by name, and the answer, as a snapshot holds them."""
    document = answer_document(answer)
    asked = {"query": answer.query, "parameters": answer.parameters, "as_of": answer.as_of}
    return asked, {name: value for name, value in document.items() if name not in ABOUT}


def of_cypher(query: str, parameters: Document, answer: Document) -> tuple[Document, Document]:
    """Return a query in Cypher, and its {columns, rows, truncated}, as a snapshot holds them."""
    return {"cypher": query, "parameters": parameters, "as_of": None}, answer


def read_snapshot(path: Path) -> Document:
    """Read a snapshot; raises InputRefused for a file that cannot be read, is larger than 64 MiB, is no JSON or no snapshot."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.", hint=EXPECTED) from None
    if len(content) > MAX_BYTES:
        raise InputRefused(f"{path} has more than {MAX_BYTES:,} bytes.", hint=EXPECTED)
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise InputRefused(f"{path}:{error.lineno}:{error.colno}: it is no JSON: {error.msg}.", hint=EXPECTED) from None
    _check_shape(path, found)
    return dict(found)


def check_hashes(snapshot: Document) -> list[Check]:
    """Return whether the file is as it was written, and whether its answer is; a change is named by the part that it was made in."""
    answer_is_ok = _hash(snapshot["answer"]) == snapshot["answer_sha256"]
    file_is_ok = _hash(_without_seal(snapshot)) == snapshot["sha256"]
    where = "the answer" if not answer_is_ok else "what stands around the answer: what was asked, of which data, when, or a hash"
    changed = Check(check="file", result="changed", detail=f"Changed after it was written, in {where}.")
    whole = Check(check="file", result="ok", detail=f"SHA-256 {snapshot['sha256']}") if file_is_ok else changed
    told = "" if answer_is_ok else "It is not the answer whose hash the file names."
    return [whole, Check(check="answer", result="ok" if answer_is_ok else "changed", detail=told)]


def compare_again(snapshot: Document, answer: Document, datasets: Iterable[DatasetVersion]) -> Check:
    """Say whether an answer that was just given is the one of a snapshot, and if not, whether other versions of the data explain it.

    Parts that answers have had only since it was written are not compared.
    """
    then = snapshot["answer"]
    now = {name: part for name, part in orjson.loads(orjson.dumps(answer, default=str)).items() if name in then}
    moved = _moved({one["id"]: one["version"] for one in snapshot["datasets"]}, {one.id: one.version for one in datasets})
    if _hash(then) == _hash(now):
        return Check(check="again", result="same", detail=f"Although {'; '.join(moved)}." if moved else "")
    if _hash(_unordered(then)) == _hash(_unordered(now)):
        return Check(check="again", result="same", detail="The rows come in another order.")
    why = f"The data are others: {'; '.join(moved)}." if moved else "Although the versions of the data sets agree."
    return Check(check="again", result="differs", detail=f"{_rows(then, now)} {why}")


def _sealed(found: Document) -> Document:
    whole = found | {"answer_sha256": _hash(found["answer"])}
    return whole | {"sha256": _hash(whole)}


def _without_seal(snapshot: Document) -> Document:
    return {name: value for name, value in snapshot.items() if name != "sha256"}


def _hash(part: Any) -> str:
    """Return the SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
    return hashlib.sha256(_canonical(part)).hexdigest()


def _canonical(part: Any) -> bytes:
    return orjson.dumps(part, option=orjson.OPT_SORT_KEYS)


def _unordered(answer: Document) -> Document:
    return answer | {"rows": sorted(answer.get("rows", ()), key=_canonical)}


def _rows(then: Document, now: Document) -> str:
    old, new = (Counter(map(_canonical, one.get("rows", ()))) for one in (then, now))
    gone, fresh = (old - new).total(), (new - old).total()
    if not gone and not fresh:
        return "The rows are the same, what stands beside them is not."
    return f"Of {old.total()} rows {gone} {'is' if gone == 1 else 'are'} not there now, and {fresh} {'is' if fresh == 1 else 'are'} new."


def _moved(then: dict[str, str], now: dict[str, str]) -> list[str]:
    """Return a clause for each data set that the graph holds in another version, no more, or only now."""
    told = [f"{one} is {now[one]}, and was {then[one]}" for one in sorted(then.keys() & now.keys()) if then[one] != now[one]]
    told += [f"{one} {then[one]} is not loaded" for one in sorted(then.keys() - now.keys())]
    return told + [f"{one} {now[one]} was not loaded then" for one in sorted(now.keys() - then.keys())]


def _check_shape(path: Path, found: Any) -> None:
    if not isinstance(found, dict) or "format" not in found:
        raise InputRefused(f"{path} is JSON, and no snapshot of Parley.", hint=EXPECTED)
    if found["format"] != FORMAT:
        named = str(found["format"])[:60]
        raise InputRefused(f"{path} has the format {named!r}, which is not known.", hint=f"This program reads {FORMAT}.")
    missing = sorted(KEYS - found.keys())
    if missing:
        raise InputRefused(f"{path} lacks {', '.join(missing)}.", hint=EXPECTED)
    asked, answer, datasets = found["asked"], found["answer"], found["datasets"]
    is_asked = isinstance(asked, dict) and isinstance(asked.get("parameters"), dict)
    is_asked = is_asked and isinstance(asked.get("query", asked.get("cypher")), str)
    is_answer = isinstance(answer, dict) and isinstance(answer.get("rows"), list)
    is_cited = isinstance(datasets, list) and all(isinstance(one, dict) and {"id", "version"} <= one.keys() for one in datasets)
    for name, is_right in (("asked", is_asked), ("answer", is_answer), ("datasets", is_cited)):
        if not is_right:
            raise InputRefused(f"{path}: {name} is not what a snapshot holds there.", hint=EXPECTED)
