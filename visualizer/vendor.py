"""Renews and checks the vendored vis-network: `python -m visualizer.vendor renew` or `check`."""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from graphapi.errors import ParleyError, UsageError
from visualizer.assets import VENDORED as FOLDER

PACKAGE = FOLDER.name
VERSION = "10.1.5"
RECORD = FOLDER / "VENDORED.json"
FILES = {
    "vis-network.min.js": "package/standalone/umd/vis-network.min.js",
    "LICENSE-MIT": "package/LICENSE-MIT",
    "LICENSE-APACHE-2.0": "package/LICENSE-APACHE-2.0",
}


def record() -> dict[str, Any]:
    """Read the record of what is vendored: package, version, licence, files with their sha256, style hashes."""
    found: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def check() -> list[str]:
    """Return a sentence for each vendored file that differs from its record; none when all is right."""
    faults = []
    for name, kept in record()["files"].items():
        digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
        if digest != kept["sha256"]:
            faults.append(f"{name} has the sha256 {digest}, its record says {kept['sha256']}.")
    return faults


def renew() -> None:
    """Fetch the package with npm and write its files, licences and record.

    Raises UsageError without npm or network, or when the registry holds other bytes than before under the same version.
    """
    with tempfile.TemporaryDirectory() as folder:
        packed = _pack(Path(folder))
        known = record() if RECORD.exists() else {}
        if known.get("version") == VERSION and known["integrity"] != packed["integrity"]:
            raise UsageError(f"{PACKAGE}@{VERSION} is no longer the package that was vendored.", hint="Compare the two before you go on.")
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tarfile.open(Path(folder) / packed["filename"]) as archive:
            for name, member in FILES.items():
                stream = archive.extractfile(member)
                if stream is None:
                    raise UsageError(f"The package {PACKAGE}@{VERSION} has no file {member}.")
                (FOLDER / name).write_bytes(stream.read())
    files = {name: {"from": member, "sha256": hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()} for name, member in FILES.items()}
    kept = {
        "package": PACKAGE,
        "version": VERSION,
        "licence": "Apache-2.0 OR MIT",
        "home": "https://github.com/visjs/vis-network",
        "integrity": packed["integrity"],
        "files": files,
    }
    RECORD.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _pack(folder: Path) -> dict[str, str]:
    command = ["npm", "pack", "--json", "--ignore-scripts", f"{PACKAGE}@{VERSION}"]
    try:
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(f"npm could not fetch {PACKAGE}@{VERSION}: {error}.", hint="Install npm and check the network.") from error
    answer = json.loads(done.stdout)
    packed: dict[str, str] = answer[0] if isinstance(answer, list) else answer[PACKAGE]
    return packed


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
