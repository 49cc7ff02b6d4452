"""Write the pages that are made from the code: settings.md, command-line.md, ontology.md; with --check only compare them."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from pydantic import SecretStr

from graphapi.cli import EPILOG, parley
from graphapi.ontology import Label, Ontology, Property, RelationshipType, read_ontology
from graphapi.settings import Settings

FOLDER = Path(__file__).resolve().parent
MADE = "<!-- Made by docs/generate.py (make docs); change the code, not this page. -->"
FOLDERS = {
    "PARLEY_HOME": "`~/.local/share/parley`; macOS `~/Library/Application Support/parley`",
    "PARLEY_CACHE": "`~/.cache/parley`; macOS `~/Library/Caches/parley`",
}


def main() -> int:
    """Write the pages, or with --check name those that are out of step and return 1."""
    pages = {"settings.md": settings_page(), "command-line.md": command_page(), "ontology.md": ontology_page(read_ontology())}
    stale = [name for name, text in pages.items() if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"docs/{name} is not in step with the code: run make docs.", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).write_text(pages[name], encoding="utf-8")
        print(f"Wrote docs/{name}.")
    return 0


def settings_page() -> str:
    """Return the page of all settings, in the order of the class."""
    rows = [
        (f"`{field.alias}`", default_of(str(field.alias), field.default), field.description) for field in Settings.model_fields.values()
    ]
    return page(
        "Settings",
        ["Environment variables, read once when a command starts. Every one has a default that works."],
        table(("variable", "default", "what"), rows),
    )


def default_of(name: str, default: Any) -> str:
    """Return a default as a reader understands it; folders depend on the system."""
    if name in FOLDERS:
        return FOLDERS[name]
    shown = default.get_secret_value() if isinstance(default, SecretStr) else default
    return f"`{shown}`" if shown not in {None, "", ()} else "unset"


def command_page() -> str:
    """Return the page of all commands with their help."""
    blocks = [
        "The console script is `parley`; in a checkout `.venv/bin/parley` (after `make setup` or `make serve`).",
        EPILOG,
        help_of(parley, "parley"),
    ]
    for name, command in sorted(parley.commands.items()):
        blocks += [f"## parley {name}", help_of(command, f"parley {name}")]
        inner = command.commands if isinstance(command, click.Group) else {}
        for part, one in sorted(inner.items()):
            blocks += [f"### parley {name} {part}", help_of(one, f"parley {name} {part}")]
    return page("Command line", blocks)


def help_of(command: click.Command, name: str) -> str:
    """Return the help of a command as a block of text, without the epilogue."""
    context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    text = command.get_help(context)
    return f"```text\n{text.split('Exit codes:')[0].rstrip()}\n```"


def ontology_page(ontology: Ontology) -> str:
    """Return the page of what may stand in a graph."""
    blocks = [
        "What may stand in the graph, as `graphapi/ontology.yaml` says it. A data set that says anything else is refused. "
        "Every label but Source and Evidence carries the label Entity too; a label carries those of its parents.",
        "`loader` marks properties that loading works out and a data file may not set.",
        "## Properties of every entity",
        *properties_table(ontology.common),
        "## Properties of every relationship",
        *properties_table(ontology.common_of_relationships),
        "## Labels",
    ]
    for name, label in ontology.labels.items():
        blocks += label_blocks(name, label)
    blocks += [
        "## Relationship types",
        *table(("type", "polarity", "reads"), [(f"[{n}](#{n.lower()})", k.polarity, k.forward) for n, k in ontology.relationships.items()]),
    ]
    for name, kind in ontology.relationships.items():
        blocks += type_blocks(name, kind)
    return page("Ontology", blocks)


def label_blocks(name: str, label: Label) -> Iterator[str]:
    """Yield the section of one label."""
    yield f"### {name}"
    yield f"{label.description}."
    facts = [("parent", label.parent), ("drawn", label.drawn), ("in paths", label.in_paths), ("terms", terms(label.terms))]
    yield listing(facts)
    yield from properties_table(label.properties)


def type_blocks(name: str, kind: RelationshipType) -> Iterator[str]:
    """Yield the section of one relationship type."""
    yield f"### {name}"
    ends = ", ".join(f"{start} → {end}" for start, end in kind.ends)
    facts = [
        ("ends", ends),
        ("reads", f"“{kind.forward}”, from the other end “{kind.backward}”"),
        ("polarity", kind.polarity),
        ("drawn", kind.drawn),
        ("terms", terms(kind.terms)),
    ]
    yield listing(facts)
    yield from properties_table(kind.properties)


def properties_table(properties: dict[str, Property]) -> Sequence[str]:
    """Return a table of properties; nothing for none."""
    return table(("property", "type", "what"), [(f"`{name}`", type_of(known), known.description) for name, known in properties.items()])


def type_of(known: Property) -> str:
    """Return the type of a property with what narrows it."""
    narrowed = {"reference": f" to {known.label}", "choice": f": {', '.join(known.choices)}"}.get(known.type, "")
    return f"{known.type}{narrowed}{', required' if known.required else ''}{', loader' if known.loader else ''}"


def terms(known: dict[str, str]) -> str:
    """Return the terms of other vocabularies."""
    return ", ".join(f"{vocabulary} `{term}`" for vocabulary, term in known.items())


def listing(facts: Iterable[tuple[str, str | None]]) -> str:
    """Return facts as a list, leaving out what is missing."""
    return "\n".join(f"- {name}: {value}" for name, value in facts if value)


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Sequence[str]:
    """Return a Markdown table as one block; no block for no rows."""
    if not rows:
        return ()
    lines = [columns, ["---"] * len(columns), *rows]
    return ("\n".join("| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines),)


def page(title: str, *parts: Iterable[str]) -> str:
    """Return a whole page of blocks."""
    return "\n\n".join([f"# {title}", MADE, *(block for part in parts for block in part)]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
