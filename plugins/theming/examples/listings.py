"""Examples of pages that list, search or say that there is nothing."""

from __future__ import annotations

from dataclasses import replace

from plugins.domain.body import Body
from plugins.domain.pages import Batch, Block, Link, Page
from plugins.theming.examples.example import SITE, Example, help_blocks, item, links, menu, page, picture, trail

_NEWS = (
    "家庭健康月启动，十二个乡镇依次开展义诊与咨询",
    "优生优育讲座走进六个乡镇",
    "志愿者培训班开课，六十名骨干参加",
    "暖心家园新址启用",
    "青春健康教育进校园活动总结会召开",
    "示例县召开年度工作会议",
)
_NOTICES = (
    "关于开展家庭健康月活动的通知",
    "关于组织志愿者培训的通知",
    "关于征集基层工作案例的公告",
    "关于调整办公时间的公告",
    "关于开展暖心行动走访的通知",
)


def _column(title: str, folder: str, *titles: str) -> Block:
    return Block(title=title, url=folder, kind="column", links=links(*titles, folder=folder))


_STORY = Link(
    title=_NEWS[0],
    url="/news-item/",
    effective=links("x")[0].effective,
    section="资讯快递",
    summary="示例县计划生育协会在县文化中心举办“家庭健康月”启动仪式。活动设义诊、咨询和阅读三个区域，全天接待居民四百余人次，此后每周六在十二个乡镇依次举办。",
    picture=picture(alt="村口的广场上，居民在帐篷下排队测量血压"),
)
_PROGRAMS = tuple(
    Link(title=title, url=f"/programs/{place}/", type="program", note=state)
    for place, (title, state) in enumerate(
        (("暖心行动", "进行中"), ("优生优育进万家", "进行中"), ("青春健康教育", "进行中"), ("家庭健康促进", "已结束"))
    )
)
_ABOUT = tuple(Link(title=title, url="/page/") for title in ("协会简介", "章程要点", "怎样成为会员", "联系我们"))
HOME = Page(
    url="/", save_as="index.html", template="pages/home.html", title=SITE, kind="home", head_title=SITE,
    canonical="https://www.example.org/", menu=menu("/", "page"), lead_story=_STORY,
    blocks=(
        Block(title="通知公告", url="/notices/", kind="notices", links=links(*_NOTICES, folder="/notices/")),
        _column("资讯快递", "/news/", *_NEWS),
        _column("会长话改革", "/leaders/", "在年度工作会议上的讲话（示例）", "谈谈基层协会建设（示例）", "把服务送到家门口（示例）", "关于项目管理的几点体会（示例）"),
        Block(title="服务项目", url="/programs/", kind="column", links=_PROGRAMS),
        Block(title="关于协会", url="/about/", kind="column", links=_ABOUT),
        _column("活动", "/events/", "优生优育公益讲座", "亲子阅读会", "健康咨询日", "志愿者见面会"),
    ),
)  # fmt: skip


def _batch(number: int = 0) -> Batch:
    pinned = replace(links("关于使用本站的说明")[0], pinned=True)
    entries = (pinned, *links(*(title for _ in range(3) for title in _NEWS))) if number == 0 else links(*_NEWS)
    pages = tuple(
        (str(n), "/column/" if n == 22 else f"/column/page/{n}/", n == (number or 22)) for n in (22, 21, 20, 19, 1)
    )
    if number == 0:
        return Batch(
            links=entries, total=326, pages=22, older="/column/page/21/", oldest="/column/page/1/", numbered=pages
        )
    return Batch(
        links=entries, number=number, newest="/column/", newer="/column/", older="/column/page/20/", oldest="/column/page/1/", numbered=pages
    )  # fmt: skip


