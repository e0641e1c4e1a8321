"""Dates as pages write them, and what a page without one says about its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from plugins.domain.dates import CHINA, EARLIEST
from plugins.legacy_html.repairs.edits import Flag
from plugins.legacy_html.repairs.markers import number_of

_CLOCK = r"(?:[\s\u00a0\u3000T]*(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2}))?)?"
_NUMERIC = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:-|/|\.|年)\s?(?P<month>\d{{1,2}})\s?(?:-|/|\.|月)\s?(?P<day>\d{{1,2}})(?!\d)\s?日?{_CLOCK}"
)
_DIGITS = "〇○零一二三四五六七八九"
_SPELT = re.compile(rf"(?P<year>[{_DIGITS}Oo0]{{4}})年(?P<month>[{_DIGITS}十]{{1,2}})月(?P<day>[{_DIGITS}十]{{1,3}})日")
_MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:年|-|/)\s?(?P<month>\d{1,2})(?!\d)\s?月?")
_LATEST = 2100
_AROUND = 12

# What happened when: a text that names these was written then or later.
EVENTS = (
    (re.compile("党的二十届四中全会|“?十五五”?规划建议"), "2025年"), (re.compile("党的二十届三中全会"), "2024年7月"),
    (re.compile("党的二十届二中全会"), "2023年2月"), (re.compile("党的二十大"), "2022年10月"), (re.compile("党的十九届六中全会"), "2021年11月"),
    (re.compile("(?:实施)?三孩生育政策|三孩政策"), "2021年5月"), (re.compile("党的十九届五中全会"), "2020年10月"),
    (re.compile("“十四五”.{0,6}开局之年"), "2021年"), (re.compile("“十三五”.{0,6}开局之年"), "2016年"), (re.compile("“十五五”.{0,6}开局之年"), "2026年"),
    (re.compile("建党一?百周年|中国共产党成立100周年"), "2021年"), (re.compile("新冠肺炎疫情"), "2020年"), (re.compile("党的十九届四中全会"), "2019年10月"),
    (re.compile("党的十九大"), "2017年10月"), (re.compile("全面两孩|全面二孩|两孩政策"), "2015年10月"), (re.compile("党的十八届五中全会"), "2015年10月"),
    (re.compile("第八次全国会员代表大会"), "2016年5月"), (re.compile("单独二孩|单独两孩"), "2013年11月"), (re.compile("党的十八大"), "2012年11月"),
)  # fmt: skip
_RELATIVE = re.compile(
    r"(?:今年|去年|前年|本月|上月|日前|近日|昨日|今天)(?:是|以来|[上下]半年|\d{1,2}月(?:\d{1,2}日)?)?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?")


def read(text: str) -> date | None:
    """Return the first full date in ``text``; a datetime in China's time where a clock stands behind it.

    >>> read("二〇一六年七月八日"), read("2024-02-31"), read("2016年7月")
    (datetime.date(2016, 7, 8), None, None)
    """
    return next((moment for _, moment in found(text)), None)


def found(text: str) -> Iterator[tuple[tuple[int, int], date]]:
    """Yield every full date of ``text`` and its span, in order."""
    matches = [*_NUMERIC.finditer(text), *_SPELT.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        moment = _moment(match)
        if moment is not None:
            yield match.span(), moment


def read_month(text: str) -> str:
    """Return ``2016-07`` for a text that gives a year and a month, "" where it gives none."""
    match = _MONTH.search(text)
    return f"{match['year']}-{int(match['month']):02}" if match and 1 <= int(match["month"]) <= 12 else ""


def _moment(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    try:
        day = date(_year(groups["year"]), _number(groups["month"]), _number(groups["day"]))
        if not day >= EARLIEST or day.year > _LATEST:
            return None
        if not groups.get("hour"):
            return day
        clock = int(groups["hour"]), int(groups["minute"]), int(groups["second"] or 0)
        return datetime(day.year, day.month, day.day, *clock, tzinfo=CHINA)
    except ValueError:
        return None


def _year(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    folded = text.translate(str.maketrans("○零Oo0", "〇〇〇〇〇"))
    return int("".join(str("〇一二三四五六七八九".index(char)) for char in folded))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else number_of(text)


def evidence(text: str) -> tuple[Flag, ...]:
    """Return a flag for a page without a date: what its text says of its time. The date stays missing; so does the flag without a text."""
    if not text.strip():
        return ()
    clues = [f"文中提到“{match[0]}”（{when}）" for pattern, when in EVENTS if (match := pattern.search(text))][:2]
    years = sorted({match[1] for match in _YEAR.finditer(text)})
    if years:
        clues.append(f"文中最晚的年份是{years[-1]}年")
    if match := _RELATIVE.search(text):
        clues.append("文中说“" + text[match.start() : match.end() + _AROUND].split("\n")[0] + "”")
    note = "来源没有写明日期，不作推测。" + ("线索：" + "；".join(clues) + "。" if clues else "正文里也没有线索。")
    return (Flag(flag="missing_date", note=note),)
