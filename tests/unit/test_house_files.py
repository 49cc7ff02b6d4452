"""What the repository promises about itself: locks, pages, Makefile, compose file."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;]+)", re.MULTILINE)


def pins(lock: str) -> set[tuple[str, str]]:
    return {(canonicalize_name(name), version) for name, version in PIN.findall((ROOT / "requirements" / lock).read_text())}


def declared(*groups: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    texts = [text for group in groups for text in project["dependency-groups"][group] if isinstance(text, str)]
    return [Requirement(text) for text in project["project"]["dependencies"] + texts]


def imported(file: Path) -> set[str]:
    """The top packages that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize(("lock", "groups"), [("runtime.txt", ("build",)), ("dev.txt", ("build", "dev"))], ids=["runtime", "dev"])
def test_lock_holds_what_the_project_declares(lock: str, groups: tuple[str, ...]) -> None:
    locked: dict[str, list[str]] = {}
    for name, version in pins(lock):
        locked.setdefault(name, []).append(version)
    wrong = [
        str(wanted)
        for wanted in declared(*groups)
        if not any(map(wanted.specifier.contains, locked.get(canonicalize_name(wanted.name), [])))
    ]
    assert wrong == []


def test_every_package_that_we_import_is_declared() -> None:
    providers = packages_distributions()
    names = {canonicalize_name(wanted.name) for wanted in declared()}
    files = [file for part in ("graphapi", "visualizer") for file in (ROOT / part).rglob("*.py")]
    undeclared = {
        f"{file.relative_to(ROOT)}: {package}"
        for file in files
        for package in imported(file)
        if package not in sys.stdlib_module_names | {"graphapi", "visualizer"}
        and not names & {canonicalize_name(name) for name in providers.get(package, [])}
    }
    assert undeclared == set()


def test_development_runs_what_users_run() -> None:
    assert pins("runtime.txt") - pins("dev.txt") == set()


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt"])
def test_every_pin_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text


def test_generated_pages_are_in_step() -> None:
    done = subprocess.run([sys.executable, ROOT / "docs" / "generate.py", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_help_of_make_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (help .*)$", makefile, re.MULTILINE)
    assert targets is not None
    assert set(re.findall(r"make (\w+)", makefile)) >= set(targets[1].split()) - {"help"}


def test_compose_has_no_password_of_its_own() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    passwords = [
        value
        for service in compose["services"].values()
        for name, value in service["environment"].items()
        if "AUTH" in name or "PASSWORD" in name
    ]
    assert len(passwords) == 5
    assert sum("${NEO4J_PASSWORD:?" in value for value in passwords) == 2
    assert sum(value.removeprefix("neo4j/") == "${PARLEY_ADHOC_PASSWORD:-}" for value in passwords) == 3
    assert all(port.startswith("127.0.0.1:") for service in compose["services"].values() for port in service.get("ports", []))


def test_compose_keeps_cypher_by_others_apart() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    server, job, parley = (compose["services"][name] for name in ("neo4j-adhoc", "adhoc-load", "parley"))
    assert compose["networks"]["adhoc"]["internal"] is True
    assert server["networks"] == job["networks"] == ["adhoc"]
    assert "networks" not in compose["services"]["neo4j"]
    assert parley["networks"] == ["default", "adhoc"]
    assert (server["profiles"], job["profiles"], parley.get("profiles")) == (["adhoc"], ["adhoc"], None)
    assert not server.get("ports")
    assert server["mem_limit"]
    assert server["restart"] == "unless-stopped"
    assert "apoc" not in str(server).lower()
    assert set(server["volumes"]).isdisjoint(compose["services"]["neo4j"]["volumes"])
    assert parley["environment"]["PARLEY_ADHOC_URI"] == f"${{PARLEY_ADHOC_PASSWORD:+{job['environment']['NEO4J_URI']}}}"
    assert job["environment"]["NEO4J_URI"] == "bolt://neo4j-adhoc:7687"


def test_every_neo4j_of_the_compose_file_is_the_same() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    images = [service["image"] for service in compose["services"].values() if "image" in service]
    assert len(images) == 2
    assert len(set(images)) == 1


def test_image_and_lock_speak_of_the_same_neo4j() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    version = compose["services"]["neo4j"]["image"].removeprefix("neo4j:")
    assert (ROOT / "graphapi" / "local" / f"neo4j-{version}.lock").is_file()
