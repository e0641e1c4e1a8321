"""The tasks as they are typed: import, show, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from invoke.context import Context
from invoke.exceptions import Exit

from plugins.legacy_html import tasks
from tests.legacy_html.importing import scrape


def test_import_show_undo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    scrape.site(tmp_path)
    (tmp_path / "a page.html").write_bytes(scrape.FILES["news/2016/b.html"])
    (tmp_path / "c.html").write_bytes(scrape.FILES["news/2016/c.html"])
    tasks.import_.body(Context(remainder="c.html"), "a page.html", into="news", jobs=1)
    said = capfdbinary.readouterr().out.decode()
    assert "新导入" in said and "报告：.cache/legacy/report/index.html" in said
    assert (tmp_path / ".cache/legacy/report/index.html").exists()
    written = sorted(path.name for path in (tmp_path / "content/news").glob("2015-03-02-*.md"))
    assert len(written) == 1

    tasks.undo.body(Context(), f"content/news/{written[0]}")
    source = capfdbinary.readouterr().out.decode()
    assert source.startswith("当前位置：") and "申请表.doc" in source and "版权所有" in source
    tasks.undo.body(Context(), written[0].removesuffix(".md").removeprefix("2015-03-02-"), bytes=True, out="raw.html")
    assert (tmp_path / "raw.html").read_bytes() == scrape.FILES["news/2016/b.html"]
    with pytest.raises(Exit, match="不是导入的文章"):
        tasks.undo.body(Context(), "content/news/index.md")

    tasks.show.body(Context(), "a page.html")
    shown = capfdbinary.readouterr().out.decode()
    assert all(word in shown for word in ("decode", "furniture", "样本市举办培训班", "版权所有"))


def test_what_cannot_be_done_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    scrape.site(tmp_path)
    with pytest.raises(Exit, match="没有栏目"):
        tasks.import_.body(Context(), "nothing.zip", into="nowhere")
    with pytest.raises(Exit, match="读不了"):
        tasks.show.body(Context(), "nothing.html")
    tasks.import_.body(Context(), "nothing.zip", into="news", dry_run=True)
    assert not (tmp_path / ".cache").exists()


def test_names_with_blanks_stay_whole() -> None:
    assert tasks.further_sources("b c d", ["inv", "legacy.import", "a", "--", "b c", "d"]) == ["b c", "d"]
    assert tasks.further_sources("b d", ["pytest"]) == ["b", "d"]
    assert tasks.further_sources("", ["inv", "legacy.import", "a"]) == []
