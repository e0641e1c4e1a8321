"""The line that says who wrote a page, where it comes from and when: one grammar for both orders and every label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plugins.legacy_html.document import Author
from plugins.legacy_html.repairs import dates, people
from plugins.legacy_html.repairs.han import han_count

_KINDS = {
    "author": "作者|撰文|撰稿人|撰稿|撰写|供稿人|本报记者|本刊记者|本网记者|特约记者|见习记者|记者|特约通讯员|通讯员|署名|文/图|图/文|文图|文字|文|发言人|演讲人|讲话人|主讲人|主讲",
    "source": "文章来源|稿件来源|信息来源|新闻来源|消息来源|内容来源|来源于|来源|稿源|转自|转载自|摘自|原载|出处|供稿单位|供稿|发布单位|发布机构|发布机关|发布部门|信息来源单位|单位",
    "date": "发布时间|发布日期|发表时间|发表日期|发稿时间|更新时间|更新日期|添加时间|录入时间|上传时间|成文日期|发文日期|生成日期|印发日期|公开日期|时间|日期",
    "editor": "责任编辑|责编|编辑整理|编辑|主编|审核人|审核|审校|校对|初审|复审|终审|一审|二审|三审|录入员|录入|发布人|发布者|编审|签发|监制",
    "photo": "摄影报道|摄影|摄|图片|供图|图",
    "views": "浏览次数|浏览量|浏览数|浏览|点击数|点击率|点击量|点击次数|点击|阅读次数|阅读量|阅读数|阅读|访问次数|访问量|访问统计|人气|查看次数|点赞|评论|分享次数",
    "column": "所属栏目|栏目|所属分类|分类|类别|版面|版次",
    "other": "字体大小|字体|字号|大小|视力保护色|保护视力色|保护视力|背景色|分享到|分享|打印本页|打印|关闭窗口|关闭|收藏|关键词|关键字|标签|索引号|发文字号|文号|主题词|信息类别|有效性|公开方式|二维码",
}  # fmt: skip
_KIND_OF = {label: kind for kind, labels in _KINDS.items() for label in labels.split("|")}
_ALL = "|".join(sorted(_KIND_OF, key=len, reverse=True))
_B = " \u00a0\u3000\t"
_LABEL = re.compile(
    rf"(?:^|(?<=[{_B}|｜丨【\[(（)）】\]，,;；/／\d]))({_ALL.replace('/', '[/／]')})[{_B}]*(?:[:：/／]|(?=[(（\d【])|(?=[{_B}]*$)|(?=[{_B}]))"
)
_STRICT = re.compile(r"[:：/／(（\d【]")
_EDGES = _B + "|｜丨【】[]()（），,;；:：/／■●◆□▲★☆—-–•·"
_MARKED = re.compile(rf"[■●◆□▲△★☆◎○▪▌][{_B}]*(?=\S)")
_LIST = re.compile(r"[、，,;；/／和]|[ \u00a0\u3000]+")
_CLOSING = re.compile(r"[（(【\[]([^（()）【】\[\]]{2,60})[)）】\]]")
_NO_SOURCE = re.compile(
    "^(?:完|全文完|未完|待续|未完待续|略|节选|摘要|掌声|热烈掌声|鼓掌|代拟稿|送审稿|征求意见稿|试行|草案|有删节|有删减|此件.*|附.*|本文.*|根据.*整理|注.*|见.*|以下.*|第.*|.*审议通过|.*年.*月.*)$|[，。；！？]"
)
_BODY = re.compile(
    "(?:报|网|社|刊|协会|计生协|委员会|卫健委|卫生健康委|健康委|局|厅|部|办公室|中心|学会|杂志|日报|电视台|电台|广播|台|站|协|委|政府|医院|大学|学院|公众号|微信|关怀|人口|健康|之窗|在线|人家|家庭)$"
)
_TAIL = re.compile(r"(?:综合)?(?:报道|整理|摄影?|文|图|供稿|撰写|系|通讯员|记者|采写)$")
_REPORTER = re.compile(
    rf"(?:(?<=[{_B}、，,;；/])|^)([\u4e00-\u9fff]{{0,10}}?(?:记者|通讯员))(?:[{_B}]*[:：][{_B}]*|[{_B}]+|(?=[\u4e00-\u9fff]))"
)
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What a line states of a page; what it does not state is empty."""

    authors: tuple[Author, ...] = ()
    source_name: str = ""
    moment: date | None = None
    month: str = ""  # YYYY-MM where the line gives no day
    editors: tuple[str, ...] = ()
    column: str = ""
    labels: tuple[str, ...] = ()  # the labels found, in order

    @property
    def is_empty(self) -> bool:
        """Whether the line states nothing that a page keeps."""
        return not (self.authors or self.source_name or self.moment or self.month or self.editors or self.column)


