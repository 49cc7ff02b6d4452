"""A small data set on disk, to be bent by tests."""

from pathlib import Path

# Two data sets that speak of the same things and differ in all ways that merging knows.
OVERLAP = Path(__file__).parent / "data" / "overlap"

HEAD = """\
dataset:
  id: tiny
  version: 1.0.0
  title: A tiny negotiation
  licence: CC-BY-4.0
  format: 1
  sides: [a-land, b-land]
"""

FACTS = """\
sources:
  - id: report
    name: A report
    kind: news-report
    grade: B
    date: 2025-06-08
    paragraphs:
      p1: {summary: Names Ann as sent to the first round.}
      p2: {summary: Says that Bo stayed away.}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [report:p1]}
    - {id: b-land, name: B-Land, evidence: [report:p2]}
  Person:
    - {id: ann, name: Ann, side: a-land, evidence: [report:p1], from: [raw-ann]}
    - {id: bo, name: Bo, side: b-land, evidence: [report:p2], from: [raw-bo]}
  Round:
    - {id: first-round, name: First round, kind: round, date: 2025-05, evidence: [report:p1]}
relationships:
  ANNOUNCED_FOR:
    - {start: ann, end: first-round, evidence: [report:p1], from: [raw-1]}
  ABSENT_FROM:
    - {start: bo, end: first-round, evidence: [report:p2], from: [raw-2]}
"""


def write_dataset(folder: Path, facts: str = FACTS, head: str = HEAD) -> Path:
    """Write a data set of these two files and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.yaml").write_text(head, encoding="utf-8")
    (folder / "facts.yaml").write_text(facts, encoding="utf-8")
    return folder


def write_large_dataset(folder: Path, version: str, people: int) -> Path:
    """Write a data set of `people` persons beside the small one, each announced for the round; their names carry the version."""
    persons = "\n".join(f"    - {{id: person-{n}, name: Person {n} of {version}, evidence: [report:p1]}}" for n in range(people))
    presence = "\n".join(f"    - {{start: person-{n}, end: first-round, evidence: [report:p1]}}" for n in range(people))
    facts = FACTS.replace("  Round:\n", persons + "\n  Round:\n").replace("  ANNOUNCED_FOR:\n", "  ANNOUNCED_FOR:\n" + presence + "\n")
    return write_dataset(folder, facts, HEAD.replace("1.0.0", version))


def rewrite(source: Path, folder: Path, changes: dict[str, str]) -> Path:
    """Copy a data set of two files and put other texts in the place of some; each must stand in one of the files."""
    folder.mkdir(parents=True)
    for name in ("dataset.yaml", "facts.yaml"):
        text = (source / name).read_text(encoding="utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
