"""An example of the style guide, and the parts that examples share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from plugins.domain.body import Body
from plugins.domain.content import ContentItem, State
from plugins.domain.dates import CHINA
from plugins.domain.pages import Block, Link, MenuEntry, Page, Picture, PictureSource

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=CHINA)
SITE = "示例县计划生育协会"
ADDRESS = "https://www.example.org"

_COLUMNS = (
    ("首页", "/"),
    ("资讯快递", "/news/"),
    ("会长话改革", "/leaders/"),
    ("服务项目", "/programs/"),
    ("通知公告", "/notices/"),
    ("活动", "/events/"),
    ("关于协会", "/about/"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A page of the style guide; ``name`` is its folder, ``state`` says in Chinese what it shows."""

    name: str
    state: str
    page: Page


def menu(current: str = "", value: str = "true") -> tuple[MenuEntry, ...]:
    """Return the main menu with the column at the address ``current`` marked."""
    return tuple(MenuEntry(title=title, url=url, current=value if url == current else "") for title, url in _COLUMNS)


def links(*titles: str, section: str = "", folder: str = "/news/") -> tuple[Link, ...]:
    """Return entries of a listing, each four days older than the one before."""
    return tuple(
        Link(title=title, url=f"{folder}item-{place}/", effective=NOW - timedelta(days=4 * place), section=section)
        for place, title in enumerate(titles, start=1)
    )


def picture(name: str = "village", *, alt: str, caption: str = "", width: int = 800, height: int = 450) -> Picture:
    """Return a drawing of the style guide as a picture."""
    source = PictureSource(type="image/svg+xml", srcset=f"/drawings/{name}.svg 800w")
    sizes = "(min-width: 48em) 684px, calc(100vw - 2rem)"
    return Picture(
        src=f"/drawings/{name}.svg",
        width=width,
        height=height,
        alt=alt,
        caption=caption,
        sizes=sizes,
        sources=(source,),
    )


def item(type: str, title: str, **fields: Any) -> ContentItem:
    """Return a published item; ``fields`` are those of ContentItem."""
    own = {"date": NOW, "path": f"news/{type}.md", "slug": type.replace("_", "-"), "id": "a1b2c3"}
    return ContentItem(type=type, title=title, state=State.PUBLISHED, **{**own, **fields})


def page(name: str, template: str, title: str, **fields: Any) -> Page:
    """Return a page of the style guide; ``fields`` are those of Page."""
    url = f"/{name}/"
    own = {
        "head_title": f"{title}_{SITE}",
        "canonical": ADDRESS + url,
        "menu": menu("/news/"),
        "breadcrumbs": trail("资讯快递", "/news/"),
    }
    return Page(url=url, save_as=f"{name}/index.html", template=template, title=title, **{**own, **fields})


def trail(column: str, url: str, last: str = "正文") -> tuple[Link, ...]:
    """Return breadcrumbs: home, the column, and the page itself as text."""
    return (Link(title="首页", url="/"), Link(title=column, url=url), Link(title=last, url=""))


def article(name: str, template: str, content: ContentItem, body: str, **fields: Any) -> Page:
    """Return the page of an item with its text, a QR code and the way to its neighbours."""
    own = {
        "item": content,
        "body": Body(html=body),
        "tags": (Link(title="暖心行动", url="/tags/nuanxin/"), Link(title="家庭健康", url="/tags/health/")),
        "previous": Link(title="示例县召开年度工作会议", url="/news/previous/"),
        "next": Link(title="家庭健康服务进社区", url="/news/next/"),
        "related": links("优生优育讲座走进六个乡镇", "志愿者培训班开课", "暖心家园新址启用"),
        "qr_url": "/drawings/qr.png",
        "correction_url": "mailto:webmaster@example.org",
    }
    return page(name, f"types/{template}.html", content.title, **{**own, **fields})


def help_blocks() -> tuple[Block, ...]:
    """Return where to go from a page that has nothing."""
    return (
        Block(title="栏目", kind="help", links=tuple(Link(title=title, url=url) for title, url in _COLUMNS)),
        Block(
            title="其他",
            kind="help",
            links=(Link(title="网站地图", url="/sitemap/"), Link(title="归档", url="/archive/")),
        ),
    )


def with_preview(example: Page, banner: str) -> Page:
    """Return ``example`` as a preview build shows it."""
    return replace(example, preview=banner, noindex=True)
