"""The stories of a data file: ways through the data set in steps, every id of which has to be one of its entities."""

from collections.abc import Container
from dataclasses import dataclass, field

from graphapi.dates import read_date
from graphapi.ingest.check import close_hint
from graphapi.ingest.document import Mapping, Scalar, Sequence, Tree
from graphapi.ingest.records import IDENTIFIER, Reading, read_items, refuse_unknown
from graphapi.ingest.values import Place, read_value
from graphapi.model import Camera, Step, Story
from graphapi.ontology import Property

MAX_STORIES = 20
MAX_STEPS = 40
MAX_FOCUS = 60
MAX_TITLE = 120
MAX_TEXT = 600
MAX_REACH = 100_000.0
MIN_ZOOM, MAX_ZOOM = 0.1, 4.0
FITS = ("focus", "all")
DATE = Property(type="date", description="a date")
NUMBER = Property(type="number", description="a number")


@dataclass
class Stories:
    """What the files have told so far: stories by id, and every id in focus with its place and line."""

    found: dict[str, Story] = field(default_factory=dict)
    focused: list[tuple[str, Place, int]] = field(default_factory=list)


def read_stories(name: str, document: Mapping, reading: Reading, stories: Stories) -> None:
    """Read the stories of one file, noting the faults of each."""
    place = Place(name, "stories", reading.faults)
    for tree in read_items(document.entries.get("stories"), "stories", place):
        identifier = _identifier(tree, place)
        if identifier is None:
            continue
        if identifier in stories.found:
            place.fault(tree.line, f"The story {identifier!r} stands twice.", "Give one of them another id.")
        elif len(stories.found) == MAX_STORIES:
            place.fault(tree.line, f"A data set has at most {MAX_STORIES} stories.", "Put two of them into one.")
            return
        else:
            stories.found[identifier] = _story(identifier, tree, Place(name, identifier, reading.faults), stories)


def check_stories(stories: Stories, reading: Reading, withheld: Container[str]) -> None:
    """Note every id in focus that is no entity of the data set, or one that it withholds."""
    labels = reading.ontology.labels
    entities = frozenset(one.subject for one in reading.statements.values() if one.kind == "node" and labels[one.type].entity)
    for identifier, place, line in stories.focused:
        if identifier not in entities:
            place.fault(line, f"focus names {identifier[:120]!r}, which is no entity of this data set.", close_hint(identifier, entities))
        elif identifier in withheld:
            place.fault(line, f"focus names {identifier!r}, which is withheld.", "Take it out of the story.")


def _identifier(tree: Mapping, place: Place) -> str | None:
    if "id" not in tree.entries:
        place.fault(tree.line, "A story lacks id.", "Write id: with small letters, digits and single hyphens.")
        return None
    found = read_value("id", IDENTIFIER, tree.entries["id"], place)
    return found if isinstance(found, str) else None


def _story(identifier: str, tree: Mapping, place: Place, stories: Stories) -> Story:
    refuse_unknown(tree, {"id", "title", "text", "steps"}, place)
    trees = list(read_items(tree.entries.get("steps"), "steps", place))
    if not trees:
        place.fault(tree.line, "It has no steps.", "Write steps: [{title: …, text: …, focus: [id]}].")
    if len(trees) > MAX_STEPS:
        place.fault(trees[MAX_STEPS].line, f"It has {len(trees)} steps; at most {MAX_STEPS} are read.", "Make two stories of it.")
    steps = tuple(_step(one, place, stories) for one in trees[:MAX_STEPS])
    return Story(id=identifier, title=_text("title", tree, MAX_TITLE, place), text=_said("text", tree, place), steps=steps)


def _step(tree: Mapping, place: Place, stories: Stories) -> Step:
    refuse_unknown(tree, {"title", "text", "focus", "date", "camera"}, place)
    date, day = _date(tree, place)
    return Step(
        title=_text("title", tree, MAX_TITLE, place),
        text=_text("text", tree, MAX_TEXT, place),
        focus=_focus(tree, place, stories),
        date=date,
        day=day,
        camera=_camera(tree.entries["camera"], place) if "camera" in tree.entries else None,
    )


