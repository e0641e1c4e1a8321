"""A scraped page committed as it is: seen in the preview, nowhere in what is published."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from plugins.assembly.build import Built
from tests.assembly.small_site import PIXEL, contents

PAGE = """<html><head><meta charset="gb2312"><title>旧网页的标题-示例县计生协</title>{head}</head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/xw/">工作动态</a></div><h1>旧网页的标题</h1>
<div class="info">发布时间：2016-07-08 来源：示例县计生协</div><div id="content">
<p>示例县计生协在会员之家组织开展了家庭健康宣传服务活动,受到群众欢迎,活动当天发放宣传资料两千余份。</p>
<p><img src="/uploads/lost.jpg"></p><p><img src="images/gone.jpg"></p><p><img src="kept.png"></p>
<p>与会人员认为，下一步要完善服务阵地的各项制度，见<a href="../2015/old.asp?id=3">以前的报道</a>。</p></div></body></html>"""
WORDS = "家庭健康宣传服务活动"


def jpeg() -> bytes:
    """Return a small picture."""
    picture = io.BytesIO()
    Image.new("RGB", (8, 6), "white").save(picture, "JPEG")
    return picture.getvalue()


def put(site: Path, name: str, head: str = "") -> None:
    (site / "content" / "news" / name).write_bytes(PAGE.format(head=head).encode("gb18030"))
    (site / "content" / "news" / "kept.png").write_bytes(PIXEL)


def shown(built: Built) -> str:
    """Return the page as the preview has it."""
    assert built.succeeded and built.site is not None
    return (built.site.settings.output / "news/scraped/index.html").read_text("utf-8")


def test_a_raw_page_waits_for_its_review(run: Callable[..., Built], site: Path) -> None:
    put(site, "scraped.html")
    built = run()
    assert built.succeeded, [str(problem) for problem in built.problems if problem.is_blocking]
    for folder in ("output", "search-index"):
        for name, content in contents(site / folder).items():
            assert "scraped" not in name and WORDS.encode() not in content, name
    assert any(problem.path == "news/scraped.html" and "待审核" in problem.message for problem in built.problems)


def test_the_preview_shows_it(run: Callable[..., Built], site: Path) -> None:
    put(site, "scraped.html")
    page = shown(run(preview=True))
    assert WORDS in page and "旧网页的标题" in page and "活动，受到" in page and "待审核" in page
    assert "<img" in page and "lost.jpg" not in page and "gone.jpg" not in page and "old.asp" not in page


def test_its_head_may_publish_it(run: Callable[..., Built], site: Path) -> None:
    put(site, "scraped.htm", head='<meta name="xiehui:state" content="published">')
    built = run()
    assert built.succeeded, [str(problem) for problem in built.problems if problem.is_blocking]
    assert WORDS in (site / "output/news/scraped/index.html").read_text("utf-8")


def test_a_picture_that_comes_later_is_found(run: Callable[..., Built], site: Path) -> None:
    put(site, "scraped.html")
    run(preview=True)
    (site / "content/news/images").mkdir()
    (site / "content/news/images/gone.jpg").write_bytes(jpeg())
    page = shown(run(preview=True))
    assert page.count("<figure") == 2
