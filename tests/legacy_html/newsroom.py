"""Makes pages with gold: invented articles poured into layouts of many content management systems."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from opencc import OpenCC

LAYOUTS = Path(__file__).parent / "layouts"

SUBJECTS = [
    "县计生协",
    "示例县卫生健康局",
    "各乡镇协会",
    "村级会员小组",
    "市协会调研组",
    "志愿者服务队",
    "家庭健康指导员",
    "项目办公室",
    "社区服务站",
    "县人民医院",
]
ACTIONS = [
    "组织开展了家庭健康宣传服务活动",
    "走访慰问了辖区内的困难家庭",
    "举办了婴幼儿照护知识培训班",
    "召开了年度工作会议",
    "发放宣传资料两千余份",
    "为群众免费测量血压、血糖",
    "对照清单逐项核对了项目进度",
    "收集了群众提出的意见建议",
    "完善了服务阵地的各项制度",
    "与有关部门建立了联系机制",
    "安排专人负责日常登记",
    "邀请专家讲解科学育儿方法",
]
TAILS = [
    "受到群众欢迎。",
    "取得了良好效果。",
    "进一步方便了育龄家庭。",
    "为下一步工作打下了基础。",
    "现场气氛热烈。",
    "有关情况将及时公布。",
    "得到了会员的积极响应。",
    "让更多家庭了解了政策。",
]
TIMES = [
    "今年以来，",
    "连日来，",
    "活动当天，",
    "据了解，",
    "下一步，",
    "在现场，",
    "会议期间，",
    "近年来，",
    "为此，",
    "同时，",
    "与会人员认为，",
    "大家表示，",
]
TOPICS = [
    "家庭健康促进行动启动仪式",
    "优生优育进万家活动",
    "会员之家建设现场会",
    "青春健康教育培训班",
    "暖心家园项目推进会",
    "流动人口服务工作座谈会",
    "婴幼儿照护服务宣传月",
    "计生特殊家庭关爱行动",
]
PLACES = ["示例县", "样本市", "甲乙区", "丙丁镇", "示范街道"]
NAMES = ["王小明", "李文华", "张建国", "陈丽", "赵志强", "欧阳兰"]
SOURCES = ["示例县卫生健康局", "样本日报", "示例县人民政府网", "某省人口报", "示例晚报", "县计生协办公室", "新示例网"]
COLUMNS = ["工作动态", "通知公告", "基层动态", "媒体聚焦", "政策法规", "健康知识", "会员之窗"]
SECTIONS = ["新闻中心", "政务公开", "信息公开", "资讯中心"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What should come out; a field that the layout does not show is empty."""

    text: str
    title: str
    date: str
    author: str
    source: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page and its gold."""

    name: str
    html: str
    gold: Gold
    encoding: str


def samples(seeds: range) -> list[Sample]:
    """One page a layout and seed."""
    return [sample(layout.stem, seed) for layout in sorted(LAYOUTS.glob("*.html")) for seed in seeds]


def sample(layout: str, seed: int) -> Sample:
    """One page: the same name and seed give the same page."""
    return _Writer(random.Random(f"{layout}-{seed}"), layout, seed).write()


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


class _Writer:
    def __init__(self, dice: random.Random, layout: str, seed: int) -> None:
        self.dice = dice
        self.layout = layout
        self.name = f"{layout}-{seed}"
        self.template = (LAYOUTS / f"{layout}.html").read_text("utf-8")

    def sentence(self) -> str:
        pick = self.dice.choice
        extra = f"，{pick(SUBJECTS)}{pick(ACTIONS)}" if self.dice.random() < 0.5 else ""
        return f"{pick(TIMES)}{pick(SUBJECTS)}{pick(ACTIONS)}{extra}，{pick(TAILS)}"

    def paragraph(self) -> str:
        return "".join(self.sentence() for _ in range(self.dice.randint(1, 5)))

    def headline(self) -> str:
        pick = self.dice.choice
        return f"{pick(PLACES)}{pick(('举办', '召开', '开展', '部署'))}{pick(TOPICS)}"

    def paragraphs(self) -> list[str]:
        found = [self.paragraph() for _ in range(self.dice.choice((1, 3, 4, 6, 9, 14)))]
        if len(found) > 5 and self.dice.random() < 0.5:
            found[1:1] = ["一、加强组织领导"]
            found[-1:-1] = ["二、落实工作责任"]
        return found

    def anchors(self, count: int, form: str) -> str:
        return "".join(
            form.format(
                title=self.headline(),
                day=f"2016-0{self.dice.randint(1, 9)}-1{self.dice.randint(0, 9)}",
                text=self.sentence()[:40],
            )
            for _ in range(count)
        )

    def write(self) -> Sample:
        dice = self.dice
        year, month, day = dice.randint(2005, 2023), dice.randint(1, 12), dice.randint(1, 28)
        hour, minute = dice.randint(8, 18), dice.randint(0, 59)
        iso_day = f"{year}-{month:02}-{day:02}"
        lines = self.paragraphs()
        values = {
            "title": self.headline(),
            "site": "示例县计生协",
            "source": dice.choice(SOURCES),
            "author": dice.choice(NAMES),
            "editor": dice.choice(NAMES),
            "column": dice.choice(COLUMNS),
            "section": dice.choice(SECTIONS),
            "kicker": "贯彻落实家庭健康行动",
            "subtitle": "——来自基层的报道",
            "day": iso_day,
            "minute": f"{iso_day} {hour:02}:{minute:02}",
            "clock": f"{iso_day} {hour:02}:{minute:02}:30",
            "iso": f"{iso_day}T{hour:02}:{minute:02}:00+08:00",
            "chinese_day": f"{year}年{month}月{day}日",
            "chinese_minute": f"{year}年{month:02}月{day:02}日 {hour:02}:{minute:02}",
            "glued_minute": f"{year}年{month:02}月{day:02}日{hour:02}:{minute:02}",
            "teaser": lines[0][:50] + "...",
            "summary": "".join(self.sentence() for _ in range(3)),
            "prev": self.headline(),
            "next": self.headline(),
            "links": self.anchors(9, '<li><a href="/x/">{title}</a></li>').replace("示例县", ""),
            "links_inline": '<a href="/">首页</a> | <a href="/a">新闻中心</a> | <a href="/b">政务公开</a> | <a href="/c">办事服务</a> | <a href="/d">联系我们</a>',
            "cells": '<td><a href="/">首页</a></td><td><a href="/a">政务公开</a></td><td><a href="/b">办事大厅</a></td>',
            "menu": '<li><a href="/m1">工作动态</a></li><li><a href="/m2">通知公告</a></li><li><a href="/m3">政策法规</a></li>',
            "hot": self.anchors(8, '<li><a href="/h.html" title="{title}">{title}</a><span>{day}</span></li>'),
            "hot_rows": self.anchors(8, '<tr><td>·<a href="/h.html">{title}</a></td></tr>'),
            "related": self.anchors(5, '<li><a href="/r.html">{title}</a> ({day})</li>'),
            "related_intro": self.anchors(4, '<li><a href="/r.html">{title}</a><p>{text}...</p></li>'),
            "cards": self.anchors(5, '<div class="card"><a href="/k"><h3>{title}</h3></a><p>{day}</p></div>'),
            "comments": "<div class='cm'><p>网友甲</p><p>写得很好，支持一下。</p></div><div class='cm'><p>网友乙</p><p>希望多办这样的活动！</p></div>",
        }
        body = next(key for key in self.bodies() if f"${key}" in self.template)
        markup, text = self.bodies()[body](lines)
        poured = values
        if self.encoding() == "big5hkscs":
            poured = {key: _traditional().convert(value) for key, value in values.items()}
        html = Template(self.template).substitute(poured | {body: markup})
        return Sample(name=self.name, html=html, gold=self.gold(values, text), encoding=self.encoding())

    def gold(self, values: dict[str, str], text: list[str]) -> Gold:
        template = self.template
        dates = ("$day", "$minute", "$chinese_day", "$chinese_minute", "$glued_minute", "$clock", "${iso}", "$iso")
        return Gold(
            text="\n".join(text),
            title=values["title"],
            date=values["day"] if any(form in template for form in dates) else "",
            author=values["author"] if re.search(r"\$\{?author", template) else "",
            source=values["source"] if re.search(r"\$\{?source", template) else "",
            column=values["column"] if re.search(r"\$\{?column", template) else "",
        )

    def encoding(self) -> str:
        if "big5" in self.template:
            return "big5hkscs"
        return "gb18030" if "gb2312" in self.template.lower() or "gbk" in self.template else "utf-8"

    def bodies(self) -> dict[str, Callable[[list[str]], tuple[str, list[str]]]]:
        """The ways of writing a body: markup and the gold lines; longer keys first, a key may begin another."""
        return {
            "body_traditional": self.traditional,
            "body_scattered": lambda lines: (
                "".join(f'<div class="t"><p>{line}</p></div><div class="gg"></div>' for line in lines),
                lines,
            ),
            "body_section": lambda lines: (
                "".join(
                    f'<section style="margin:0"><section><p style="text-indent:2em"><span>{line}</span></p></section></section>'
                    for line in lines
                ),
                lines,
            ),
            "body_photos": self.photos,
            "body_figure": self.figure,
            "body_table": self.table,
            "body_short": lambda lines: (
                f"<p>各乡镇：</p><p>{lines[0][:40]}，请按要求报送。</p>",
                ["各乡镇：", lines[0][:40] + "，请按要求报送。", "附件1：报名表.docx", "附件2：名额分配表.xlsx"],
            ),
            "body_divs": lambda lines: ("".join(f'<div class="css-p">{line}</div>' for line in lines), lines),
            "body_div": lambda lines: ("".join(f"<div>　　{line}</div><div>&nbsp;</div>" for line in lines), lines),
            "body_word": self.word,
            "body_font": lambda lines: ("".join(f"<P><FONT size=4>　　{line}</FONT></P>" for line in lines), lines),
            "body_nbsp": lambda lines: ("".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{line}</p>\r\n" for line in lines), lines),
            "body_bare": lambda lines: (
                "".join(f"<p>{line}</p>" for line in lines) + '<p><img src="http://p.example/1.jpg"></p>',
                lines,
            ),
            "body_law": self.law,
            "body_br": lambda lines: ("<br><br>".join(f"　　{line}" for line in lines), lines),
            "body": lambda lines: ("\n".join(f'<p style="text-indent: 2em;">{line}</p>' for line in lines), lines),
        }

    def word(self, lines: list[str]) -> tuple[str, list[str]]:
        head = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
        form = '<p class="MsoNormal" style="text-indent:32.0pt"><span lang="EN-US" style="font-size:16.0pt;mso-bidi-font-size:10.5pt"><o:p>&nbsp;</o:p></span><span style="font-family:仿宋_GB2312">{}</span><span lang="EN-US"><o:p></o:p></span></p>'
        return head + "".join(form.format(line) for line in lines), lines

    def photos(self, lines: list[str]) -> tuple[str, list[str]]:
        captions = [f"图为{self.headline()}现场。示例网记者 {self.dice.choice(NAMES)} 摄" for _ in range(3)]
        markup = "".join(
            f'<p align="center"><img src="p{n}.jpg" width="600"></p><p align="center">{one}</p>'
            for n, one in enumerate(captions)
        )
        return markup, captions

    def figure(self, lines: list[str]) -> tuple[str, list[str]]:
        caption = f"{self.dice.choice(SUBJECTS)}开展义诊活动"
        shown = [lines[0], caption, *lines[1:]]
        rest = "".join(f"<p>　　{line}</p>" for line in lines[1:])
        return (
            f'<p>　　{lines[0]}</p><p style="text-align:center"><img src="/u/1.jpg" width="500" height="300"></p><p style="text-align:center">{caption}</p>{rest}',
            shown,
        )

    def table(self, lines: list[str]) -> tuple[str, list[str]]:
        rows = [("乡镇", "户数", "人数"), ("甲镇", "12", "35"), ("乙镇", "8", "21")]
        table = (
            "<table border=1>"
            + "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
            + "</table>"
        )
        shown = [*lines, *(" ".join(row) for row in rows)]
        return "".join(f"<p>{line}</p>" for line in lines) + table, shown

    def law(self, lines: list[str]) -> tuple[str, list[str]]:
        numerals = "一二三四五六七八九十"
        articles = [f"第{numerals[n % 10]}条　{self.sentence()}" for n in range(9)]
        return "".join(f"<p>　　{one}</p>" for one in articles), articles

    def traditional(self, lines: list[str]) -> tuple[str, list[str]]:
        source = "計生協組織開展了家庭健康宣傳服務活動，受到群眾歡迎。各鄉鎮協會與有關部門建立了聯繫機制，為下一步工作打下了基礎。"
        target = "计生协组织开展了家庭健康宣传服务活动，受到群众欢迎。各乡镇协会与有关部门建立了联系机制，为下一步工作打下了基础。"
        count = self.dice.randint(3, 8)
        return "".join(f"<p>　　{source}</p>" for _ in range(count)), [target] * count
