"""Pages made on the server, whole without a script: one frame, one stylesheet, one policy."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graphapi.ontology import Ontology
from graphapi.web.drawing import Drawn, tag_of

FOLDER = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static" / "questions"
SHEETS = ("questions.css", "answers.css", "search.css")
# How elements are made is the explorer's.
SHARED = ("namespace", "dom")


def render_page(template: str, ontology: Ontology, content: dict[str, Any], scripts: Iterable[str] = ()) -> Drawn:
    """Return a page of templates/ with this content; its policy allows its own stylesheet and the scripts named, of static/questions."""
    from visualizer import assets, style  # noqa: PLC0415 - numpy and pyvis, only where a page is drawn

    sheet = style.variables(ontology) + assets.inline("".join((FOLDER / name).read_text(encoding="utf-8") for name in SHEETS))
    script = _script(tuple(scripts))
    allowed = f"script-src '{assets.csp_hash(script)}'; connect-src 'self'; frame-src 'self'; " if script else ""
    policy = (
        f"default-src 'none'; style-src '{assets.csp_hash(sheet)}'; {allowed}img-src data:; form-action 'self'; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    words = {"policy": policy, "sheet": Markup(sheet), "script": Markup(script)}  # noqa: S704 - ours
    html = environment().get_template(template).render(content | words).encode("utf-8", "replace")
    return Drawn(html, f"{policy}; frame-ancestors 'none'", tag_of(html))


def _script(names: tuple[str, ...]) -> str:
    from visualizer import assets  # noqa: PLC0415

    if not names:
        return ""
    files = [*(assets.STATIC / "explorer" / f"{name}.js" for name in SHARED), *(STATIC / f"{name}.js" for name in names)]
    return assets.inline("\n".join(file.read_text(encoding="utf-8") for file in files))


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return what renders templates/."""
    made = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["slug"] = lambda text: quote(str(text), safe="")
    return made
