"""How a line begins: the numbers of headings and lists, and what marks a block of its own."""

from __future__ import annotations

import re

_N = "[一二三四五六七八九十百]+"
FIRST = re.compile(rf"{_N}[、．.]|第{_N}(?:部分|章|编|篇)[\s\u3000：:、]?")
SECOND = re.compile(rf"[（(]\s*{_N}\s*[)）][、.．]?\s*")
ARTICLE = re.compile(rf"第{_N}条")
ARABIC = re.compile(r"\d{1,2}\s*[、.．](?!\d)|[（(]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳]")
_HARD_BULLET = re.compile(r"[•●■◆▲▶►○□◇※★☆]|[-–*]\s")
RUN_IN = re.compile(rf"{_N}(?:是|要|则|方面)|(?:首先|其次|再次|最后|第{_N})[，,、：:]")
NUMERAL = re.compile(_N)


def is_block_start(line: str) -> bool:
    """Whether ``line`` begins as a block of its own does: numbered, bulleted, or a run-in head.

    >>> is_block_start("（一）加强领导"), is_block_start("一是加强领导"), is_block_start("一个都不能少")
    (True, True, False)
    """
    return any(mark.match(line) for mark in (FIRST, SECOND, ARTICLE, ARABIC, RUN_IN)) or bool(_HARD_BULLET.match(line))


def is_numbered_heading(line: str) -> bool:
    """Whether ``line`` begins with 一、 or （一）."""
    return bool(FIRST.match(line) or SECOND.match(line))


def number_of(numeral: str) -> int:
    """Return the value of a Chinese numeral under 100, 0 where it is none.

    >>> number_of("十二"), number_of("三十"), number_of("九")
    (12, 30, 9)
    """
    digits = "〇一二三四五六七八九"
    if len(numeral) == 1 and numeral in digits:
        return digits.index(numeral)
    tens, ten, ones = numeral.partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * (digits.index(tens) if tens in digits and tens else 1) + (
        digits.index(ones) if ones and ones in digits else 0
    )
