"""The site's own pages: home, tags, archive, site map, search, and what a reader sees where nothing is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from plugins.domain.content import ContentItem, SectionDetails
from plugins.domain.pages import Batch, Block, Link, Page
from plugins.domain.tree import Section
from plugins.navigation.addresses import url_of
from plugins.navigation.catalogue import Catalogue
from plugins.navigation.frames import columns
from plugins.navigation.inner_links import linked_files
from plugins.navigation.item_pages import item_page
from plugins.navigation.links import section_link, story
from plugins.navigation.listing_pages import listing, site_page, with_own_feed
from plugins.navigation.materials import Materials
from plugins.navigation.section_pages import collection_block, is_shown_as_block, newest_of

TAGS = Link(title="标签", url="/tags/")
ARCHIVE = Link(title="归档", url="/archive/")
SITEMAP = Link(title="网站地图", url="/sitemap/")
SEARCH = Link(title="搜索", url="/search/")
_TOLD = frozenset(["news_item", "leader_article"])  # what can be the lead story


def home_page(materials: Materials) -> Page:
    """Return the home page."""
    home, frame, settings = materials.catalogue.home, materials.frames[""], materials.settings
    page, lead = item_page(home.item, frame, materials), _lead_story(materials)
    newest = materials.catalogue.newest[:1]
    return replace(
        page,
        kind="home",
        template="pages/home.html",
        head_title=settings.name,
        description=settings.description or home.item.summary or settings.name,
        breadcrumbs=(),
        menu=frame.own_menu,
        related=(),
        qr_url="",
        correction_url="",
        lead_story=lead,
        blocks=tuple(_home_blocks(home, lead, materials)),
        files=page.files + linked_files(home),
        modified=max((item.date for item in newest if item.date), default=page.modified),
        searchable=False,
    )


def _lead_story(materials: Materials) -> Link | None:
    """Return the newest story: a pinned one with a picture before any with a picture before any at all."""
    told = [item for item in materials.catalogue.newest if item.type in _TOLD]
    best = (
        next((item for item in told if item.pinned and item.lead_image), None)
        or next((item for item in told if item.lead_image), None)
        or next(iter(told), None)
    )
    if best is None:
        return None
    lead = best.lead_image
    return story(best, materials.picture(lead.path, lead.alt, "", "story") if lead else None)


def _home_blocks(home: Section, lead: Link | None, materials: Materials) -> Iterator[Block]:
    """Yield 通知公告 first, then the newest of every column, then the pinned collections beside the home page.

    The lead story is not told a second time in its column, unless it is all the column has.
    """
    size = materials.settings.home_size
    shown = columns(home, materials.settings)
    notices = next((section for section in shown if _is_for_notices(section)), None)
    for section in sorted(shown, key=lambda section: section is not notices):
        entries = materials.own_entries(newest_of(section, materials, size + 1))
        links = tuple(link for link in entries if lead is None or link.url != lead.url)[:size] or entries
        kind = "notices" if section is notices else "column"
        yield Block(title=section.item.title, url=section.url, links=links, kind=kind)
    for item in home.items:
        if is_shown_as_block(item):
            yield collection_block(item, materials)


def _is_for_notices(section: Section) -> bool:
    if isinstance(section.item.details, SectionDetails) and section.item.details.default_type == "notice":
        return True
    sample = section.items[:20]
    return sum(item.type == "notice" for item in sample) * 2 > max(len(sample), 1)


def tag_index(materials: Materials) -> Page:
    """Return the index of tags."""
    known = materials.catalogue
    counted = tuple(replace(known.tag_links[tag], note=f"{len(items)} 篇") for tag, items in known.tags.items())
    index = site_page(TAGS.url, "pages/tags.html", TAGS.title, "tags", materials.frames[""], materials)
    return replace(index, batch=Batch(links=counted, total=len(counted), pages=1))


def tag_pages(tag: str, materials: Materials) -> Iterator[Page]:
    """Yield the pages of one tag."""
    known, frame = materials.catalogue, materials.frames[""]
    url = known.tag_links[tag].url
    front = with_own_feed(site_page(url, "pages/tag.html", tag, "tag", frame, materials, above=(TAGS,)))
    yield from listing(front, materials.entries(known.tags[tag]), materials.settings.page_size)


def months_of_years(materials: Materials) -> dict[int, list[int]]:
    """Return the months in which something was published, by year, newest first."""
    years: defaultdict[int, list[int]] = defaultdict(list)
    for year, month in sorted(materials.catalogue.months, reverse=True):
        years[year].append(month)
    return years


def archive_page(materials: Materials) -> Page:
    """Return the archive: the years with their months."""
    front = site_page(ARCHIVE.url, "pages/archive.html", ARCHIVE.title, "archive", materials.frames[""], materials)
    years = months_of_years(materials).items()
    blocks = (Block(title=f"{y}年", url=_year_url(y), links=_month_links(y, found), kind="year") for y, found in years)
    return replace(front, blocks=tuple(blocks))


def year_page(year: int, materials: Materials) -> Page:
    """Return the page of one year: its months with their counts."""
    frame, months, found = materials.frames[""], materials.catalogue.months, months_of_years(materials)[year]
    links = tuple(
        replace(link, note=f"{len(months[year, month])} 篇")
        for link, month in zip(_month_links(year, found), found, strict=True)
    )
    above = (ARCHIVE,)
    front = site_page(_year_url(year), "pages/archive_year.html", f"{year}年", "year", frame, materials, above=above)
    return replace(front, blocks=(Block(title="按月浏览", links=links, kind="year"),))


def month_pages(year: int, month: int, materials: Materials) -> Iterator[Page]:
    """Yield the pages of one month."""
    frame, title = materials.frames[""], f"{year}年{month}月"
    (link,) = _month_links(year, [month])
    above = (ARCHIVE, Link(title=f"{year}年", url=_year_url(year)))
    page = site_page(link.url, "pages/archive_month.html", title, "month", frame, materials, above=above)
    yield from listing(page, materials.entries(materials.catalogue.months[year, month]), materials.settings.page_size)


def _year_url(year: int) -> str:
    return f"{ARCHIVE.url}{year}/"


def _month_links(year: int, months: list[int]) -> tuple[Link, ...]:
    return tuple(Link(title=f"{month}月", url=f"{_year_url(year)}{month:02d}/") for month in months)


def plain_pages(materials: Materials) -> Iterator[Page]:
    """Yield site map, search page, 404 and 410."""
    home, frame, settings = materials.catalogue.home, materials.frames[""], materials.settings
    map_page = site_page(SITEMAP.url, "pages/sitemap.html", SITEMAP.title, "map", frame, materials)
    beside = tuple(_place(item) for item in home.items if _is_standing(item))
    entries = (*beside, SEARCH, ARCHIVE, *_tags(materials.catalogue))
    yield replace(map_page, blocks=(*_map_blocks(home), Block(title="其他", links=entries, kind="map")))
    help_blocks = (
        Block(title="浏览栏目", links=tuple(section_link(one) for one in columns(home, settings)), kind="help"),
        Block(title="其他入口", links=(ARCHIVE, *_tags(materials.catalogue), SITEMAP), kind="help"),
    )
    search = site_page(SEARCH.url, "pages/search.html", SEARCH.title, "search", frame, materials)
    yield replace(search, blocks=help_blocks)
    for url, title in (("/404.html", "找不到这个页面"), ("/410.html", "该内容已撤下")):
        page = site_page(url, f"pages{url}", title, "error", frame, materials)
        yield replace(page, blocks=help_blocks, noindex=True, canonical="")


def _tags(known: Catalogue) -> tuple[Link, ...]:
    return (TAGS,) if known.tags else ()


def _map_blocks(home: Section) -> Iterator[Block]:
    """Yield all columns, then each column's sub-sections and standing pages; news is left to lists and archive."""
    yield Block(title="栏目", links=tuple(section_link(section) for section in home.sections), kind="map")
    for section in home.sections:
        links = (
            *(section_link(below) for below in section.walk() if below is not section),
            *(_place(item) for item in section.every_item() if _is_standing(item)),
        )
        if links:
            yield Block(title=section.item.title, url=section.url, links=links, kind="map")


def _place(item: ContentItem) -> Link:
    return Link(title=item.title, url=url_of(item), type=item.type)


def _is_standing(item: ContentItem) -> bool:
    """Whether ``item`` is looked for in a map: it stays, rather than being news of a day."""
    return item.type in ("page", "program", "person", "collection")
