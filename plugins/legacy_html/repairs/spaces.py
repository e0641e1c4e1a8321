"""The house's spaces: none between Chinese and digits or Latin, none beside full-width marks, one where a word needs it."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left

from plugins.domain.text import HAN
from plugins.legacy_html.repairs.edits import Edit, Repaired, repaired
from plugins.legacy_html.repairs.han import MARKS, is_chinese
from plugins.legacy_html.repairs.protected import protected_spans

_BLANK = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_RUN = re.compile(f"[{_BLANK}{_INVISIBLE}]+")
_SEEN = re.compile(f"[{_BLANK}]")
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[0-9A-Za-z%‰℃]")
_LABEL = re.compile(
    "(?:传真|邮编|邮箱|地址|电话|手机|来源|作者|编辑|时间|日期|浏览|点击|阅读|网址|联系人|责任编辑)[:：]"
)  # a line of several facts
_QUOTES = "“”‘’"
_PROSE = re.compile("[，。；：、！？]")


def close(text: str) -> Repaired:
    """Return ``text`` with the spaces of the house; a space inside Latin text or beside an address stays one.

    >>> close("拥有 7000 多万，\\u3000Windows  11 的 “用户”").text
    '拥有7000多万，Windows 11的“用户”'
    """
    edits, start = list[Edit](), 0
    for line in text.split("\n"):
        if line and _RUN.search(line):
            edits.extend(_line_edits(text, line, start))
        start += len(line) + 1
    return repaired(text, edits) if edits else Repaired(text=text)


def _line_edits(text: str, line: str, offset: int) -> list[Edit]:
    spans, chinese = sorted(protected_spans(line)), is_chinese(line)
    firsts, lasts = [first for first, _ in spans], {last for _, last in spans}
    reached, starts = list(itertools.accumulate((last for _, last in spans), max)), set(firsts)
    edits = list[Edit]()
    for match in _RUN.finditer(line):
        start, end = match.span()
        before = bisect_left(firsts, end)  # spans that begin before the run ends
        if before and reached[before - 1] > start:
            continue
        beside = end in starts or start in lasts
        after = _space(line, start, end, chinese=chinese, beside=beside) if _SEEN.search(match[0]) else ""
        if after != match[0]:
            edits.append(_edit(text, offset + start, offset + end, after, "space"))
    return edits


def _space(line: str, start: int, end: int, *, chinese: bool, beside: bool) -> str:
    """What should stand between ``line[:start]`` and ``line[end:]``."""
    before, after = line[start - 1 : start] if start else "", line[end : end + 1]
    if not before or not after:
        return ""
    if before in MARKS or after in MARKS:
        return ""
    if beside:
        return " "
    if chinese and (before in _QUOTES or after in _QUOTES):
        parts_words = before in "”’" and after not in _QUOTES and not _PROSE.search(line)
        return " " if parts_words and _HAN.match(after) else ""
    if _HAN.match(before) and _WORD.match(after):
        return ""
    if _WORD.match(before) and _HAN.match(after):
        return " " if _LABEL.match(line, end) else ""
    return " "


def _edit(text: str, start: int, end: int, after: str, rule: str) -> Edit:
    return Edit(start=start, end=end, before=text[start:end], after=after, rule=rule)