def read(line: str, *, near_title: bool = False) -> Byline | None:
    """Return what a byline states, None for a line that is none.

    ``near_title`` allows what only the place proves: a bare name, a bare list of names.

    >>> read("■示例县计生协会长 王小明").authors[0].name
    '王小明'
    >>> read("来源：示例网 时间：2016-07-08").source_name
    '示例网'
    """
    line = line.strip(_B)
    if not line or len(line) > _LONGEST:
        return None
    closing = _CLOSING.fullmatch(line)
    if closing:
        return _closing(closing[1]) if line[0] in "（(" else _labelled(closing[1])
    marked = _MARKED.match(line)
    text = line[marked.end() :] if marked else line
    return _labelled(text) or _bare(text, near_title=near_title or bool(marked))


def _labelled(line: str) -> Byline | None:
    matches = list(_LABEL.finditer(line))
    matches = [match for match in matches if _counts(line, match)]
    if not matches or not _is_head(line[: matches[0].start()]):
        return None
    head = line[: matches[0].start()]
    values = [
        (_KIND_OF[match[1].replace("／", "/")], match[1], line[match.end() : end])
        for match, end in _spans(matches, len(line))
    ]
    if all(kind == "other" for kind, _, _ in values) and han_count(line) > 30:
        return None
    if any(len(value) > 60 for _, _, value in values):
        return None
    return _gathered(head, values)


def _counts(line: str, match: re.Match[str]) -> bool:
    """Whether a label is one: with a colon or a number, or the plain 记者 and 通讯员 before names."""
    after = line[match.end() - 1 : match.end() + 1]
    if _STRICT.search(after) or _STRICT.match(line[match.end() : match.end() + 1]):
        return True
    if _KIND_OF[match[1].replace("／", "/")] in ("other", "views"):
        return True
    rest = line[match.end() :].strip(_B)
    first = _LIST.split(rest)[0] if rest else ""
    return match[1] in (
        "记者",
        "本报记者",
        "本刊记者",
        "本网记者",
        "通讯员",
        "特约记者",
        "特约通讯员",
        "作者",
        "撰稿",
        "摄影",
        "供稿",
        "文",
        "责任编辑",
        "编辑",
    ) and people.is_name(first)


def _is_head(head: str) -> bool:
    """Whether what stands before the first label belongs to a byline: nothing, a date, a name."""
    rest = _without_date(head).strip(_EDGES)
    return not rest or (
        len(rest) <= 24 and (people.is_name(rest) or people.split_office(rest) is not None or bool(_BODY.search(rest)))
    )


def _spans(matches: list[re.Match[str]], length: int) -> Iterator[tuple[re.Match[str], int]]:
    for index, match in enumerate(matches):
        yield match, matches[index + 1].start() if index + 1 < len(matches) else length


def _gathered(head: str, values: Iterable[tuple[str, str, str]]) -> Byline:
    authors, editors, labels, source, column = list[Author](), list[str](), list[str](), "", ""
    moment, month = dates.read(head), ""
    rest = _without_date(head).strip(_EDGES)
    if rest:
        authors += people_of(rest) if not _BODY.search(rest) else ()
        source = rest if _BODY.search(rest) else ""
    for kind, label, raw in values:
        labels.append(label)
        moment = moment or (dates.read(raw) if kind != "views" else None)
        value = _without_date(raw).strip(_EDGES + "》" if raw.count("》") > raw.count("《") else _EDGES)
        if kind == "date" and not moment:
            month = month or dates.read_month(raw)
        elif kind == "author":
            authors += people_of(value, certain=True)
        elif kind == "source":
            source = source or value
        elif kind == "editor":
            editors += [person.name for person in people_of(value, certain=True)]
        elif kind == "column":
            column = column or value
    unique = tuple(dict.fromkeys(authors))
    return Byline(
        authors=unique,
        source_name=source,
        moment=moment,
        month=month,
        editors=tuple(editors),
        column=column,
        labels=tuple(labels),
    )


