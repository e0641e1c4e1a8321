"""The section tree to every page of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plugins.domain.content import ContentItem
from plugins.domain.pages import Page
from plugins.domain.settings import Settings
from plugins.domain.tree import Section
from plugins.navigation.catalogue import Relate, catalogue
from plugins.navigation.frames import frames
from plugins.navigation.materials import Bodies, Files, Materials, Pictures
from plugins.navigation.related import related
from plugins.navigation.section_pages import section_pages
from plugins.navigation.site_pages import archive_pages, home_pages, plain_pages, tag_pages


def compose(
    tree: Section,
    bodies: Bodies,
    settings: Settings,
    *,
    files: Files,
    pictures: Pictures,
    body_keys: Callable[[ContentItem], str] = lambda item: item.digest,
    share_image: str = "",
    relate: Relate = related,
) -> Iterator[Page]:
    """Yield every page of the site, one at a time, in an order that never changes; without body, metas and JSON-LD.

    ``bodies`` gives the converted text of an item, of which HTML is not read and may be missing; ``body_keys`` the digest
    of all it is made from. ``files`` gives kind and size of a file of ``content/``, ``pictures`` a picture by its path,
    alternative text, caption and role (lead, story, share, body, full); both give None for what does not exist.
    ``share_image`` stands in where an item has no picture. ``relate`` may answer from an earlier build where
    ``subjects_digest`` of the items is the same. Bodies, files and pictures are asked for public items only.
    The cost grows with the number of items and no faster.
    """
    materials = Materials(
        catalogue=catalogue(tree, now=settings.now, relate=relate),
        frames=frames(tree, settings),
        settings=settings,
        body=bodies,
        body_key=body_keys,
        file=files,
        picture=pictures,
        share_image=share_image,
    )
    yield from home_pages(materials)
    for section in tree.walk():
        if section is not tree:
            yield from section_pages(section, materials)
    yield from tag_pages(materials)
    yield from archive_pages(materials)
    yield from plain_pages(materials)
