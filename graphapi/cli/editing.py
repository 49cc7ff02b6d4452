"""The commands of an editor's day: new, schema, lint."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphapi.cli.datasets import read_named, write_whole
from graphapi.cli.messages import tell
from graphapi.cli.tables import format_option, show
from graphapi.errors import InputRefused, UsageError

if TYPE_CHECKING:
    from graphapi.ingest.dataset import Dataset

HEAD = "dataset.yaml"
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(short_help="Write a template for an event with its delegations.")
@click.argument("event")
@click.option("--in", "folder", type=FOLDER, default=Path(), help="The folder of the data set; made when it is missing. [default: .]")
@click.option("--date", "day", default="2025", metavar="EDTF", help="When, as precise as you know: 2025-06-09, 2025-06 or 2025.")
@click.option("--side", "sides", multiple=True, help="The id of a country that meets; once for each. [default: the sides of the data set]")
def new(event: str, folder: Path, day: str, sides: tuple[str, ...]) -> None:
    """Write a commented template for an event, EVENT being its id, with a delegation a side: FOLDER/EVENT.yaml.

    A folder without a data set gets a dataset.yaml too. Nothing that is there is overwritten. The template passes `parley check` as it
    is; `parley lint` says what is still missing.
    """
    from graphapi.editing import NewEvent, event_template, head_template

    target, head = folder / f"{event}.yaml", folder / HEAD
    if target.exists():
        raise InputRefused(f"{target} is there already.", hint="Choose another id, or edit that file.")
    known = read_named(str(folder)) if head.exists() else None
    at_table = sides or (known.head.sides if known else ())
    if not at_table:
        raise UsageError("It is not known who meets.", hint="Name the countries: --side united-states --side china.")
    _refuse_strangers(known, sides)
    _refuse_known(known, event)
    text = event_template(NewEvent(id=event, date=day, sides=at_table))
    start = None if known else head_template(_slug_of(folder), at_table)
    folder.mkdir(parents=True, exist_ok=True)
    if start is not None:
        write_whole(head, start.encode())
        tell(f"Wrote {head}.")
    write_whole(target, text.encode())
    tell(f"Wrote {target}.")
    _write_schema(folder)


def _refuse_strangers(known: "Dataset | None", sides: tuple[str, ...]) -> None:
    countries = {node.id for node in known.graph.nodes if "Country" in node.labels} if known else set(sides)
    strangers = sorted(set(sides) - countries)
    if strangers and known:
        raise InputRefused(
            f"{strangers[0]!r} is no Country of the data set {known.id}.", hint=f"Its countries: {', '.join(sorted(countries)) or 'none'}."
        )


def _refuse_known(known: "Dataset | None", event: str) -> None:
    if known and event in known.places:
        file, line = known.places[event]
        raise InputRefused(f"{event!r} is in the data set already: {file}:{line}.", hint="Choose another id, or edit it there.")


def _slug_of(folder: Path) -> str:
    from graphapi.ingest.values import SLUG

    name = folder.resolve().name
    if SLUG.match(name):
        return name
    raise InputRefused(
        f"A new data set is called like its folder, and {name!r} is no id.", hint="Use small letters, digits and single hyphens."
    )


@click.command(short_help="Write a JSON Schema, so that editors complete ids and labels.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
def schema(folder: Path) -> None:
    """Write .parley-schema.json into FOLDER, the folder of a data set.

    Editors that know YAML and JSON Schema (VS Code, Zed, Neovim, the JetBrains ones) then check keys and complete labels, types, choices
    and the ids of the data set; files written by `parley new` point to it. Run it again when ids were added.
    """
    _write_schema(folder)


def _write_schema(folder: Path) -> None:
    import orjson

    from graphapi.editing import SCHEMA_FILE, data_file_schema

    read = read_named(str(folder))
    target = folder / SCHEMA_FILE
    write_whole(target, orjson.dumps(data_file_schema(read.ontology, read)) + b"\n")
    tell(f"Wrote {target}: {len(read.graph.nodes):,} ids to complete.")


@click.command(short_help="Report what an editor may want to look at again; needs no database.")
@click.argument("dataset")
@format_option
def lint(dataset: str, form: str) -> None:
    """Report what is right by the rules and yet worth a second look: a folder or a bundled data set.

    Entities without evidence, meetings of which nothing says who came, posts with two holders at one time, relationships without any
    date, evidence that does not name the ends of its relationship, delegations sent nowhere. Reports, refuses nothing: it ends with 0.
    """
    from graphapi.editing import lint as look

    read = read_named(dataset)
    found = look(read)
    if form == "table":
        for finding in found:
            click.echo(str(finding))
    else:
        columns = ("file", "line", "id", "rule", "message")
        show(columns, [tuple(getattr(finding, column) for column in columns) for finding in found], form)
    tell(f"{read.id} {read.version}: {_count(len(found))}.")


def _count(number: int) -> str:
    return "nothing to look at" if number == 0 else f"{number} {'thing' if number == 1 else 'things'} to look at"
