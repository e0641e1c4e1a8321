"""Measure how long it takes to load 10,000 items: ``python tests/benchmarks/content_types_load.py [count]``.

CPU time only; "known" is the second load, with the readings of the first.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from plugins.content_types.load import Loaded, load
from plugins.domain.dates import CHINA

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)
BODY = "示例县计划生育协会组织会员走访家庭，宣传健康知识，听取群众意见。\n\n" * 12


def write_site(content: Path, count: int) -> None:
    section = "---\ntitle: {}\ntype: section\nstate: published\n---\n"
    content.joinpath("news").mkdir(parents=True)
    content.joinpath("index.md").write_text(section.format("首页"), "utf-8")
    content.joinpath("news", "index.md").write_text(section.format("资讯"), "utf-8")
    for number in range(count):
        fields = [
            f"title: 示例县计生协开展第{number}次活动",
            "type: news_item",
            "state: published",
            f"id: a{number}",
            f"date: {2000 + number % 25}-{number % 12 + 1:02}-{number % 28 + 1:02} 08:30",
            "summary: 会员走访家庭，宣传健康知识。",
            "tags: [家庭, 健康, 活动]",
            "authors:\n  - {name: 某甲, office: 示例县计生协会长}",
            "source: 本站",
            "editor: 某乙",
            f"related: [a{max(0, number - 1)}.md]" if number else "order: 1",
        ]
        path = content / "news" / f"a{number}.md"
        path.write_text("\n".join(["---", *fields, "---", "", BODY]), "utf-8")


def measured(content: Path, known: Loaded | None) -> tuple[Loaded, float]:
    start = time.process_time()
    found = load(content, now=NOW, known=known.readings if known else None)
    return found, time.process_time() - start


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        write_site(content, count)
        first, seconds = measured(content, None)
        assert len(first.items) == count + 2
        assert not first.problems
        print(f"load   {seconds:6.2f} s CPU, {seconds / count * 1e3:.3f} ms an item")
        second, seconds = measured(content, first)
        assert second == first
        print(f"known  {seconds:6.2f} s CPU, {seconds / count * 1e3:.3f} ms an item")


if __name__ == "__main__":
    main()
