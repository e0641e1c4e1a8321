"""Makers of small sites; for the whole session, because they keep nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from plugins.domain.body import Body
from plugins.domain.content import ContentItem, SectionDetails, State
from plugins.domain.dates import CHINA, parse_moment
from plugins.domain.pages import FileLink, Page, Picture
from plugins.domain.settings import Settings
from plugins.navigation.compose import compose
from plugins.navigation.tree import build_tree

NOW = datetime(2024, 6, 1, 12, tzinfo=CHINA)


def make_item(path: str, title: str = "", **fields: object) -> ContentItem:
    """Return a published item; ``date`` and ``expires`` may be written as text."""
    name = path.rpartition("/")[2].removesuffix(".md")
    known = {"type": "news_item", "state": State.PUBLISHED, "slug": name, "id": name, **fields}
    for key in ("date", "modified", "expires"):
        if isinstance(known.get(key), str):
            known[key] = parse_moment(known[key])
    return ContentItem(path=path, title=title or f"标题{name}", **known)


def make_section(folder: str = "", title: str = "首页", **fields: object) -> ContentItem:
    """Return the item of a section, public unless told otherwise."""
    known = {"details": SectionDetails(), **fields}
    return make_item(f"{folder}/index.md".lstrip("/"), title, type="section", **known)


def make_settings(**fields: object) -> Settings:
    """Return the settings of a small site at ``NOW``."""
    folders = {name: Path(name) for name in ("content", "output", "theme", "cache")}
    known = {"name": "示例县计生协", "url": "https://example.org", "now": NOW, **folders, **fields}
    return Settings(**known)


def pages_of(
    items: list[ContentItem], bodies: Callable[[ContentItem], Body] | None = None, **settings: object
) -> dict[str, Page]:
    """Return the pages of a site of ``items`` by address; every file and picture that is asked for exists."""
    wanted = make_settings(**settings)
    tree, _ = build_tree(items, now=wanted.now, preview=wanted.preview)
    found = compose(tree, bodies or (lambda item: Body(text=item.body)), wanted, files=a_file, pictures=a_picture)
    pages = list(found)
    by_url = {page.url: page for page in pages}
    assert len(by_url) == len(pages), "two pages have one address"
    return by_url


def a_file(path: str) -> FileLink:
    return FileLink(title=path, url="", kind="PDF", size="1 KB")


def a_picture(path: str, alt: str, caption: str, role: str) -> Picture:
    return Picture(src=f"/images/{role}/{path}", width=800, height=450, alt=alt, caption=caption)


@pytest.fixture(scope="session")
def item() -> Callable[..., ContentItem]:
    return make_item


@pytest.fixture(scope="session")
def section() -> Callable[..., ContentItem]:
    return make_section


@pytest.fixture(scope="session")
def settings() -> Callable[..., Settings]:
    return make_settings


@pytest.fixture(scope="session")
def site() -> Callable[..., dict[str, Page]]:
    return pages_of


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW
