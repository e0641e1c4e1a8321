from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.domain.outputs import Output
from plugins.incremental_build.build import build
from plugins.incremental_build.unchanged import Sources, is_unchanged, remember, scan

NOON = 1_700_000_000.0


class Project:
    """A content folder and a settings file, built once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "content/news").mkdir(parents=True)
        (folder / "content/news/a.md").write_text("甲")
        (folder / "conf.py").write_text("X = 1")
        self.output, self.database = folder / "output", folder / "build.db"
        sources = self.scan()
        build(
            [Output(path="news/a/index.html", fingerprint="1", make=lambda: "甲".encode())], self.output, self.database
        )
        remember(sources, self.database, key="选项", now=NOON, until=NOON + 60)

    def scan(self, *, verify: bool = False) -> Sources:
        roots = {"content": self.folder / "content", "conf.py": self.folder / "conf.py"}
        return scan(roots, self.database, verify=verify)

    def is_unchanged(self, *, key: str = "选项", now: float = NOON, verify: bool = False) -> bool:
        return is_unchanged(self.scan(verify=verify), self.output, self.database, key=key, now=now, verify=verify)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_nothing_changed(project: Project) -> None:
    assert project.is_unchanged()
    assert project.is_unchanged(now=NOON + 59, verify=True)


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: (root / "content/news/a.md").write_text("乙"),
        lambda root: (root / "content/news/b.md").write_text("新"),
        lambda root: (root / "content/news/a.md").unlink(),
        lambda root: (root / "content/news/a.md").rename(root / "content/news/c.md"),
        lambda root: (root / "conf.py").write_text("X = 2"),
        lambda root: (root / "conf.py").unlink(),
        lambda root: (root / "content/link").symlink_to("news/a.md"),
        lambda root: os.mkfifo(root / "content/pipe"),
        lambda root: (root / "output/news/a/index.html").write_text("改"),
        lambda root: (root / "output/news/a/index.html").unlink(),
        lambda root: (root / "output/news/a/foreign.html").write_text("旧"),
        lambda root: (root / "build.db").write_bytes(b"broken"),
    ],
)
def test_every_edit_is_noticed(project: Project, edit: Callable[[Path], object]) -> None:
    edit(project.folder)
    assert not project.is_unchanged()


@pytest.mark.parametrize(("key", "now"), [("别的选项", NOON), ("选项", NOON + 60), ("选项", NOON - 1)])
def test_options_and_the_clock_count(project: Project, key: str, now: float) -> None:
    assert not project.is_unchanged(key=key, now=now)


def test_edit_of_same_size_within_a_tick_is_noticed(project: Project) -> None:
    page = project.folder / "content/news/a.md"
    state = page.stat()
    page.write_text("乙")
    os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert not project.is_unchanged()


def test_touched_and_copied_sources_are_not_changed(project: Project) -> None:
    for name in ("content/news/a.md", "conf.py"):  # both long ago: a file written just now is looked at again, rightly
        os.utime(project.folder / name, ns=(0, 10**18))
    assert project.scan().looked_again
    assert project.is_unchanged()
    assert not project.scan().looked_again


def test_compiled_code_does_not_count(project: Project) -> None:
    (project.folder / "content/__pycache__").mkdir()
    (project.folder / "content/__pycache__/x.pyc").write_text("x")
    assert project.is_unchanged()


def test_failed_build_is_not_unchanged(project: Project) -> None:
    def fail() -> bytes:
        raise ValueError

    build([Output(path="news/a/index.html", fingerprint="2", make=fail)], project.output, project.database)
    assert not project.is_unchanged()


def test_the_check_imports_nothing_heavy() -> None:
    code = "import plugins.incremental_build.unchanged, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"msgspec", "jinja2", "markdown", "pelican", "yaml", "multiprocessing", "asyncio"} & set(loaded)
