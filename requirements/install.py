"""Make .venv from a lock file and install the project into it; run by make with any Python from 3.11 on.

Only the standard library. One run at a time; a run that was cut off is thrown away by the next.
"""

import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
UNFINISHED = VENV / ".unfinished"
PLACE = VENV / ".place"
COVERS = {"runtime": ("runtime",), "dev": ("dev", "runtime")}
NO_VENV = (
    "This Python ({executable}) cannot make virtual environments: install its venv module "
    "(Debian, Ubuntu: apt install python3-venv), or name another Python 3.11 or newer: make PYTHON=/path/to/python3."
)


def main() -> int:
    """Bring .venv in step with the lock named on the command line; say one sentence when there is work to do."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
    lock = sys.argv[1] if len(sys.argv) == 2 else ""
    if lock not in COVERS:
        say(f"usage: install.py {'|'.join(COVERS)}")
        return 2
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        say(NO_VENV.format(executable=sys.executable))
        return 1
    with (ROOT / "requirements" / "install.py").open() as turn:
        wait_for_turn(turn.fileno())
        return install(lock)


def wait_for_turn(descriptor: int) -> None:
    """Let one run work at a time; the lock goes with this process and with the pip that may outlive it."""
    os.set_inheritable(descriptor, True)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("Another make is installing here; waiting for it.")
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def install(lock: str) -> int:
    """Make what is missing and leave a stamp a lock; what another run finished meanwhile is not done twice."""
    if UNFINISHED.exists() or not usable():
        shutil.rmtree(VENV, ignore_errors=True)
    elif is_current(lock):
        return 0
    say(f"Installing Parley's {lock} packages into .venv (about a minute the first time).")
    is_new = not VENV.exists()
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    if is_new and not run(sys.executable, "-m", "venv", str(VENV)):
        say(NO_VENV.format(executable=sys.executable))
        return 1
    pip = (str(VENV / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install")
    if not run(*pip, "--no-deps", "--require-hashes", "--requirement", str(ROOT / "requirements" / f"{lock}.txt")):
        say("The packages could not be installed; the reason stands above. If it is the network: run make again when there is one.")
        return 1
    if not run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)):
        say("The project itself could not be installed; the reason stands above.")
        return 1
    for name in COVERS[lock]:
        stamp(name).touch()
    PLACE.write_text(f"{ROOT}\n", encoding="utf-8")
    UNFINISHED.unlink()
    return 0


def stamp(lock: str) -> Path:
    """Return the file that is as old as the last installation of this lock; make compares it with the lock."""
    return VENV / f".{lock}"


def is_current(lock: str) -> bool:
    """Whether the stamp is younger than the lock and the project's own description."""
    sources = (ROOT / "requirements" / f"{lock}.txt", ROOT / "pyproject.toml")
    return stamp(lock).exists() and all(stamp(lock).stat().st_mtime >= source.stat().st_mtime for source in sources)


def usable() -> bool:
    """Whether .venv holds a Python that is new enough, has pip, and was not moved here from another folder."""
    if PLACE.exists() and PLACE.read_text(encoding="utf-8").strip() != str(ROOT):
        return False
    python = VENV / "bin" / "python"
    asked = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return python.exists() and subprocess.run([python, "-c", asked], capture_output=True, check=False).returncode == 0


def run(*command: str) -> bool:
    """Run quietly; a failure shows what the command said."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_USER"}}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, close_fds=False
    )
    if done.returncode:
        say(done.stdout.strip())
    return done.returncode == 0


def say(sentence: str) -> None:
    """Write a line for the person at the terminal."""
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        say("Stopped; the next make starts over.")
        sys.exit(130)
