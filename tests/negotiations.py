"""Small data sets for questions about measures, built from lines such as `first duty raised rate=20 effective=2025-03-04`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.datasets import HEAD

PLACE, OTHER_PLACE = "report:p1", "report:p2"
TARIFFS = {"duty": "all-goods", "surtax": "all-goods", "whole": "all-goods", "list-one": "listed-goods", "vague": "unspecified"}
DAYS = {
    "first": "2025-02-01",
    "second": "2025-03-03",
    "third": "2025-05-12",
    "fourth": "2025-08-11",
    "ruling": "2026-02-20",
    "in-april": "2025-04",
    "undated": None,
    "called-off": "2025-02-01",
}


def write_measures(folder: Path, scenes: Mapping[str, str]) -> Path:
    """Write a data set in which every scene is a country of its own that imposes measures on `b-land`.

    A line of a scene sets a measure (`act measure status key=value…`), aims it (`> measure target`), makes one a part of another
    (`< measure measure`) or lets an act answer another (`^ act act`). Ids are the scene's name, a hyphen and the word of the line.
    """
    builder = _Builder()
    for scene, lines in scenes.items():
        builder.add_scene(scene, lines.strip().splitlines())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.yaml").write_text(HEAD.replace("[a-land, b-land]", "[b-land]"), encoding="utf-8")
    (folder / "facts.yaml").write_text(yaml.safe_dump(builder.document, sort_keys=False), encoding="utf-8")
    return folder


class _Builder:
    def __init__(self) -> None:
        groups = [_entity(name, kind="group") for name in ("worldwide", "club", "other-club")]
        ship = _entity("shipping", side="b-land")
        source = {"id": "report", "name": "A report", "kind": "news-report", "grade": "B", "date": "2026-08-08"}
        paragraphs = {"p1": {"summary": "One."}, "p2": {"summary": "Two."}}
        self.entities: dict[str, list[Any]] = {"Country": [_entity("b-land")], "Organization": [*groups, ship], "Measure": [], "Event": []}
        self.relationships: dict[str, list[Any]] = {"MEMBER_OF": [_relationship("b-land", "club") | {"evidence": [OTHER_PLACE]}]}
        self.document = {"sources": [source | {"paragraphs": paragraphs}], "entities": self.entities, "relationships": self.relationships}

    def add_scene(self, scene: str, lines: list[str]) -> None:
        self.entities["Country"].append(_entity(scene))
        aimed = [line.split()[1] for line in lines if line.startswith(">")]
        for line in lines:
            self._add_line(scene, line.split(), aimed)

    def _add_line(self, scene: str, words: list[str], aimed: list[str]) -> None:
        kinds = {">": "TARGETS", "<": "PART_OF", "^": "ANSWERS"}
        if words[0] in kinds:
            make = self._act if words[0] == "^" else self._measure
            end = words[2] if words[0] == ">" else make(scene, words[2], aimed)
            self._relate(kinds[words[0]], make(scene, words[1], aimed), end)
            return
        given = dict(pair.split("=") for pair in words[3:])
        values = {name: float(value) if name in ("rate", "suspended") else value for name, value in given.items()}
        start, end = self._act(scene, words[0], aimed), self._measure(scene, words[1], aimed)
        self.relationships.setdefault("SETS", []).append(
            _relationship(start, end) | {"status": words[2], **values, "evidence": [OTHER_PLACE]}
        )

    def _act(self, scene: str, name: str, aimed: list[str]) -> str:
        day, status = DAYS[name], {"called-off": "cancelled"}.get(name, "held")
        return self._once("Event", _entity(f"{scene}-{name}", kind="act", status=status) | ({"date": day} if day else {}))

    def _measure(self, scene: str, name: str, aimed: list[str]) -> str:
        identifier = f"{scene}-{name}"
        if identifier not in {one["id"] for one in self.entities["Measure"]}:
            self._relate("IMPOSED", scene, identifier)
            if name not in aimed:
                self._relate("TARGETS", identifier, "b-land")
        kind = "tariff" if name in TARIFFS else "export-control"
        dated = {"date": "2025-01-02"} if name == "old" else {}
        return self._once("Measure", _entity(identifier, kind=kind) | {"scope": TARIFFS.get(name, "unspecified")} | dated)

    def _relate(self, kind: str, start: str, end: str) -> None:
        self.relationships.setdefault(kind, []).append(_relationship(start, end))

    def _once(self, label: str, entity: dict[str, Any]) -> str:
        if entity["id"] not in {one["id"] for one in self.entities[label]}:
            self.entities[label].append(entity)
        return str(entity["id"])


def _entity(identifier: str, **properties: Any) -> dict[str, Any]:
    return {"id": identifier, "name": identifier.replace("-", " ").capitalize(), **properties, "evidence": [PLACE]}


def _relationship(start: str, end: str) -> dict[str, Any]:
    return {"start": start, "end": end, "evidence": [PLACE]}
