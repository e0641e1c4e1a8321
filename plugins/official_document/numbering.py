"""Read the number that opens a line of an official document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

MAX_NUMBER = 99
_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")}
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Rank(IntEnum):
    """How high a number stands; a smaller one holds the greater ones."""

    CHAPTER = 1  # 第一章
    PART = 2  # 第一节
    FIRST = 3  # 一、
    SECOND = 4  # （一）
    THIRD = 5  # 1.
    FOURTH = 6  # （1）
    FIFTH = 7  # ①


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A line that opens with a number: its rank, its value, the number as written and the words after it."""

    rank: Rank
    value: int
    label: str
    words: str


_OPENINGS = (
    (Rank.CHAPTER, re.compile(rf"第\s*({_NUMERAL})\s*章(?=[\s、：:])[\s、：:]*")),
    (Rank.PART, re.compile(rf"第\s*({_NUMERAL})\s*节(?=[\s、：:])[\s、：:]*")),
    (Rank.FIRST, re.compile(rf"({_NUMERAL})\s*、\s*")),
    (Rank.SECOND, re.compile(rf"[（(]\s*({_NUMERAL})\s*[）)]\s*[、.．]?\s*")),
    (Rank.THIRD, re.compile(r"(\d{1,2})\s*[.．、](?!\d)\s*")),
    (Rank.FOURTH, re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*[、.．]?\s*")),
    (Rank.FIFTH, re.compile(rf"([{_CIRCLED}])\s*[、.．]?\s*")),
)
FIRST_CHARACTERS = frozenset("第一二三四五六七八九十（(0123456789" + _CIRCLED)
_ENUMERATION = re.compile(
    rf"[、，,（(\-—~～/]|[至和及与或]\s*[（(第]?\s*(?:{_NUMERAL}|\d|[{_CIRCLED}])|{_NUMERAL}\s*[、，]"
)
_NEXT_NUMERAL = re.compile(rf"({_NUMERAL}|\d+)(?![个项大点条种件步轮批次方段句位支]|[一二三四五六七八九十\d])")
_RUN_IN = re.compile(rf"(?:^|(?<=[。；：，！？]))({_NUMERAL})是(?![否不])")


def read_number(text: str) -> Numbered | None:
    """Return the number that opens ``text``, or None where what looks like one is part of the sentence.

    >>> read_number("（三）加强队伍建设").value
    3
    >>> read_number("1.5万人参加"), read_number("一、二、三等奖各一名"), read_number("一是加强领导")
    (None, None, None)
    """
    if text[:1] not in FIRST_CHARACTERS:
        return None
    for rank, opening in _OPENINGS:
        if match := opening.match(text):
            value, words = numeral_value(match[1]), text[match.end() :]
            if not 0 < value <= MAX_NUMBER or not words or _goes_on_counting(value, words):
                return None
            return Numbered(rank=rank, value=value, label=text[: match.end()].strip(), words=words)
    return None


def run_ins(text: str) -> tuple[int, ...]:
    """Return the values of 一是, 二是 … in ``text``, in order; they open a clause and are never headings.

    >>> run_ins("一是摸清底数；二是健全机制。统一是前提")
    (1, 2)
    """
    return tuple(numeral_value(match[1]) for match in _RUN_IN.finditer(text)) if "是" in text else ()


def numeral_value(text: str) -> int:
    """Return the value of a numeral up to 99 as written in documents, 0 for what is none.

    >>> [numeral_value(text) for text in ("十", "十二", "二十", "九十九", "7", "③", "十十")]
    [10, 12, 20, 99, 7, 3, 0]
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def numeral(rank: Rank, value: int) -> str:
    """Return ``value`` as a number of ``rank`` is written, without its punctuation.

    >>> numeral(Rank.FIRST, 21), numeral(Rank.THIRD, 21)
    ('二十一', '21')
    """
    if rank in (Rank.THIRD, Rank.FOURTH):
        return str(value)
    if rank is Rank.FIFTH and value <= len(_CIRCLED):
        return _CIRCLED[value - 1]
    tens, ones = divmod(value, 10)
    names = "零一二三四五六七八九"
    return (names[tens] if tens > 1 else "") + ("十" if tens else "") + (names[ones] if ones else "")


def _goes_on_counting(value: int, words: str) -> bool:
    """Whether the number is the first of an enumeration: 一、二等奖；（一）（二）项；1、2号楼."""
    if _ENUMERATION.match(words):
        return True
    following = _NEXT_NUMERAL.match(words)
    return following is not None and numeral_value(following[1]) == value + 1
