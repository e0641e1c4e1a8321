"""Write the small tables of ``tables/`` from OpenCC and pypinyin: ``python -m plugins.search.make_tables``.

Both libraries are needed here only, never when something is indexed or searched. The files:

``simplified.txt``  two lines of equal length: a Traditional character, its Simplified one below it
``sounds.json``     ``syllables``: all syllables in order; ``runs``: how many characters of GB 2312 level 1,
                    which is sorted by sound, belong to each of ``order``; ``rest``: level 2, one letter pair
                    a character; ``also``: syllable -> syllables under which characters so read may be filed
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from itertools import groupby
from pathlib import Path

TABLES = Path(__file__).parent / "tables"
LEVEL_1 = (0xB0, 0xD7)
LEVEL_2 = (0xD8, 0xF7)
HAN = range(0x3400, 0xA000)


def gb2312(rows: tuple[int, int]) -> str:
    """Return the Chinese characters of the rows ``rows`` of GB 2312, in its order."""
    codes = bytes(octet for high in range(rows[0], rows[1] + 1) for low in range(0xA1, 0xFF) for octet in (high, low))
    return codes.decode("gb2312", "ignore")


def simplified() -> tuple[str, str]:
    """Return Traditional characters and, at the same place, their Simplified ones.

    Characters of GB 2312 are left alone, so that Simplified text is never changed, and what they become is one of them.
    """
    import opencc

    converter = opencc.OpenCC("t2s")
    known = set(gb2312(LEVEL_1) + gb2312(LEVEL_2))
    pairs = []
    for code in HAN:
        char = chr(code)
        if char in known or unicodedata.normalize("NFKC", char) != char:
            continue
        plain = converter.convert(char)
        if plain != char and plain in known:
            pairs.append((char, plain))
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)


def readings() -> dict[str, Counter[str]]:
    """Return how often each character has each toneless reading among pypinyin's phrases."""
    from pypinyin import Style, lazy_pinyin
    from pypinyin.phrases_dict import phrases_dict

    counts: dict[str, Counter[str]] = {}
    for phrase in phrases_dict:
        if len(phrase) > 6:
            continue
        sounds = lazy_pinyin(phrase, style=Style.NORMAL, v_to_u=False)
        if len(sounds) == len(phrase):
            for char, sound in zip(phrase, sounds, strict=True):
                counts.setdefault(char, Counter())[sound] += 1
    return counts


def main_reading(char: str, counts: dict[str, Counter[str]]) -> str:
    """Return the reading under which ``char`` is filed: the first of pypinyin's own list."""
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(char, v_to_u=False)[0]).replace("ü", "v")


def sounds() -> dict[str, object]:
    """Return the content of ``sounds.json``."""
    counts = readings()
    chars = gb2312(LEVEL_1) + gb2312(LEVEL_2)
    first = [main_reading(char, counts) for char in chars]
    syllables = sorted(set(first))
    number = {syllable: at for at, syllable in enumerate(syllables)}
    split = len(gb2312(LEVEL_1))
    runs = [[number[syllable], len(list(group))] for syllable, group in groupby(first[:split])]
    also: dict[str, Counter[str]] = {}
    for char, syllable in zip(chars[:split], first[:split], strict=True):
        seen = counts.get(char, Counter())
        for other, times in seen.items():
            if other in number and other != syllable and times >= max(15, 0.12 * seen.total()):
                also.setdefault(other, Counter())[syllable] += times
    return {
        "syllables": " ".join(syllables),
        "runs": [value for run in runs for value in run],
        "rest": [number[syllable] for syllable in first[split:]],
        "also": {key: [name for name, _ in also[key].most_common(1)] for key in sorted(also)},
    }


def main() -> None:
    """Write both tables."""
    TABLES.mkdir(exist_ok=True)
    old, new = simplified()
    (TABLES / "simplified.txt").write_text(f"{old}\n{new}\n", "utf-8")
    (TABLES / "sounds.json").write_text(json.dumps(sounds(), separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
