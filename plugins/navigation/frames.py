"""What all pages of one section have in common, made once and shared."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plugins.domain.content import SectionDetails
from plugins.domain.pages import Column, Link, MenuEntry
from plugins.domain.settings import Settings
from plugins.domain.tree import Section
from plugins.navigation.links import section_link
from plugins.navigation.tree import is_blank

HOME_TITLE = "首页"
TEXT = Link(title="正文", url="")
SITE_FEED = "/feed.xml"
_COLUMN_TYPES = {
    "news_item": "工作动态",
    "leader_article": "领导讲话",
    "notice": "通知公告",
    "program": "服务项目",
    "event": "活动安排",
    "page": "概况信息",
    "person": "人员介绍",
    "collection": "专题专栏",
    "link": "相关链接",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds the pages of a section: ``trail`` ends with the section, ``reading`` with 正文 after it.

    ``menu`` marks the section's column as ``true`` (one is inside), ``own_menu`` as ``page`` where it is the page itself.
    """

    section: Section
    link: Link | None
    column: Column | None
    trail: tuple[Link, ...]
    reading: tuple[Link, ...]
    menu: tuple[MenuEntry, ...]
    own_menu: tuple[MenuEntry, ...]
    feeds: tuple[Link, ...]


def frames(home: Section, settings: Settings) -> dict[str, Frame]:
    """Return the frame of every section by its folder."""
    menu = (MenuEntry(title=HOME_TITLE, url="/"), *_menu(home, settings))
    first = Link(title=HOME_TITLE, url="/")
    feed = Link(title=f"{settings.name}最新发布", url=SITE_FEED)
    found = {
        "": Frame(
            section=home,
            link=None,
            column=None,
            trail=(first,),
            reading=(first, TEXT),
            menu=menu,
            own_menu=_marked(menu, "/", "page"),
            feeds=(feed,),
        )
    }
    for top in home.sections:
        _add(found, top, found[""], top.url)
    return found


def _add(found: dict[str, Frame], section: Section, above: Frame, top: str) -> None:
    link = section_link(section)
    trail = (*above.trail, link)
    inside = _marked(found[""].menu, top, "true")
    frame = Frame(
        section=section,
        link=link,
        column=_column(section),
        trail=trail,
        reading=(*trail, TEXT),
        menu=inside,
        own_menu=_marked(found[""].menu, top, "page") if section.url == top else inside,
        feeds=(Link(title=section.item.title, url=f"{section.url}feed.xml"), found[""].feeds[0]),
    )
    found[section.item.folder] = frame
    for below in section.sections:
        _add(found, below, frame, top)


def columns(home: Section, settings: Settings) -> tuple[Section, ...]:
    """Return the sections that menu and home page show: not excluded, and not blank unless the editor says so."""
    return tuple(
        section
        for section in home.sections
        if not section.item.exclude_from_nav and (_shows_empty(section) or not is_blank(section, settings.now))
    )


def _shows_empty(section: Section) -> bool:
    return isinstance(section.item.details, SectionDetails) and section.item.details.show_empty


def _menu(home: Section, settings: Settings) -> tuple[MenuEntry, ...]:
    return tuple(MenuEntry(title=section.item.title, url=section.url) for section in columns(home, settings))


def _marked(menu: tuple[MenuEntry, ...], url: str, current: str) -> tuple[MenuEntry, ...]:
    return tuple(replace(entry, current=current) if entry.url == url else entry for entry in menu)


def _column(section: Section) -> Column:
    """Say of a section what its tags must, none of them empty."""
    item = section.item
    kind = item.details.default_type if isinstance(item.details, SectionDetails) else ""
    return Column(
        name=item.title,
        url=section.url,
        description=item.summary or f"{item.title}栏目的全部内容",
        keywords=item.keywords or item.tags or (item.title,),
        type=_COLUMN_TYPES.get(kind, "信息发布"),
    )
