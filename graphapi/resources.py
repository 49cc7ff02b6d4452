"""Where the folders that ship with the product stand: inside the wheel first, beside the checkout's packages second."""

from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parent


def folder(name: Literal["cypher", "data"]) -> Path:
    """Return the folder of the query files or of the bundled data sets."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
