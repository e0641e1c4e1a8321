"""English function words that a translation left between Chinese characters: ``思想 and 党的``."""

from __future__ import annotations

import re

from plugins.domain.text import HAN
from plugins.legacy_html.repairs.edits import Edit, Flag, Repaired, repaired

PROVEN = {
    "and": "和",
    "with": "与",
    "or": "或",
    "as well as": "以及",
    "but": "但",
    "and/or": "和/或",
}  # one word each, in any sentence
_DOUBTFUL = {
    "of": "的", "for": "为", "to": "到", "in": "在", "on": "关于", "by": "由", "from": "从", "at": "在", "the": "（删去）",
    "through": "通过", "while": "而", "because": "因为", "if": "如果", "then": "然后", "also": "也", "is": "是", "are": "是",
    "not": "不", "between": "之间", "under": "在……下", "after": "之后", "before": "之前", "so": "所以", "yet": "但", "nor": "也不",
}  # fmt: skip
_FOREIGN = re.compile("[A-Za-z]+(?:[ /][A-Za-z]+){0,2}")
_BEFORE = re.compile(f"[{HAN}”’》）)、，]")
_AFTER = re.compile(f"[{HAN}“‘《（]")
_BLANK = " \u00a0\u3000"
_CONTEXT = 8


def translate(text: str) -> Repaired:
    """Return ``text`` with and, with, or … between Chinese characters in Chinese, each one flagged.

    A word whose meaning depends on the sentence (of, for, to …) is only flagged, with a suggestion.

    >>> translate("思想 and 党的").text
    '思想和党的'
    """
    edits, flags = list[Edit](), list[Flag]()
    for match in _FOREIGN.finditer(text):
        word = match[0].lower()
        if word not in PROVEN and word not in _DOUBTFUL:
            continue
        start, end = _span(text, match.start(), match.end())
        if not (_BEFORE.match(text[start - 1 : start]) and _AFTER.match(text[end : end + 1])):
            continue
        after = PROVEN.get(word, "")
        if after:
            edits.append(Edit(start=start, end=end, before=text[start:end], after=after, rule="conjunction"))
        elif end - start == len(word):
            continue  # a name such as 向in生活: too short to be sure of anything
        around = text[max(0, start - _CONTEXT) : end + _CONTEXT].replace("\n", " ")
        note = f"原文夹有英文“{match[0]}”，请核对原意。"
        flags.append(Flag(flag="foreign_word", text=around, suggestion=after or _DOUBTFUL[word], note=note))
    return repaired(text, edits, flags)


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    """The word and the blanks around it."""
    while start and text[start - 1] in _BLANK:
        start -= 1
    while end < len(text) and text[end] in _BLANK:
        end += 1
    return start, end
