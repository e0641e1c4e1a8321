"""Pictures of the built site for README.md, taken as a visitor goes: from the home page by its own links."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from plugins.theming.browser import View, launched, served, viewing

_DESK = View(width=1280)
_PHONE = View(width=375)
_ELDER = View(width=375, size="xl")
_HEIGHT = 860


def take(output: Path, folder: Path, *, words: str = "家庭健康") -> tuple[Path, ...]:
    """Photograph the site in ``output`` into ``folder`` as WebP and return the files.

    The article is the lead story of the home page, the column the second entry of the menu.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with launched() as browser, served(output) as address:
        found = _addresses(browser, address)
        shots = (
            ("home", "/", _DESK),
            ("column", found["column"], _DESK),
            ("article", found["article"], _DESK),
            ("program", found["program"], _DESK),
            ("search", f"/search/?q={words}", _DESK),
            ("phone", "/", _PHONE),
            ("elder-view", found["article"], _ELDER),
            ("dark", "/", View(width=1280, look="dark")),
        )
        return tuple(_take(browser, address + path, view, folder / f"{name}.webp") for name, path, view in shots)


def _addresses(browser: Browser, address: str) -> dict[str, str]:
    links = {"column": ".menu li:nth-child(2) a", "article": ".lead-story a", "program": ".tiles a"}
    with viewing(browser, _DESK) as page:
        page.goto(address + "/")
        return {name: _link(page, selector) for name, selector in links.items()}


def _link(page: Page, selector: str) -> str:
    found = page.query_selector(selector)
    return (found.get_attribute("href") if found else None) or "/"


def _take(browser: Browser, url: str, view: View, target: Path) -> Path:
    with viewing(browser, view, height=_HEIGHT) as page:
        page.goto(url, wait_until="networkidle")
        content = page.screenshot()
    with Image.open(io.BytesIO(content)) as picture:
        picture.convert("RGB").save(target, "WEBP", quality=80, method=6)
    return target
