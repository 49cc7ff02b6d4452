"""The command that checks a data set against a reader's own copies of its sources, or a snapshot against itself and the graph: verify."""

from pathlib import Path

import click

from graphapi.cli.messages import tell
from graphapi.cli.tables import format_option, show
from graphapi.errors import UsageError

CHECKED = ("result", "check", "detail")
COLUMNS = ("result", "check", "place", "subject", "detail")


@click.command(short_help="Check quotes and places against your own copies of the sources, or a snapshot.")
@click.argument("what", metavar="DATASET|SNAPSHOT.json")
@click.option("--source", "given", multiple=True, metavar="ID=FILE", help="A source's id and your copy of it; once a source.")
@click.option("--hash-only", is_flag=True, help="Of a snapshot check the hashes alone; needs no database.")
@format_option
def verify(what: str, given: tuple[str, ...], hash_only: bool, form: str) -> int:
    """Check what a data set says of documents against your own copies: that every paragraph it names is there, says the same by its hash,
    and holds the quotes taken from it. A copy is plain text in UTF-8 with a blank line between paragraphs. Needs no database, sends nothing
    anywhere. Sources of which you give no copy are named and not checked.

    Or check a snapshot: that the file is as it was written, and that the graph still answers so; if not, whether other versions of the data
    sets explain it. Ends with 0 when all is right, with 1 when something differs.
    """
    if what.endswith(".json"):
        if given:
            raise UsageError("A snapshot is checked without --source.", hint=f"parley verify {what}")
        return _verify_snapshot(Path(what), hash_only, form)
    if hash_only:
        raise UsageError("--hash-only is for snapshots.", hint="Name a file that ends in .json.")
    if not given:
        raise UsageError(f"Give a copy of a source of {what}.", hint="For example: --source reuters-london-preview=copy.txt")
    return _verify_dataset(what, given, form)


def _verify_snapshot(path: Path, hash_only: bool, form: str) -> int:
    from graphapi.cli.snapshots import check_snapshot

    checks = check_snapshot(path, asks_again=not hash_only)
    is_right = all(check.is_right for check in checks)
    document = {"file": str(path), "checks": [check.model_dump() for check in checks], "right": is_right}
    show(CHECKED, [(check.result, check.check, check.detail) for check in checks], form, document)
    if checks[-1].check != "again":
        tell("It was not asked again." if is_right else "It was not asked again: the file is not as it was written.")
    return 0 if is_right else 1


def _verify_dataset(dataset: str, given: tuple[str, ...], form: str) -> int:
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
