"""Every example page in a real browser: axe, no sideways scroll, targets of a finger's size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from plugins.theming.browser import VIEWS, View, sideways, small_targets, viewing, violations
from plugins.theming.styleguide import EXAMPLES

NAMES = [example.name for example in EXAMPLES]
NARROW_AND_LARGE = View(width=320, size="xl")


def complaints(browser: Browser, address: str, view: View, names: list[str]) -> list[str]:
    """Return everything wrong with the pages ``names`` in one view."""
    found = []
    with viewing(browser, view) as page:
        for name in names:
            page.goto(f"{address}/{name}/")
            found += [f"{name} ({view}): {fault}" for fault in (*violations(page), *small_targets(page))]
            if pixels := sideways(page):
                found.append(f"{name} ({view}): {pixels} px can be scrolled sideways")
    return found


@pytest.mark.browser
@pytest.mark.parametrize("place", range(len(VIEWS)), ids=[str(view) for view in VIEWS])
def test_each_page_is_fine_in_some_of_the_views(chromium: Browser, address: str, place: int) -> None:
    """Every page in one view, and an article in every view; the whole table is the slow test below."""
    names = [name for number, name in enumerate(NAMES) if number % len(VIEWS) == place or name == "news-item"]
    assert complaints(chromium, address, VIEWS[place], names) == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_each_page_is_fine_in_every_view(chromium: Browser, address: str, view: View) -> None:
    assert complaints(chromium, address, view, NAMES) == []


@pytest.mark.browser
def test_nothing_scrolls_sideways_on_the_narrowest_phone_in_the_largest_type(chromium: Browser, address: str) -> None:
    found = {}
    with viewing(chromium, NARROW_AND_LARGE) as page:
        for name in NAMES:
            page.goto(f"{address}/{name}/")
            if pixels := sideways(page):
                found[name] = pixels
    assert found == {}
