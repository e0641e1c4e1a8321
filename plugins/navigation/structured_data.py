"""What a page says to search engines, as JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from plugins.domain.content import ContentItem, EventDetails, PersonDetails
from plugins.domain.dates import CHINA
from plugins.domain.pages import Link, Page
from plugins.domain.settings import Settings

Node = Mapping[str, object]
_ESCAPES = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")
_encode = msgspec.json.Encoder().encode
_EMPTY: tuple[object, ...] = ("", None, (), [])
_ARTICLES = frozenset(["news_item", "leader_article", "notice"])


def json_ld(page: Page, settings: Settings) -> tuple[str, ...]:
    """Return the JSON-LD of ``page``, each the whole content of a script element.

    The site on the home page, the article, event or person on theirs, and the way to every page.
    """
    nodes: list[Node] = []
    if page.kind == "home":
        nodes += [_site(settings), {**_context("Organization"), **_organisation(settings)}]
    if page.item is not None and page.kind == "item":
        nodes += _of_item(page, page.item, settings)
    if len(page.breadcrumbs) > 1:
        nodes.append(_trail(page, settings))
    return tuple(script(node) for node in nodes)


def script(node: Node) -> str:
    """Return ``node`` as JSON that cannot end the script element it stands in.

    >>> script({"name": "</script>"})
    '{"name":"\\\\u003c/script\\\\u003e"}'
    """
    text = _encode({key: value for key, value in node.items() if value not in _EMPTY}).decode()
    for sign, escape in _ESCAPES:
        if sign in text:
            text = text.replace(sign, escape)
    return text


def _of_item(page: Page, item: ContentItem, settings: Settings) -> list[Node]:
    if item.type in _ARTICLES:
        return [_article(page, item, settings)]
    match item.details:
        case EventDetails() as event if event.starts:
            return [_event(page, item, event, settings)]
        case PersonDetails() as person:
            return [_person(page, item, person)]
        case _:
            return []


def _context(kind: str) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": kind}


def _organisation(settings: Settings) -> dict[str, object]:
    known = {
        "@type": "Organization",
        "name": settings.organiser or settings.name,
        "url": f"{settings.url}/" if settings.url else "",
        "telephone": settings.phone,
        "email": settings.email,
        "address": settings.address,
    }
    return {key: value for key, value in known.items() if value}


def _site(settings: Settings) -> Node:
    home = f"{settings.url}/"
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{home}search/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    search = {"potentialAction": action} if settings.search else {}
    named = {"name": settings.name, "description": settings.description, "url": home, "inLanguage": "zh-CN"}
    return {**_context("WebSite"), **named, **search}


def _article(page: Page, item: ContentItem, settings: Settings) -> Node:
    return {
        **_context("NewsArticle"),
        "headline": item.title,
        "alternativeHeadline": item.subtitle,
        "description": page.description,
        "datePublished": _moment(item.date),
        "dateModified": _moment(item.modified or item.date),
        "author": [_author(link, settings) for link in page.authors],
        "publisher": _organisation(settings),
        "image": [absolute(page.share_image, settings)] if page.share_image else [],
        "articleSection": page.section.title if page.section else "",
        "keywords": "，".join(item.keywords or item.tags),
        "isBasedOn": item.source.url if item.source else "",
        "inLanguage": item.lang,
        "mainEntityOfPage": page.canonical,
    }


def _author(link: Link, settings: Settings) -> Node:
    known = {
        "@type": "Person",
        "name": link.title,
        "jobTitle": link.note,
        "url": absolute(link.url, settings) if link.url else "",
    }
    return {key: value for key, value in known.items() if value}


def _event(page: Page, item: ContentItem, event: EventDetails, settings: Settings) -> Node:
    place = {"@type": "Place", "name": event.place, "address": event.place}
    return {
        **_context("Event"),
        "name": item.title,
        "description": page.description,
        "startDate": _moment(event.starts),
        "endDate": _moment(event.ends),
        "location": place if event.place else None,
        "organizer": {"@type": "Organization", "name": event.organiser} if event.organiser else None,
        "image": [absolute(page.share_image, settings)] if page.share_image else [],
        "url": page.canonical,
    }


def _person(page: Page, item: ContentItem, person: PersonDetails) -> Node:
    works = {"@type": "Organization", "name": person.organisation} if person.organisation else None
    return {
        **_context("Person"),
        "name": item.title,
        "jobTitle": person.office,
        "affiliation": works,
        "description": item.summary,
        "url": page.canonical,
    }


def _trail(page: Page, settings: Settings) -> Node:
    """Return the breadcrumbs; the last, which is text, stands for the page itself and goes by its title."""
    last = len(page.breadcrumbs)
    entries = [
        {
            "@type": "ListItem",
            "position": position,
            "name": page.title if position == last else link.title,
            "item": page.canonical if position == last else absolute(link.url, settings),
        }
        for position, link in enumerate(page.breadcrumbs, start=1)
        if link.url or page.canonical
    ]
    return {**_context("BreadcrumbList"), "itemListElement": entries}


def absolute(url: str, settings: Settings) -> str:
    """Return ``url`` with the host, where it has none and the settings name it."""
    return settings.url + url if url.startswith("/") and not url.startswith("//") else url


def _moment(moment: date | datetime | None) -> str:
    """Write a moment with its offset; a midnight of China is a day."""
    if not isinstance(moment, datetime):
        return ""
    civil = moment.astimezone(CHINA)
    return civil.date().isoformat() if (civil.hour, civil.minute) == (0, 0) else civil.isoformat()
