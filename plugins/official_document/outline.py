"""From blocks of text to headings: only what surely is a heading becomes one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from plugins.domain.body import Heading
from plugins.domain.outline import BlockKind, Fault, Outline, TextBlock
from plugins.official_document.numbering import FIRST_CHARACTERS, Numbered, Rank, numeral, read_number, run_ins

MAX_CHARACTERS = 40
TOP, DEEPEST = 2, 6  # the levels of HTML below the page's title
_SENTENCE = re.compile(r"[。！？!?；;：:，,…]$|[。！？!?；;：:]")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Entry:
    """A block that has a number or is a written heading, with its place in the hierarchy."""

    block: int
    rank: int
    text: str
    number: Numbered | None
    is_written: bool
    is_short: bool
    parent: _Entry | None = None
    has_content: bool = False
    is_heading: bool = False


def outline(blocks: Sequence[TextBlock]) -> Outline:
    """Return the headings among ``blocks`` with levels that never skip, and the faults of their numbering."""
    entries = list(_entries(blocks))
    if not entries:
        return Outline(headings=(None,) * len(blocks), faults=tuple(_run_in_faults(blocks)))
    _nest(entries)
    _weigh(entries, len(blocks))
    headings = _headings(entries, blocks)
    faults = (*_number_faults(entries), *_run_in_faults(blocks))
    return Outline(headings=headings, faults=tuple(sorted(faults, key=lambda fault: fault.block)))


def anchor_of(words: str, parent: str = "") -> str:
    """Return the anchor of a heading from its own words, without its number, and the anchor it stands under.

    >>> anchor_of("总体要求") == anchor_of(" 总体要求 ") != anchor_of("总体要求", "h-1")
    True
    """
    text = f"{parent}\0{_SPACE.sub('', words)}"
    return "h-" + blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _entries(blocks: Sequence[TextBlock]) -> Iterator[_Entry]:
    ranks: dict[int, int] = {}  # the rank that written headings of a level last had
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.OTHER:
            continue
        is_written = block.kind is BlockKind.HEADING
        if not is_written and block.text[:1] not in FIRST_CHARACTERS:
            continue
        number = read_number(block.text)
        if is_written:
            rank = number.rank if number else ranks.get(block.level, block.level + 1)
            ranks[block.level] = rank
        elif number:
            rank = number.rank
        else:
            continue
        yield _Entry(
            block=index,
            rank=rank,
            text=block.text,
            number=number,
            is_written=is_written,
            is_short=len(block.text) <= MAX_CHARACTERS and not _SENTENCE.search(block.text),
        )


def _nest(entries: Sequence[_Entry]) -> None:
    """Give each entry the one it stands under."""
    open_: list[_Entry] = []
    for entry in entries:
        while open_ and open_[-1].rank >= entry.rank:
            open_.pop()
        entry.parent = open_[-1] if open_ else None
        open_.append(entry)


def _weigh(entries: Sequence[_Entry], count: int) -> None:
    """Decide which entries are headings: those written so, and short ones of a series that mostly has text under it."""
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        next_block = following.block if following else count
        opens = following is not None and following.rank > entry.rank
        entry.has_content = next_block > entry.block + 1 or opens
    series: dict[tuple[int, int], list[_Entry]] = {}
    for entry in entries:
        series.setdefault((id(entry.parent), entry.rank), []).append(entry)
    for members in series.values():
        sound = sum(entry.has_content and (entry.is_short or entry.is_written) for entry in members)
        is_series = 2 * sound > len(members)
        for entry in members:
            stands = is_series and entry.is_short and _has_standing(entry, len(members))
            entry.is_heading = entry.is_written or stands


def _has_standing(entry: _Entry, count: int) -> bool:
    """Whether a number of a low rank belongs to a hierarchy: it stands under another, or is one of several."""
    return entry.rank <= Rank.SECOND or entry.parent is not None or count > 1


def _headings(entries: Sequence[_Entry], blocks: Sequence[TextBlock]) -> tuple[Heading | None, ...]:
    headings: list[Heading | None] = [None] * len(blocks)
    open_: list[tuple[int, str]] = []  # rank and anchor
    used = {block.anchor for block in blocks if block.anchor}
    for entry in entries:
        if not entry.is_heading:
            continue
        while open_ and open_[-1][0] >= entry.rank:
            open_.pop()
        words = entry.number.words if entry.number else entry.text
        own = blocks[entry.block].anchor
        anchor = own or _unused(anchor_of(words), anchor_of(words, open_[-1][1] if open_ else ""), used)
        used.add(anchor)
        open_.append((entry.rank, anchor))
        level = min(TOP - 1 + len(open_), DEEPEST)
        headings[entry.block] = Heading(level=level, text=entry.text, anchor=anchor)
    return tuple(headings)


def _unused(plain: str, below: str, used: set[str]) -> str:
    """Return the first anchor that is free: of the words, of the words below their parent, then with a count."""
    if plain not in used:
        return plain
    anchor, count = below, 2
    while anchor in used:
        anchor, count = f"{below}-{count}", count + 1
    return anchor


def _number_faults(entries: Sequence[_Entry]) -> Iterator[Fault]:
    """Yield numbers that are skipped, doubled or that do not begin at the beginning."""
    last: dict[tuple[int, int], int] = {}
    for entry in entries:
        if entry.number is None:
            continue
        place = (id(entry.parent), entry.rank)
        rank, value, before = entry.number.rank, entry.number.value, last.get(place, 0)
        last[place] = value
        if value == before + 1 or (value == 1 and not entry.is_heading):
            continue
        if value == before:
            message, hint = f"序号“{entry.number.label}”重复", f"前一个也是它，应为“{numeral(rank, value + 1)}”"
        elif before:
            message, hint = f"序号从“{numeral(rank, before)}”跳到“{numeral(rank, value)}”", _expected(rank, before + 1)
        elif entry.is_heading:
            message, hint = f"序号从“{numeral(rank, value)}”开始", _expected(rank, 1)
        else:
            continue
        yield Fault(block=entry.block, message=message, hint=hint)


def _run_in_faults(blocks: Sequence[TextBlock]) -> Iterator[Fault]:
    """Yield skipped numbers among 一是, 二是 …, which may go on over several paragraphs."""
    before = 0
    for index, block in enumerate(blocks):
        if "是" not in block.text or block.kind is BlockKind.HEADING:
            continue
        for value in run_ins(block.text):
            if before and value > before + 1:
                skipped = numeral(Rank.FIRST, before + 1)
                message = f"“{numeral(Rank.FIRST, before)}是”之后是“{numeral(Rank.FIRST, value)}是”"
                yield Fault(block=index, message=message, hint=f"缺“{skipped}是”，请核对")
            before = value if value == 1 or before else 0


def _expected(rank: Rank, value: int) -> str:
    return f"缺“{numeral(rank, value)}”，请核对"
