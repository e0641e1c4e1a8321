"""Which lines of a text are headings, and of what rank."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from plugins.legacy_html.repairs.edits import Edit
from plugins.legacy_html.repairs.markers import ARABIC, FIRST, SECOND

LONGEST = 45
_INNER_END = re.compile("[。！？；!?;]")
_RUN_IN_END = re.compile("[，,、：:]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line that is a heading: its rank in Markdown (2 for 一、, 3 for （一）) and its text without a final 。"""

    line: int
    level: int
    text: str


def find(
    lines: Sequence[str], bold: Collection[int] = (), levels: Mapping[int, int] | None = None
) -> tuple[Heading, ...]:
    """Return the headings among ``lines``; ``bold`` lines are wholly bold, ``levels`` are those the source calls headings.

    A line that is too long, or ends as a sentence, is a paragraph; so is a lone number, and a heading with nothing below.
    A 。 is dropped where a sister of the same rank has none: the row shows that it is a heading.
    """
    known, rows = dict(levels or {}), dict[int, int]()
    for index, line in enumerate(lines):
        if level := (known.get(index) or _level(line.strip(), is_bold=index in bold)):
            rows[index] = level
    clean = {level for index, level in rows.items() if not lines[index].rstrip().endswith("。")}
    return tuple(
        Heading(line=index, level=level, text=lines[index].strip().removesuffix("。"))
        for index, level in rows.items()
        if not lines[index].rstrip().endswith("。") or (level in clean and is_numbered(lines[index]))
    )


def is_numbered(line: str) -> bool:
    """Whether ``line`` carries a heading's number."""
    return bool(FIRST.match(line.strip()) or SECOND.match(line.strip()))


def _level(line: str, *, is_bold: bool) -> int:
    """The rank of a line by its look, 0 for a paragraph."""
    body = line.removesuffix("。")
    if not 2 <= len(body) <= LONGEST or _INNER_END.search(body) or _RUN_IN_END.search(body):
        return 0
    for mark, level in ((FIRST, 2), (SECOND, 3)):
        if match := mark.match(body):
            return level if len(body) - match.end() >= 2 else 0
    if not is_bold or line.endswith("。"):
        return 0
    return 4 if ARABIC.match(body) else 2


def stops(lines: Sequence[str], headings: Sequence[Heading]) -> tuple[Edit, ...]:
    r"""Return the edits of ``"\n".join(lines)`` that drop the 。 at headings' ends."""
    ends, position = list[int](), 0
    for line in lines:
        ends.append(position + len(line.rstrip()))
        position += len(line) + 1
    return tuple(
        Edit(start=ends[one.line] - 1, end=ends[one.line], before="。", after="", rule="heading_stop")
        for one in headings
        if lines[one.line].rstrip().endswith("。")
    )
