"""What pages are composed from, and the parts of a page that come from a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from plugins.domain.body import Body, Heading
from plugins.domain.content import ContentItem
from plugins.domain.pages import FileLink, Link, Picture
from plugins.domain.settings import Settings
from plugins.domain.text import cut
from plugins.navigation.addresses import file_url, nearest
from plugins.navigation.links import entry

if TYPE_CHECKING:
    from plugins.navigation.catalogue import Catalogue
    from plugins.navigation.frames import Frame

Bodies = Callable[[ContentItem], Body]
Files = Callable[[str], FileLink | None]
Pictures = Callable[[str, str, str, str], Picture | None]

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_DESCRIPTION = 120
_BEGINNING = 600  # characters of a text in which its first 120 surely lie
_TOC_FROM = {"leader_article": 4}  # headings of level 2 from which on a text has a table of contents
_TOC_ELSE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """All that pages are made of besides the item at hand; the callables are those of ``compose``."""

    catalogue: Catalogue
    frames: Mapping[str, Frame]
    settings: Settings
    body: Bodies
    body_key: Callable[[ContentItem], str]
    file: Files
    picture: Pictures
    share_image: str = ""

    def entries(self, items: tuple[ContentItem, ...]) -> tuple[Link, ...]:
        """Return listed ``items`` as entries of a list that mixes columns."""
        known = self.catalogue.entries
        return tuple([known[item.path] for item in items])

    def own_entries(self, items: tuple[ContentItem, ...]) -> tuple[Link, ...]:
        """Return ``items`` as entries of their own column's list, which need not name it."""
        now = self.settings.now
        return tuple([entry(item, now) for item in items])

    def canonical(self, url: str) -> str:
        """Return ``url`` with the host, where the settings name it."""
        return f"{self.settings.url}{url}"

    def correction_url(self, item: ContentItem, canonical: str) -> str:
        """Return where a reader reports a mistake in ``item``; ``""`` where the site has no such place."""
        link = self.settings.corrections
        return link and link.replace("{url}", quote(canonical, safe="")).replace("{id}", quote(item.id or item.slug))


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a page takes from its body: all but the HTML itself."""

    key: str = ""
    description: str = ""
    toc: tuple[Heading, ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, Picture], ...] = ()
    files: tuple[tuple[str, str], ...] = ()


def text_of(item: ContentItem, materials: Materials) -> Text:
    """Return what the page of ``item`` takes from its body; the HTML is not looked at."""
    body = materials.body(item)
    targets, pictures, files = _references(body, materials) if body.references else ((), (), ())
    return Text(
        key=materials.body_key(item),
        description=item.summary or cut(body.text[:_BEGINNING], _DESCRIPTION),
        toc=contents_of(item, body.headings),
        targets=targets,
        pictures=pictures,
        files=files,
    )


def contents_of(item: ContentItem, headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the headings of levels 2 and 3 where there are enough of level 2 to be worth a list."""
    if not headings:
        return ()
    chapters = sum(heading.level == 2 for heading in headings)
    if chapters < _TOC_FROM.get(item.type, _TOC_ELSE):
        return ()
    return tuple(heading for heading in headings if heading.level <= 3)


def _references(
    body: Body, materials: Materials
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, Picture], ...], tuple[tuple[str, str], ...]]:
    """Return addresses, pictures and published files of a body's references, each path once, in their order.

    What is not public leads to the nearest public section above it: the sentence stays readable, the link alive.
    A picture that is linked rather than shown leads to its largest published form, never to the original.
    """
    targets: dict[str, str] = {}
    pictures: dict[str, Picture] = {}
    files: dict[str, str] = {}
    for reference in body.references:
        path = reference.path
        if reference.is_image:
            if path not in pictures and (picture := materials.picture(path, "", "", "body")):
                pictures[path] = picture
        elif path in targets:
            continue
        elif path.lower().endswith(PICTURES) and (picture := materials.picture(path, "", "", "full")):
            targets[path] = picture.src
        elif not is_text(path) and materials.file(path):
            targets[path] = files[path] = file_url(path)
        else:
            targets[path] = nearest(item_path(path), materials.catalogue.urls)
    return tuple(targets.items()), tuple(pictures.items()), tuple(files.items())


def is_text(path: str) -> bool:
    """Whether ``path`` names an item or a section rather than a file."""
    name = path.rpartition("/")[2]
    return name.endswith(".md") or "." not in name


def item_path(path: str) -> str:
    """Return the content file that a reference names; a folder stands for its index.

    >>> item_path("news/"), item_path("news/a.md")
    ('news/index.md', 'news/a.md')
    """
    return path if path.endswith(".md") else f"{path.rstrip('/')}/index.md".lstrip("/")
