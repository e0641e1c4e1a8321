"""Sentences that a page or a column broke in two paragraphs, with a picture's caption between the halves perhaps."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from plugins.legacy_html.repairs.edits import Edit, Flag
from plugins.legacy_html.repairs.figures import is_caption_like, is_picture
from plugins.legacy_html.repairs.han import LATIN, ends_sentence, is_chinese
from plugins.legacy_html.repairs.markers import is_block_start, is_numbered_heading

HEADING = 45  # characters a heading may have
SHORT = 30  # up to which a line without an end may be anything
_DANGLING = re.compile(r"(?:[的和与及暨或把将对为在向从由被于是以并且而但就使让其各这那每该等]|[，、,（(《“‘—])$")
_CONTINUES = re.compile(r"[，。、；：！？,;!?）)》”’%％的了着们]")
_NOTED = re.compile(r"(?<=[。！？”])\s*(?:\[\d{1,3}\]|[（(][^（）()]{1,12}[)）])+$")  # a note's number, an aside
_COMMA = re.compile(r"[，。；,;]")
_SALUTATION = re.compile(r".{2,20}[：:]$")
_SIGNED = re.compile(r"(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|[二〇○零一三四五六七八九十]{4}年.{1,3}月.{0,4})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Lines after joining. ``order[k]`` names the lines that output line ``k`` was made of."""

    text: str
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()
    order: tuple[tuple[int, ...], ...] = ()


def join(lines: Sequence[str], solid: Collection[int] = (), pictures: Collection[int] = ()) -> Joined:
    """Join the halves of sentences; what stood between them (picture line, caption) follows the joined paragraph.

    ``solid`` lines are headings, items, rows, titles: never joined to anything. ``pictures`` are figures already known.
    Two lines are joined when the first does not end as a sentence does, the second does not begin as a block does, and
    the first is prose or breaks off at a word that cannot end anything.
    """
    order, index = list[tuple[int, ...]](), 0
    wrapped = _is_wrapped(lines, solid)
    while index < len(lines):
        paragraph, moved, index = _follow(lines, index, frozenset(solid), frozenset(pictures), wrapped)
        order.append(paragraph)
        order.extend((one,) for one in moved)
    text = "\n".join(_glue([lines[one] for one in group]) for group in order)
    return Joined(text=text, edits=tuple(_edits(lines, order)), order=tuple(order))