_INTRODUCTION = "报道本县各级协会的工作和会员的故事。每周更新。"
COLUMN = page(
    "column", "types/section.html", "资讯快递", kind="section", item=item("section", "资讯快递", summary=_INTRODUCTION),
    batch=_batch(), menu=menu("/news/", "page"), breadcrumbs=(Link(title="首页", url="/"), Link(title="资讯快递", url="")),
    section=Link(title="资讯快递", url="/news/"), feeds=(Link(title="资讯快递", url="/news/feed.xml"),),
)  # fmt: skip
SEARCH = page(
    "search", "pages/search.html", "搜索", kind="search", menu=menu(), blocks=help_blocks(), noindex=True,
    breadcrumbs=(Link(title="首页", url="/"), Link(title="搜索", url="")),
)  # fmt: skip
_MIXED = tuple(replace(link, section="资讯快递") for link in links(*_NEWS))
_YEARS = tuple(
    Block(
        title=f"{year}年",
        kind="year",
        links=tuple(Link(title=f"{m}月", url=f"/archive/{year}/{m:02}/", note="12 篇") for m in range(12, 0, -1)),
    )
    for year in (2026, 2025)
)
_SECTIONS = tuple(
    Block(title=entry.title, url=entry.url, kind="map", links=links("下级栏目甲", "下级栏目乙"))
    for entry in menu()[1:5]
)
_TAGS = tuple(
    Link(title=word, url=f"/tags/{place}/", note=f"{40 - place * 3} 篇")
    for place, word in enumerate(("暖心行动", "家庭健康", "优生优育", "青春健康", "志愿服务", "基层建设", "会员活动"))
)


def _home_trail(title: str) -> tuple[Link, ...]:
    return (Link(title="首页", url="/"), Link(title=title, url=""))


LISTINGS = (
    Example(name="home", state="首页", page=HOME),
    Example(name="home-bare", state="首页：没有头条图片，没有通知", page=replace(HOME, lead_story=replace(_STORY, picture=None), blocks=HOME.blocks[1:3])),
    Example(name="column", state="栏目首页：置顶、分页", page=COLUMN),
    Example(name="column-older", state="栏目较早的一页", page=replace(COLUMN, template="pages/list.html", kind="list", batch=_batch(21), url="/column/page/21/")),
    Example(name="column-empty", state="空栏目", page=replace(COLUMN, batch=None, item=None, feeds=())),
    Example(name="column-lead", state="栏目：有介绍和下级栏目", page=replace(COLUMN, body=Body(html=f"<p>{_INTRODUCTION}</p>"), blocks=_SECTIONS[:2])),
    Example(name="collection", state="专题：跨栏目的列表", page=page("collection", "types/collection.html", "家庭健康月专题", batch=Batch(links=_MIXED, total=6, pages=1))),
    Example(name="tag", state="标签", page=page("tag", "pages/tag.html", "标签：家庭健康", kind="tag", batch=Batch(links=_MIXED, total=6, pages=1))),
    Example(name="tags", state="全部标签", page=page("tags", "pages/tags.html", "标签", kind="tags", batch=Batch(links=_TAGS), breadcrumbs=_home_trail("标签"))),
    Example(name="archive", state="归档", page=page("archive", "pages/archive.html", "归档", kind="archive", blocks=_YEARS, breadcrumbs=_home_trail("归档"))),
    Example(name="archive-year", state="归档：一年", page=page("archive-year", "pages/archive_year.html", "2026年归档", kind="year", blocks=_YEARS[:1], breadcrumbs=trail("归档", "/archive/", "2026年"))),
    Example(name="archive-month", state="归档：一月", page=page("archive-month", "pages/archive_month.html", "2026年11月归档", kind="month", batch=Batch(links=_MIXED, total=6, pages=1))),
    Example(name="sitemap", state="网站地图", page=page("sitemap", "pages/sitemap.html", "网站地图", kind="map", blocks=_SECTIONS, breadcrumbs=_home_trail("网站地图"))),
    Example(name="search", state="搜索：无脚本时也可用", page=SEARCH),
    Example(name="not-found", state="404", page=page("not-found", "pages/404.html", "找不到这个页面", kind="error", breadcrumbs=(), blocks=help_blocks(), menu=menu(), noindex=True)),
    Example(name="withdrawn", state="410 已撤下", page=page("withdrawn", "pages/410.html", "该内容已撤下", kind="error", breadcrumbs=(), blocks=help_blocks(), menu=menu(), noindex=True)),
)  # fmt: skip
