"""On paper an article is an A4 document: title, source, date, address and code, and nothing to press."""

from __future__ import annotations

import io
import unicodedata

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from plugins.theming.browser import View, viewing

pytestmark = pytest.mark.browser
GONE = ("阅读辅助", "标准", "复制链接", "上一篇", "下一篇", "相关阅读", "搜索", "跳到正文", "我要纠错")


def plain(text: str) -> str:
    """Return ``text`` without space and in one form: a PDF may name 示 by the radical that looks like it."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_an_article_prints_like_an_official_document(chromium: Browser, address: str, look: str) -> None:
    with viewing(chromium, View(look=look)) as page:
        page.goto(f"{address}/news-item/")
        content = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        ink = page.evaluate("getComputedStyle(document.querySelector('.prose p')).color")
        code = page.evaluate("document.querySelector('.share__code img').getBoundingClientRect().width")
    pdf = PdfReader(io.BytesIO(content))
    text = plain("".join(sheet.extract_text() for sheet in pdf.pages))
    width, height = (float(side) / 72 * 25.4 for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    for part in ("家庭健康月启动，十二个乡镇依次开展义诊与咨询", "来源：示例县计划生育协会", "2026年11月20日09:30",
                 "网址：https://www.example.org/news-item/", "https://www.example.com/", "（责任编辑：示例编辑）"):  # fmt: skip
        assert plain(part) in text
    assert [word for word in GONE if word in text] == []
    assert ink == "rgb(0, 0, 0)"
    assert code > 0
