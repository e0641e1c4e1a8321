"""Every file of the public site as an output: its fingerprint now, its bytes only when they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from plugins.article_body.place import placed
from plugins.assembly.composition import Composition, PageFacts, compose_families
from plugins.assembly.feeds import feed_outputs
from plugins.assembly.files import file_links, picture_finder
from plugins.assembly.headers import header_settings
from plugins.assembly.memory import (
    Notes,
    assets_of,
    keep_page,
    recall_articles,
    recall_families,
    related_items,
    template_digests,
)
from plugins.assembly.site import Site
from plugins.assembly.versions import version_of
from plugins.domain.body import Body
from plugins.domain.files import read_regular
from plugins.domain.outputs import Output
from plugins.domain.pages import Link, Page
from plugins.domain.problems import Problem
from plugins.domain.settings import Settings
from plugins.images.qr import qr_output
from plugins.incremental_build.codec import digest, fingerprint
from plugins.navigation.compose import materials_of
from plugins.navigation.families import Stamps, families
from plugins.navigation.head import complete
from plugins.navigation.ical import ical
from plugins.navigation.materials import item_path
from plugins.navigation.published import published_files
from plugins.publishing.feeds import NEVER
from plugins.publishing.headers import headers_file
from plugins.publishing.opensearch import opensearch_file
from plugins.publishing.outputs import OutputFile
from plugins.publishing.redirect_files import fallback_files, redirects_file
from plugins.publishing.redirects import OldAddresses
from plugins.publishing.robots import robots_file
from plugins.publishing.security_txt import security_file
from plugins.publishing.sitemap import entries_of, sitemap_files
from plugins.publishing.webmanifest import Icon, webmanifest_file
from plugins.theming.assets import Assets, asset_outputs
from plugins.theming.site import create_site

if TYPE_CHECKING:
    from plugins.theming.render import Renderer

ICON_SIDE = 192
MANY = 200  # families composed anew from which on templates are compiled before workers are forked
CALENDAR, CODE = "event.ics", "qr.png"  # as navigation.item_pages names them
FOOTER_PAGES = ("about/contact.md", "about/accessibility.md", "about/privacy.md")
SITE_MAP = Link(title="网站地图", url="/sitemap/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The pages of a site and everything else that goes public."""

    composition: Composition
    outputs: tuple[Output, ...]
    old: OldAddresses
    problems: tuple[Problem, ...] = ()


def compose_site(site: Site, old: OldAddresses) -> Composed:
    """Return every page and every output of ``site``; nothing is rendered yet."""
    assets = assets_of(site.settings, site.sources)
    pictures = picture_finder(site.settings)
    materials = materials_of(
        site.tree,
        site.brief_body,
        site.settings,
        files=file_links(site.loaded.files),
        pictures=pictures.find,
        body_keys=lambda item: item.digest,
        relate=related_items(site.settings, site.shown),
        share_image=assets.share_image_url,
    )
    common = digest(repr(_shown(site.settings)), version_of("navigation", "assembly"), assets.share_image_url)
    stamps = Stamps(common=common, shown=site.shown, own=site.own)
    known = recall_families(site.settings)
    composition = compose_families(
        families(materials, stamps),
        known,
        pictures,
        keep=keep_page(site.settings),
        recall=recall_articles(site.settings),
    )
    outputs = (
        *page_outputs(site, composition, assets),
        *feed_outputs(composition, site.settings, version_of("assembly", "publishing")),
        *_calendars(composition),
        *_files(site, composition),
        *_codes(site, composition),
        *pictures.outputs(),
        *_whole_site(site, composition, old, assets),
    )
    return Composed(composition=composition, outputs=outputs, old=old, problems=tuple(pictures.problems))


def page_outputs(site: Site, composition: Composition, assets: Assets) -> Iterator[Output]:
    """Yield the pages and the assets they name."""
    settings = site.settings
    links = footer_links(site)
    render = cache(partial(_renderer, settings, assets, links))
    templates = template_digests(settings, site.sources)
    made_by = version_of("theming", "navigation", "article_body")
    shared = digest(create_site(settings, assets, links).digest, repr(_shown(settings)), made_by)
    rest = {name: fingerprint(模板=found[:24], 全站=shared) for name, found in templates.items()}
    yield from asset_outputs(assets)
    if composition.fresh >= MANY:
        render().warm()
    for page in composition.pages():
        yield Output(
            page.save_as,
            f"{fingerprint(页面=page.digest)} {rest[page.template]}",
            partial(_render, render, composition, page.url, site),
            page.source,
        )


