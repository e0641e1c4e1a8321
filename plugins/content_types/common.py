"""The front matter keys that every content type has."""

from __future__ import annotations

from plugins.content_types.schema import Field, Kind
from plugins.content_types.workflow import STATES

TYPE_NAMES = (
    "section",
    "page",
    "news_item",
    "leader_article",
    "program",
    "notice",
    "event",
    "link",
    "collection",
    "person",
)

CREDIT = (
    Field(name="name", kind=Kind.LINE, label="姓名", required=True),
    Field(name="office", kind=Kind.LINE, label="职务"),
)
ATTACHMENT = (
    Field(name="path", kind=Kind.PATH, label="文件", required=True),
    Field(name="title", kind=Kind.LINE, label="显示的名称"),
)
CORRECTION = (
    Field(name="date", kind=Kind.DAY, label="更正日期", required=True),
    Field(name="text", kind=Kind.TEXT, label="更正说明", required=True),
)
REVIEW = (
    Field(name="flag", kind=Kind.LINE, label="标记", required=True),
    Field(name="text", kind=Kind.TEXT, label="原文"),
    Field(name="suggestion", kind=Kind.TEXT, label="建议"),
    Field(name="note", kind=Kind.TEXT, label="说明"),
)
APPROVAL = (
    Field(name="role", kind=Kind.LINE, label="审次", required=True, help="初审、复审、终审"),
    Field(name="name", kind=Kind.LINE, label="审核人", required=True),
    Field(name="date", kind=Kind.MOMENT, label="审核时间", required=True),
    Field(name="digest", kind=Kind.LINE, label="所审文本的摘要值", required=True),
)
LEGACY = (
    Field(name="url", kind=Kind.LINE, label="旧网址"),
    Field(name="sha256", kind=Kind.LINE, label="旧文件的摘要值"),
    Field(name="record", kind=Kind.LINE, label="抢救记录"),
    Field(name="note", kind=Kind.TEXT, label="给读者的说明"),
)
WAIVER = (
    Field(name="rule", kind=Kind.LINE, label="规则名", required=True),
    Field(name="text", kind=Kind.LINE, label="涉及的文字"),
    Field(name="name", kind=Kind.LINE, label="决定人", required=True),
    Field(name="reason", kind=Kind.LINE, label="理由", required=True),
    Field(name="until", kind=Kind.DAY, label="有效至", required=True, future_years=10),
)

COMMON: tuple[Field, ...] = (
    Field(name="title", kind=Kind.TITLE, label="标题", required=True, searchable=True),
    Field(name="type", kind=Kind.CHOICE, label="内容类型", required=True, choices=TYPE_NAMES),
    Field(name="state", kind=Kind.CHOICE, label="状态", choices=STATES, help="不写就是 private，不公开"),
    Field(name="id", kind=Kind.ID, label="固定编号", help="不写就用文件路径；发布后不要改"),
    Field(name="slug", kind=Kind.SLUG, label="网址名", help="不写就用文件名；栏目用文件夹名"),
    Field(name="date", kind=Kind.MOMENT, label="发布时间", help="未到的时间先不公开"),
    Field(name="modified", kind=Kind.MOMENT, label="修改时间"),
    Field(name="expires", kind=Kind.MOMENT, label="到期时间", help="到期后离开列表，网址保留", future_years=10),
    Field(name="kicker", kind=Kind.LINE, label="肩题", searchable=True),
    Field(name="subtitle", kind=Kind.LINE, label="副题", searchable=True),
    Field(name="summary", kind=Kind.TEXT, label="摘要", searchable=True),
    Field(name="tags", kind=Kind.WORDS, label="标签", searchable=True),
    Field(name="keywords", kind=Kind.WORDS, label="关键词", searchable=True),
    Field(name="region", kind=Kind.LINE, label="地区", searchable=True),
    Field(name="authors", kind=Kind.RECORDS, label="作者", searchable=True, fields=CREDIT, bare="name"),
    Field(name="source", kind=Kind.LINE, label="来源", searchable=True),
    Field(name="source_url", kind=Kind.URL, label="来源网址"),
    Field(name="editor", kind=Kind.LINE, label="责任编辑"),
    Field(name="people", kind=Kind.WORDS, label="相关人物", searchable=True, help="写人物页的标题"),
    Field(name="programs", kind=Kind.WORDS, label="相关项目", searchable=True, help="写项目页的标题"),
    Field(name="related", kind=Kind.PATHS, label="相关阅读"),
    Field(name="redirect_from", kind=Kind.ADDRESS, label="旧网址"),
    Field(name="lead_image", kind=Kind.PATH, label="题图"),
    Field(name="lead_image_alt", kind=Kind.LINE, label="题图说明（替代文字）", help="有题图就必须写"),
    Field(name="lead_image_caption", kind=Kind.LINE, label="题图图注"),
    Field(name="attachments", kind=Kind.RECORDS, label="附件", fields=ATTACHMENT, bare="path"),
    Field(name="correction", kind=Kind.RECORD, label="更正", fields=CORRECTION),
    Field(name="pinned", kind=Kind.FLAG, label="置顶"),
    Field(name="exclude_from_nav", kind=Kind.FLAG, label="不进菜单"),
    Field(name="order", kind=Kind.NUMBER, label="排序", help="小的在前"),
    Field(name="lang", kind=Kind.LANG, label="语言"),
    Field(name="review", kind=Kind.RECORDS, label="待人工核对", fields=REVIEW, bare="flag"),
    Field(name="quarantine", kind=Kind.TEXT, label="隔离原因", help="写了就不能发布"),
    Field(name="approvals", kind=Kind.RECORDS, label="审核记录", fields=APPROVAL),
    Field(name="legacy", kind=Kind.RECORD, label="旧站来源", fields=LEGACY),
    Field(name="waivers", kind=Kind.RECORDS, label="豁免检查", fields=WAIVER),
)

NOT_FOR_SECTIONS = frozenset(["slug"])
