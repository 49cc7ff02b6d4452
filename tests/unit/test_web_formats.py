"""The format that an Accept header likes best."""

import pytest

from graphapi.web.formats import HTML, JSON, choose_format
from graphapi.web.problems import NotAcceptable


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/html", HTML),
        ("TEXT/HTML", HTML),
        ("text/*", HTML),
        ("application/json, text/html", JSON),
        ("application/json;q=0.8, text/html;q=0.9", HTML),
        ("*/*;q=0.1, text/html", HTML),
        ("application/json;q=0, */*", HTML),
        ("text/html;level=1;q=0.4, */*;q=0.3", HTML),
    ],
)
def test_best_liked_of_those_there_are(accept: str, wanted: str) -> None:
    assert choose_format(accept, (JSON, HTML)) == wanted


@pytest.mark.parametrize("accept", ["text/csv", "application/json;q=0", "*/*;q=0", "application/json;q=x", ",", "json"])
def test_none_of_those_there_are_is_refused_with_the_list(accept: str) -> None:
    with pytest.raises(NotAcceptable) as refused:
        choose_format(accept, (JSON,))
    assert JSON in refused.value.hint
