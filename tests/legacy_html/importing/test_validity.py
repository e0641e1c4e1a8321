"""Whatever a page holds, its item never stops the site's build."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from plugins.article_body.convert import convert
from plugins.content_types.load import load
from plugins.domain.dates import CHINA
from plugins.domain.problems import Level
from plugins.legacy_html.importing.run import Options, import_legacy
from plugins.official_document.outline import outline
from plugins.sanitizing.sanitize import sanitize
from tests.legacy_html.importing import scrape

NOW = datetime(2026, 11, 23, 12, tzinfo=CHINA)
PAGES: dict[str, bytes] = {
    "runs": scrape.page("连续的符号", scrape.prose(48) + "".join(f"<p>示例县的{sign * 300}协会。</p>" for sign in "[(!>*_#`~|\\&")),
    "deep-list": scrape.page("很深的列表", scrape.prose(57) + "<ul><li>一层" * 60 + "</li></ul>" * 60),
    "deep-box": scrape.page("很深的框", "<div>" * 9000 + scrape.prose(66) + "</div>" * 9000),
    "wide-table": scrape.page("宽的表", scrape.prose(75) + f"<table><tr>{'<td colspan=2>格</td>' * 300}</tr></table>"),
    "long-title": scrape.page("很长的标题" * 80, scrape.prose(84)),
    "no-title": f"<html><body>{scrape.prose(39)}</body></html>".encode(),
    "control": scrape.page("控制字符\u200b标题", scrape.prose(93) + "<p>甲&#1;&#x85;&#xFFFE;\u202e乙\u0000丙</p>"),
    "future": scrape.page("将来的日期", scrape.prose(11), day="2099-01-01"),
    "ancient": scrape.page("太早的日期", scrape.prose(12), day="1850-01-01"),
    "yaml": scrape.page("a: b # c - [x]: {y} 'z' \"q\"", scrape.prose(13), source="x: y # z"),
    "dashes": scrape.page("分隔线", scrape.prose(14) + "<p>---</p><p>...</p><p>--- </p>"),
    "links": scrape.page(
        "坏链接",
        scrape.prose(15)
        + "".join(
            f'<p>见<a href="{href}">这里的链接</a>。</p>'
            for href in ("../../../../etc/passwd", "C:\\a.doc", "file:///c:/a", "http://[bad", "//host/x", "{static}x", "|attach|y", "a b.pdf", "x" * 3000, "%00", "mailto:a b@c", "#none", "legacy-page-00000000000000000000")
        ),
    ),
    "pictures": scrape.page(
        "坏图片",
        scrape.prose(16) + "".join(f'<p><img src="{src}"></p>' for src in ("data:image/png;base64,AAAA", "../x.jpg", "", "//h/x.png", "{static}x.png", "x.svg", "file:///x.png")),
    ),
    "broken": scrape.page("残缺的编码", scrape.prose(17))[:-40] + b"\xff\xfe\x80",
    "cut": scrape.page("截断的网页", scrape.prose(18))[:900],
}  # fmt: skip


def test_every_item_is_valid(tmp_path: Path) -> None:
    content = scrape.site(tmp_path)
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, raw in PAGES.items():
        (folder / f"{name}.html").write_bytes(raw)
    options = Options(
        sources=(folder,), content=content, cache=tmp_path / "cache", into="news", today=date(2026, 11, 23)
    )
    rows = import_legacy(options).rows
    assert len(rows) == len(PAGES) and {row.fate for row in rows} == {"imported"}
    assert not [row.title for row in rows if row.title.startswith("（未能恢复）")]
    loaded = load(content, now=NOW)
    problems = [problem for problem in loaded.problems if problem.level is not Level.NOTICE]
    there = {file.path for file in loaded.files}
    for item in (item for item in loaded.items if item.legacy):
        body, found = convert(item.body, path=item.path, first_line=item.body_line, sanitize=sanitize, outline=outline)
        problems += [problem for problem in found if problem.is_blocking]
        assert body.html and all(reference.path in there for reference in body.references), item.path
    assert not [str(problem) for problem in problems]
