"""A small site built for real: what is public is there, what is not is nowhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.assembly.body import published_body
from plugins.assembly.build import Built
from tests.assembly.small_site import NOW, ROOT, contents, write

SECRETS = ("绝密标题", "绝密正文", "以后的标题", "栏目里的文章", "未开放栏目")


def test_a_site_is_built_whole(run: Callable[..., Built], site: Path) -> None:
    built = run()
    assert built.succeeded, [str(problem) for problem in built.problems]
    there = contents(site / "output")
    assert {
        "index.html",
        "news/index.html",
        "news/a/index.html",
        "404.html",
        "sitemap.xml",
        "feed.xml",
        "robots.txt",
    } <= there.keys()
    assert "files/news/open.pdf" in there
    assert 'href="/news/b/"' in there["news/a/index.html"].decode()


def test_what_is_not_public_is_nowhere(run: Callable[..., Built], site: Path) -> None:
    run()
    for folder in ("output", "search-index"):
        for name, content in contents(site / folder).items():
            for word in SECRETS:
                assert word.encode() not in content, f"{word} 出现在 {name}"
            assert b"secret.pdf" not in content and "secret" not in name and "hidden.png" not in name, name
            assert content != (site / "content/news/secret.pdf").read_bytes()


def test_what_is_held_back_is_said(run: Callable[..., Built]) -> None:
    said = "\n".join(map(str, run().problems))
    assert "news/later.md" in said and "closed/inside.md" in said


def test_a_second_build_writes_nothing(run: Callable[..., Built]) -> None:
    run()
    again = run()
    assert again.report.written == () and not again.report.plan.render and not again.report.plan.delete


def test_an_error_stops_the_build_before_anything_is_written(run: Callable[..., Built], site: Path) -> None:
    run()
    before = contents(site / "output")
    write(site / "content/news/a.md", "---\ntitle: 甲\ntype: news_itm\nstate: publishd\nkolor: 红\n---\n")
    broken = run()
    assert not broken.succeeded
    said = "\n".join(str(problem) for problem in broken.problems if problem.is_blocking)
    assert "news/a.md:3: " in said and "news_item" in said and "news/a.md:4: " in said and "news/a.md:5: " in said
    assert contents(site / "output") == before


def test_a_withdrawn_item_leaves_its_address_only(run: Callable[..., Built], site: Path) -> None:
    run()
    text = (site / "content/news/b.md").read_text("utf-8").replace("state: published", "state: withdrawn")
    write(site / "content/news/b.md", text)
    write(site / "content/news/a.md", (site / "content/news/a.md").read_text("utf-8").replace("[乙](b.md)", "乙"))
    assert run().succeeded
    for name, content in contents(site / "output").items():
        assert "乙的正文".encode() not in content, name


def test_a_preview_shows_everything_with_a_banner_and_apart(run: Callable[..., Built], site: Path) -> None:
    assert run(preview=True).succeeded
    page = (site / ".cache/preview/output/news/secret/index.html").read_text("utf-8")
    assert "绝密正文" in page and "预览" in page and "noindex" in page
    assert not (site / "output").exists()


def test_jobs_make_no_difference(run: Callable[..., Built], site: Path) -> None:
    run(jobs=1)
    one = contents(site / "output")
    shutil.rmtree(site / "output")
    shutil.rmtree(site / ".cache")
    run(jobs=2)
    assert contents(site / "output") == one


@pytest.mark.slow
@pytest.mark.parametrize(
    "surroundings", [{"TZ": "America/New_York", "LC_ALL": "C"}, {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}]
)
def test_a_copy_elsewhere_builds_the_same_bytes(
    run: Callable[..., Built], site: Path, tmp_path_factory: pytest.TempPathFactory, surroundings: dict[str, str]
) -> None:
    run()
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(site / "content", copy / "content")
    shutil.copy(site / "pelicanconf.py", copy)
    code = f"import os; os.umask(0o077); from pathlib import Path; from plugins.assembly.build import build; from plugins.assembly.configuration import configured; raise SystemExit(not build(configured(Path({str(copy / 'pelicanconf.py')!r}))).succeeded)"
    subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **surroundings, "XIEHUI_NOW": NOW}, check=True
    )
    assert contents(copy / "output") == contents(site / "output")


@pytest.mark.slow
def test_plain_pelican_gives_the_same_pages(run: Callable[..., Built], site: Path, tmp_path: Path) -> None:
    run()
    settings = tmp_path / "ourconf.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\nSITENAME = '试验站'\n"
        f"SITEURL = 'https://www.example.org'\nTHEME = {str(ROOT / 'theme')!r}\nCACHE = {str(tmp_path / 'pelican-cache')!r}\n"
        "from datetime import date\nMOURNING_DAYS = []\nSITE_DESCRIPTION = ORGANISER = EMAIL = CORRECTIONS = SECURITY_CONTACT = ''\nSITE_KEYWORDS = []\n",
        "utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "pelican",
        str(site / "content"),
        "-s",
        str(settings),
        "-o",
        str(tmp_path / "pelican/output"),
    ]
    environment = {**os.environ, "XIEHUI_NOW": NOW}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(tmp_path / "pelican/output") == contents(site / "output")


def test_a_body_alone() -> None:
    html, problems = published_body("**重点** <script>alert(1)</script>[乙](b.md)\n".encode())
    assert "<strong>重点</strong>" in html and "script" not in html and 'href="/b.md"' in html
    assert published_body("中文".encode("gbk"))[1][0].is_blocking
    assert problems == ()


def test_pages_that_are_recalled_are_those_that_were_composed(run: Callable[..., Built], site: Path) -> None:
    event = "---\ntitle: 会\ntype: event\nstate: published\ndate: 2024-06-01\nstarts: 2024-07-01 09:00\n---\n开会。\n"
    write(site / "content/news/event.md", event)
    composed = run().composed
    assert composed
    composition, articles = composed.composition, 0
    for family in composition.families:
        for facts, page in zip(composition.facts[family.name].pages, family.pages(), strict=True):
            recalled = composition.recall(facts)
            assert recalled in (None, page)
            assert (recalled is None) == (not facts.entry)
            articles += recalled is not None
    assert articles > 2
