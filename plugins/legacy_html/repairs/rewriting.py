"""Text that a machine rewrote with synonyms: never repaired, but told by its near misses, each of them shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from plugins.legacy_html.repairs.edits import Flag
from plugins.legacy_html.repairs.han import han_count
from plugins.legacy_html.repairs.register import FIXED, PHRASES, SWAPS, USAGE, WORDS

DENSITY = 2.0  # near misses a thousand characters that no careful writer reaches
DISTINCT = 4
SHORTEST = 120  # characters under which nothing is judged
_KEY = 3  # characters that a phrase is looked up by
_CONTEXT = 6

_CROSSED = "(?<![A-Za-z])[xX×ＸｘＸ]{2,4}(?![A-Za-z])"
_BEHIND = "\\d{0,2}[省市县区镇乡村街同会主书局部院先女]"
_ANONYMOUS = re.compile(
    f"{_CROSSED}(?:{_BEHIND}|(?=[、，,]{_CROSSED}))(?:[、，,]?{_CROSSED}(?:{_BEHIND})?)*|(?<=[理席记长任])[xX×ＸＸ]{{2,3}}(?![A-Za-z])"
)
_BARE_SHARE = re.compile(
    r"(?:占|超过|近|达|达到|约|高达|不足|增加到|提高到|下降到|上升到|由\d{4}年的)[^，。；0-9]{0,14}?(?<![\d.])(\d{1,2}(?:\.\d+)?)(?=(?:以上|以下|左右)?(?:的|，|。|；|,|;|、|地市|县|区县|增加|提高|上升|下降))|(?<![\d.])(\d{2})以上的?(?=地|县|家|乡|村|人|群)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
_DATED = (
    (re.compile("(?:党的)?十九届五中全会"), "2020"), (re.compile("(?:党的)?十九届四中全会"), "2019"), (re.compile("(?:党的)?十九届六中全会"), "2021"), (re.compile("(?:党的)?二十届三中全会"), "2024"),
    (re.compile("“?十四五”?的?开局之年"), "2021"), (re.compile("“?十三五”?的?开局之年"), "2016"), (re.compile("中国计生协改革方案|中国计划生育协会改革方案"), "2018"), (re.compile("新修订的人口与..生育法"), "2021"), (re.compile("奔向2035远景目标的起步之年"), "2021"),
)  # fmt: skip
_TITLED = re.compile(
    "(?:中国计划生育协会改革方案|中国计生协改革方案|人口与(?:计划|规划)生育法|中国共产党农村工作条例|关于加强基层治理体系和.{4,8}现代化.{2}的意见)(?!》)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A phrase that is off by one word: where it stands, as it stands, and as it should read."""

    start: int
    text: str
    suggestion: str
    is_certain: bool = False  # nothing else can stand there; else it is a synonym that machines use


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found, each as a flag, and the reasons for a quarantine; no reasons where the text may be trusted."""

    flags: tuple[Flag, ...] = ()
    reasons: tuple[str, ...] = ()


def judge(text: str) -> Verdict:
    """Judge whether ``text`` was rewritten by a machine.

    Words that are right in themselves count only inside set phrases; a text is condemned by the density of its near
    misses, or by fewer of them together with overwritten years, lost percent signs and crossed-out names.
    """
    size = han_count(text)
    if size < SHORTEST:
        return Verdict()
    misses = tuple(near_misses(text))
    distinct = len({(one.text, one.suggestion) for one in misses})
    others = (*_years(text), *_shares(text), *_titles(text), *_names(text))
    weight = len(misses) + sum(one.is_certain for one in misses)
    density = 1000 * weight / size
    signs = len({one.flag for one in others})
    condemned = distinct >= DISTINCT and density >= DENSITY
    condemned = condemned or (distinct >= 3 and density >= DENSITY / 2 and signs >= 2)
    if not condemned:
        return Verdict(flags=_crossed_out(others))
    return Verdict(
        flags=(*_grouped(misses), *others), reasons=tuple(_reasons(misses, others, 1000 * len(misses) / size))
    )


def near_misses(text: str) -> Iterator[NearMiss]:
    """Yield the places of ``text`` that are off a set phrase by one word, in order; none inside another."""
    found = list[NearMiss]()
    grams = {text[at : at + _KEY] for at in range(len(text) - _KEY + 1)}
    for key in grams & _literals().keys():
        for wrong, right in _literals()[key]:
            found += (NearMiss(start=at, text=wrong, suggestion=right) for at in _places(text, wrong))
    for one in _fixed():
        found += (
            NearMiss(start=at, text=wrong, suggestion=one.phrase, is_certain=True)
            for at in _places(text, one.before)
            if (wrong := one.match(text, at))
        )
    for wrong, right in _short():
        found += (NearMiss(start=at, text=wrong, suggestion=right) for at in _places(text, wrong))
    end = 0
    for miss in sorted(found, key=lambda miss: (miss.start, -len(miss.text), miss.text, miss.suggestion)):
        if miss.start >= end:
            yield miss
            end = miss.start + len(miss.text)


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fixed:
    """A phrase with one fixed word in it."""

    before: str
    words: tuple[str, ...]
    after: str

    @property
    def phrase(self) -> str:
        """The phrase as it should read."""
        return self.before + self.words[0] + self.after

    def match(self, text: str, at: int) -> str:
        """The words at ``at`` when they are the phrase with another word in it, else ""."""
        middle = at + len(self.before)
        size = len(self.words[0])
        inner, rest = text[middle : middle + size], text[middle + size : middle + size + len(self.after)]
        if not text.startswith(self.before, at) or rest != self.after or inner in self.words:
            return ""
        return text[at : middle + size + len(self.after)] if len(inner) == han_count(inner) == size else ""


@lru_cache(maxsize=1)
def _literals() -> dict[str, tuple[tuple[str, str], ...]]:
    """Every wrong phrase with its right one, by their first characters, the longest first."""
    right = frozenset(PHRASES)
    wrong = {
        phrase.replace(word, other, 1): phrase
        for phrase in PHRASES
        for word, others in SWAPS.items()
        if word in phrase
        for other in others
    }
    kept = {
        text: phrase for text, phrase in wrong.items() if text not in right and not any(good in text for good in USAGE)
    }
    long = {text: phrase for text, phrase in {**kept, **WORDS}.items() if len(text) >= _KEY}
    pairs = sorted(long.items(), key=lambda pair: (pair[0][:_KEY], -len(pair[0]), pair[0]))
    return {key: tuple(group) for key, group in groupby(pairs, key=lambda pair: pair[0][:_KEY])}


@lru_cache(maxsize=1)
def _short() -> tuple[tuple[str, str], ...]:
    """The wrong words that are shorter than a key."""
    return tuple((wrong, right) for wrong, right in WORDS.items() if len(wrong) < _KEY)


@lru_cache(maxsize=1)
def _fixed() -> tuple[_Fixed, ...]:
    parsed = [re.fullmatch(r"(.+)\[(.+)\](.*)", phrase) for phrase in FIXED]
    return tuple(_Fixed(before=m[1], words=tuple(m[2].split("|")), after=m[3]) for m in parsed if m)


def _grouped(misses: tuple[NearMiss, ...]) -> tuple[Flag, ...]:
    """One flag for each near miss that occurs, with how often."""
    counts = Counter((one.text, one.suggestion) for one in misses)
    return tuple(
        Flag(flag="rewritten", text=text, suggestion=right, note=f"疑为机器改写的近义词（{count}处）。")
        for (text, right), count in counts.items()
    )


def _years(text: str) -> Iterator[Flag]:
    """Years that were overwritten: hardly any but one, and events that were not in it."""
    years = [match[1] for match in _YEAR.finditer(text)]
    common, count = Counter(years).most_common(1)[0] if years else ("", 0)
    if count < 4 or count * 10 < 8 * len(years):
        return
    clues = [
        f"“{match[0]}”是{year}年的" for pattern, year in _DATED if year != common and (match := pattern.search(text))
    ]
    if clues:
        yield Flag(
            flag="overwritten_year",
            text=f"{common}年",
            note=f"全文{count}处年份都是{common}年，而" + "，".join(clues[:3]) + "：年份疑被改写。",
        )


def _shares(text: str) -> Iterator[Flag]:
    """Numbers that were percentages, on a page that has no percent sign."""
    if "%" in text or "％" in text or "百分之" in text:
        return
    found = list(_BARE_SHARE.finditer(text))
    if len(found) < 2:
        return
    for match in found:
        number = match[1] or match[2]
        yield Flag(
            flag="lost_percent",
            text=_around(text, match.start(), match.end()),
            suggestion=f"{number}%",
            note="百分号疑已丢失。",
        )


def _titles(text: str) -> Iterator[Flag]:
    """Titles of laws and plans, on a page that has no 《》 at all in its text."""
    if "《" in text:
        return
    for name in dict.fromkeys(match[0] for match in _TITLED.finditer(text)):
        yield Flag(flag="lost_title_marks", text=name, suggestion=f"《{name}》", note="书名号疑已丢失。")


def _names(text: str) -> Iterator[Flag]:
    """Names that were crossed out."""
    for phrase in dict.fromkeys(_around(text, match.start(), match.end()) for match in _ANONYMOUS.finditer(text)):
        yield Flag(flag="crossed_out_name", text=phrase, note="名称被改成了XX，原名不可推知。")


def _crossed_out(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """What is worth saying of a text that is not condemned."""
    return tuple(one for one in flags if one.flag == "crossed_out_name")


def _around(text: str, start: int, end: int) -> str:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    stop = line_end if line_end >= 0 else len(text)
    return text[max(line_start, start - _CONTEXT) : min(stop, end + _CONTEXT)]


def _reasons(misses: tuple[NearMiss, ...], others: tuple[Flag, ...], density: float) -> Iterator[str]:
    examples = "、".join(f"{one.suggestion}→{one.text}" for one in _examples(misses))
    yield f"疑为机器改写：{len(misses)}处用语与固定说法差一个近义词（每千字{density:.1f}处），如{examples}。"
    names = {
        "overwritten_year": "年份被改写",
        "lost_percent": "百分号丢失",
        "lost_title_marks": "书名号丢失",
        "crossed_out_name": "名称被改成XX",
    }
    for flag, name in names.items():
        if count := sum(one.flag == flag for one in others):
            yield f"{name}（{count}处）。"


def _examples(misses: tuple[NearMiss, ...]) -> tuple[NearMiss, ...]:
    first = {(one.text, one.suggestion): one for one in reversed(misses)}
    return tuple(sorted(first.values(), key=lambda one: one.start))[:5]
