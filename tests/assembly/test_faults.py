"""Faults from outside the content are told with a path, and never as a traceback."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.assembly.configuration import configured
from plugins.assembly.early import Options, build_once
from plugins.assembly.faults import told
from tests.assembly.small_site import ROOT, write

NEWS = "templates/types/news_item.html"


def broken_syntax(theme: Path) -> None:
    write(theme / NEWS, "一行\n{% if %}\n")


def foreign_bytes(theme: Path) -> None:
    (theme / NEWS).write_bytes(b"\xff\xfe")


def no_template(theme: Path) -> None:
    (theme / NEWS).unlink()


def no_partial(theme: Path) -> None:
    write(theme / NEWS, '{% include "partials/nothing.html" %}')


def unknown_name(theme: Path) -> None:
    write(theme / NEWS, "一行\n{{ nothing.of_this_name }}\n")


def no_style(theme: Path) -> None:
    (theme / "static/css/base.css").unlink()


FAULTS: dict[Callable[[Path], None], str] = {
    broken_syntax: f"{NEWS}:2: ",
    foreign_bytes: f"{NEWS}:1: ",
    no_template: f"{NEWS}:1: ",
    no_partial: "partials/nothing.html:1: ",
    unknown_name: f"{NEWS}:2: ",
    no_style: "static/css/base.css:1: ",
}


@pytest.mark.parametrize("harm", FAULTS)
def test_a_broken_theme_is_told_by_file_and_line(
    harm: Callable[[Path], None], site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theme = site / "theme"
    for part in ("templates", "static"):
        shutil.copytree(ROOT / "theme" / part, theme / part)
    harm(theme)
    settings = site / "pelicanconf.py"
    settings.write_text(f"{settings.read_text('utf-8')}THEME = 'theme'\nSEARCH_INDEX = False\n", "utf-8")
    assert build_once(configured(settings), Options(jobs=1)) == 1
    said = capsys.readouterr().out
    assert f"{theme}/" in said and FAULTS[harm] in said and "Traceback" not in said


def test_a_folder_of_somebody_else_is_left_alone(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site / "output/mine.txt", "别人的文件")
    assert build_once(configured(site / "pelicanconf.py"), Options(jobs=1)) == 1
    assert "不是本站生成的文件" in capsys.readouterr().out
    assert [path.name for path in (site / "output").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.EROFS, "不能写"), (errno.EIO, "")],
)
def test_what_the_disk_refuses_is_told(number: int, words: str, site: Path) -> None:
    settings = configured(site / "pelicanconf.py").settings
    problem = told(OSError(number, "refused", "/somewhere/file"), settings)
    assert problem and problem.path == "/somewhere/file" and words in problem.message and problem.hint


def test_a_fault_of_the_program_is_not_hidden(site: Path) -> None:
    settings = configured(site / "pelicanconf.py").settings
    assert told(AssertionError("no"), settings) is None and told(KeyError("title"), settings) is None
