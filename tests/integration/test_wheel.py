"""The wheel alone, in a clean environment beside another package that is imported as `cypher`."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONDON = "us-china-london-2025"
NEIGHBOUR = "ipython-cypher==0.2.6"

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the checkout with an environment in `venv` that holds the lock, the wheel and the neighbour."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    lock = ROOT / "requirements" / "runtime.txt"
    for wanted in (["--no-deps", "--require-hashes", "-r", lock], ["--no-deps", wheel], [NEIGHBOUR]):
        done = subprocess.run([folder / "venv" / "bin" / "pip", "install", "-q", *wanted], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program of the environment in that folder, without any variable of ours."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PARLEY_", "NEO4J_", "PYTHON"))}
    variables["PARLEY_HOME"] = str(folder / "home")
    program = folder / "venv" / "bin" / command[0]
    return subprocess.run([program, *command[1:]], cwd=folder, env=variables, capture_output=True, text=True, timeout=120, check=False)


def test_wheel_holds_everything_that_runs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"graphapi", "visualizer"}
    wanted = [path.relative_to(ROOT) for part in ("cypher", "data") for path in (ROOT / part).rglob("*") if path.is_file()]
    assert {f"graphapi/{path}" for path in wanted} <= set(names)
    plain = [path.relative_to(ROOT) for part in ("graphapi", "visualizer") for path in (ROOT / part).rglob("*") if path.is_file()]
    assert {str(path) for path in plain if "__pycache__" not in path.parts} <= set(names)


def test_licences_and_metadata_stand_in_the_wheel(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = next(name for name in archive.namelist() if name.endswith("METADATA"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    text = archive.read(metadata).decode()
    assert f"\nVersion: {project['version']}\n" in text
    assert "\nLicense-Expression: MIT\n" in text
    assert {name.rpartition("/")[2] for name in archive.namelist() if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_bundled_data_set_is_checked_without_checkout_or_database(elsewhere: Path) -> None:
    done = run(elsewhere, "parley", "check", LONDON)
    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith("no faults.\n")


def test_bundled_data_set_is_drawn_without_checkout_or_database(elsewhere: Path) -> None:
    done = run(elsewhere, "parley", "view", LONDON, "-o", "x.html")
    assert done.returncode == 0, done.stderr
    assert "Howard Lutnick" in (elsewhere / "x.html").read_text(encoding="utf-8")
    assert not (elsewhere / "home").exists()


def test_the_other_package_named_cypher_stays_itself(elsewhere: Path) -> None:
    asked = "import importlib.util as u; print(u.find_spec('cypher').origin)"
    done = run(elsewhere, "python", "-c", asked)
    assert done.stdout.strip().endswith("site-packages/cypher/__init__.py")