def _follow(
    lines: Sequence[str], start: int, solid: frozenset[int], pictures: frozenset[int], wrapped: int
) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Gather the paragraph that begins at ``start``: its lines, what stood between them, and where to go on."""
    group, moved, index = [start], list[int](), start + 1
    while index < len(lines) and start not in solid and start not in pictures:
        if not is_open(lines[group[-1]], wrapped):
            break
        between = [] if wrapped else _between(lines, index, solid, pictures)
        following = index + len(between)
        if following >= len(lines) or following in solid or not continues(lines[group[-1]], lines[following], wrapped):
            break
        if between and not is_prose(lines[following]):
            break
        moved += between
        group.append(following)
        index = following + 1
    return tuple(group), tuple(moved), index


def is_open(line: str, wrapped: int = 0) -> bool:
    """Whether ``line`` breaks off inside a sentence: prose without an end, or with a word at its end that needs another.

    >>> is_open("今天开会。在“婚”环节，全面参与构建新型"), is_open("一、坚持守正创新，全面落实重点任务")
    (True, False)
    """
    line = line.rstrip()
    if not line or not is_chinese(line) or is_picture(line[-120:]) or _SIGNED.search(line[-24:]):
        return False
    line = _NOTED.sub("", line)
    if ends_sentence(line) and not (line[-1] in "；;" and "。" in line[:-1]):
        return False
    if wrapped and len(line) >= wrapped - 2:
        return True
    if is_numbered_heading(line) and len(line) <= HEADING and not _DANGLING.search(line[-2:]):
        return False
    return is_prose(line) or bool(_DANGLING.search(line[-2:]))


def is_prose(line: str) -> bool:
    """Whether ``line`` is running text: it has a sentence in it, or is longer than a heading, or has more clauses."""
    if "。" in line or len(line) > 2 * HEADING:
        return True
    clauses = len(_COMMA.findall(line)) if len(line) > SHORT else 0
    return clauses > 1 or (clauses == 1 and len(line) > HEADING)


def continues(first: str, second: str, wrapped: int = 0) -> bool:
    """Whether ``second`` can go on with the sentence that ``first`` breaks off."""
    second = second.lstrip()
    if not second or is_picture(second) or _SIGNED.fullmatch(second) or _SALUTATION.fullmatch(second):
        return False
    if _CONTINUES.match(second):
        return True
    if is_block_start(second):
        return False
    if wrapped and len(first) >= wrapped - 2:
        return True
    return bool(_DANGLING.search(first.rstrip()[-2:])) or is_prose(second) or ends_sentence(second)


def _between(lines: Sequence[str], index: int, solid: frozenset[int], pictures: frozenset[int]) -> list[int]:
    """The picture lines and captions that stand at ``index``; a bare caption counts only before more prose."""
    found = list[int]()
    while index < len(lines) and len(found) < 6:
        line = lines[index]
        if (
            index in pictures
            or is_picture(line)
            or (
                index not in solid
                and found
                and is_picture(lines[found[-1]])
                and is_caption_like(line, below_picture=True)
            )
        ):
            found.append(index)
        elif index in solid or not is_caption_like(line):
            break
        elif (
            index + 1 < len(lines)
            and index + 1 not in solid
            and (is_prose(lines[index + 1]) or is_picture(lines[index + 1]))
        ):
            found.append(index)
        else:
            break
        index += 1
    return found


def _is_wrapped(lines: Sequence[str], solid: Collection[int]) -> int:
    """The width at which every line of the text was broken, 0 where paragraphs are whole."""
    lengths = [len(line.rstrip()) for index, line in enumerate(lines) if line.strip() and index not in solid]
    if len(lengths) < 8:
        return 0
    widest = sorted(lengths)[-max(1, len(lengths) // 10)]
    full = sum(widest - 2 <= length <= widest + 2 for length in lengths)
    return widest if 15 <= widest <= 60 and full * 10 >= 6 * len(lengths) else 0


def _glue(parts: Sequence[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        left, right = text.rstrip(), part.lstrip()
        text = left + _seam(left, right) + right
    return text


def _seam(left: str, right: str) -> str:
    """What stands where two lines meet: a space between Latin words, nothing in Chinese."""
    return " " if LATIN.match(left[-1:]) and LATIN.match(right[:1]) else ""


def _edits(lines: Sequence[str], order: Sequence[tuple[int, ...]]) -> list[Edit]:
    """The splices for ``order``: breaks closed, what stood between taken out and put behind the paragraph."""
    starts, position = list[int](), 0
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    edits = list[Edit]()
    for place, group in enumerate(order):
        if len(group) == 1:
            continue
        edits += [_closing(lines, starts, before, after) for before, after in itertools.pairwise(group)]
        moved = [other[0] for other in order[place + 1 :] if other[0] < group[-1]]
        if moved:
            end = starts[group[-1]] + len(lines[group[-1]])
            text = "".join(f"\n{lines[one]}" for one in moved)
            edits.append(Edit(start=end, end=end, before="", after=text, rule="moved_figure"))
    return edits


def _closing(lines: Sequence[str], starts: Sequence[int], before: int, after: int) -> Edit:
    left, right = lines[before].rstrip(), lines[after].lstrip()
    start = starts[before] + len(left)
    end = starts[after] + len(lines[after]) - len(right)
    between = "\n".join(lines[before : after + 1])[len(left) : end - starts[before]]
    rule = "split_paragraph" if after == before + 1 else "split_by_figure"
    return Edit(start=start, end=end, before=between, after=_seam(left, right), rule=rule)
