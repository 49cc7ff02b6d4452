"""Take the pictures of docs/pictures/ anew: the view of the London data set in a real Chromium, from the data files, without a network."""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright
from png import packed

from graphapi.ingest import read_dataset
from graphapi.settings import load_settings
from visualizer import View, draw

FOLDER = Path(__file__).resolve().parent / "pictures"
DATASET = "us-china-london-2025"
LARGEST = 400_000
SWITCHES = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@dataclass(frozen=True)
class Shot:
    """One picture: the file's name, the fragment of the address, the system's wish, whether on a phone."""

    name: str
    fragment: str = ""
    scheme: Literal["light", "dark"] = "light"
    phone: bool = False


SHOTS = (
    Shot("light"),
    Shot("dark", scheme="dark"),
    Shot("selected", "#node=talks-london-2025-06-09"),
    Shot("path", "#path=howard-lutnick..xi-jinping"),
    Shot("story", "#story=how-london-came-about.6"),
    Shot("phone", "#node=geneva-deal", phone=True),
)


def main() -> int:
    """Take every picture; return 1 when there is no Chromium or a picture is too large."""
    configured = load_settings().chromium
    chromium = (
        str(configured) if configured else next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    )
    if chromium is None:
        print("The pictures need Chromium: install it, or name it in PARLEY_CHROMIUM.", file=sys.stderr)
        return 1
    dataset = read_dataset(DATASET)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        page = Path(scratch) / "page.html"
        page.write_bytes(draw(dataset.graph, View(title=dataset.head.title), dataset.ontology).html)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(SWITCHES))
        sizes = [taken(browser, page.as_uri(), shot) for shot in SHOTS]
        browser.close()
    return 0 if max(sizes) <= LARGEST else 1


def taken(browser: Browser, address: str, shot: Shot) -> int:
    """Take one picture, and return how many bytes it has."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844} if shot.phone else {"width": 1440, "height": 900},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        device_scale_factor=2 if shot.phone else 1,
        has_touch=shot.phone,
        is_mobile=shot.phone,
    )
    page = context.new_page()
    page.goto(address + shot.fragment)
    page.wait_for_selector("body[data-ready]")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(400)
    image = packed(page.screenshot())
    context.close()
    (FOLDER / f"{shot.name}.png").write_bytes(image)
    print(f"Wrote docs/pictures/{shot.name}.png ({len(image) / 1000:.0f} kB{', too large' if len(image) > LARGEST else ''}).")
    return len(image)


if __name__ == "__main__":
    sys.exit(main())
