"""Swagger UI as it was published, and a documentation page that needs nothing else."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from graphapi import web

FOLDER = Path(web.__file__).parent / "static" / "swagger-ui"
RECORD = json.loads((FOLDER / "VENDORED.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", RECORD["files"])
def test_vendored_file_is_the_recorded_one(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == RECORD["files"][name]["sha256"]


def test_every_vendored_file_is_recorded_with_the_licence() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {*RECORD["files"], "VENDORED.json"}
    assert {"LICENSE", "NOTICE"} <= set(RECORD["files"])


@pytest.mark.parametrize("name", ["swagger-ui-bundle.js", "swagger-ui.css"])
def test_vendored_text_can_stand_inside_a_page(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8").lower()
    assert "</script" not in text
    assert "</style" not in text
    assert not re.search(r"<!--(?:(?!-->).)*<script", text, re.DOTALL)
