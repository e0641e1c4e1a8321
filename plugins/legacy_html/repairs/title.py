"""Which of the lines above a text is its title, also over two lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from plugins.legacy_html.repairs.furniture import Furniture, crumbs
from plugins.legacy_html.repairs.han import han_count

_OPEN = re.compile("[暨和与及的在对为关于就将把向从、，,：:（(“《—]$|关于$")
_GOES_ON = re.compile("^(?:的|和|与|及|暨|、|，|”|》|）|上的|中的|座谈会|工作会议)")
_INNER = re.compile(r"(?<=[暨和与及的在、，：])[ \u3000\u00a0]+|[ \u3000\u00a0]+(?=[的和与及暨、，：”》）]|——|上的)")
_BLANK = re.compile(r"[ \u3000\u00a0]+")
_PAPER = re.compile(
    "(?:讲话|报告|发言|通知|意见|决定|方案|办法|通报|汇报|致辞|总结|纪要|公告|倡议书|思考|启示|体会|做法)$"
)
_BEGINS = re.compile("在|关于|《|“")
_NAMED = re.compile(r"《([^《》]{6,60}?)(?:\.docx?|\.pdf|\.pptx?|（|\()?[^《》]{0,12}》")
_LONGEST = 60
_CUT = re.compile(r"(?:\.{2,}|…+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A page's title and the lines it stood in; no line and no text where there is none."""

    text: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clues:
    """What the rest of the page says of its title."""

    trails: tuple[str, ...]  # breadcrumb lines, as keys
    counts: Counter[str]  # how often each line stands on the page
    levels: Mapping[int, int]
    first: int  # the first candidate
    below: int  # the first one below a library's banners, -1 without banners
    byline: int  # the first line that says who and when


def choose(
    lines: Sequence[str],
    candidates: Sequence[int],
    kinds: Sequence[Furniture],
    levels: Mapping[int, int],
    bylines: Collection[int] = (),
) -> Title:
    """Return the title among the ``candidates`` (lines above the text that nothing else explains).

    It stands above the ``bylines`` where anything does, and below what a document library put on top.
    """
    plain = [index for index in candidates if han_count(lines[index]) >= 3 and len(lines[index]) <= 90]
    if not plain:
        return Title()
    banner = max((index for index in range(plain[-1]) if kinds[index] == "banner"), default=-1)
    clues = _Clues(
        trails=tuple(folded(line) for line, kind in zip(lines, kinds, strict=True) if kind == "breadcrumb"),
        counts=Counter(folded(line.strip()) for line in lines if len(line) <= 90),
        levels=levels,
        first=plain[0],
        below=next(index for index in plain if index > banner) if banner >= 0 else -1,
        byline=min(bylines, default=len(lines)),
    )
    best = max(plain, key=lambda index: (_score(lines[index].strip(), index, clues), -index))
    group = _group(lines, best, plain, known_stems(lines, kinds))
    text = close_title("".join(lines[index].strip() for index in group))
    return Title(text=text, lines=tuple(group))


def _score(line: str, index: int, clues: _Clues) -> int:
    """How much speaks for a line: its length and rank, copies of it elsewhere, its place."""
    size, key = len(line), folded(line)
    named = size >= 6 and any(key[:8] in trail and not (trail.endswith(key) and size < 10) for trail in clues.trails)
    score = 3 if 10 <= size <= 50 else 1 if size >= 6 else 0
    score += {0: 0, 1: 5}.get(clues.levels.get(index, 0), 2)
    score += 4 * named + 3 * (size >= 8 and clues.counts[key] > 1)
    score += 2 * (index == clues.below) + (index == clues.first)
    return score - 6 * (line[-1] in "。；;") - 4 * (index > clues.byline)


def close_title(text: str) -> str:
    """Return a title without the spaces that a line's end left: behind a word that cannot end, before one that cannot begin.

    >>> close_title("在理事会暨 全省工作会议上 的讲话"), close_title("深化改革 助力发展")
    ('在理事会暨全省工作会议上的讲话', '深化改革 助力发展')
    """
    return _BLANK.sub(" ", _INNER.sub("", text.strip()))


def folded(text: str) -> str:
    """Return a title as a key: without spaces, marks in one width."""
    return _BLANK.sub("", text).translate(str.maketrans("，：；？！（）", ",:;?!()"))


def _group(lines: Sequence[str], best: int, plain: Sequence[int], known: Sequence[str]) -> list[int]:
    """The lines of a title that is written over several: each breaks off, or the next cannot begin."""
    group = [best]
    while group[0] - 1 in plain and _runs_on(lines[group[0] - 1], lines[group[0]], known):
        group.insert(0, group[0] - 1)
    while group[-1] + 1 in plain and _runs_on(lines[group[-1]], lines[group[-1] + 1], known):
        group.append(group[-1] + 1)
    return group


def _runs_on(first: str, second: str, known: Sequence[str]) -> bool:
    """Whether a title goes on from one line to the next; ``known`` are cut copies of it elsewhere on the page."""
    first, second = first.strip(), second.strip()
    if _OPEN.search(first) or _GOES_ON.match(second):
        return True
    whole, start = folded(first + second), folded(first)
    if any(len(stem) > len(start) and stem.startswith(start) and whole.startswith(stem) for stem in known):
        return True
    if len(whole) > _LONGEST or _PAPER.search(first) or not _PAPER.search(second) or _BEGINS.match(second):
        return False
    return bool(_BEGINS.match(first)) or bool(re.search("的[^的]{2,4}$", second))


def known_stems(lines: Sequence[str], kinds: Sequence[Furniture]) -> tuple[str, ...]:
    """Return the title as breadcrumbs and banners give it, cut perhaps, as keys."""
    stems = list[str]()
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "breadcrumb":
            stems.append(_CUT.sub("", (crumbs(line.strip()) or ("",))[-1]))
        elif kind == "banner" and (named := _NAMED.search(line)):
            stems.append(named[1])
    return tuple(stem for stem in map(folded, stems) if len(stem) >= 6)
