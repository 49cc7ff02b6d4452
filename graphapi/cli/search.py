"""The command that searches: search."""

import click

from graphapi.cli.messages import tell
from graphapi.cli.tables import format_option, show
from graphapi.errors import InputRefused

COLUMNS = ("id", "label", "name", "score", "field", "how", "value")


@click.command(short_help="Search names, aliases and captions.")
@click.argument("text")
@click.option("--label", metavar="LABEL", help="Only nodes with this label, such as Person; its children count too.")
@click.option("--side", metavar="ID", help="Only those who take the part of this country.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True, help="Most hits.")
@click.option("--as-of", metavar="DATE", help="Leave out what surely had not come about at a day, month or year, and mark the rest.")
@format_option
def search(text: str, label: str | None, side: str | None, limit: int, as_of: str | None, form: str) -> None:  # noqa: PLR0913
    """Search names, aliases and captions for TEXT, best first, and say what matched.

    Accents and case do not matter; a word from 4 letters may have a wrong letter, from 8 letters two; the last may be its beginning only.
    """
    from graphapi.cli.progress import opened_store
    from graphapi.dates import read_as_of
    from graphapi.export.json_text import node_document
    from graphapi.ontology import read_ontology
    from graphapi.reading.labels import label_depths
    from graphapi.reading.search import MAX_LENGTH, Wanted
    from graphapi.reading.search import search as find
    from graphapi.settings import load_settings

    ontology = read_ontology()
    known = [name for name in ontology.labels if name != "Evidence"]
    if label is not None and label not in known:
        raise InputRefused(f"There is no label {label[:60]!r}.", hint=f"Known: {', '.join(known)}.")
    if not text.strip() or len(text) > MAX_LENGTH:
        raise InputRefused(f"TEXT must have 1 to {MAX_LENGTH} characters; it has {len(text)}.")
    wanted = Wanted(text=text, label=label, side=side, limit=limit, as_of=None if as_of is None else read_as_of(as_of))
    with opened_store(load_settings()) as store:
        hits = find(store, wanted, label_depths(ontology))
    rows: list[tuple[object, ...]] = [
        (hit.node.id, hit.node.label, hit.node.name, hit.score, hit.why.field, hit.why.how, hit.why.value) for hit in hits
    ]
    columns: tuple[str, ...] = COLUMNS
    if as_of is not None:
        columns, rows = (*COLUMNS, "held"), [(*row, hit.node.held) for row, hit in zip(rows, hits, strict=True)]
    document = [{"node": node_document(hit.node), "score": hit.score, "why": hit.why.model_dump()} for hit in hits]
    show(columns, rows, form, {"items": document, "next": None})
    if not hits:
        tell("Nothing has this name.")
