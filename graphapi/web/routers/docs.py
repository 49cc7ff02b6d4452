"""The description of the API for people: one page with all of its scripts inside, which asks for /openapi.json and nothing else."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphapi.web.drawing import Drawn, page_response, tag_of
from graphapi.web.formats import HTML, choose_format
from graphapi.web.parameters import Parameters

STATIC = Path(__file__).parent.parent / "static"
router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request, _: Annotated[Parameters, Query()]) -> Response:
    """Return Swagger UI over /openapi.json."""
    choose_format(request.headers.get("accept", ""), (HTML,))
    return page_response(_page(), request.headers.get("if-none-match", ""))


@lru_cache(maxsize=1)
def _page() -> Drawn:
    parts = {
        "STYLE": _text("swagger-ui/swagger-ui.css"),
        "BUNDLE": _text("swagger-ui/swagger-ui-bundle.js"),
        "START": _text("docs.js"),
    }
    page = _text("docs.html")
    for name, text in parts.items():
        page = page.replace(f">{name}<", f">{text}<")
    content = page.encode()
    return Drawn(content, _policy(parts), tag_of(content))


def _policy(parts: dict[str, str]) -> str:
    scripts = " ".join(_hash(parts[name]) for name in ("BUNDLE", "START"))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {_hash(parts['STYLE'])}; img-src data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
