"""Renews and checks the console's editor, CodeMirror as one script: `python -m graphapi.web.bundle renew` or `check`."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from graphapi.errors import ParleyError, UsageError

FOLDER = Path(__file__).parent / "static" / "codemirror"
SOURCE = FOLDER / "source"
RECORD = FOLDER / "VENDORED.json"
SCRIPT, LICENCES = "codemirror.js", "LICENSES.txt"
SOURCES = ("source/package.json", "source/package-lock.json", "source/entry.js")
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
BUILD = (
    *("node_modules/.bin/esbuild", "entry.js", "--bundle", "--minify", "--format=iife", "--global-name=codemirror", "--target=es2022"),
    *("--charset=utf8", "--legal-comments=none", "--metafile=parts.json", f"--outfile={SCRIPT}"),
)
MODULES = "node_modules/"


def record() -> dict[str, Any]:
    """Read the record of the bundle: each package in it with version, licence and integrity, each file with its sha256."""
    found: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def check() -> list[str]:
    """Return a sentence for each file that differs from the record, and for a record that differs from the lock; none when all is right."""
    faults = [
        f"{name} has the sha256 {_digest(FOLDER / name)}, its record says {kept}."
        for name, kept in record()["files"].items()
        if _digest(FOLDER / name) != kept
    ]
    locked = _lock()
    for name, package in record()["packages"].items():
        if {field: locked[MODULES + name][field] for field in ("version", "integrity")} != {
            field: package[field] for field in ("version", "integrity")
        }:
            faults.append(f"The record has {name}@{package['version']}, package-lock.json another.")
    return faults


def renew() -> None:
    """Install what source/package-lock.json pins, bundle it, and write script, licences and record.

    npm checks each package against the lock. Raises UsageError without npm or network.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in SOURCES:
            shutil.copy(FOLDER / source, folder)
        for command in (INSTALL, BUILD):
            _run(command, folder)
        packages = _packages(folder)
        licences = _licences(folder, packages)
        (FOLDER / LICENCES).write_text(licences, encoding="utf-8")
        # Their licence asks that its text goes with every copy, and each page is one.
        script = (folder / SCRIPT).read_text(encoding="utf-8")
        (FOLDER / SCRIPT).write_text(f"/*\n{licences}*/\n{script}", encoding="utf-8")
    kept = {
        "home": "https://codemirror.net",
        "packages": packages,
        "files": {name: _digest(FOLDER / name) for name in (SCRIPT, LICENCES, *SOURCES)},
    }
    RECORD.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _packages(folder: Path) -> dict[str, dict[str, str]]:
    """Return the packages of which anything went into the script."""
    inputs = json.loads((folder / "parts.json").read_text(encoding="utf-8"))["inputs"]
    parts = (path.removeprefix(MODULES).split("/") for path in inputs if path.startswith(MODULES))
    names = sorted({"/".join(part[: 2 if part[0].startswith("@") else 1]) for part in parts})
    locked = _lock()
    return {
        name: {"version": one["version"], "licence": one["license"], "integrity": one["integrity"]}
        for name in names
        for one in (locked[MODULES + name],)
    }


def _licences(folder: Path, packages: dict[str, dict[str, str]]) -> str:
    """Return the licence texts, each once, with the packages that it is of."""
    texts: dict[str, list[str]] = {}
    for name, package in packages.items():
        file = folder / MODULES / name / "LICENSE"
        if package["licence"] != "MIT" or not file.exists():
            raise UsageError(f"{name} is under {package['licence']}, or without a licence text.", hint="Look at it before it is bundled.")
        texts.setdefault(file.read_text(encoding="utf-8").strip(), []).append(f"{name} {package['version']}")
    return "\n\n".join(f"{', '.join(names)}\n\n{text}" for text, names in texts.items()) + "\n"


def _lock() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return found


def _run(command: tuple[str, ...], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", "") or ""
        raise UsageError(f"{' '.join(command[:2])} failed: {error}. {said[-500:]}", hint="Install npm and check the network.") from error


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main(arguments: list[str]) -> int:
    """Run `renew` or `check`; returns the exit code."""
    try:
        if arguments == ["renew"]:
            renew()
        elif arguments != ["check"]:
            raise UsageError("Say renew or check.")
        faults = check()
    except ParleyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
