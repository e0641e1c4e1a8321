"""No step of a build grows faster than the site."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from plugins.assembly.build import build
from plugins.assembly.configuration import configured
from plugins.assembly.early import undisturbed

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

from build_corpus import article, our_file, our_text, write_ours  # noqa: E402

FEW, TIMES = 300, 4
SLACK = 1.7  # of a busy machine


def seconds(folder: Path, count: int) -> tuple[float, float]:
    """Processor seconds of a build from nothing and of one in which one article is new."""
    write_ours(folder / "content", count)
    theme = f"THEME = {str(ROOT / 'theme')!r}\n"
    (folder / "pelicanconf.py").write_text(f'SITENAME = "试验站"\nSEARCH_INDEX = False\n{theme}', "utf-8")
    found = []
    for _ in range(2):
        start = time.process_time()
        with undisturbed():
            assert build(configured(folder / "pelicanconf.py"), jobs=1).succeeded
        found.append(time.process_time() - start)
        new = article(count)
        our_file(folder / "content", new).write_text(our_text(new), "utf-8")
    return found[0], found[1]


@pytest.mark.slow
def test_four_times_the_articles_take_four_times_the_time(tmp_path: Path) -> None:
    seconds(tmp_path / "warm", 30)
    few, many = seconds(tmp_path / "few", FEW), seconds(tmp_path / "many", FEW * TIMES)
    assert many[0] < few[0] * TIMES * SLACK
    assert many[1] < few[1] * TIMES * SLACK


def test_a_new_article_touches_few_files(tmp_path: Path) -> None:
    """The sidebar trap: what is new is shown on the lists it belongs to, and old list pages do not move."""
    write_ours(tmp_path / "content", 130)
    theme = f"THEME = {str(ROOT / 'theme')!r}\n"
    (tmp_path / "pelicanconf.py").write_text(f'SITENAME = "试验站"\nSEARCH_INDEX = False\n{theme}', "utf-8")
    build(configured(tmp_path / "pelicanconf.py"), jobs=1)
    new = article(130)
    our_file(tmp_path / "content", new).write_text(our_text(new), "utf-8")
    written = build(configured(tmp_path / "pelicanconf.py"), jobs=1).report.written
    pages = [path for path in written if path.endswith(".html")]
    assert f"{new.column}/{new.name}/index.html" in pages
    articles = [path for path in pages if "/a0" in path]
    numbered = [path for path in pages if "/page/" in path]
    assert len(articles) <= 16, articles  # itself, its neighbour, and those that gained a relation
    assert len(numbered) <= 3, numbered
    assert len(pages) <= 45, pages
