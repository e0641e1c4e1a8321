"""Mistakes in the settings and in what the command line says: told with file and line, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.assembly.build import Built, build
from plugins.assembly.configuration import configured
from plugins.domain.problems import is_blocked
from tests.assembly.small_site import contents

BROKEN = {
    "TITLE = (": ("pelicanconf.py:4: ", "运行不了"),
    "TITLE = nothing_of_this_name": ("pelicanconf.py:4: ", "NameError"),
    "import no_such_module": ("pelicanconf.py:4: ", "ModuleNotFoundError"),
    "raise SystemExit(3)": ("pelicanconf.py:4: ", "SystemExit"),
    "SITENAME = ''": ("pelicanconf.py:1: ", "SITENAME"),
    "SITEURL = 'www.example.org'": ("pelicanconf.py:1: ", "SITEURL"),
    "CORRECTIONS = 'javascript:alert(1)'": ("pelicanconf.py:1: ", "CORRECTIONS"),
    "MOURNING_DAYS = ['2026-12-13']": ("pelicanconf.py:1: ", "MOURNING_DAYS"),
    "THEME = 'nowhere'": ("pelicanconf.py:1: ", "没有主题文件夹"),
    "PATH = 'nowhere'": ("nowhere:1: ", "没有这个内容文件夹"),
    "OUTPUT_PATH = 'content/output'": ("pelicanconf.py:1: ", "重叠"),
    "OUTPUT_PATH = 'content'": ("pelicanconf.py:1: ", "重叠"),
    "OUTPUT_PATH = '.'": ("pelicanconf.py:1: ", "重叠"),
    "OUTPUT_PATH = 'pelicanconf.py/output'": ("pelicanconf.py:1: ", "是一个文件"),
}


@pytest.mark.parametrize("line", BROKEN)
def test_a_mistake_is_told_and_nothing_is_written(line: str, site: Path) -> None:
    file = site / "pelicanconf.py"
    file.write_text(f"{file.read_text('utf-8')}{line}\n", "utf-8")
    before = {name for name in contents(site) if not name.startswith(".cache/")}
    built = build(configured(file))
    place, reason = BROKEN[line]
    assert not built.succeeded and is_blocked(built.problems)
    assert any(str(problem).startswith(place) and reason in str(problem) for problem in built.problems)
    assert {name for name in contents(site) if not name.startswith(".cache/")} == before


def test_the_file_that_is_imported_is_named(site: Path) -> None:
    (site / "pelicanconf.py").write_text("TITLE = (\n", "utf-8")
    (site / "publishconf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(site)!r})\nsys.modules.pop('pelicanconf', None)\nfrom pelicanconf import *\n",
        "utf-8",
    )
    (problem,) = (found for found in configured(site / "publishconf.py").problems if "运行不了" in found.message)
    assert (problem.path, problem.line) == ("pelicanconf.py", 1)


def test_a_settings_file_that_is_not_there_is_named(site: Path) -> None:
    assert "没有这个设置文件" in str(configured(site / "other.py").problems[0])


def test_sound_settings_have_no_fault(run: Callable[..., Built]) -> None:
    assert not [problem for problem in run().problems if problem.path == "pelicanconf.py"]
