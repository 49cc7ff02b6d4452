"""What is vendored is what its record says, with its licences."""

import json
from pathlib import Path

import pytest

from visualizer import assets, vendor


def test_vendored_files_are_those_of_the_record() -> None:
    assert vendor.check() == []


def test_record_names_package_version_and_licence() -> None:
    record = vendor.record()
    assert (record["package"], record["version"], record["licence"]) == ("vis-network", vendor.VERSION, "Apache-2.0 OR MIT")
    assert {"LICENSE-MIT", "LICENSE-APACHE-2.0"} <= set(record["files"])


def test_changed_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = json.loads(vendor.RECORD.read_text(encoding="utf-8"))
    changed["files"]["LICENSE-MIT"]["sha256"] = "0" * 64
    other = tmp_path / "VENDORED.json"
    other.write_text(json.dumps(changed), encoding="utf-8")
    monkeypatch.setattr(vendor, "RECORD", other)
    (fault,) = vendor.check()
    assert fault.startswith("LICENSE-MIT has the sha256")
    assert vendor.main(["check"]) == 1


def test_wrong_command_is_a_wrong_usage() -> None:
    assert vendor.main(["remove"]) == 2


def test_script_carries_its_licence_and_no_style_sheets() -> None:
    script = assets.vis_network()
    assert "visjs contributors" in script
    assert ".vis-overlay{" not in script
    assert "base64" not in script
