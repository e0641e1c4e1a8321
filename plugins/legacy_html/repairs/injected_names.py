"""A mirror's own name in place of another's: told by having no readings where all else has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress
from math import log

from plugins.domain.text import HAN
from plugins.legacy_html.repairs.edits import Flag
from plugins.legacy_html.repairs.han import han_count
from plugins.legacy_html.repairs.pinyin import PROOF, readings
from plugins.legacy_html.repairs.script import simplified, source_script

SURPRISE = 4.0  # minus the logarithm of the chance that a name has no readings by accident
CERTAIN = 0.97  # no character is surer to have a reading than this
_ORGANISATION = "委员会|计生委|计生局|生育局|健康局|健康委|卫健委|计生协|协会|学会|商会|联合会|基金会|中心|公司|集团|医院|学校|大学|学院|政府|办公室|研究院|研究所|报社|杂志社|出版社|银行|网站|局|厅|社区|街道办|门户网"
_INSIDE = r"[^在的了把被为着使让\x00-\u33ff\ua000-\uf8ff\uff00-\uffff]"  # Chinese, and no word that a sentence needs
_NAME = re.compile(rf"{_INSIDE}{{2,24}}?(?:{_ORGANISATION})(?:办公室|协会)?")
_PLACE = re.compile(f"[{HAN}](?<![成立在由向对从和与了的月开办到赴给请经])[{HAN}]{{1,2}}[省市县区州镇旗]")
_LEAST = 4


def find(text: str) -> tuple[Flag, ...]:
    """Return a flag for each name of a body that has no readings where its characters have them everywhere else.

    ``text`` is the page before readings are taken out. The name stays; nobody can know what stood there.
    """
    raw, has_reading = _without_readings(text)
    if sum(has_reading) < PROOF:
        return ()
    plain = simplified(raw) if source_script(raw) == "traditional" else raw
    places = dict[str, list[int]]()
    for start, end in _names(plain, has_reading):
        places.setdefault(plain[start:end], []).append(start)
    read = Counter(compress(plain, has_reading))
    tally = _Tally(read=read, whole=Counter(plain), size=han_count(plain))
    doubtful = [name for name, starts in places.items() if tally.surprise(name, len(starts)) >= SURPRISE]
    return tuple(
        _flag(name, plain.count(name)) for name in _shortest(doubtful) if not _has_readings(name, plain, has_reading)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tally:
    """How often each character of the page stands there, and how often with its reading."""

    read: Counter[str]
    whole: Counter[str]
    size: int

    def surprise(self, name: str, times: int) -> float:
        """Minus the logarithm of the chance that ``times`` copies of ``name`` have no reading, judged by the rest."""
        prior = self._prior()
        return times * sum(-log(1 - min(self._share(char, times * name.count(char), prior), CERTAIN)) for char in name)

    def _share(self, char: str, inside: int, prior: float) -> float:
        rest = self.whole[char] - inside
        if not prior:
            return self.read[char] / rest if rest >= 2 else 0.0
        return (self.read[char] + 2 * prior) / (rest + 2)

    def _prior(self) -> float:
        """The chance of a reading for any character; 0 where certain characters have theirs always and others never."""
        often = [char for char, count in self.read.items() if count >= 2]
        always = sum(self.read[char] >= 0.7 * self.whole[char] for char in often)
        return 0.0 if always * 2 > len(often) else sum(self.read.values()) / max(1, self.size)


def _has_readings(name: str, plain: str, has_reading: bytearray) -> bool:
    """Whether the name has readings elsewhere on the page, as everything else."""
    return any(any(has_reading[match.start() : match.end()]) for match in re.finditer(re.escape(name), plain))


def _without_readings(text: str) -> tuple[str, bytearray]:
    """The page without its readings, and for each character whether one stood behind it."""
    pieces, flags, position = list[str](), bytearray(), 0
    for one in readings(text):
        if one.is_valid and one.is_toned:
            pieces.append(text[position : one.start])
            flags.extend(bytes(one.start - position))
            flags[-1] = 1
            position = one.end
    pieces.append(text[position:])
    flags.extend(bytes(len(text) - position))
    return "".join(pieces), flags


def _names(plain: str, has_reading: bytearray) -> Iterator[tuple[int, int]]:
    """Yield where a body's name stands without a single reading in it, from its place name on where there is one."""
    for match in _NAME.finditer(plain):
        start, end = match.span()
        place = _last_place(plain, has_reading.rfind(1, start, end) + 1 or start, end)
        if end - place >= _LEAST:
            yield place, end


def _last_place(plain: str, start: int, end: int) -> int:
    """Where the place name in front of a body's name begins; ``start`` where there is none."""
    match = _PLACE.search(plain, start, end - 2)
    return match.start() if match else start


def _shortest(names: Iterable[str]) -> tuple[str, ...]:
    """The names, without those that hold another one: the shorter is what repeats."""
    known = tuple(names)
    return tuple(name for name in known if not any(other != name and other in name for other in known))


def _flag(name: str, times: int) -> Flag:
    note = f"文中出现{times}次；全文的字大多注有读音，唯独这一名称一处也没有，疑为转载网站替换。原名不可推知，请核对。"
    return Flag(flag="injected_name", text=name, note=note)
