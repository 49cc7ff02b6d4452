"""The explorer as the real service serves it, over the London data set: its own policy lets it ask, and the answers are taken in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from graphapi.store import Store
from tests.browser.conftest import DESK, Visit, open_address


@pytest.fixture
def live(browser: Browser, served: str, london: Store) -> Iterator[Visit]:
    assert london
    one = open_address(browser, f"{served}/entities/howard-lutnick#node=howard-lutnick", DESK, "light")
    yield one
    assert one.spoken == []
    assert [address for address in one.asked if not address.startswith(("data:", "blob:", f"{served}/api/v1/"))] == []
    one.page.context.close()


def test_expand_asks_the_service_and_says_that_it_holds_no_more(live: Visit) -> None:
    while live.page.evaluate("parley.waitingAround('howard-lutnick')"):
        live.page.evaluate("parley.expand('howard-lutnick')")
    live.page.evaluate("parley.expand('howard-lutnick')")
    expect(live.page.locator("#notes")).to_contain_text("the service holds no more")
    assert [address for address in live.asked if address.endswith("/entities/howard-lutnick/part")]


def test_path_of_the_service_is_the_path_of_the_page(live: Visit) -> None:
    live.page.evaluate("parley.openPath('howard-lutnick', 'export-controls')")
    expect(live.page.locator("#card .chain .link")).to_have_count(4)
    drawn = live.page.locator("#card .chain").inner_text()
    assert [address for address in live.asked if "/api/v1/paths?" in address]
    live.page.evaluate("parley.leavePath()")
    live.page.evaluate("parley.page.live = ''")
    live.page.evaluate("parley.openPath('howard-lutnick', 'export-controls')")
    expect(live.page.locator("#card .chain .link")).to_have_count(4)
    assert live.page.locator("#card .chain").inner_text() == drawn


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("donald-trump", "xi-jinping"),
        ("scott-bessent", "he-lifeng"),
        ("howard-lutnick", "illicit-fentanyl"),
        ("us-commerce", "rare-earth-exports"),
        ("talks-geneva-2025-05", "united-states"),
    ],
)
def test_page_and_service_find_the_same_chains(live: Visit, start: str, end: str) -> None:
    ids = "(found) => found.paths.map((chain) => chain.steps.map((step) => step.relationship.id))"
    here, there = live.page.evaluate(
        f"""async ([from, to]) => {{
            const ids = {ids};
            return [ids(parley.findChains(from, to)), ids(await parley.ask("/paths", {{ from, to, max_hops: "8" }}))];
        }}""",
        [start, end],
    )
    assert here == there


def test_menu_leads_to_the_other_pages(live: Visit) -> None:
    live.page.click("#menu summary")
    links = live.page.locator("#menu section[aria-label=Pages] a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert links == ["/", "/queries", "/search", "/cypher", "/docs"]