def _shown(settings: Settings) -> Settings:
    """Return ``settings`` without what no page shows: where folders lie, and the moment, of which the site counts its effects."""
    nowhere = Path()
    return replace(settings, content=nowhere, output=nowhere, theme=nowhere, cache=nowhere, now=NEVER)


def _renderer(settings: Settings, assets: Assets, links: tuple[Link, ...]) -> Renderer:
    from plugins.theming.render import create_renderer  # Jinja is imported where a page is rendered, and not before

    return create_renderer(settings, assets, placed, links, settings.cache / "templates")


def page_maker(site: Site) -> Callable[[Page, Body], bytes]:
    """Return the function that makes the bytes of a page with this body, as the build does."""
    settings = site.settings
    render = _renderer(settings, assets_of(settings, site.sources), footer_links(site))
    return lambda page, body: render(complete(page, body, settings))


def _render(renderer: Callable[[], Renderer], composition: Composition, url: str, site: Site) -> bytes:
    render, page = renderer(), composition.page(url)
    body: Body | None = site.body(page.source) if page.body_key else None
    return render(complete(page, body, site.settings))


def footer_links(site: Site) -> tuple[Link, ...]:
    """Return the pages of the footer that are public: the site map, and what each association must state."""
    titles: Mapping[str, Link] = {
        item.path: Link(title=item.title, url=f"{section.url}{item.slug}/")
        for section in site.tree.walk()
        for item in section.items
        if item.path in FOOTER_PAGES
    }
    return (SITE_MAP, *(titles[path] for path in FOOTER_PAGES if path in titles))


def notes_of(site: Site) -> Notes:
    """Return what an edit of a text alone needs to know of the site around it."""
    bodies = site.bodies.values()
    referred = {reference.path for body in bodies for reference in body.references if reference.fragment}
    return Notes(footer=footer_links(site), referred=frozenset(map(item_path, referred)))


def _calendars(composition: Composition) -> Iterator[Output]:
    for page in composition.pages():
        if page.calendar:
            make = partial(_calendar, composition, page.url)
            yield Output(path=_beside(page, CALENDAR), fingerprint=page.calendar, make=make, source=page.source)


def _calendar(composition: Composition, url: str) -> bytes:
    page = composition.page(url)
    return ical(page.item, page.canonical).encode() if page.item else b""


def _files(site: Site, composition: Composition) -> Iterator[Output]:
    for path, url in published_files(composition.pages()):
        file = site.settings.content / path
        state = file.lstat()
        yield Output(
            path=unquote(url.lstrip("/")),
            fingerprint=digest(path, state.st_size, state.st_mtime_ns),
            make=partial(read_regular, file),
            source=path,
        )


def _codes(site: Site, composition: Composition) -> Iterator[Output]:
    for page in composition.pages():
        if page.has_code:
            yield qr_output(_beside(page, CODE), f"{site.settings.url}{page.url}")


def _beside(page: PageFacts, name: str) -> str:
    return f"{page.url.lstrip('/')}{name}"


def _whole_site(site: Site, composition: Composition, old: OldAddresses, assets: Assets) -> Iterator[Output]:
    settings, icon = site.settings, assets.touch_icon_url
    files = [
        robots_file(settings),
        opensearch_file(settings, icon=icon),
        webmanifest_file(settings, [Icon(src=icon, side=ICON_SIDE, type="image/png")]),
        headers_file(header_settings(settings, assets)),
    ]
    if contact := security_file(settings):
        files.append(contact)
    if settings.url and not settings.preview:
        files += sitemap_files(entries_of(composition.pages(), settings.url), settings.url)
    files += [redirects_file(old)] if old.redirects or old.gone else []
    gone = "410.html" if composition.find("/410.html") else ""
    files += [file for file in fallback_files(old, settings.url, gone) if file.path != gone]
    yield from map(written, files)


def written(file: OutputFile, source: str = "") -> Output:
    """Return a file whose bytes are known already as an output."""
    return Output(path=file.path, fingerprint=digest(file.content), make=lambda: file.content, source=source)
