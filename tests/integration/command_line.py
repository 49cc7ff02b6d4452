"""Runs the console script as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SCRIPT = Path(sys.executable).with_name("parley")
OURS = ("PARLEY_", "NEO4J_")


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's variables without any of ours but the cache, with a home of the test's own."""
    kept = {name: value for name, value in os.environ.items() if name == "PARLEY_CACHE" or not name.startswith(OURS)}
    return kept | {"PARLEY_HOME": str(home)} | dict(more or {})


def run(*arguments: str | Path, folder: Path, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `parley` in a folder to its end."""
    command = [SCRIPT, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(folder / "home", variables), capture_output=True, text=True, timeout=120, check=False
    )
