"""A mirror's own name in place of another's: told by having no readings where all else has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log

from plugins.domain.text import HAN
from plugins.legacy_html.repairs.edits import Flag
from plugins.legacy_html.repairs.han import han_count
from plugins.legacy_html.repairs.pinyin import PROOF, readings
from plugins.legacy_html.repairs.script import simplified, source_script

SURPRISE = 4.0  # minus the logarithm of the chance that a name has no readings by accident
CERTAIN = 0.97  # no character is surer to have a reading than this
_ORGANISATION = "委员会|计生委|计生局|生育局|健康局|健康委|卫健委|计生协|协会|学会|商会|联合会|基金会|中心|公司|集团|医院|学校|大学|学院|政府|办公室|研究院|研究所|报社|杂志社|出版社|银行|网站|局|厅|社区|街道办|门户网"
_NAME = re.compile(f"(?:(?![在的了把被为着使让])[{HAN}]){{2,24}}?(?:{_ORGANISATION})(?:办公室|协会)?")
_PLACE = re.compile(f"[{HAN}](?<![成立在由向对从和与了的月开办到赴给请经])[{HAN}]{{1,2}}[省市县区州镇旗]")
_LEAST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Char:
    """A Chinese character of the page without its readings, and whether one stood behind it."""

    char: str
    has_reading: bool


def find(text: str) -> tuple[Flag, ...]:
    """Return a flag for each name of a body that has no readings where its characters have them everywhere else.

    ``text`` is the page before readings are taken out. The name stays; nobody can know what stood there.
    """
    chars = _characters(text)
    if sum(one.has_reading for one in chars) < PROOF:
        return ()
    raw = "".join(one.char for one in chars)
    plain = simplified(raw) if source_script(raw) == "traditional" else raw
    places = dict[str, list[int]]()
    for start, end in _names(plain, chars):
        places.setdefault(plain[start:end], []).append(start)
    read = Counter(char for char, one in zip(plain, chars, strict=True) if one.has_reading)
    tally = _Tally(read=read, whole=Counter(plain), size=han_count(plain))
    doubtful = [name for name, starts in places.items() if tally.surprise(name, len(starts)) >= SURPRISE]
    return tuple(
        _flag(name, plain.count(name)) for name in _shortest(doubtful) if not _has_readings(name, plain, chars)
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


def _has_readings(name: str, plain: str, chars: tuple[_Char, ...]) -> bool:
    """Whether the name has readings elsewhere on the page, as everything else."""
    return any(
        chars[at].has_reading
        for match in re.finditer(re.escape(name), plain)
        for at in range(match.start(), match.end())
    )


def _characters(text: str) -> tuple[_Char, ...]:
    chars, position = list[_Char](), 0
    for one in readings(text):
        if not (one.is_valid and one.is_toned):
            continue
        chars += (_Char(char=char, has_reading=False) for char in text[position : one.start - 1])
        chars.append(_Char(char=text[one.start - 1], has_reading=True))
        position = one.end
    chars += (_Char(char=char, has_reading=False) for char in text[position:])
    return tuple(chars)


def _names(plain: str, chars: tuple[_Char, ...]) -> Iterator[tuple[int, int]]:
    """Yield where a body's name stands without a single reading in it, from its place name on where there is one."""
    begin = 0
    for run in re.finditer(f"[{HAN}]+", plain):
        start = max(run.start(), begin)
        for match in _NAME.finditer(plain, start, run.end()):
            first = max(
                (index + 1 for index in range(match.start(), match.end()) if chars[index].has_reading),
                default=match.start(),
            )
            place = _last_place(plain, first, match.end())
            if match.end() - place >= _LEAST:
                yield place, match.end()
        begin = run.end()


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
