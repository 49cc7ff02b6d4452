"""Rows on standard output: a table for people, JSON or CSV for programs."""

import csv
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from graphapi.cli.messages import CONTROL

Command = TypeVar("Command", bound=Callable[..., Any])


def format_option(command: Command) -> Command:
    """Give a command the option --format."""
    option = click.option(
        "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True, help="How to print the result."
    )
    return option(command)


def show(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str, document: Any = None) -> None:
    """Print rows in a form; `document` is what JSON shows instead of one object a row."""
    if form == "json":
        import orjson

        shown = [dict(zip(columns, row, strict=True)) for row in rows] if document is None else document
        write(orjson.dumps(shown, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")
    elif form == "csv":
        from graphapi.export.csv_text import cell

        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([columns, *(map(cell, row) for row in rows)])
        write(text.getvalue())
    elif sys.stdout.isatty():
        _draw(columns, rows)
    else:
        write(_plain(columns, rows))


def write(text: str) -> None:
    """Write to standard output; a reader who has seen enough, as in `| head`, ends the command in peace."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from None


def _draw(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=SIMPLE, pad_edge=False)
    for column, values in zip(table.columns, zip(*rows, strict=True), strict=False):
        column.justify = "right" if all(isinstance(value, int) for value in values) else "left"
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    Console().print(table)


def _plain(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    cells = [tuple(columns), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(len(row[number]) for row in cells) for number in range(len(columns))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)
    return "".join(f"{line}\n" for line in lines)


def _cell(value: Any) -> str:
    return "" if value is None else str(value).translate(CONTROL).replace("\n", " ")
