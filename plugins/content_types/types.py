"""The content types, each one declaration: fields, what is required, template, what is searchable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from plugins.content_types import details
from plugins.content_types.common import COMMON, NOT_FOR_SECTIONS, TYPE_NAMES
from plugins.content_types.schema import Field, Kind
from plugins.content_types.values import Values
from plugins.domain.content import Details


@dataclass(frozen=True, kw_only=True)
class ContentType:
    """One kind of content.

    ``details`` makes the type's own values; ``required`` names common keys that this type cannot do without;
    ``folder`` is where ``inv new`` puts a new item; ``is_searchable`` is false for what only leads elsewhere.
    """

    name: str
    label: str
    help: str
    details: Callable[[Values], Details]
    fields: tuple[Field, ...] = ()
    required: tuple[str, ...] = ()
    folder: str = ""
    is_searchable: bool = True

    @property
    def template(self) -> str:
        """The template that renders the type, relative to the templates folder."""
        return f"types/{self.name}.html"

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """Every field of the type by its key, the common ones first."""
        common = (_required(known) if known.name in self.required else known for known in COMMON)
        own = (*common, *self.fields)
        hidden = NOT_FOR_SECTIONS if self.name == "section" else frozenset()
        return {known.name: known for known in own if known.name not in hidden}

    @property
    def searchable(self) -> tuple[str, ...]:
        """The keys whose text is searched, besides the body."""
        return tuple(known.name for known in self.by_key.values() if known.searchable) if self.is_searchable else ()


def _required(known: Field) -> Field:
    return replace(known, required=True)


PHONE = Field(name="phone", kind=Kind.LINE, label="联系电话")
PLACE = Field(name="place", kind=Kind.LINE, label="地点", searchable=True)
PAGE_SIZE = Field(name="page_size", kind=Kind.COUNT, label="每页条数")
ORDERS = ("newest", "oldest", "title", "order")

QUERY = (
    Field(name="type", kind=Kind.CHOICES, label="类型", choices=TYPE_NAMES),
    Field(name="section", kind=Kind.PATH, label="栏目", help="写栏目文件夹，如 /news，含下级栏目"),
    Field(name="tags", kind=Kind.WORDS, label="标签", help="有其中一个就算"),
    Field(name="people", kind=Kind.WORDS, label="人物"),
    Field(name="program", kind=Kind.WORDS, label="项目"),
    Field(name="since", kind=Kind.DAY, label="起始日期"),
    Field(name="until", kind=Kind.DAY, label="截止日期", future_years=10),
    Field(name="order", kind=Kind.CHOICE, label="排列", choices=ORDERS, help="newest 新的在前，oldest 旧的在前"),
    Field(name="limit", kind=Kind.COUNT, label="最多条数", help="0 为不限"),
)

TYPES: dict[str, ContentType] = {
    declared.name: declared
    for declared in (
        ContentType(
            name="section",
            label="栏目",
            help="一个文件夹的 index.md，列出文件夹里的内容",
            details=details.section,
            fields=(
                PAGE_SIZE,
                Field(name="owner", kind=Kind.LINE, label="负责部门"),
                Field(name="update_days", kind=Kind.COUNT, label="最长更新间隔（天）", help="超过就提醒；0 为不提醒"),
                Field(name="default_type", kind=Kind.CHOICE, label="默认内容类型", choices=TYPE_NAMES),
                Field(name="show_empty", kind=Kind.FLAG, label="空栏目也进菜单"),
            ),
        ),
        ContentType(
            name="page",
            label="页面",
            help="介绍、章程、声明等不按日期排列的文字",
            details=details.plain,
            folder="about",
        ),
        ContentType(
            name="news_item",
            label="新闻",
            help="资讯、动态，按日期排列",
            details=details.plain,
            required=("date",),
            folder="news",
        ),
        ContentType(
            name="leader_article",
            label="领导讲话与署名文章",
            help="讲话、署名文章或其摘编",
            details=details.leader_article,
            required=("date",),
            folder="reform",
            fields=(
                Field(name="speaker", kind=Kind.LINE, label="讲话人或作者", searchable=True),
                Field(name="office", kind=Kind.LINE, label="当时职务", searchable=True),
                Field(name="occasion", kind=Kind.LINE, label="场合", searchable=True),
                Field(name="spoken_on", kind=Kind.DAY, label="讲话日期"),
            ),
        ),
        ContentType(
            name="program",
            label="项目",
            help="服务项目：对象、参加办法、时间",
            details=details.program,
            folder="programs",
            fields=(
                Field(name="audience", kind=Kind.TEXT, label="服务对象", searchable=True),
                Field(name="participation", kind=Kind.TEXT, label="参加办法", searchable=True),
                PHONE,
                PLACE,
                Field(name="starts", kind=Kind.DAY, label="开始日期"),
                Field(name="ends", kind=Kind.DAY, label="结束日期", future_years=10),
            ),
        ),
        ContentType(
            name="notice",
            label="通知与文件",
            help="通知、公告、正式文件",
            details=details.notice,
            required=("date",),
            folder="notices",
            fields=(
                Field(name="document_number", kind=Kind.LINE, label="发文字号", searchable=True),
                Field(name="issuing_body", kind=Kind.LINE, label="发文机关", searchable=True),
                Field(name="issued_on", kind=Kind.DAY, label="成文日期"),
                Field(name="deadline", kind=Kind.DAY, label="截止日期", future_years=10),
                Field(name="repealed_on", kind=Kind.DAY, label="废止日期", future_years=10),
            ),
        ),
        ContentType(
            name="event",
            label="活动",
            help="有开始时间的活动，可加入日历",
            details=details.event,
            folder="events",
            fields=(
                Field(name="starts", kind=Kind.MOMENT, label="开始时间", required=True),
                Field(name="ends", kind=Kind.MOMENT, label="结束时间"),
                PLACE,
                Field(name="organiser", kind=Kind.LINE, label="主办单位", searchable=True),
                PHONE,
            ),
        ),
        ContentType(
            name="link",
            label="链接",
            help="栏目里指向别处的一条",
            details=details.link,
            fields=(Field(name="target", kind=Kind.TARGET, label="指向", required=True),),
            is_searchable=False,
        ),
        ContentType(
            name="collection",
            label="专题集合",
            help="按条件自动列出内容的页面",
            details=details.collection,
            folder="topics",
            fields=(Field(name="query", kind=Kind.RECORD, label="条件", required=True, fields=QUERY), PAGE_SIZE),
        ),
        ContentType(
            name="person",
            label="人物",
            help="一个人的公开任职，页面列出有关文章",
            details=details.person,
            folder="people",
            fields=(
                Field(name="office", kind=Kind.LINE, label="职务", searchable=True),
                Field(name="organisation", kind=Kind.LINE, label="单位", searchable=True),
                Field(name="since", kind=Kind.DAY, label="任职起"),
                Field(name="until", kind=Kind.DAY, label="任职止"),
            ),
        ),
    )
}

ANY_FIELD: dict[str, Field] = {  # for a file whose type is not known: its other problems are told all the same
    known.name: known if known in COMMON else replace(known, required=False)
    for declared in TYPES.values()
    for known in declared.by_key.values()
}
