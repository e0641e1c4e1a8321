"""A text dump as a reader sees it: what each line is, and what the lines outside the text say of the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from plugins.legacy_html.document import Author
from plugins.legacy_html.repairs import pinyin, script
from plugins.legacy_html.repairs.byline import Byline, read
from plugins.legacy_html.repairs.figures import is_picture
from plugins.legacy_html.repairs.furniture import Furniture, column_of, crumbs, furniture, neighbours
from plugins.legacy_html.repairs.headings import find
from plugins.legacy_html.repairs.markers import is_block_start, is_numbered_heading
from plugins.legacy_html.repairs.paragraphs import is_prose
from plugins.legacy_html.repairs.title import Title, choose, folded

Role = Literal["body", "title", "kicker", "subtitle", "column", "breadcrumb", "byline", "teaser", "neighbour", "banner", "share", "related", "footer", "navigation", "site"]  # fmt: skip

_SALUTATION = re.compile(r"[^。！？]{2,30}[：:]$")
_SITE = re.compile(r"^.{2,24}(?:网|协会|委员会|局|政府|门户网站|官网|官方网站|在线)$")
_TEASER = 15
_LONGEST_TEASER = 240
_TOP = 20
_EDGE = 150
_CUT = re.compile(r"(?:\.{2,}|…+|\[?详[细情]\]?)\s*$")
_TRAILING = ("neighbour", "share", "related", "footer", "banner")
_RUBRIC = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """What the lines of a text dump are, one role a line, and what they state."""

    roles: tuple[Role, ...]
    title: str = ""
    kicker: str = ""
    subtitle: str = ""
    authors: tuple[Author, ...] = ()
    source_name: str = ""
    moment: date | None = None
    month: str = ""
    editors: tuple[str, ...] = ()
    column: str = ""
    breadcrumb: tuple[str, ...] = ()
    previous: str = ""
    next: str = ""


def readable(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines without injected readings and in Simplified characters, one for one."""
    text = "\n".join(lines)
    mended = script.simplify(pinyin.strip(text).text).text
    return tuple(mended.split("\n"))


def understand(lines: Sequence[str], bold: Collection[int] = (), levels: Mapping[int, int] | None = None) -> Dump:
    """Say what each line of a text dump is, and read what stands outside the text.

    ``lines`` are `readable`; ``bold`` ones are wholly bold, ``levels`` gives the rank of those the source calls headings.
    """
    kinds = tuple(furniture(line) if _is_near_edge(index, len(lines)) else "" for index, line in enumerate(lines))
    levels = dict(levels or {})
    roles: list[Role] = ["body"] * len(lines)
    first, last = _body(lines, kinds, levels)
    teasers = _teasers(lines, first)
    bylines = _mark_edges(lines, kinds, roles, first, last)
    for index in teasers:
        roles[index] = "teaser"
    title = choose(lines, [index for index in range(first) if roles[index] == "body"], kinds, levels, bylines)
    for index in title.lines:
        roles[index] = "title"
    kicker, rubric = _leftovers(
        lines, roles, first, title, frozenset(bold) | {key for key in levels if levels[key] > 1}
    )
    return _stated(lines, kinds, roles, bylines, title, kicker, rubric)


def _body(lines: Sequence[str], kinds: Sequence[Furniture], levels: Mapping[int, int]) -> tuple[int, int]:
    """The first line of running text (or of a heading above it) and the last; an empty page has none."""
    teasers = _teasers(lines, len(lines))

    def is_text(index: int) -> bool:
        line = lines[index]
        if kinds[index] or index in teasers or levels.get(index) == 1 or not _is_text(line):
            return False
        return not (_is_near_edge(index, len(lines)) and _is_byline(line))

    first = next((index for index in range(len(lines)) if is_text(index)), None)
    if first is None:
        return _verse(lines, kinds)
    sure = (index for index in range(len(lines) - 1, first, -1) if is_text(index) and _is_sure(lines[index]))
    return first, _end(lines, kinds, next(sure, first))


def _is_near_edge(index: int, count: int) -> bool:
    """Whether a line is near the top or the end of a page, where furniture stands."""
    return index < _EDGE or index >= count - _EDGE


def _is_sure(line: str) -> bool:
    """Whether a line is text wherever it stands: an item may belong to a footer."""
    return is_prose(line) or not is_block_start(line)


def _end(lines: Sequence[str], kinds: Sequence[Furniture], last: int) -> int:
    """The last line of the text: behind its last sentence only items, and a picture with its caption."""
    while last + 1 < len(lines) and not kinds[last + 1]:
        following = lines[last + 1].strip()
        if not (is_picture(following) or is_picture(lines[last]) or _is_text(following)):
            break
        last += 1
    return last


def _is_byline(line: str) -> bool:
    return len(line) <= 120 and not is_prose(line) and read(line) is not None


def _is_text(line: str) -> bool:
    line = line.strip()
    if is_prose(line) or (len(line) >= 12 and line[-1:] in "。！？"):
        return True
    return bool(_SALUTATION.match(line)) or is_numbered_heading(line) or (is_block_start(line) and len(line) > 6)


def _verse(lines: Sequence[str], kinds: Sequence[Furniture]) -> tuple[int, int]:
    """A text without prose, such as a poem: what follows the first two lines that are no furniture."""
    columns = {
        entry for line, kind in zip(lines, kinds, strict=True) if kind == "breadcrumb" for entry in crumbs(line.strip())
    }
    marks = [index for index, kind in enumerate(kinds) if kind in _TRAILING and index > len(kinds) / 3]
    end = marks[0] if marks else len(lines)
    while marks and kinds[end - 1] == "contact":
        end -= 1
    plain = [
        index
        for index, line in enumerate(lines[:end])
        if line.strip() not in columns | {""}
        and not (kinds[index] and kinds[index] != "contact")
        and not _is_byline(line)
    ]
    if len(plain) < 3:
        return (plain[-1] if plain else 0), (plain[-1] if plain else -1)
    return plain[1], plain[-1]


