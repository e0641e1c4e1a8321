"""What a page states, as values that front matter may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from plugins.domain.dates import CHINA, EARLIEST
from plugins.domain.front_matter import Value
from plugins.domain.text import CONTROL, INVISIBLE
from plugins.legacy_html.document import Flag, Metadata
from plugins.legacy_html.importing.addresses import redirect_path
from plugins.legacy_html.importing.record import Origin

TITLE_LENGTH = 120
LINE_LENGTH = 500
TEXT_LENGTH = 2000
FLAGS = 200
_LINE_ENDS = re.compile(r"[ \t]*[\r\n\x0b\x0c\u2028\u2029]+[ \t]*")


def line(text: str, length: int = LINE_LENGTH) -> str:
    """``text`` as one line without control and invisible characters, cut at ``length``."""
    clean = INVISIBLE.sub("", CONTROL.sub(" ", text.replace("\ufffe", "").replace("\uffff", "")))
    clean = " ".join(_LINE_ENDS.sub(" ", clean).split())
    return clean if len(clean) <= length else clean[: length - 1] + "…"


def title_of(held: Metadata, source: str) -> tuple[str, tuple[Flag, ...]]:
    """The title, and what an editor has to know of it: that there is none, or that it is longer than a title may be."""
    title = line(held.title, TEXT_LENGTH)
    if not title:
        note = "页面没有标题；现在的标题只是文件名，请补上。"
        name = line(source.rpartition("/")[2], 60) or "无名"
        return f"（无标题）{name}", (Flag(flag="missing_title", text=name, note=note),)
    if len(title) > TITLE_LENGTH:
        note = f"标题有{len(title)}字，只留前{TITLE_LENGTH}字以内，请缩短或把一部分写进副题。"
        return line(title, TITLE_LENGTH), (Flag(flag="long_title", text=title, note=note),)
    return title, ()


def date_of(held: Metadata, today: date) -> tuple[date | None, tuple[Flag, ...]]:
    """The date where it can be one; a page without keeps none, and that is said."""
    found = held.date
    day = found.astimezone(CHINA).date() if isinstance(found, datetime) else found
    if day is None:
        note = "没有找到发布日期，没有补写；找到后加上 date，并把 type 改为合适的类型。"
        return None, (Flag(flag="missing_date", note=note),)
    if not EARLIEST <= day <= today:
        note = "页面写的日期在将来或太早，没有采用，请核对。"
        return None, (Flag(flag="impossible_date", text=day.isoformat(), note=note),)
    return found, ()


def reviews(flags: Sequence[Flag]) -> list[Value]:
    """The flags as front matter has them; beyond two hundred they are counted, the record has them all."""
    shown: list[Value] = [
        {
            "flag": line(one.flag) or "flag",
            "text": line(one.text, TEXT_LENGTH),
            "suggestion": line(one.suggestion, TEXT_LENGTH),
            "note": line(one.note, TEXT_LENGTH),
        }
        for one in flags[:FLAGS]
    ]
    if len(flags) > FLAGS:
        shown.append({"flag": "more_flags", "note": f"还有{len(flags) - FLAGS}处，见抢救记录。"})
    return shown


def quarantine(reasons: Sequence[str]) -> str:
    """Why a page may not be published, in one line.

    >>> quarantine(["年份被改写。", "书名号丢失"])
    '年份被改写；书名号丢失'
    """
    return "；".join(line(one, TEXT_LENGTH).rstrip("。") for one in reasons)


def authors(held: Metadata) -> list[Value]:
    """Authors with their offices; one without a name is left out."""
    named = [(line(one.name, 200), line(one.office)) for one in held.authors]
    return [{"name": name, "office": office} if office else {"name": name} for name, office in named if name]


def old_paths(origins: Sequence[Origin], hosts: Sequence[str] = ()) -> list[str]:
    """The addresses that are to lead to the item, each once; with ``hosts`` only those that were on one of them."""
    mine = (one.url for one in origins if not hosts or one.url.partition("://")[2].partition("/")[0] in hosts)
    return list(dict.fromkeys(path for url in mine if (path := redirect_path(url))))
