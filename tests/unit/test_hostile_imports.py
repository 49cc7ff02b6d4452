"""Data sets that are broken or meant to do harm: refused with file, line and rule, or read as what they say, soon and in little memory."""

from pathlib import Path
from typing import Any

import pytest

from graphapi.cli.messages import CONTROL
from tests.hostile import CASES, read_all, write_case

SECONDS = 2.0
MEGABYTES = 200
REFUSED = [name for name, case in CASES.items() if "rule" in case]
LOADED = [name for name, case in CASES.items() if "loads" in case]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    root = tmp_path_factory.mktemp("hostile")
    (root / "outside.yaml").write_text("entities: {Person: [{id: zed, name: Zed}]}\n", encoding="utf-8")
    folders = {name: write_case(case, root / f"{number:02}" / "talks") for number, (name, case) in enumerate(CASES.items())}
    found = read_all(list(folders.values()))
    for folder in folders.values():
        file = folder / "hostile.yaml"
        if file.is_file() and not file.is_symlink():
            file.unlink()
    return {name: found[str(folder)] for name, folder in folders.items()}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_with_file_line_and_rule(case: str, outcomes: dict[str, dict[str, Any]]) -> None:
    wanted, faults = CASES[case], outcomes[case].get("faults", [])
    assert [fault for fault in faults if fault[0] == "hostile.yaml" and fault[1] == wanted.get("line", 1) and wanted["rule"] in fault[2]], (
        outcomes[case]
    )


@pytest.mark.parametrize("case", REFUSED)
def test_no_refusal_carries_what_a_terminal_obeys(case: str, outcomes: dict[str, dict[str, Any]]) -> None:
    text = "".join(fault[2] for fault in outcomes[case]["faults"])
    assert text == text.translate(CONTROL)


@pytest.mark.parametrize("case", LOADED)
def test_what_is_harmless_is_read_as_it_says(case: str, outcomes: dict[str, dict[str, Any]]) -> None:
    assert CASES[case]["loads"].items() <= outcomes[case].get("zed", outcomes[case]).items()


def test_old_ends_of_lines_are_ends_of_lines(outcomes: dict[str, dict[str, Any]]) -> None:
    assert outcomes["ends of lines of an old Mac"]["count"] == outcomes["a formula that begins with a minus"]["count"] + 1


@pytest.mark.parametrize("case", CASES)
def test_it_takes_little_time_and_little_memory(case: str, outcomes: dict[str, dict[str, Any]]) -> None:
    assert outcomes[case]["seconds"] < CASES[case].get("seconds", SECONDS)
    assert outcomes[case]["megabytes"] < MEGABYTES


def test_no_command_ran() -> None:
    assert not Path("/tmp/parley-was-here").exists()
