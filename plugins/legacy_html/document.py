"""The typed value that flows through the recovery pipeline.

A page is a flat sequence of blocks, each one line of text with its inline marks as offsets. Its *canonical text* is every
block's text, each ended by a newline; whatever a stage does to that text is written down as splices (`journal`), so that
the source's extracted text can be rebuilt exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["html", "text", "markdown"]
BlockKind = Literal["paragraph", "heading", "item", "row", "quote", "figure", "code", "rule"]
MarkKind = Literal["strong", "em", "link", "sup", "sub"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One splice that a text function proposes: ``text[start:end] == before`` becomes ``after``.

    Offsets are those of the text the function was given; edits of one call ascend and do not overlap. For a function on
    a sequence of paragraphs they are offsets into ``"\\n".join(paragraphs)``: an edit over a newline joins paragraphs,
    one that inserts a newline splits one.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A splice that was made. ``place`` counts in the text as it stood just before, ``step`` orders the whole record."""

    step: int
    stage: str
    rule: str
    place: int
    before: str
    after: str
    field: str = "text"  # "text" for the canonical text, else the metadata field whose value was changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Text that was taken out, and where it stood (see `Change.place`)."""

    step: int
    stage: str
    rule: str
    place: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """What a person has to look at: the kind of finding, the words concerned, what they may have been, and why."""

    flag: str
    text: str = ""
    suggestion: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An inline span of a block, ``text[start:end]``; a link knows its target."""

    kind: MarkKind
    start: int
    end: int
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The shape of one table cell; its words are a tab-separated part of the row's text."""

    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of a page: a paragraph, a heading, a list item, a table row (cells parted by tabs), a figure's caption.

    ``level`` is a heading's rank or an item's depth, ``group`` tells neighbouring lists and tables apart, ``file`` is a
    figure's picture, ``box`` the container it stood in (an index into `LegacyDocument.boxes`, -1 for none).
    """

    kind: BlockKind
    text: str
    marks: tuple[Mark, ...] = ()
    level: int = 0
    ordered: bool = False
    group: int = 0
    cells: tuple[Cell, ...] = ()
    file: str = ""
    box: int = -1
    centred: bool = False
    seams: tuple[int, ...] = ()  # of a short line: where elements meet without a space between them
    role: str = ""  # what `furniture` found it to be: "article", "title", "info", "crumb" …


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An element that held blocks: its tag, its own hints (id, class, role), and the box around it (-1 for none)."""

    parent: int
    tag: str
    hints: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person or body that wrote the page, with the office as it stood there."""

    name: str
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A named address: a neighbour, an attachment."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the page and its caption."""

    file: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says of itself; a field it does not state stays empty."""

    title: str = ""
    kicker: str = ""
    subtitle: str = ""
    authors: tuple[Author, ...] = ()
    source_name: str = ""
    date: date | None = None  # a datetime with +08:00 where the page gives the time of day
    column: str = ""
    breadcrumb: tuple[str, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    attachments: tuple[Link, ...] = ()
    script: Literal["", "simplified", "traditional"] = ""  # of the source
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the head of an HTML page, or the front matter of a Markdown one, states; material for `metadata`."""

    title: str = ""
    metas: tuple[tuple[str, str], ...] = ()  # (lower-case name or property, content)
    scripts: tuple[str, ...] = ()  # JSON-LD, as it stood
    base: str = ""
    front_matter: str = ""

    def meta(self, *names: str) -> str:
        """The first non-empty content among the metas of these names."""
        found = dict(reversed(self.metas))
        return next((found[name] for name in names if found.get(name)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyDocument:
    """One old page on its way to Markdown, with the record of everything that was done to it."""

    source: str
    raw: bytes
    sha256: str = ""
    base_url: str = ""
    encoding: str = ""
    encoding_reason: str = ""
    kind: Kind = "html"
    decoded: str = ""
    facts: Facts = Facts()
    boxes: tuple[Box, ...] = ()
    extracted: tuple[Block, ...] = ()  # as parsed, never changed afterwards
    surveyed: tuple[Block, ...] = ()  # all blocks with their roles, those taken out included: where `metadata` reads
    blocks: tuple[Block, ...] = ()
    metadata: Metadata = Metadata()
    changes: tuple[Change, ...] = ()
    removed: tuple[Removed, ...] = ()
    flags: tuple[Flag, ...] = ()
    quarantine: tuple[str, ...] = ()  # the reasons; empty when the page may be reviewed and published
    done: tuple[str, ...] = ()  # the stages this document has been through
    html: str = ""
    markdown: str = ""

    @property
    def text(self) -> str:
        """The main text, one paragraph a line, captions at their place, cells of a row parted by a space."""
        return "\n".join(block.text.replace("\t", " ") for block in self.blocks if block.text)

    @property
    def images(self) -> tuple[Image, ...]:
        """The pictures, in the order of the page."""
        return tuple(Image(file=block.file, caption=block.text) for block in self.blocks if block.kind == "figure")


def canonical_text(blocks: Iterable[Block]) -> str:
    """Every block's text, each ended by a newline: what splices count in."""
    return "".join(f"{block.text}\n" for block in blocks)
