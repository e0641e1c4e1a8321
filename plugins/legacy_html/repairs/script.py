"""Traditional characters, also those of a faulty table, become Simplified where the page is Traditional."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from opencc import OpenCC

from plugins.legacy_html.repairs.edits import Edit, Repaired, repaired

Script = Literal["", "simplified", "traditional"]

SHARE = 0.6  # of the characters that tell the scripts apart
LEAST = 3  # fewer are a name or a quotation
# Words in which 著 is zhù and stays; everywhere else a Traditional text means 着.
_ZHU = "著(?=[名作述者称录书文])|[显原专名编巨遗拙译土所卓昭旧]著|(?<![配结符迎融混契])合著|(?<![议讨谈争辩])论著"
_LEFT = re.compile(f"({_ZHU})|著")
_REST = str.maketrans(
    {"妳": "你", "牠": "它", "衹": "只", "倂": "并", "鬭": "斗", "靭": "韧", "擕": "携", "囯": "国", "徬": "彷"}
)
_PHRASES = re.compile("甚么|(?<!神)(?<!地)祇")
_QUOTES = str.maketrans("「」『』", "“”‘’")


def source_script(text: str) -> Script:
    """Say which script ``text`` is in; "" when it holds too little to tell.

    >>> source_script("計生協發揮作用"), source_script("计生协发挥作用"), source_script("人口")
    ('traditional', 'simplified', '')
    """
    kinds = _kinds()
    found = [kind for char in text if (kind := kinds.get(char))]
    traditional = found.count("T")
    if traditional >= LEAST and traditional >= SHARE * len(found):
        return "traditional"
    return "simplified" if len(found) - traditional >= 1 else ""


def simplify(text: str) -> Repaired:
    """Return a Traditional page in Simplified characters; any other text as it stands.

    A Simplified text keeps the single Traditional characters of its names and quotations.

    >>> simplify("隻經曆了三年，走完最後一公裏").text
    '只经历了三年，走完最后一公里'
    """
    if source_script(text) != "traditional":
        return Repaired(text=text)
    return repaired(text, line_edits(text, simplified(text)))


def simplified(text: str) -> str:
    """Return ``text`` in Simplified characters, one for one."""
    first = _converter().convert(text)
    if len(first) != len(text):
        first = "".join(simplified_char(char) for char in text)
    first = _LEFT.sub(lambda match: match[1] or "着", first)
    first = _PHRASES.sub(lambda match: "什么" if match[0] == "甚么" else "只", first)
    return first.translate(_REST).translate(_QUOTES)


@lru_cache(maxsize=8192)
def simplified_char(char: str) -> str:
    """Return the Simplified form of one character."""
    return _converter().convert(char) if len(_converter().convert(char)) == 1 else char


def line_edits(before: str, after: str, rule: str = "traditional") -> list[Edit]:
    """Return one edit a line, from its first changed character to its last; both texts are equally long."""
    edits, start = list[Edit](), 0
    for old, new in zip(before.split("\n"), after.split("\n"), strict=True):
        if old != new:
            first = next(index for index in range(len(old)) if old[index] != new[index])
            last = next(index for index in range(len(old), 0, -1) if old[index - 1] != new[index - 1])
            edits.append(
                Edit(start=start + first, end=start + last, before=old[first:last], after=new[first:last], rule=rule)
            )
        start += len(old) + 1
    return edits


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Literal["T", "S"]]:
    """Characters of one script only: Traditional ones no Simplified text knows, and the other way round."""
    chars = [chr(code) for code in range(0x4E00, 0xA000)]
    simple, old = (
        _converter().convert("\n".join(chars)).split("\n"),
        OpenCC("s2t").convert("\n".join(chars)).split("\n"),
    )
    kinds: dict[str, Literal["T", "S"]] = {}
    for char, low, high in zip(chars, simple, old, strict=True):
        if low != char and not _encodes(char, "gb2312"):
            kinds[char] = "T"
        elif high != char and not _encodes(char, "big5"):
            kinds[char] = "S"
    return kinds


def _encodes(char: str, encoding: str) -> bool:
    try:
        return bool(char.encode(encoding))
    except UnicodeEncodeError:
        return False
