"""The hostile imports of tests/data, written to disk and read, each in a process of its own that is measured.

Run as a program it reads the folders named on standard input and prints a line of JSON each.
"""

import json
import os
import resource
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.datasets import write_dataset

CASES: dict[str, dict[str, Any]] = {
    case.pop("case"): case for case in yaml.safe_load((Path(__file__).parent / "data" / "hostile_imports.yaml").read_text(encoding="utf-8"))
}


def write_case(case: dict[str, Any], folder: Path) -> Path:
    """Write a right data set with the hostile file beside it, and return its folder."""
    write_dataset(folder)
    file = folder / "hostile.yaml"
    if "link" in case:
        file.symlink_to(case["link"])
    elif "pipe" in case:
        os.mkfifo(file)
    elif "folder" in case:
        file.mkdir()
    elif "size" in case:
        with file.open("wb") as stream:
            stream.truncate(case["size"])
    else:
        text, times = case.get("repeat", ("", 0))
        file.write_bytes((case["file"] + text * times + case.get("end", "")).encode(case.get("encoding", "utf-8")))
    return folder


def read_all(folders: list[Path]) -> dict[str, dict[str, Any]]:
    """Read each of these in a process of its own; returns by folder what came of it, its seconds and its megabytes."""
    text = "\n".join(map(str, folders))
    done = subprocess.run([sys.executable, "-m", "tests.hostile"], input=text, capture_output=True, text=True, timeout=300, check=True)
    return {found["folder"]: found for found in map(json.loads, done.stdout.splitlines())}


@cache
def _prepare() -> None:
    """Import what reading needs, so that a process that is measured does not."""
    from graphapi.ingest import read_dataset

    read_dataset("us-china-london-2025")


def _measure(folder: str) -> None:
    from graphapi.errors import DatasetRefused, InputRefused
    from graphapi.ingest import read_dataset

    before = resource.getrusage(resource.RUSAGE_SELF)
    found: dict[str, Any] = {"folder": folder}
    try:
        nodes = {node.id: node for node in read_dataset(Path(folder)).graph.nodes}
        found["zed"] = {"name": nodes["zed"].name, **nodes["zed"].properties}
        found["count"] = len(nodes)
    except DatasetRefused as refused:
        found["faults"] = [[fault.file, fault.line, str(fault)] for fault in refused.faults]
    except InputRefused as refused:
        found["refused"] = str(refused)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test is to show it
        found["traceback"] = repr(error)
    after = resource.getrusage(resource.RUSAGE_SELF)
    found["seconds"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found["megabytes"] = after.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    print(json.dumps(found), flush=True)  # noqa: T201 - what the parent reads


def _main() -> None:
    _prepare()
    for folder in sys.stdin.read().splitlines():
        child = os.fork()
        if not child:
            _measure(folder)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    _main()
