"""Dress a text as a page of some content management system: title, byline, furniture above and below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from tests.legacy_html.damage.gold import Gold

_CRUMBS = (
    "当前位置：首页 > {column} > 正文", "您现在的位置：首页 >> {column} >> 详细内容", "当前位置/ 首页/ {column}/ 正文", "首页 » {column} » {cut}", "您的位置: 网站首页 > 新闻中心 > {column}", "当前位置：首页→{column}→正文", "当前位置:首页 > 政务公开 > {column} > {cut}",
)  # fmt: skip
_SHARE = (
    ("微信订阅", "打开微信，点击底部的“通讯录”，点击右上角的 “添加” 搜号码 example1981 或查找公众号 示例网 即可。"), ("分享到：", "【字体：大 中 小】"), ("相关附件", "扫一扫分享本页"), ("责任编辑：张三", "【我要纠错】"), ("分享到：",), ("【打印本页】 【关闭窗口】",), ("扫一扫在手机打开当前页",), ("相关阅读", "关于召开年会的通知", "示例县开展宣传活动"),
)  # fmt: skip
_FOOTERS = (
    ("电话：0000-1234567", "邮箱：office@example.org", "版权所有：示例协会 ICP备00000000号"), ("主办单位：示例县计划生育协会", "技术支持：示例科技公司", "访问统计：1989465"),
    ("  • 示例县卫生健康局手机版", "  • 咨询电话:000-00000000", "  • 示例县卫生健康局 版权所有", "  • 访问统计:12345"), ("关于我们 | 联系我们 | 网站地图", "Copyright © 2016 示例网 All Rights Reserved"),
)  # fmt: skip
_BANNERS = (
    "《{title}.docx》由会员分享，可在线阅读，更多相关《{title}.docx（12页珍藏版）》请在示例文库网上搜索。",
    "下面是小编为大家整理的{title}，供大家参考。",
    "本文由网友上传提供，如有侵权请联系删除。",
)
_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dressed:
    """The lines of a page: what stands above its text, the text, what stands below."""

    above: tuple[str, ...]
    body: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return (*self.above, *self.body, *self.below)

    def with_lines(self, lines: Sequence[str]) -> Dressed:
        """The same page with other words in its lines."""
        text, end = len(self.above), len(self.above) + len(self.body)
        return Dressed(above=tuple(lines[:text]), body=tuple(lines[text:end]), below=tuple(lines[end:]))


def dress(dice: Random, gold: Gold, body: list[str], kinds: list[str], organisation: str = "") -> Dressed:
    """Return the page around ``body``; what the gold states stands somewhere, in some form."""
    above, below = list[str](), list[str]()
    has_crumb = bool(gold.column)
    if has_crumb:
        above.append(dice.choice(_CRUMBS).format(column=gold.column, cut=gold.title[:16] + "..."))
        if dice.random() < 0.3:
            above.insert(dice.randrange(2), gold.column)
    if dice.random() < 0.25:
        above.append(dice.choice(_BANNERS).format(title=gold.title))
        kinds.append("banner")
    above += _title(dice, gold.title, kinds)
    _state(dice, gold, above, below)
    teaser = body[0]
    if len(teaser) > 80 and dice.random() < 0.15 and not teaser.startswith(("1、", "1.")):
        above.append(teaser[: 40 + dice.randrange(20)] + dice.choice(("", "...")))
        kinds.append("teaser")
    if dice.random() < 0.5:
        below += [
            f"上一篇：{dice.choice(('关于做好年终统计工作的通知', '没有了', '示例县召开年会'))}",
            "下一篇：示例市举办培训班",
        ]
        kinds.append("neighbours")
    if dice.random() < 0.3:
        below += dice.choice(_SHARE)
        kinds.append("share")
    if dice.random() < 0.5:
        below += dice.choice(_FOOTERS)
        kinds.append("footer")
        if organisation:
            below += [organisation, f"{organisation} 版权所有"]
    return Dressed(above=tuple(above), body=tuple(body), below=tuple(below))


def _title(dice: Random, title: str, kinds: list[str]) -> list[str]:
    chosen = dice.random()
    if chosen < 0.2:
        kinds.append("markdown_title")
        return [f"# {title}"]
    if chosen < 0.35:
        places = [title.find(word) + 1 for word in ("暨", "的", "和", "在", "与")]
        places += [len(title) // 2] if title.endswith(("讲话", "报告", "发言", "通知")) else []
        for place in places:
            if 6 <= place <= len(title) - 4:
                kinds.append("two_line_title")
                return [title[:place], title[place:]]
    return [title]


def _state(dice: Random, gold: Gold, above: list[str], below: list[str]) -> None:
    """Write author, source and date in one of the forms they come in."""
    forms: tuple[Callable[[Random, Gold, list[str], list[str]], None], ...] = (_labels_above, _labels_below, _newspaper)
    dice.choice(forms)(dice, gold, above, below)


def _labels_above(dice: Random, gold: Gold, above: list[str], below: list[str]) -> None:
    """One line under the title; an author with an office stands on a line of his own."""
    told = []
    if gold.source_name:
        told.append(f"来源：{gold.source_name}")
    if gold.moment:
        told.append(f"{dice.choice(('发布时间：', '时间：', '日期：'))}{_written(dice, gold.moment)}")
    dice.shuffle(told)
    if gold.moment and dice.random() < 0.6:
        told.append(dice.choice(("浏览次数：123", "点击：88", "【字体：大 中 小】", "阅读次数(")))
    if told:
        above.append(dice.choice(("  ", "    ", " | ", "　")).join(told))
    if gold.author:
        name, office = gold.author
        above.append(
            dice.choice((f"{office} {name}", f"■{office} {name}", f"作者：{name} {office}", f"{office}　{name}"))
        )


def _labels_below(dice: Random, gold: Gold, above: list[str], below: list[str]) -> None:
    """Lines at the end: ``作者：`` name before office, ``来源：``."""
    if gold.moment:
        above.append(_written(dice, gold.moment) + dice.choice(("", "", "    阅读次数(", "  浏览：56")))
    if gold.author:
        name, office = gold.author
        below.append(f"作者：{name} {office}")
    if gold.source_name:
        below.append(f"来源：{gold.source_name}")


def _newspaper(dice: Random, gold: Gold, above: list[str], below: list[str]) -> None:
    """A marked byline under the title, the source in brackets at the end."""
    if gold.author:
        name, office = gold.author
        above.append(f"{dice.choice('■●◆□▲')}{office} {name}")
    if gold.moment:
        above.append(_written(dice, gold.moment))
    if gold.source_name:
        below.append(dice.choice(("（{0}）", "（来源：{0}）", "来源：{0}")).format(gold.source_name))


def _written(dice: Random, moment: date) -> str:
    day = dice.choice(
        (
            f"{moment.year}-{moment.month:02}-{moment.day:02}",
            f"{moment.year}年{moment.month}月{moment.day}日",
            f"{moment.year}/{moment.month}/{moment.day}",
        )
    )
    if isinstance(moment, datetime):
        return f"{day} {moment.hour:02}:{moment.minute:02}" + dice.choice(("", ":00"))
    return dice.choice((day, day, _spelt(moment)))


def _spelt(moment: date) -> str:
    year = str(moment.year).translate(_NUMERALS)
    return f"{year}年{_numeral(moment.month)}月{_numeral(moment.day)}日"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{'〇一二三'[tens]}十"
    return head + ("" if not ones else "〇一二三四五六七八九"[ones])
