"""Pages made on the server, without a script: one frame, one stylesheet, one policy."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graphapi.ontology import Ontology
from graphapi.web.drawing import Drawn, tag_of

FOLDER = Path(__file__).parent / "templates"
SHEETS = ("questions.css", "search.css")


def render_page(template: str, ontology: Ontology, content: dict[str, Any]) -> Drawn:
    """Return a page of templates/ with this content; its policy allows its own stylesheet and nothing else."""
    from visualizer import assets, style  # noqa: PLC0415 - numpy and pyvis, only where a page is drawn

    sheet = style.variables(ontology) + assets.inline("".join((FOLDER / name).read_text(encoding="utf-8") for name in SHEETS))
    policy = (
        f"default-src 'none'; style-src '{assets.csp_hash(sheet)}'; img-src data:; form-action 'self'; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    words = {"policy": policy, "sheet": Markup(sheet)}  # noqa: S704 - ours
    html = _environment().get_template(template).render(content | words).encode("utf-8", "replace")
    return Drawn(html, f"{policy}; frame-ancestors 'none'", tag_of(html))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["slug"] = lambda text: quote(str(text), safe="")
    return made
