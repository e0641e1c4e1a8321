"""Everything a template may read: a page, and the site around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from plugins.domain.body import Body, Heading
from plugins.domain.content import ContentItem

RELATED = 5  # related items a page shows at most


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
    """One entry of any listing; an empty ``url`` is plain text (the last breadcrumb, a person without a page).

    Only what the listing shows is filled in: ``summary`` and ``picture`` for the lead story, ``section`` (the column's
    title) where columns are mixed, ``note`` words after the title: 进行中, 2024年6月2日 · 未开始, 12 篇, an author's office.
    """

    title: str
    url: str
    effective: datetime | None = None
    summary: str = ""
    type: str = ""
    section: str = ""
    note: str = ""
    pinned: bool = False
    external: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file to download; ``kind`` is what a reader calls it (PDF, Word 文档), ``size`` is written out (1.2 MB).

    Shown as ``title（kind，size）``; either may be empty.
    """

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
    the listing, which shows the newest. ``total`` (items) and ``pages`` (pages, the front page included) are known to the
    front page only (0 elsewhere), so that an added item changes no older page. The front page is page ``pages`` in words.
    ``newest``, ``newer``, ``older``, ``oldest`` are addresses, ``""`` where there is none.
    ``numbered`` lists (label, url, is this page), newest first; a gap in the labels is to be shown as one.
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
    """A note box above the text: ``word`` first (本通知已过期。, 更正：), then the rest.

    ``kind`` is one of expired, repealed, corrected, legacy, pending (the last in a preview only).
    """

    kind: str
    word: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One labelled fact of an item as shown above its text: 发文字号, 讲话人, 地点 …; never with an empty ``text``.

    ``url`` is where it leads (a person's page, ``tel:``); ``datetime`` the machine's form of a date, for ``<time>``.
    """

    label: str
    text: str
    url: str = ""
    datetime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A titled group of links on a page; ``url`` leads to all of them (更多〈title〉), ``""`` where these are all.

    ``kind``: notices, column, collection (home and section pages), by (a person's own articles), year (archive),
    map (the site map: all columns, then what each holds that stays), help (where to go from a 404, 410 or search page).
    """

    title: str
    url: str = ""
    links: tuple[Link, ...] = ()
    kind: str = ""


class Meta(NamedTuple):
    """A ``<meta>``: ``attribute`` is ``name`` or ``property``. Never with an empty value."""

    name: str
    content: str
    attribute: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What the tags of a page say about its column (ColumnName, ColumnDescription, ColumnKeywords, ColumnType)."""

    name: str
    url: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything a template may read about one page.

    ``template`` is relative to ``theme/templates``: ``types/<type>.html`` for an item (a section's front page included),
    ``pages/home.html``, ``pages/list.html`` for the older pages of any listing, ``pages/tags.html`` (a batch of one page) and
    ``pages/tag.html``, ``pages/archive.html``, ``pages/archive_year.html`` and ``pages/archive_month.html``,
    ``pages/sitemap.html``, ``pages/search.html``, ``pages/404.html``, ``pages/410.html``. ``kind`` says the same in one
    word: home, section, item, list, tags, tag, archive, year, month, map, search, error.

    ``item`` holds only what templates show: no Markdown, no workflow. Whatever of its fields is linked or depends on the
    day is given again, ready to show: ``authors``, ``facts``, ``notes``, ``tags``, ``attachments``, ``lead``.
    ``body`` (with ``metas`` and ``json_ld``, which follow from the page and the settings) is filled in just before
    rendering; ``body_key`` names it (the digest of what it is made from), and ``targets`` and ``pictures`` give the address
    of every internal reference in it by its path in content, so that the value without them already tells whether the
    page must be rendered again.
    """

    url: str  # from the host's root
    save_as: str
    template: str
    title: str  # the h1
    kind: str = "item"
    head_title: str = ""  # 标题_栏目_站名
    description: str = ""
    canonical: str = ""  # with the host, where the settings name it
    item: ContentItem | None = None
    section: Link | None = None  # the section the page is in (or is), None on the home page
    column: Column | None = None
    breadcrumbs: tuple[Link, ...] = ()  # the last is text: 正文 for articles, else the page's own title
    menu: tuple[MenuEntry, ...] = ()
    authors: tuple[Link, ...] = ()  # 作者 with their office as note, linked where they have a page
    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    toc: tuple[Heading, ...] = ()  # empty where the text is too short for one; levels 2 and 3
    lead: Picture | None = None
    lead_story: Link | None = None  # home page only
    attachments: tuple[FileLink, ...] = ()
    tags: tuple[Link, ...] = ()
    batch: Batch | None = None
    blocks: tuple[Block, ...] = ()
    previous: Link | None = None  # 上一篇: the older one in the column
    next: Link | None = None  # 下一篇: the newer one
    related: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()  # Atom: the column's, then the site's
    metas: tuple[Meta, ...] = ()
    json_ld: tuple[str, ...] = ()  # each the whole content of a script element, already escaped for it
    share_image: str = ""  # og:image, from the host's root
    correction_url: str = ""  # 我要纠错
    qr_url: str = ""  # a PNG beside the page that holds ``canonical``
    calendar_url: str = ""  # an event's iCal file
    expired: bool = False
    noindex: bool = False
    preview: str = ""  # the banner of a preview build: 待审核 · 预览，尚未发布
    body: Body | None = None
    body_key: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, Picture], ...] = ()
    files: tuple[tuple[str, str], ...] = ()  # (path in content, address) of every file that is public through this page
    source: str = ""  # the content file, for reports and the release manifest
    modified: datetime | None = None  # for the site map: when the page's own content last changed
    searchable: bool = False
