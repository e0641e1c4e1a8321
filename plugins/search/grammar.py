"""What may be asked: words and “phrases”, and filters from closed lists. Everything else is refused in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plugins.search.characters import RUN, closed, fold

MOST_CHARACTERS, MOST_WORDS, MOST_TERMS, MOST_PAGES = 100, 10, 32, 100
PAGE_SIZE = 10
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
QUOTED = re.compile('["“”「『]([^"“”「」『』]*)["“”」』]')
PLACES = ("all", "title")
SORTS = ("relevance", "date")
FILTERS = ("section", "type", "person", "program", "tag")
PARAMETERS = ("q", "in", *FILTERS, "year", "from", "to", "sort", "page", "limit")


class QueryError(ValueError):
    """A query that is refused; the text is a Chinese sentence for the visitor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query ready to be answered: ``words`` are folded runs, ``phrases`` quoted ones that must stand there as they are."""

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    place: str = "all"
    sort: str = "relevance"
    filters: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    until: date | None = None
    page: int = 1
    limit: int = PAGE_SIZE

    def runs(self) -> list[str]:
        """Return all runs, those of phrases included, in the order they were written."""
        return list(self.words)

    def filtered(self) -> bool:
        """Return whether anything narrows the results besides words."""
        return bool(self.filters or self.since or self.until)

    def words_only(self, words: Sequence[str]) -> Query:
        """Return the same question about other words."""
        return replace(self, words=tuple(words), phrases=())


def parse_text(text: str) -> Query:
    """Return the words and phrases of ``text``; raises QueryError when it is too long or holds control characters."""
    if len(text) > MOST_CHARACTERS:
        raise QueryError(f"查询内容太长，请不要超过{MOST_CHARACTERS}个字。")
    if FORBIDDEN.search(text):
        raise QueryError("查询内容含有不可见的控制字符，请删去后再试。")
    plain = closed(fold(text))
    words = RUN.findall(plain)
    if len(plain.split()) > MOST_WORDS:
        raise QueryError(f"查询词太多，请不要超过{MOST_WORDS}个。")
    found = (tuple(RUN.findall(closed(fold(match)))) for match in QUOTED.findall(text))
    return Query(text=text.strip(), words=tuple(words), phrases=tuple(phrase for phrase in found if phrase))


def choice(name: str, value: str, allowed: Sequence[str]) -> str:
    """Return ``value`` if it is one of ``allowed``; the first of them for an empty one."""
    if value and value not in allowed:
        raise QueryError(f"参数 {name} 只能是：{'、'.join(allowed)}。")
    return value or allowed[0]


def number(name: str, value: str, most: int) -> int:
    """Return a whole number from 1 to ``most``; 1 for an empty value."""
    if not value:
        return 1
    if not (value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= most):
        raise QueryError(f"参数 {name} 应是1到{most}之间的整数。")
    return int(value)


def day(name: str, value: str) -> date | None:
    """Return a date written as 2026-11-20; None for an empty value."""
    if not value:
        return None
    try:
        return date.fromisoformat(value) if len(value) == 10 else date.fromisoformat("")
    except ValueError:
        raise QueryError(f"参数 {name} 应是“2026-11-20”这样的日期。") from None


def years(value: str) -> tuple[date | None, date | None]:
    """Return first and last day of a year."""
    if not value:
        return None, None
    if not (value.isascii() and value.isdigit() and 1900 <= int(value[:5]) <= 2200):
        raise QueryError("参数 year 应是“2026”这样的年份。")
    return date(int(value), 1, 1), date(int(value), 12, 31)


def parse_parameters(values: Mapping[str, str]) -> Query:
    """Return the query of the parameters of an address; raises QueryError naming the one that is wrong."""
    for name, value in values.items():
        if name not in PARAMETERS:
            raise QueryError(f"没有 {name[:20]!r} 这个参数。可用：{'、'.join(PARAMETERS)}。")
        if name != "q" and (len(value) > 80 or FORBIDDEN.search(value)):
            raise QueryError(f"参数 {name} 的值不可用。")
    query = parse_text(values.get("q", ""))
    first, last = years(values.get("year", ""))
    since, until = day("from", values.get("from", "")), day("to", values.get("to", ""))
    return replace(
        query,
        place=choice("in", values.get("in", ""), PLACES),
        sort=choice("sort", values.get("sort", ""), SORTS),
        filters=tuple((name, values[name]) for name in FILTERS if values.get(name)),
        since=max(filter(None, (first, since)), default=None),
        until=min(filter(None, (last, until)), default=None),
        page=number("page", values.get("page", ""), MOST_PAGES),
        limit=number("limit", values.get("limit", ""), 50) if values.get("limit") else PAGE_SIZE,
    )
