"""Everything a template may read: a page, and the site around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plugins.domain.body import Body, Heading
from plugins.domain.content import ContentItem


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource:
    """One ``<source>``: ``type`` a media type, ``srcset`` ready to print."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in its scales; ``width`` and ``height`` in CSS pixels are those of ``src``."""

    src: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    sizes: str = ""
    sources: tuple[PictureSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry of any listing."""

    title: str
    url: str
    effective: datetime | None = None
    summary: str = ""
    type: str = ""
    section: str = ""
    note: str = ""  # a word shown after the title: 置顶, 已过期, 进行中 …
    pinned: bool = False
    external: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file to download; ``kind`` is what a reader calls it (PDF, Word 文档), ``size`` is written out (1.2 MB)."""

    title: str
    url: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One entry of the main menu; ``current`` is the value of ``aria-current``: ``page``, ``true`` or nothing."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One page of a listing.

    Pages are numbered from the oldest, so that none shifts when an item is added; ``number`` 0 is the front page of
    the listing, which shows the newest. ``total`` and ``pages`` are known to the front page only (0 elsewhere), so
    that an added item changes no older page. ``numbered`` lists (label, url, is this page).
    """

    links: tuple[Link, ...]
    number: int = 0
    total: int = 0
    pages: int = 0
    newest: str = ""
    newer: str = ""
    older: str = ""
    oldest: str = ""
    numbered: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note box above the text: the word first (本通知已过期。), then the rest. ``kind``: expired, corrected, pending, legacy."""

    kind: str
    word: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One labelled fact of an item as shown above its text: 发文字号, 讲话人, 地点 …; ``url`` where it leads somewhere."""

    label: str
    text: str
    url: str = ""
    datetime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A titled group of links on a page: a column on the home page, a program's news, a year of the archive."""

    title: str
    url: str = ""
    links: tuple[Link, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """A ``<meta>``: ``attribute`` is ``name`` or ``property``. Never with an empty value."""

    name: str
    content: str
    attribute: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything a template may read about one page.

    ``template`` is relative to ``theme/templates``. ``body`` is filled in just before rendering; ``body_key`` names it
    (the digest of what it is made from), and ``targets`` gives the address of every internal reference in it, so that
    the value without its body already tells whether the page must be rendered again. ``pictures`` are those of the body,
    by path.
    """

    url: str
    save_as: str
    template: str
    title: str
    head_title: str = ""
    description: str = ""
    item: ContentItem | None = None
    section: Link | None = None
    breadcrumbs: tuple[Link, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    toc: tuple[Heading, ...] = ()
    lead: Picture | None = None
    attachments: tuple[FileLink, ...] = ()
    tags: tuple[Link, ...] = ()
    batch: Batch | None = None
    blocks: tuple[Block, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    related: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    metas: tuple[Meta, ...] = ()
    json_ld: tuple[str, ...] = ()
    correction_url: str = ""
    qr_url: str = ""
    noindex: bool = False
    preview: str = ""  # the banner of a preview build: 待审核 · 预览，尚未发布
    body: Body | None = None
    body_key: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, Picture], ...] = ()
    source: str = ""  # the content file, for reports and the release manifest
    modified: datetime | None = None  # for the site map: when the page's own content last changed
    searchable: bool = False
