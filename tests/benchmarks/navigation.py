"""How long it takes to compose a site: ``python tests/benchmarks/navigation.py [COUNT …]``, CPU seconds and memory.

The items are random two-character words, which is harder than real news: every word is about equally rare.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from plugins.domain.body import Body
from plugins.domain.content import ContentItem, Credit, SectionDetails, State
from plugins.domain.dates import CHINA
from plugins.domain.settings import Settings
from plugins.navigation.compose import compose
from plugins.navigation.head import complete
from plugins.navigation.related import related, subjects_digest
from plugins.navigation.tree import build_tree

SIGNS = (
    "计划生育协会改革项目服务家庭健康关怀青春暖心行动工作会议通知公告活动基层员优政策支持县市区镇村社街道委主任发展建设"
)
COLUMNS, TAGS, AUTHORS = 5, 60, 20
NOW = datetime(2040, 1, 1, tzinfo=CHINA)
T = TypeVar("T")


def items(count: int) -> list[ContentItem]:
    """Return a site of ``count`` news items in five columns, an hour apart; equal counts give equal items."""
    chance = random.Random(count)
    words = [first + second for first in SIGNS for second in SIGNS]
    return [section("", "首页"), *(section(f"c{n}", f"栏目{n}") for n in range(COLUMNS))] + [
        ContentItem(
            path=f"c{number % COLUMNS}/a{number}.md",
            type="news_item",
            title="".join(chance.choices(words, k=10)),
            summary="".join(chance.choices(words, k=30)),
            state=State.PUBLISHED,
            slug=f"a{number}",
            id=f"i{number}",
            date=datetime(2010, 1, 1, tzinfo=CHINA) + timedelta(hours=number),
            tags=tuple(f"标签{tag}" for tag in chance.sample(range(TAGS), 2)),
            authors=(Credit(name=f"作者{number % AUTHORS}"),),
            digest=f"{number:064}",
        )
        for number in range(count)
    ]


def section(folder: str, title: str) -> ContentItem:
    """Return a public section."""
    path = f"{folder}/index.md".lstrip("/")
    details = SectionDetails()
    return ContentItem(
        path=path, type="section", title=title, state=State.PUBLISHED, slug="index", id=title, details=details
    )


def seconds(work: Callable[[], T]) -> tuple[float, T]:
    """Return the CPU seconds that ``work`` takes, and what it returns."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def measure(count: int, settings: Settings) -> None:
    """Print one line of the table."""
    known = items(count)
    body = Body(text="正文。" * 40)

    def pages(**more: object) -> list[object]:
        given = compose(tree, lambda item: body, settings, files=lambda path: None, pictures=lambda *_: None, **more)
        return [page.url for page in given]

    tree_time, (tree, _) = seconds(lambda: build_tree(known, now=NOW))
    compose_time, urls = seconds(pages)
    kept = related([*tree.every_item()][::-1])
    again, _ = seconds(lambda: pages(relate=lambda _: kept))
    digest, _ = seconds(lambda: subjects_digest(known))
    front = next(iter(compose(tree, lambda item: body, settings, files=lambda _: None, pictures=lambda *_: None)))
    head, _ = seconds(lambda: [complete(front, body, settings) for _ in range(1000)])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{count:>7} 条  {len(urls):>7} 页  树 {tree_time:.3f}  组页 {compose_time:.3f}  沿用相关 {again + digest:.3f}"
        f"  页头 {head * 1000:.0f} µs/页  {memory} MB"
    )


def main() -> None:
    """Measure the sizes given, 1,000 and 10,000 where none is."""
    place = Path()
    settings = Settings(
        name="示例", url="https://example.org", content=place, output=place, theme=place, cache=place, now=NOW
    )
    build_tree([section("", "首页"), section("a", "甲"), section("b", "乙")], now=NOW)  # pypinyin loads its tables once
    for count in [int(word) for word in sys.argv[1:]] or [1_000, 10_000]:
        measure(count, settings)


if __name__ == "__main__":
    main()
