"""The page of one item: the same for every type, plus what its type adds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plugins.domain.body import Body
from plugins.domain.content import (
    CollectionDetails,
    ContentItem,
    EventDetails,
    PlainDetails,
    SectionDetails,
    is_expired,
)
from plugins.domain.pages import RELATED, FileLink, Link, Page
from plugins.domain.paths import output_path
from plugins.navigation.addresses import file_url, url_of
from plugins.navigation.facts import facts, notes
from plugins.navigation.materials import Materials, contents_of, text_of
from plugins.navigation.standing import banner

if TYPE_CHECKING:
    from plugins.navigation.frames import Frame

READ = frozenset(["news_item", "leader_article", "notice", "event"])  # read one after the other: 正文, 上一篇, 下一篇
_PLAIN = PlainDetails()


def item_page(
    item: ContentItem,
    frame: Frame,
    materials: Materials,
    *,
    previous: Link | None = None,
    next: Link | None = None,
) -> Page:
    """Return the page of ``item``, which stands in the section of ``frame``."""
    settings, known = materials.settings, materials.catalogue
    url = url_of(item)
    canonical = settings.url + url
    text = text_of(item, materials)
    attachments, files = _attachments(item, materials) if item.attachments else ((), ())
    lead = item.lead_image
    share = materials.picture(lead.path, lead.alt, "", "share") if lead else None
    public = not (preview := banner(item, settings.now))
    return Page(
        url=url,
        save_as=output_path(url),
        template=f"types/{item.type}.html",
        title=item.title,
        head_title="_".join([item.title, *([frame.link.title] if frame.link else ()), settings.name]),
        description=text.description or item.title,
        canonical=canonical,
        item=shown(item),
        section=frame.link,
        column=frame.column,
        breadcrumbs=frame.reading if item.type in READ else (*frame.trail, Link(title=item.title, url="")),
        menu=frame.menu,
        authors=tuple(
            [
                Link(title=one.name, url=known.people_urls.get(one.name, ""), note=one.office, type="person")
                for one in item.authors
            ]
        ),
        facts=facts(item, settings.now, known.people_urls),
        notes=notes(item, settings.now),
        toc=text.toc,
        lead=materials.picture(lead.path, lead.alt, lead.caption, "lead") if lead else None,
        attachments=attachments,
        tags=tuple([known.tag_links[tag] for tag in item.tags if tag in known.tag_links]),
        previous=previous,
        next=next,
        related=_related(item, materials),
        feeds=frame.feeds,
        share_image=share.src if share else materials.share_image,
        correction_url=materials.correction_url(item, canonical),
        qr_url=f"{url}qr.png" if settings.url else "",
        calendar_url=f"{url}event.ics" if isinstance(item.details, EventDetails) and item.details.starts else "",
        expired=is_expired(item, settings.now),
        noindex=settings.preview,
        preview=preview,
        body_key=text.key,
        targets=text.targets,
        pictures=text.pictures,
        files=files + text.files,
        source=item.path,
        modified=item.modified or item.date,
        searchable=public,
    )


def with_text(page: Page, item: ContentItem, body: Body) -> Page:
    """Return the page of an article whose text alone has changed: how it begins and what it refers to are as before."""
    return replace(page, body_key=item.digest, toc=contents_of(item, body.headings))


def shown(item: ContentItem) -> ContentItem:
    """Return ``item`` with only what templates show, so that nothing else makes its page anew.

    Built field by field: ``replace`` would copy first what is dropped, which takes three times as long.
    """
    details = item.details
    return ContentItem(
        path=item.path,
        type=item.type,
        title=item.title,
        state=item.state,
        slug=item.slug,
        id=item.id,
        date=item.date,
        modified=item.modified,
        expires=item.expires,
        kicker=item.kicker,
        subtitle=item.subtitle,
        summary=item.summary,
        tags=item.tags,
        keywords=item.keywords,
        region=item.region,
        authors=item.authors,
        source=item.source,
        editor=item.editor,
        lead_image=item.lead_image,
        correction=item.correction,
        lang=item.lang,
        legacy=item.legacy,
        details=_PLAIN if isinstance(details, (SectionDetails, CollectionDetails)) else details,
    )


def _attachments(item: ContentItem, materials: Materials) -> tuple[tuple[FileLink, ...], tuple[tuple[str, str], ...]]:
    """Return the files that go with ``item``, as shown and as published; one that does not exist is left out."""
    found = [(one, known) for one in item.attachments if (known := materials.file(one.path))]
    return (
        tuple(
            [
                FileLink(title=one.title, url=file_url(one.path), kind=known.kind, size=known.size)
                for one, known in found
            ]
        ),
        tuple([(one.path, file_url(one.path)) for one, _ in found]),
    )


def _related(item: ContentItem, materials: Materials) -> tuple[Link, ...]:
    """Return what else to read: the editor's choice first, then what was found; public only, five at most."""
    known = materials.catalogue
    found = known.related.get(item.path, ())
    if item.related:
        chosen = [path for path in item.related if path in known.mentions]
        found = tuple(path for path in dict.fromkeys((*chosen, *found)) if path != item.path)
    return tuple([known.mentions[path] for path in found[:RELATED]])
