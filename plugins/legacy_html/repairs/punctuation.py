"""Marks that a converter narrowed beside Chinese become full width again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.domain.text import HAN
from plugins.legacy_html.repairs.edits import Edit, Repaired, repaired
from plugins.legacy_html.repairs.han import CLOSERS, MARKS, OPENERS, is_chinese
from plugins.legacy_html.repairs.protected import covers, protected_spans

WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_NARROW = re.compile(r"[,:;?!()\"']")
_CURLY = "“”‘’"
_CHINESE = re.compile(f"[{HAN}{MARKS}]")
_STEP = {-1: CLOSERS + ")\"'!?", 1: OPENERS + "(\"'!?"}  # what may stand between a mark and the Chinese it belongs to
_CLOCK = re.compile(r"(?<=\d):(?=\d)")


def widen(text: str) -> Repaired:
    """Return ``text`` with the narrow marks beside Chinese widened and its proven pairs of straight quotes curled.

    Never inside file names, addresses, code, numbers, or Latin text.

    >>> widen("第1张,见1 (1).jpg,时间11:21(1,000人)").text
    '第1张，见1 (1).jpg，时间11:21（1,000人）'
    """
    if not _NARROW.search(text):
        return Repaired(text=text)
    edits, start = list[Edit](), 0
    for line in text.split("\n"):
        for place, after in sorted(_all_changes(line).items()):
            rule = "quote" if line[place] in "\"'" else "width"
            at = start + place
            edits.append(Edit(start=at, end=at + 1, before=line[place], after=after, rule=rule))
        start += len(line) + 1
    return repaired(text, edits)


def _all_changes(line: str) -> dict[int, str]:
    """What stands at the places of a line to change; a mark that became wide may make its neighbour so."""
    found = dict[int, str]()
    while _NARROW.search(line) and (changes := dict(_changes(line))):
        found |= changes
        chars = list(line)
        for place, char in changes.items():
            chars[place] = char
        line = "".join(chars)
    return found


def _changes(line: str) -> Iterator[tuple[int, str]]:
    """Yield the places of a line to change, and what stands there then."""
    places = [match.start() for match in _NARROW.finditer(line)]
    if not places or not _CHINESE.search(line):
        return
    spans = protected_spans(line)
    places = [place for place in places if not covers(spans, place)]
    chinese = is_chinese(line)
    yield from _quotes(line, [place for place in places if line[place] in "\"'"])
    yield from _brackets(line, [place for place in places if line[place] in "()"])
    for place in places:
        if line[place] in ",:;?!" and _belongs(line, place, chinese):
            yield place, WIDE[line[place]]


def _belongs(line: str, place: int, chinese: bool) -> bool:
    """Whether the mark at ``place`` belongs to Chinese text: Chinese on one side, brackets and quotes aside."""
    if "\u4e00" <= line[place - 1 : place] <= "\u9fff" or "\u4e00" <= line[place + 1 : place + 2] <= "\u9fff":
        return True
    if _CLOCK.match(line, place) or (line[place] == "," and _is_thousands(line, place)):
        return False
    before, after = _neighbour(line, place, -1), _neighbour(line, place, 1)
    if _CHINESE.match(before) or _CHINESE.match(after):
        return True
    return chinese and any(near in _CURLY for near in (line[place - 1 : place], line[place + 1 : place + 2]) if near)


def _is_thousands(line: str, place: int) -> bool:
    return bool(re.match(r"\d{3}(?!\d)", line[place + 1 :]) and line[place - 1 : place].isdigit())


def _neighbour(line: str, place: int, step: int) -> str:
    """The nearest character on one side that is no quote, bracket or space; "" at the end of the line."""
    at, skipped = place + step, _STEP[step]
    while 0 <= at < len(line) and (line[at] in skipped or line[at] in " \u00a0\u3000"):
        at += step
    return line[at] if 0 <= at < len(line) else ""


def _brackets(line: str, places: list[int]) -> Iterator[tuple[int, str]]:
    """Yield the brackets to widen: a pair as one, with Chinese in it or directly at it."""
    opened = list[int]()
    for place in places:
        if line[place] == "(":
            opened.append(place)
        elif opened:
            start = opened.pop()
            if _is_chinese_pair(line, start, place):
                yield from ((start, "（"), (place, "）"))
        elif _touches(line, place):
            yield place, "）"
    yield from ((place, "（") for place in opened if _touches(line, place))


def _is_chinese_pair(line: str, start: int, end: int) -> bool:
    before = line[max(0, start - 1) : start]
    if _CHINESE.search(line, start + 1, end) or _CHINESE.match(before) or (before and before in _CURLY):
        return True
    after = line[end + 1 : end + 2]
    return not before.isalnum() and bool(_CHINESE.match(after))


def _touches(line: str, place: int) -> bool:
    near = line[max(0, place - 1) : place] + line[place + 1 : place + 2]
    return bool(_CHINESE.search(near)) or any(char in _CURLY for char in near)


def _quotes(line: str, places: list[int]) -> Iterator[tuple[int, str]]:
    """Yield straight quotes that are proven pairs: an even number, each around or beside Chinese, none across."""
    double = [place for place in places if line[place] == '"']
    pairs = list(zip(double[::2], double[1::2], strict=False))
    if len(double) % 2 == 0 and all(_is_quotation(line, start, end) for start, end in pairs):
        for start, end in pairs:
            yield from ((start, "“"), (end, "”"))
    for start, end in _single_pairs(line, [place for place in places if line[place] == "'"]):
        yield from ((start, "‘"), (end, "’"))


def _is_quotation(line: str, start: int, end: int) -> bool:
    inside = line[start + 1 : end]
    if not inside or inside != inside.strip() or inside[-1] in "，、（" or inside[0] in "，。、；：）":
        return False
    return bool(_CHINESE.search(inside)) or bool(
        _CHINESE.search(line[max(0, start - 1) : start] + line[end + 1 : end + 2])
    )


def _single_pairs(line: str, places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of ``'`` with Chinese just inside both; an apostrophe never has."""
    waiting: int | None = None
    for place in places:
        inner = line[place + 1 : place + 2] if waiting is None else line[place - 1 : place]
        if not _CHINESE.match(inner or " "):
            continue
        if waiting is None:
            waiting = place
        else:
            yield waiting, place
            waiting = None