def _trimmed(text: str) -> str:
    """``text`` without marks and blanks at its ends; a bracket that closes one inside stays."""
    kept = text.strip(_EDGES)
    behind = text[text.find(kept) + len(kept) :] if kept else ""
    for opening, closing in ("（）", "()"):
        if kept.count(opening) > kept.count(closing) and behind.startswith(closing):
            kept += closing
    return kept


def _without_date(text: str) -> str:
    for (start, end), _ in reversed(tuple(dates.found(text))):
        text = text[:start] + " " + text[end:]
    return text


def people_of(text: str, *, certain: bool = False) -> tuple[Author, ...]:
    """Return the people that ``text`` names; where it is ``certain`` that it does, an unknown form is a name as well."""
    text = _trimmed(text)
    if reporters := _reporters(text):
        return reporters
    if pair := people.split_office(text) or people.split_office(re.sub("[，,]", " ", text)):
        return (Author(name=pair[0], office=pair[1]),)
    text = _TAIL.sub("", text).strip(_EDGES)
    if not text:
        return ()
    if people.is_name(text):
        return (Author(name=people.squeeze(text)),)
    parts = [part for part in _LIST.split(text) if part]
    if len(parts) > 1 and all(people.is_name(part) for part in parts):
        return tuple(Author(name=people.squeeze(part)) for part in parts)
    several = [people.split_office(part) for part in re.split(r"[;；、]|[ \u00a0\u3000]{2,}", text)]
    if len(several) > 1 and all(several):
        return tuple(Author(name=pair[0], office=pair[1]) for pair in several if pair)
    if len(parts) == 2 and people.is_name(parts[1]) and _BODY.search(parts[0]):
        return (Author(name=people.squeeze(parts[1]), office=parts[0]),)
    if certain and people.is_name(parts[0]):
        return (Author(name=people.squeeze(parts[0])),)
    return (Author(name=" ".join(parts)),) if certain and len(text) <= 30 else ()


def _reporters(text: str) -> tuple[Author, ...]:
    """The people behind each 记者 and 通讯员 of a list that begins with one, () where anything else stands there."""
    marks = list(_REPORTER.finditer(text))
    if not marks or marks[0].start():
        return ()
    found = list[Author]()
    for mark, end in _spans(marks, len(text)):
        names = [name for name in _LIST.split(_TAIL.sub("", text[mark.end() : end].strip(_EDGES))) if name]
        if not names or not all(people.is_name(name) for name in names):
            return ()
        found += (Author(name=people.squeeze(name), office=mark[1]) for name in names)
    return tuple(found)


def _bare(line: str, *, near_title: bool) -> Byline | None:
    """A line without labels: office and name, a date, a source and a date."""
    moment = dates.read(line)
    rest = _trimmed(_without_date(line))
    if moment and not rest:
        return Byline(moment=moment)
    if not moment and (month := dates.read_month(line)) and len(line) <= 9:
        return Byline(month=month) if near_title else None
    if len(rest) > 60 or re.search("[。！？!?]", rest):
        return None
    if moment and _BODY.search(rest) and len(rest) <= 24 and not people.is_office(rest):
        return Byline(moment=moment, source_name=rest)
    if pair := people.split_office(rest):
        return Byline(authors=(Author(name=pair[0], office=pair[1]),), moment=moment)
    found = people_of(rest)
    if found and (near_title or moment or (len(found) > 1 and all(one.office for one in found))):
        return Byline(authors=found, moment=moment)
    return None


def _closing(text: str) -> Byline | None:
    """What stands in brackets below the last paragraph: labels, an author, or the name of the source alone."""
    text = text.strip(_B)
    if labelled := _labelled(text):
        return labelled
    if _NO_SOURCE.search(text):
        return None
    if match := re.fullmatch("(?:本文)?作者(?:系|为|单位)?[:：]?(.{2,50})", text):
        return Byline(authors=people_of(match[1]), labels=("作者",))
    if match := re.fullmatch("(.{2,20}?)(?:供稿|提供|供图)", text):
        return Byline(source_name=match[1], labels=("供稿",))
    if found := people_of(text):
        return Byline(authors=found)
    if not 3 <= han_count(text) == len(text.strip("《》")) <= 20:
        return None
    return Byline(source_name=text)
