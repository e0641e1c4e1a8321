"""Atom and JSON feeds of the whole site and of every column, tag, person and collection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugins.domain.dates import CHINA, iso_day
from plugins.domain.pages import Page
from plugins.domain.settings import Settings
from plugins.publishing.addresses import address_of
from plugins.publishing.outputs import OutputFile
from plugins.publishing.xml import escape, quoted

STYLE_PATH = "feed.css"
NEVER = datetime(1970, 1, 1, tzinfo=CHINA)  # of a feed without entries: Atom wants a time, the clock must not give it
_XHTML = "http://www.w3.org/1999/xhtml"
_encode = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One article of a feed. ``id`` never changes, also when the address does; ``html`` has whole addresses only."""

    id: str
    title: str
    address: str
    published: datetime
    updated: datetime
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    picture: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: ``page`` is the address inside the site of the list it follows (``/news/``)."""

    title: str
    page: str
    description: str = ""
    entries: tuple[FeedEntry, ...] = ()

    @property
    def atom_path(self) -> str:
        """The output path of the Atom form."""
        return f"{self.page.lstrip('/')}feed.xml"

    @property
    def json_path(self) -> str:
        """The output path of the JSON form."""
        return f"{self.page.lstrip('/')}feed.json"

    @property
    def updated(self) -> datetime:
        """When the newest change of an entry was."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def feed_entry(page: Page, settings: Settings, *, html: str = "") -> FeedEntry | None:
    """Return the entry of an article's page; None for a page without an item or a date."""
    item = page.item
    if item is None or item.date is None:
        return None
    base = settings.url
    return FeedEntry(
        id=f"tag:{settings.domain or 'localhost'},{item.date.astimezone(CHINA):%Y-%m-%d}:{item.id or page.url}",
        title=page.title,
        address=address_of(base, page.url.lstrip("/")),
        published=item.date,
        updated=max(item.date, page.modified or item.date),
        summary=item.summary or page.description,
        authors=tuple(credit.name for credit in item.authors),
        categories=item.tags,
        picture=base + page.lead.src if page.lead else "",
        html=html,
    )


def feed_files(feed: Feed, settings: Settings) -> tuple[OutputFile, ...]:
    """Return the Atom and the JSON form of ``feed``, its newest ``settings.feed_size`` entries."""
    return atom_file(feed, settings), json_file(feed, settings)


def atom_file(feed: Feed, settings: Settings) -> OutputFile:
    """Return the Atom form of ``feed``."""
    return OutputFile.of_text(feed.atom_path, _atom(feed, _newest(feed, settings), settings))


def json_file(feed: Feed, settings: Settings) -> OutputFile:
    """Return the JSON form of ``feed``, an entry a line."""
    return OutputFile.of_text(feed.json_path, _json(feed, _newest(feed, settings), settings))


def _newest(feed: Feed, settings: Settings) -> list[FeedEntry]:
    return sorted(feed.entries, key=lambda entry: (entry.published, entry.id), reverse=True)[: settings.feed_size]


def feed_style() -> OutputFile:
    """Return the style sheet with which a browser shows a feed: a plain list with links, no script, no XSLT."""
    return OutputFile.of_text(
        STYLE_PATH,
        "/* 浏览器打开订阅源时的样子 */\n"
        "feed{display:block;max-width:38em;margin:2rem auto;padding:0 1rem;font:1.125rem/1.8 sans-serif;color:#1b1b1b}\n"
        "feed>title{display:block;font-size:1.75rem;font-weight:bold;line-height:1.35}\n"
        "feed>subtitle,entry>summary,entry>p{display:block;color:#4d535a;font-size:1rem}\n"
        "entry{display:block;padding:1rem 0;border-top:1px solid #d0d5db}\n"
        "a{color:#0b57a4}\n"
        "entry>p{margin:0}\n"
        "id,updated,feed>author,published,author,content,entry>title,generator{display:none}\n",
    )


def _atom(feed: Feed, entries: Sequence[FeedEntry], settings: Settings) -> str:
    base = settings.url
    subtitle = f"<subtitle>{escape(feed.description)}</subtitle>\n" if feed.description else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<?xml-stylesheet type="text/css" href="/{STYLE_PATH}"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="{_XHTML}" xml:lang="zh-CN">\n'
        f"<title>{escape(feed.title)}</title>\n{subtitle}"
        "<x:p>这是订阅源。把本页地址复制到阅读器里，有新内容时会收到提醒。</x:p>\n"
        f"<id>{escape(address_of(base, feed.atom_path))}</id>\n"
        f'<link rel="self" type="application/atom+xml" href={quoted(address_of(base, feed.atom_path))}/>\n'
        f'<link rel="alternate" type="text/html" href={quoted(address_of(base, feed.page.lstrip("/")))}/>\n'
        f"<updated>{_moment(feed.updated)}</updated>\n<author><name>{escape(settings.name)}</name></author>\n"
        + "".join(_atom_entry(entry) for entry in entries)
        + "</feed>\n"
    )


def _atom_entry(entry: FeedEntry) -> str:
    lines = [
        f"<title>{escape(entry.title)}</title>",
        f"<x:a href={quoted(entry.address)}>{escape(entry.title)}</x:a>",
        f"<x:p>{iso_day(entry.published)}</x:p>",
        f"<id>{escape(entry.id)}</id>",
        f'<link rel="alternate" type="text/html" href={quoted(entry.address)}/>',
        f"<published>{_moment(entry.published)}</published>",
        f"<updated>{_moment(entry.updated)}</updated>",
        *(f"<author><name>{escape(name)}</name></author>" for name in entry.authors),
        *(f"<category term={quoted(tag)}/>" for tag in entry.categories),
    ]
    if entry.summary:
        lines.append(f"<summary>{escape(entry.summary)}</summary>")
    if entry.html:
        lines.append(f'<content type="html">{escape(entry.html)}</content>')
    return "<entry>\n" + "\n".join(lines) + "\n</entry>\n"


def _json(feed: Feed, entries: Sequence[FeedEntry], settings: Settings) -> str:
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "language": "zh-CN",
        "home_page_url": address_of(settings.url, feed.page.lstrip("/")),
        "feed_url": address_of(settings.url, feed.json_path),
        "authors": [{"name": settings.name}],
    }
    head = ",\n".join(f"{_encode(name)}: {_encode(value)}" for name, value in content.items() if value)
    items = ",\n".join(_encode(_json_entry(entry)) for entry in entries)
    return f'{{\n{head},\n"items": [\n{items}\n]\n}}\n'


def _json_entry(entry: FeedEntry) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "content_text": "" if entry.html else entry.summary or entry.title,  # the format wants one of the two
        "image": entry.picture,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
    }
    return {key: value for key, value in fields.items() if value}


def _moment(moment: datetime) -> str:
    return moment.astimezone(CHINA).isoformat(timespec="seconds")
