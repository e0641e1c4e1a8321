"""A seeded corpus of plain fictional articles for build benchmarks, written as a content folder of ours or of Hugo's.

Articles have 800–4,000 characters, headings, lists, bold words and links; five columns, 60 tags, 20 people, 15 years.
The same seed gives the same bytes, and a larger corpus begins with the smaller one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

COLUMNS = {
    "news": "资讯快递",
    "notices": "通知公告",
    "grassroots": "基层动态",
    "health": "家庭健康",
    "youth": "青春健康",
}
PEOPLE = tuple(f"示例作者{numeral}" for numeral in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉")
TAGS = tuple(first + second for first in "村镇县市省户家" for second in "健康服务宣传组织活动"[:9])[:60]
_WORDS = [
    "各级协会",
    "广大会员",
    "家庭健康",
    "村级组织",
    "志愿服务",
    "宣传教育",
    "优生优育",
    "暖心行动",
    "示例县",
    "示例镇",
    "群众",
    "工作",
    "活动",
    "培训",
    "走访",
    "帮扶",
    "知识",
    "讲座",
    "现场",
    "咨询",
    "义诊",
    "组织",
    "开展",
    "推进",
    "落实",
    "加强",
    "完善",
    "结合实际",
    "进一步",
    "持续",
    "深入",
    "全面",
    "认真",
    "积极",
    "以及",
    "通过",
    "围绕",
    "为了",
    "在",
    "对",
    "把",
    "和",
]
_FIRST_DAY = datetime(2011, 1, 1, 8, 30)  # noqa: DTZ001 — written into front matter as a clock in China
_MINUTES = 15 * 365 * 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One fictional article; ``body`` is Markdown whose links name other articles as ``{{column/name}}``."""

    number: int
    column: str
    name: str
    title: str
    summary: str
    date: datetime
    tags: tuple[str, ...]
    people: tuple[str, ...]
    body: str


def articles(count: int, seed: int = 6) -> Iterator[Article]:
    """Yield ``count`` articles."""
    for number in range(count):
        yield article(number, seed)


def article(number: int, seed: int = 6) -> Article:
    """Return the article with ``number``."""
    chance = random.Random(f"{seed} {number}")
    title = "".join(chance.choices(_WORDS, k=5)) + f"（{number}）"
    return Article(
        number=number,
        column=column_of(number),
        name=f"a{number:06}",
        title=title,
        summary=_sentence(chance),
        date=_FIRST_DAY + timedelta(minutes=number * 7919 * 60 % _MINUTES),
        tags=tuple(sorted(set(chance.choices(TAGS, k=3)))),
        people=(chance.choice(PEOPLE),) if chance.random() < 0.4 else (),
        body="\n\n".join(_blocks(chance, number)) + "\n",
    )


def column_of(number: int) -> str:
    """Return the folder of the article with ``number``."""
    return tuple(COLUMNS)[number % len(COLUMNS)]


def write_ours(folder: Path, count: int) -> None:
    """Write a content folder of ours with ``count`` articles."""
    _put(folder / "index.md", "---\ntitle: 首页\ntype: section\nstate: published\nshow_empty: true\n---\n")
    for order, (column, title) in enumerate(COLUMNS.items(), 1):
        head = f"title: {title}\ntype: section\nstate: published\norder: {order}\ndefault_type: news_item"
        _put(folder / column / "index.md", f"---\n{head}\n---\n")
    _put(folder / "people" / "index.md", "---\ntitle: 作者\ntype: section\nstate: published\norder: 9\n---\n")
    for number, person in enumerate(PEOPLE):
        head = f"title: {person}\ntype: person\nstate: published\nsummary: 虚构的作者。"
        _put(folder / "people" / f"p{number:02}.md", f"---\n{head}\n---\n虚构的作者。\n")
    for each in articles(count):
        _put(our_file(folder, each), our_text(each))


def our_file(folder: Path, each: Article) -> Path:
    """Return where an article of ours lies."""
    return folder / each.column / f"{each.name}.md"


def our_text(each: Article) -> str:
    """Return an article as we write it."""
    names = [f"title: {each.title}", "type: news_item", "state: published", f"id: {each.name}"]
    names += [
        f"date: {each.date:%Y-%m-%d %H:%M}",
        "source: 示例县计生协",
        "editor: 本站编辑",
        f"summary: {each.summary}",
    ]
    names += [f"tags: [{', '.join(each.tags)}]"]
    names += [f"authors: [{each.people[0]}]", f"people: [{each.people[0]}]"] if each.people else []
    body = each.body.replace("{{", "../").replace("}}", ".md")
    return "---\n" + "\n".join(names) + f"\n---\n{body}"


def _put(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def _blocks(chance: random.Random, number: int) -> Iterator[str]:
    target, size, headings = chance.randint(800, 4000), 0, 0
    while size < target:
        kind = chance.random()
        if size and kind < 0.08 and headings < 9:
            headings += 1
            block = f"## {'一二三四五六七八九'[headings - 1]}、{''.join(chance.choices(_WORDS[:20], k=2))}"
        elif size and kind < 0.14:
            block = (
                "\n".join(f"- {''.join(chance.choices(_WORDS, k=5))}" for _ in range(3)) + f"\n\n{_sentence(chance)}"
            )
        elif kind < 0.22 and number:
            other = chance.randrange(number)
            block = f"{_sentence(chance)}详见[前文]({{{{{column_of(other)}/a{other:06}}}}})。"
        elif kind < 0.32:
            block = f"**{''.join(chance.choices(_WORDS, k=3))}**：{_sentence(chance)}"
        else:
            block = "".join(_sentence(chance) for _ in range(chance.randint(1, 4)))
        size += len(block)
        yield block


def _sentence(chance: random.Random) -> str:
    half = chance.randint(4, 7)
    words = chance.choices(_WORDS, k=2 * half)
    return f"{''.join(words[:half])}，{''.join(words[half:])}。"
