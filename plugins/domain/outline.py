"""The blocks of a text as a reader of outlines sees them, and what it says of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from plugins.domain.body import Heading


class BlockKind(Enum):
    """What a block was written as."""

    PARAGRAPH = "paragraph"  # one line of running text
    HEADING = "heading"  # ## in Markdown, <h2> in HTML
    OTHER = "other"  # a list, a table, a picture, several lines


class TextBlock(NamedTuple):
    """A block of an article: its plain text, and for a written heading its ``level`` and own ``anchor``."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with the outline at the block with index ``block``."""

    block: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """``headings`` goes along with the blocks, None where one is no heading."""

    headings: tuple[Heading | None, ...] = ()
    faults: tuple[Fault, ...] = ()