def _text(key: str, tree: Mapping, most: int, place: Place) -> str:
    found = tree.entries.get(key)
    if not isinstance(found, Scalar) or found.is_null or not found.text.strip():
        place.fault(found.line if found else tree.line, f"It lacks {key}.", f"Write {key}: with at most {most} characters.")
        return ""
    text = found.text.strip()
    if len(text) > most:
        place.fault(tree.lines[key], f"{key} has {len(text)} characters; at most {most} are read.", "Say less, or make two steps of it.")
    return text


def _said(key: str, tree: Mapping, place: Place) -> str:
    return _text(key, tree, MAX_TEXT, place) if key in tree.entries else ""


def _focus(tree: Mapping, place: Place, stories: Stories) -> tuple[str, ...]:
    found = tree.entries.get("focus")
    items = found.items if isinstance(found, Sequence) else ()
    if not items:
        place.fault(found.line if found else tree.line, "A step lacks focus.", "Write focus: [id, id], the entities that it speaks of.")
    if len(items) > MAX_FOCUS:
        place.fault(items[MAX_FOCUS].line, f"focus has {len(items)} ids; at most {MAX_FOCUS} are read.", "Make two steps of it.")
    ids: dict[str, None] = {}
    for item in items[:MAX_FOCUS]:
        identifier = item.text.strip() if isinstance(item, Scalar) else ""
        if not identifier or identifier in ids:
            place.fault(item.line, f"focus names {identifier!r} twice." if identifier else "focus must be a list of ids.")
            continue
        ids[identifier] = None
        stories.focused.append((identifier, place, item.line))
    return tuple(ids)


def _date(tree: Mapping, place: Place) -> tuple[str, str]:
    """Return the date as written, and the last day that it may mean."""
    if "date" not in tree.entries:
        return "", ""
    text = read_value("date", DATE, tree.entries["date"], place)
    if not isinstance(text, str):
        return "", ""
    span = read_date(text)
    return text, str(span.latest or span.earliest)


def _camera(tree: Tree, place: Place) -> Camera | None:
    hint = "Write {fit: focus}, {fit: all} or {at: [x, y], zoom: 1}."
    if not isinstance(tree, Mapping) or ("fit" in tree.entries) == ("at" in tree.entries):
        place.fault(tree.line, "camera must say fit or at.", hint)
        return None
    if "fit" in tree.entries:
        refuse_unknown(tree, {"fit"}, place)
        fit = tree.entries["fit"]
        known = next((name for name in FITS if isinstance(fit, Scalar) and fit.text == name), None)
        if known is None:
            place.fault(fit.line, "camera: fit is neither focus nor all.", hint)
        return Camera(fit="all" if known == "all" else "focus")
    refuse_unknown(tree, {"at", "zoom"}, place)
    at = tree.entries["at"]
    point = [_number("at", item, MAX_REACH, place) for item in at.items] if isinstance(at, Sequence) else []
    if len(point) != 2:
        place.fault(at.line, "camera: at is no point.", hint)
        return None
    zoom = _number("zoom", tree.entries["zoom"], MAX_ZOOM, place) if "zoom" in tree.entries else None
    if zoom is not None and zoom < MIN_ZOOM:
        place.fault(tree.lines["zoom"], f"zoom must lie between {MIN_ZOOM} and {MAX_ZOOM}.", hint)
    return Camera(at=(point[0], point[1]), zoom=zoom)


def _number(name: str, tree: Tree, most: float, place: Place) -> float:
    found = read_value(name, NUMBER, tree, place)
    if isinstance(found, float) and abs(found) > most:
        place.fault(tree.line, f"{name}: {found:g} is too large.", f"At most {most:g}.")
    return found if isinstance(found, float) else 0.0
