"""Readings that somebody's plug-in put behind characters: ``計(jì)生協``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from plugins.legacy_html.repairs.edits import Edit, Flag, Repaired, repaired
from plugins.legacy_html.repairs.han import is_han

PROOF = 3  # that many readings on a page are nobody's gloss
_LETTERS = "a-zA-Zāáǎàēéěèōóǒòīíǐìūúǔùüǖǘǚǜńňǹḿêếềɡɑ\u0300-\u030c"
_B = " \u00a0\u3000"
BRACKET = re.compile(rf"[(（\[【〔][{_B}]*([{_LETTERS}][{_LETTERS}0-5'’{_B}]{{0,40}})[)）\]】〕]")
_ODD = str.maketrans({"ɡ": "g", "ɑ": "a", "v": "ü", "'": "", "’": "", " ": "", "\u00a0": ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A bracket behind a character: where, whether it reads the characters before it, and how it writes tones."""

    start: int
    end: int
    content: str
    is_valid: bool
    is_toned: bool


def strip(text: str) -> Repaired:
    """Take out the brackets that hold a valid reading of what stands before them, and those only.

    A reading with tone marks is taken as injected; one without only when the whole page is full of them. On a page with
    fewer than three, the gloss of a rare character or of an unusual reading is an author's own: kept, and flagged.

    >>> strip("计(jì)生协，村(居)民").text
    '计生协，村(居)民'
    """
    if not BRACKET.search(text):
        return Repaired(text=text)
    found = tuple(readings(text))
    toned = [one for one in found if one.is_valid and one.is_toned]
    plain = [one for one in found if one.is_valid and not one.is_toned]
    others = len(found) - len(toned) - len(plain)
    injected = len(toned) >= PROOF
    removed = [one for one in toned if injected or _is_plain_gloss(text, one)]
    kept = [] if injected else [one for one in toned if not _is_plain_gloss(text, one)]
    if len(plain) >= PROOF and len(plain) >= 4 * others:
        removed = removed + plain
    edits = [
        Edit(start=one.start, end=one.end, before=text[one.start : one.end], after="", rule="pinyin") for one in removed
    ]
    flags = [_gloss_flag(text, one) for one in kept]
    return repaired(text, edits, flags)


def readings(text: str) -> Iterator[Reading]:
    """Yield every bracket of Latin letters behind a Chinese character."""
    for match in BRACKET.finditer(text):
        start = match.start()
        while start and text[start - 1] in _B:
            start -= 1
        if not start or not is_han(text[start - 1]):
            continue
        is_valid, is_toned = _read(match[1], text[start - 1])
        if not is_valid:
            is_valid = reads(folded(match[1]), text[max(0, start - 8) : start])
        yield Reading(start=start, end=match.end(), content=match[1], is_valid=is_valid, is_toned=is_toned)


@lru_cache(maxsize=8192)
def _read(content: str, char: str) -> tuple[bool, bool]:
    """Whether ``content`` is a reading of ``char`` alone, and whether it writes tones as marks."""
    spelt = folded(content)
    toned = spelt != _untoned(spelt) and not spelt[-1:].isdigit()
    neutral = spelt.isalpha() and spelt in toned_readings(char)
    return bool(spelt) and spelt in spellings(char), toned or neutral


def folded(content: str) -> str:
    """Return a reading in one spelling: composed, lower-case, without blanks."""
    return unicodedata.normalize("NFC", content).strip(_B).lower().translate(_ODD)


def reads(content: str, before: str) -> bool:
    """Whether ``content`` is a reading of the last characters of ``before``, one syllable each.

    >>> reads("jìshēng", "计生"), reads("jū", "村")
    (True, False)
    """
    if not content:
        return True
    if not before:
        return False
    return any(
        content.endswith(reading) and reads(content[: -len(reading)], before[:-1]) for reading in spellings(before[-1])
    )


@lru_cache(maxsize=8192)
def spellings(char: str) -> frozenset[str]:
    """Return every way to write a reading of ``char``: with tone marks, without, numbered."""
    found = set[str]()
    for reading in toned_readings(char):
        plain, tone = _untoned(reading), _tone(reading)
        found |= {reading, plain, f"{plain}{tone}"} | ({f"{plain}5"} if not tone else set())
    return frozenset(found)


@lru_cache(maxsize=8192)
def toned_readings(char: str) -> tuple[str, ...]:
    """Return the readings of ``char``, the usual one first; nothing for what is not Chinese."""
    from pypinyin import Style, pinyin  # a big table: loaded by pages that need it

    found = pinyin(char, heteronym=True, style=Style.TONE, errors="ignore")
    return tuple(unicodedata.normalize("NFC", reading) for reading in found[0]) if found else ()


_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}


def _untoned(reading: str) -> str:
    kept = (char for char in unicodedata.normalize("NFD", reading) if char not in _TONES)
    return unicodedata.normalize("NFC", "".join(kept))


def _tone(reading: str) -> str:
    return next((str(_TONES[char]) for char in unicodedata.normalize("NFD", reading) if char in _TONES), "")


def _is_plain_gloss(text: str, one: Reading) -> bool:
    """Whether a lonely reading tells nobody anything: the usual one of a common character."""
    char = text[one.start - 1]
    usual = toned_readings(char)[:1] == (folded(one.content),)
    return usual and _is_common(char)


def _is_common(char: str) -> bool:
    """Whether ``char``, in its simplified form, is of the first level of GB 2312."""
    from plugins.legacy_html.repairs.script import simplified_char

    try:
        return b"\xb0" <= simplified_char(char).encode("gb2312")[:1] < b"\xd8"
    except UnicodeEncodeError:
        return False


def _gloss_flag(text: str, one: Reading) -> Flag:
    return Flag(
        flag="pinyin_kept",
        text=text[one.start - 1 : one.end],
        note="像是作者自己注的音，保留；如系网页插件所加，请删去。",
    )