def _teasers(lines: Sequence[str], end: int) -> frozenset[int]:
    """Lines that are the beginning of a later paragraph, cut off."""
    return frozenset(
        index
        for index, line in enumerate(lines[: min(end, _TOP)])
        if _TEASER <= len(line) <= _LONGEST_TEASER
        and any(is_teaser(line, other) for other in lines[index + 1 : index + 8])
    )


def is_teaser(line: str, other: str) -> bool:
    """Whether ``line`` is the beginning of ``other``, but for spaces, the width of marks, and foreign words."""
    if not _TEASER <= len(line) <= _LONGEST_TEASER or line.lstrip()[:1] != other.lstrip()[:1]:
        return False
    stem = folded(_CUT.sub("", line))
    start = folded(other[: 2 * len(line)])
    if len(stem) < _TEASER or len(start) < len(stem) + 10 or stem[:4] != start[:4]:
        return False
    if stem[-1] in "。！？" and not _CUT.search(line):
        return False
    matcher = SequenceMatcher(None, stem, start[: len(stem) + 4], autojunk=False)
    return start.startswith(stem) or sum(block.size for block in matcher.get_matching_blocks()) >= 0.85 * len(stem)


def _mark_edges(
    lines: Sequence[str], kinds: Sequence[Furniture], roles: list[Role], first: int, last: int
) -> dict[int, Byline]:
    """Give furniture and bylines above and below the text their roles; return the bylines."""
    bylines = dict[int, Byline]()
    trailing = _trailing(kinds, last)
    columns = {
        entry for line, kind in zip(lines, kinds, strict=True) if kind == "breadcrumb" for entry in crumbs(line.strip())
    }
    for index, line in enumerate(lines):
        above, below = index < first, index > last
        kind = kinds[index]
        if not (above or below):
            continue
        if kind and kind != "contact":
            roles[index] = kind
        elif line.strip() in columns:
            roles[index] = "column"
        elif (found := read(line, near_title=above)) is not None and not _is_signature(found, above):
            roles[index], bylines[index] = "byline", found
        elif below and index > trailing:
            roles[index] = "footer"
        elif below and found is not None and not found.is_empty:
            bylines[index] = found  # a signature's date is the text's, and tells
    return bylines


def _is_signature(found: Byline, above: bool) -> bool:
    """Whether a line below the text is the text's own signature: a bare date, a bare office and name."""
    return not above and not found.labels and bool(found.moment) and not found.source_name


def _trailing(kinds: Sequence[Furniture], last: int) -> int:
    """The first line below the text behind which nothing is text any more."""
    marks = [index for index in range(last + 1, len(kinds)) if kinds[index] in _TRAILING]
    if not marks:
        return len(kinds)
    start = marks[0]
    while start > last + 1 and kinds[start - 1] == "contact":
        start -= 1
    return start - 1


def _leftovers(
    lines: Sequence[str], roles: list[Role], first: int, title: Title, strong: frozenset[int]
) -> tuple[str, str]:
    """Give roles to what is left above the text: kicker, rubric, site name, a heading of the text."""
    kicker, rubric, known = "", "", folded(title.text)
    heads = {heading.line for heading in find(lines[:first], bold=strong)}
    for index in range(first):
        line = lines[index].strip()
        if roles[index] != "body" or not line:
            continue
        if folded(line) == known:
            roles[index] = "title"
        elif index + 1 >= first and index in heads | strong and index > max(title.lines, default=-1):
            continue  # the heading of the first section
        elif re.match("[—–-]{1,2}", line) and title.lines and index == max(title.lines) + 1:
            roles[index] = "subtitle"
        elif title.lines and index < min(title.lines):
            roles[index] = "site" if _SITE.match(line) or index + 1 < min(title.lines) else "kicker"
            kicker = line if roles[index] == "kicker" else kicker
        elif index in strong or not title.lines:
            roles[index] = "kicker" if title.lines else "body"
            kicker = kicker + line if title.lines else kicker
        elif len(line) <= _RUBRIC and not rubric and re.search("[\u4e00-\u9fff]", line):
            roles[index], rubric = "column", line
    return kicker, rubric


def _stated(
    lines: Sequence[str],
    kinds: Sequence[Furniture],
    roles: list[Role],
    bylines: Mapping[int, Byline],
    title: Title,
    kicker: str,
    rubric: str,
) -> Dump:
    found = list(bylines.values())
    entries = next((crumbs(line.strip()) for line, role in zip(lines, roles, strict=True) if role == "breadcrumb"), ())
    column, path = column_of(entries, title.text)
    around = dict(
        pair for line, role in zip(lines, roles, strict=True) if role == "neighbour" for pair in neighbours(line)
    )
    subtitle = next(
        (re.sub("^[—–-]+", "", lines[index].strip()) for index, role in enumerate(roles) if role == "subtitle"), ""
    )
    return Dump(
        roles=tuple(roles),
        title=title.text,
        kicker=kicker,
        subtitle=subtitle,
        authors=next((one.authors for one in found if one.authors), ()),
        source_name=next((one.source_name for one in found if one.source_name), ""),
        moment=next((one.moment for one in found if one.moment), None),
        month=next((one.month for one in found if one.month), ""),
        editors=next((one.editors for one in found if one.editors), ()),
        column=column or next((one.column for one in found if one.column), "") or rubric,
        breadcrumb=path,
        previous=around.get("previous", ""),
        next=around.get("next", ""),
    )
