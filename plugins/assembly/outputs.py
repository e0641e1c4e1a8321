"""Every file of the public site as an output: its fingerprint now, its bytes only when they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from plugins.article_body.place import place
from plugins.assembly.feeds import feed_outputs
from plugins.assembly.files import file_links, picture_finder
from plugins.assembly.headers import header_settings
from plugins.assembly.memory import related_items, template_digests
from plugins.assembly.site import Site
from plugins.assembly.versions import version_of
from plugins.content_types.load import read_regular
from plugins.domain.body import Body
from plugins.domain.outputs import Output
from plugins.domain.pages import Link, Page, Picture
from plugins.domain.problems import Problem
from plugins.domain.settings import Settings
from plugins.images.qr import qr_output
from plugins.incremental_build.codec import digest, fingerprint
from plugins.navigation.compose import compose
from plugins.navigation.head import complete
from plugins.navigation.ical import ical
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
from plugins.theming.assets import Assets, asset_outputs, load_assets
from plugins.theming.site import create_site

ICON_SIDE = 192
FOOTER_PAGES = ("about/contact.md", "about/accessibility.md", "about/privacy.md")
T = TypeVar("T")
Pairs = tuple[tuple[str, T], ...]
SITE_MAP = Link(title="网站地图", url="/sitemap/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The pages of a site and everything else that goes public."""

    pages: tuple[Page, ...]
    outputs: tuple[Output, ...]
    old: OldAddresses
    problems: tuple[Problem, ...] = ()


def compose_site(site: Site, old: OldAddresses) -> Composed:
    """Return every page and every output of ``site``; nothing is rendered yet."""
    assets = load_assets(site.settings.theme)
    pictures = picture_finder(site.settings)
    pages = tuple(
        compose(
            site.tree,
            site.brief_body,
            site.settings,
            files=file_links(site.loaded.files),
            pictures=pictures.find,
            body_keys=lambda item: item.digest,
            relate=related_items(site.settings),
            share_image=assets.share_image_url,
        )
    )
    outputs = (
        *page_outputs(site, pages, assets),
        *feed_outputs(pages, site.settings),
        *_calendars(site, pages),
        *_files(site, pages),
        *_codes(pages),
        *pictures.outputs(),
        *_whole_site(site, pages, old, assets),
    )
    return Composed(pages=pages, outputs=outputs, old=old, problems=tuple(pictures.problems))


def page_outputs(site: Site, pages: Iterable[Page], assets: Assets) -> Iterator[Output]:
    """Yield the pages and the assets they name."""
    settings = site.settings
    links = footer_links(site)
    render = cache(partial(_renderer, settings, assets, links))
    templates = template_digests(settings, site.sources)
    made_by = version_of("theming", "navigation", "article_body")
    shared = digest(create_site(settings, assets, links).digest, repr(_shown(settings)), made_by)
    yield from asset_outputs(assets)
    for page in pages:
        yield Output(
            path=page.save_as,
            fingerprint=fingerprint(页面=digest(page), 模板=templates[page.template][:24], 全站=shared),
            make=partial(_render, render, page, site),
            source=page.source,
        )


def _shown(settings: Settings) -> Settings:
    """Return ``settings`` without what no page shows: where folders lie, and the moment, of which the site counts its effects."""
    nowhere = Path()
    return replace(settings, content=nowhere, output=nowhere, theme=nowhere, cache=nowhere, now=NEVER)


def _renderer(settings: Settings, assets: Assets, links: tuple[Link, ...]) -> Callable[[Page], bytes]:
    from plugins.theming.render import create_renderer  # Jinja is imported where a page is rendered, and not before

    return create_renderer(settings, assets, _placed, links)


def page_maker(site: Site) -> Callable[[Page, Body], bytes]:
    """Return the function that makes the bytes of a page with this body, as the build does."""
    settings = site.settings
    render = _renderer(settings, load_assets(settings.theme), footer_links(site))
    return lambda page, body: render(complete(page, body, settings))


def _render(renderer: Callable[[], Callable[[Page], bytes]], page: Page, site: Site) -> bytes:
    render = renderer()
    body: Body | None = site.body(page.source) if page.body_key else None
    return render(complete(page, body, site.settings))


def _placed(html: str, targets: Pairs[str], pictures: Pairs[Picture]) -> str:
    return place(html, dict(targets), dict(pictures))


def footer_links(site: Site) -> tuple[Link, ...]:
    """Return the pages of the footer that are public: the site map, and what each association must state."""
    titles: Mapping[str, Link] = {
        item.path: Link(title=item.title, url=f"{section.url}{item.slug}/")
        for section in site.tree.walk()
        for item in section.items
        if item.path in FOOTER_PAGES
    }
    return (SITE_MAP, *(titles[path] for path in FOOTER_PAGES if path in titles))


def _calendars(site: Site, pages: Iterable[Page]) -> Iterator[Output]:
    for page in pages:
        if page.calendar_url and page.item:
            text = ical(page.item, page.canonical)
            yield written(OutputFile.of_text(page.calendar_url.lstrip("/"), text), source=page.source)


def _files(site: Site, pages: Iterable[Page]) -> Iterator[Output]:
    for path, url in published_files(pages):
        file = site.settings.content / path
        state = file.lstat()
        yield Output(
            path=unquote(url.lstrip("/")),
            fingerprint=digest(path, state.st_size, state.st_mtime_ns),
            make=partial(read_regular, file, -1),
            source=path,
        )


def _codes(pages: Iterable[Page]) -> Iterator[Output]:
    for page in pages:
        if page.qr_url:
            yield qr_output(page.qr_url.lstrip("/"), page.canonical)


def _whole_site(site: Site, pages: tuple[Page, ...], old: OldAddresses, assets: Assets) -> Iterator[Output]:
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
        files += sitemap_files(entries_of(pages, settings.url), settings.url)
    files += [redirects_file(old)] if old.redirects or old.gone else []
    gone = next((page.save_as for page in pages if page.save_as == "410.html"), "")
    files += [file for file in fallback_files(old, settings.url, gone) if file.path != gone]
    yield from map(written, files)


def written(file: OutputFile, source: str = "") -> Output:
    """Return a file whose bytes are known already as an output."""
    return Output(path=file.path, fingerprint=digest(file.content), make=lambda: file.content, source=source)
