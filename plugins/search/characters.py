"""What a character counts as: its plain form, whether it belongs to a word, and how it sounds."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files

WORD = (
    "0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u3005\u3007\u3041-\u3096\u30a1-\u30fa"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003347f"
)
"""The characters words are made of, after folding, as the inside of a character class; all others are gaps."""

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
RUN = re.compile(f"[{WORD}]+")
GAP = re.compile(f"[^{WORD}]+")
IDLE_SPACE = re.compile(f"(?<=[{HAN}])[ \t]+(?=[0-9a-z])|(?<=[0-9a-z])[ \t]+(?=[{HAN}])")
OWN_SOUND = 512


def table(name: str) -> str:
    """Return the text of the table ``name`` that is shipped with this package."""
    return (files("plugins.search") / "tables" / name).read_text("utf-8")


@cache
def simplified() -> dict[int, str]:
    """Return code point of a Traditional character -> its Simplified one."""
    old, new = table("simplified.txt").split("\n")[:2]
    return dict(zip(map(ord, old), new, strict=True))


def fold(text: str) -> str:
    """Return ``text`` in one form: NFKC, lower case, Simplified; its length may differ.

    >>> fold("計生協 ＰＤＦ")
    '计生协 pdf'
    """
    return unicodedata.normalize("NFKC", text).lower().translate(simplified())


def closed(text: str) -> str:
    """Return folded ``text`` without the spaces some put between Chinese and Latin letters."""
    return IDLE_SPACE.sub("", text) if " " in text or "\t" in text else text


def gb2312(first: int, last: int) -> str:
    """Return the Chinese characters of the rows ``first`` to ``last`` of GB 2312."""
    codes = bytes(octet for high in range(first, last + 1) for low in range(0xA1, 0xFF) for octet in (high, low))
    return codes.decode("gb2312", "ignore")


@cache
def sound_table() -> dict[str, object]:
    """Return the table of sounds as shipped."""
    content: dict[str, object] = json.loads(table("sounds.json"))
    return content


@cache
def syllables() -> tuple[str, ...]:
    """Return all syllables without tones, in order; a syllable's place is its number."""
    return tuple(str(sound_table()["syllables"]).split())


@cache
def sounds() -> dict[str, int]:
    """Return character -> number of its syllable, for the 6,763 characters of GB 2312."""
    shipped = sound_table()
    runs, rest = shipped["runs"], shipped["rest"]
    assert isinstance(runs, list) and isinstance(rest, list)
    numbers = [syllable for syllable, count in zip(runs[::2], runs[1::2], strict=True) for _ in range(count)]
    return dict(zip(gb2312(0xB0, 0xF7), numbers + rest, strict=True))


@cache
def also_filed() -> dict[int, tuple[int, ...]]:
    """Return syllable -> the syllables under which characters that may be read so are filed (长 zhang -> chang)."""
    place = {syllable: number for number, syllable in enumerate(syllables())}
    shipped = sound_table()["also"]
    assert isinstance(shipped, dict)
    return {place[key]: tuple(place[name] for name in names) for key, names in shipped.items()}


def sound(char: str) -> int:
    """Return the number of the syllable of ``char``; one of its own, from 512 on, for all that has none."""
    return sounds().get(char, OWN_SOUND + ord(char))


def pinyin(text: str) -> str:
    """Return the syllables of folded ``text`` joined, other characters as they are.

    >>> pinyin("计生协")
    'jishengxie'
    """
    names = syllables()
    return "".join(names[number] if (number := sound(char)) < OWN_SOUND else char for char in text)


def initials(text: str) -> str:
    """Return the first letters of the syllables of folded ``text``.

    >>> initials("计生协")
    'jsx'
    """
    names = syllables()
    return "".join(names[number][0] if (number := sound(char)) < OWN_SOUND else char for char in text)
