"""The command that checks a data set against a reader's own copies of its sources: verify."""

from pathlib import Path

import click

from graphapi.cli.messages import tell
from graphapi.cli.tables import format_option, show

COLUMNS = ("result", "check", "place", "subject", "detail")


@click.command(short_help="Check quotes and places against your own copies of the sources; needs no database.")
@click.argument("dataset")
@click.option(
    "--source", "given", multiple=True, required=True, metavar="ID=FILE", help="A source's id and your copy of it; once a source."
)
@format_option
def verify(dataset: str, given: tuple[str, ...], form: str) -> int:
    """Check what a data set says of documents against your own copies: that every paragraph it names is there, says the same by its hash,
    and holds the quotes taken from it.

    A copy is plain text in UTF-8 with a blank line between paragraphs. Needs no database, sends nothing anywhere. Ends with 0 when all is
    right, with 1 when something differs. Sources of which you give no copy are named and not checked.
    """
    from graphapi.cli.datasets import read_named
    from graphapi.ingest.verify import verify as check

    copies = _copies(given)
    report = check(read_named(dataset), copies)
    rows = [(found.result, found.check, found.place, found.subject, found.detail) for found in report.findings]
    show(COLUMNS, rows, form, report.model_dump(mode="json") | {"counts": report.counts, "right": report.is_right})
    counts = ", ".join(f"{count} {result}" for result, count in report.counts.items()) or "nothing to check"
    tell(f"{report.dataset} {report.version}: {counts}.")
    if report.not_given:
        tell(f"No copy given, so not checked: {', '.join(report.not_given)}.")
    return 0 if report.is_right else 1


def _copies(given: tuple[str, ...]) -> dict[str, Path]:
    copies: dict[str, Path] = {}
    for one in given:
        identifier, separator, path = one.partition("=")
        if not (identifier and separator and path):
            raise click.BadParameter(f"{one!r} is not ID=FILE.", param_hint="'--source'")
        if identifier in copies:
            raise click.BadParameter(f"{identifier!r} stands twice.", param_hint="'--source'")
        copies[identifier] = Path(path)
    return copies
