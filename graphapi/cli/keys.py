"""The commands on keys: make one, list them, remove one."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from graphapi.cli.messages import tell
from graphapi.cli.tables import format_option, show
from graphapi.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])
SCOPES = {"read": ("read",), "write": ("read", "write")}


@click.group(short_help="Make, list and remove keys of the API.")
def key() -> None:
    """Make, list and remove keys of the API: docs/access.md says what they allow.

    A service that runs takes note by itself.
    """


def file_option(command: Command) -> Command:
    """Give a command the option that names the keys file."""
    return click.option(
        "--file", type=click.Path(dir_okay=False, path_type=Path), metavar="PATH", help="The keys file instead of PARLEY_KEYS_FILE."
    )(command)


@key.command("new", short_help="Make a key and print it, once.")
@click.argument("name")
@click.option(
    "--scope", type=click.Choice(tuple(SCOPES)), default="read", help="What it allows; write allows reading too.", show_default=True
)
@click.option("--days", type=click.IntRange(1, 36500), metavar="NUMBER", help="Days that it counts; without, it counts until removed.")
@file_option
def new(name: str, scope: str, days: int | None, file: Path | None) -> None:
    """Make a key for NAME and print it. Only its hash is kept: nobody can show it again.

    The keys file is made when it is not there, for its owner alone.
    """
    from graphapi.keys import add_key

    found = _file(file)
    click.echo(add_key(found, name, SCOPES[scope], _today(), days))  # type: ignore[arg-type]
    tell(f"Made the key {name} ({scope}) in {found}. Keep what stands above: it is not shown again. Send it as Authorization: Bearer.")


@key.command("list", short_help="List the keys.")
@file_option
@format_option
def list_(file: Path | None, form: str) -> None:
    """List the keys of the file: their names, scopes and days, never the keys themselves."""
    from graphapi.keys import read_keys

    today = _today()
    rows = [
        (one.name, " ".join(one.scopes), one.made, one.expires, "yes" if one.is_good_on(today) else "no") for one in read_keys(_file(file))
    ]
    show(("name", "scopes", "made", "expires", "counts"), rows, form)


@key.command("remove", short_help="Remove a key.")
@click.argument("name")
@file_option
def remove(name: str, file: Path | None) -> None:
    """Remove the key of NAME; from now on nobody is let in with it."""
    from graphapi.keys import remove_key

    found = _file(file)
    remove_key(found, name)
    tell(f"Removed the key {name} from {found}.")


def _file(named: Path | None) -> Path:
    from graphapi.settings import load_settings

    found = named or load_settings().keys_file
    if found is None:
        raise UsageError("No keys file is named.", hint="Name one with --file PATH, or in PARLEY_KEYS_FILE for the service too.")
    return found


def _today() -> date:
    return datetime.now(UTC).date()
