"""The section tree to every page of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plugins.domain.content import ContentItem
from plugins.domain.pages import Page
from plugins.domain.settings import Settings
from plugins.domain.tree import Section
from plugins.navigation.catalogue import Relate, catalogue
from plugins.navigation.families import families
from plugins.navigation.frames import frames
from plugins.navigation.materials import Bodies, Files, Materials, Pictures
from plugins.navigation.related import related


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

    See ``materials_of`` for what is passed. A build that knows an earlier one goes by ``families`` instead.
    The cost grows with the number of items and no faster.
    """
    materials = materials_of(
        tree,
        bodies,
        settings,
        files=files,
        pictures=pictures,
        body_keys=body_keys,
        share_image=share_image,
        relate=relate,
    )
    for family in families(materials):
        yield from family.pages()


def materials_of(
    tree: Section,
    bodies: Bodies,
    settings: Settings,
    *,
    files: Files,
    pictures: Pictures,
    body_keys: Callable[[ContentItem], str] = lambda item: item.digest,
    share_image: str = "",
    relate: Relate = related,
) -> Materials:
    """Return what the pages of ``tree`` are composed from.

    ``bodies`` gives the converted text of an item, of which HTML is not read and may be missing; ``body_keys`` the digest
    of all it is made from. ``files`` gives kind and size of a file of ``content/``, ``pictures`` a picture by its path,
    alternative text, caption and role (lead, story, share, body, full); both give None for what does not exist.
    ``share_image`` stands in where an item has no picture. ``relate`` may answer from an earlier build where
    ``subjects_digest`` of the items is the same. Bodies, files and pictures are asked for public items only.
    """
    return Materials(
        catalogue=catalogue(tree, now=settings.now, relate=relate),
        frames=frames(tree, settings),
        settings=settings,
        body=bodies,
        body_key=body_keys,
        file=files,
        picture=pictures,
        share_image=share_image,
    )
