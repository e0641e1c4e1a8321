"""One validated piece of content, and the kinds of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """Where an item stands in its workflow; only ``published`` is ever public."""

    PRIVATE = "private"
    PENDING = "pending"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A person as an article names them: name and, where given, the office held then."""

    name: str
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a text was first published."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadImage:
    """The picture that stands for an item; ``path`` is relative to the content folder."""

    path: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with an item; ``path`` is relative to the content folder."""

    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was put right after publication, and when."""

    date: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFlag:
    """What a person has to look at before a recovered page may be published."""

    flag: str
    text: str = ""
    suggestion: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One of the three reviews: who, in which role, when, and the digest of the exact text they saw."""

    role: str
    name: str
    date: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding of a check that a person has decided to let stand: which rule, why, and until which day.

    ``text`` narrows it to findings that quote this text; ``""`` waives the whole rule for the item.
    """

    rule: str
    name: str
    reason: str
    until: date
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Legacy:
    """Where a recovered page came from, as its readers are told."""

    url: str = ""
    sha256: str = ""
    record: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainDetails:
    """A type that has the common fields only: page, news item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionDetails:
    """A column: how it lists its items, and who keeps it."""

    page_size: int = 0  # 0: the site's PAGE_SIZE
    owner: str = ""
    update_days: int = 0
    default_type: str = ""
    show_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderArticleDetails:
    """A speech or signed article of a leader."""

    speaker: str = ""
    office: str = ""
    occasion: str = ""
    spoken_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramDetails:
    """A program: whom it serves, how to take part, and when it runs."""

    audience: str = ""
    participation: str = ""
    phone: str = ""
    place: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDetails:
    """A notice or an official file."""

    document_number: str = ""
    issuing_body: str = ""
    issued_on: date | None = None
    deadline: date | None = None
    repealed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDetails:
    """Something that takes place."""

    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    organiser: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDetails:
    """An entry of a column that leads elsewhere."""

    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionDetails:
    """A saved query; an empty field does not restrict."""

    types: tuple[str, ...] = ()
    section: str = ""
    any_tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    order: str = "newest"
    limit: int = 0
    page_size: int = 0  # 0: the site's PAGE_SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """A person and the office held, as the register of people has it."""

    office: str = ""
    organisation: str = ""
    since: date | None = None
    until: date | None = None


Details = (
    PlainDetails
    | SectionDetails
    | LeaderArticleDetails
    | ProgramDetails
    | NoticeDetails
    | EventDetails
    | LinkDetails
    | CollectionDetails
    | PersonDetails
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentItem:
    """One validated piece of content, without HTML.

    ``path`` is relative to the content folder, with ``/``. ``body`` is Markdown as written; it begins at ``body_line``
    of the file. ``lines`` tells where each front matter key stands, for problems that are found later.
    References (``related``, pictures, attachments) are paths relative to the content folder; ``people`` and ``programs``
    are the titles of person and program items.
    """

    path: str
    type: str
    title: str
    state: State
    slug: str
    id: str
    date: datetime | None = None
    modified: datetime | None = None
    expires: datetime | None = None
    kicker: str = ""
    subtitle: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    region: str = ""
    authors: tuple[Credit, ...] = ()
    source: Source | None = None
    editor: str = ""
    people: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    redirect_from: tuple[str, ...] = ()
    lead_image: LeadImage | None = None
    attachments: tuple[Attachment, ...] = ()
    correction: Correction | None = None
    pinned: bool = False
    exclude_from_nav: bool = False
    order: int = 0
    lang: str = "zh-CN"
    review: tuple[ReviewFlag, ...] = ()
    quarantine: str = ""
    approvals: tuple[Approval, ...] = ()
    legacy: Legacy | None = None
    waivers: tuple[Waiver, ...] = ()
    details: Details = field(default_factory=PlainDetails)
    body: str = ""
    body_line: int = 1
    digest: str = ""
    lines: tuple[tuple[str, int], ...] = ()

    @property
    def folder(self) -> str:
        """The folder of the item, relative to the content folder; ``""`` for the root."""
        return self.path.rpartition("/")[0]

    @property
    def is_section(self) -> bool:
        """Whether the item is a column: an ``index.md`` of type section."""
        return self.type == "section"

    def line_of(self, key: str) -> int:
        """Return the line of a front matter key, 1 where it is not written."""
        return dict(self.lines).get(key, 1)


def is_effective(item: ContentItem, now: datetime) -> bool:
    """Whether ``item`` is published and its date has come; its column may still hide it."""
    return item.state is State.PUBLISHED and (item.date is None or item.date <= now)


def is_expired(item: ContentItem, now: datetime) -> bool:
    """Whether ``item`` has passed its expiry: it keeps its address and leaves the lists."""
    return item.expires is not None and item.expires <= now
