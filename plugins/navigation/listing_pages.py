"""Pages that list items: a front page and the numbered older ones behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from plugins.domain.pages import Batch, Link, Page
from plugins.domain.paths import output_path
from plugins.navigation.addresses import page_url
from plugins.navigation.batches import batches
from plugins.navigation.frames import Frame
from plugins.navigation.materials import Materials

OLDER = "pages/list.html"


def site_page(
    url: str, template: str, title: str, kind: str, frame: Frame, materials: Materials, *, above: tuple[Link, ...] = ()
) -> Page:
    """Return a page that no item stands behind; ``above`` lies between the section of ``frame`` and the page."""
    settings = materials.settings
    return Page(
        url=url,
        save_as=output_path(url),
        template=template,
        title=title,
        kind=kind,
        head_title="_".join([title, *(link.title for link in above[:1]), settings.name]),
        description=f"{settings.name}：{title}",
        canonical=materials.canonical(url),
        section=frame.link,
        column=frame.column,
        breadcrumbs=(*frame.trail, *above, Link(title=title, url="")),
        menu=frame.menu,
        feeds=frame.feeds,
        share_image=materials.share_image,
        noindex=settings.preview,
    )


def with_own_feed(page: Page) -> Page:
    """Return ``page`` with the feed of what it lists before those of its section."""
    return replace(page, feeds=(Link(title=page.title, url=f"{page.url}feed.xml"), *page.feeds))


def listing(front: Page, links: Sequence[Link], size: int, *, pinned: Sequence[Link] = ()) -> Iterator[Page]:
    """Yield ``front`` with its batch of ``links``, then the older pages behind it, the newest of them first."""
    for batch in batches(links, url=front.url, size=size, pinned=pinned):
        yield _older(front, batch) if batch.number else replace(front, batch=batch, modified=_latest(front, batch))


def _latest(front: Page, batch: Batch) -> datetime | None:
    moments = [link.effective for link in batch.links if link.effective]
    return max([*moments, front.modified] if front.modified else moments, default=None)


def _older(front: Page, batch: Batch) -> Page:
    """Return a numbered page: it says where it belongs and lists, no more, so that the front page can change alone."""
    url = page_url(front.url, batch.number)
    label = f"第 {batch.number} 页"
    return Page(
        url=url,
        save_as=output_path(url),
        template=OLDER,
        title=front.title,
        kind="list",
        head_title=f"{front.title}（{label}）{front.head_title.removeprefix(front.title)}",
        description=f"{front.title}（{label}）",
        canonical=front.canonical.removesuffix(front.url) + url,
        section=front.section,
        column=front.column,
        breadcrumbs=(*front.breadcrumbs[:-1], Link(title=front.title, url=front.url), Link(title=label, url="")),
        menu=front.menu,
        feeds=front.feeds,
        share_image=front.share_image,
        noindex=front.noindex,
        batch=batch,
        source=front.source,
        modified=max((link.effective for link in batch.links if link.effective), default=None),
    )
