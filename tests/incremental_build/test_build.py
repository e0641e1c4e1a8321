from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.domain.outputs import Output
from plugins.incremental_build.build import build
from plugins.incremental_build.database import Written, opened, save_outputs
from plugins.incremental_build.folder import MARK, ForeignFolderError
from plugins.incremental_build.plan import ALWAYS, CHANGED, DELETED, FOREIGN, LOST, NEW, SAME, TAMPERED, UNFINISHED
from plugins.incremental_build.report import BuildReport, explain


def output(path: str, text: str = "正文", *, fingerprint: str | None = None) -> Output:
    mark = text if fingerprint is None else fingerprint
    return Output(path=path, fingerprint=mark, make=text.encode, source=f"{path}.md")


class Site:
    """An output folder with its database, and the builds made of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.database = folder / "output", folder / "cache" / "build.db"

    def build(self, *outputs: Output, **options: bool | int) -> BuildReport:
        return build(outputs, self.folder, self.database, **{"jobs": 1, **options})

    def tree(self) -> dict[str, bytes]:
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.name != MARK)
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}

    def place(self, path: str) -> Path:
        return self.folder / path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def reasons(report: BuildReport) -> dict[str, str]:
    plan = report.plan
    return {decision.path: decision.reason for decision in (*plan.delete, *plan.render, *plan.keep)}


def test_first_build_writes_all_and_second_nothing(site: Site) -> None:
    pages = [output("index.html"), output("news/a/index.html", "甲")]
    assert site.build(*pages).written == ("index.html", "news/a/index.html")
    second = site.build(*pages)
    assert (second.plan.render, second.written) == ((), ())
    assert site.tree() == {"index.html": "正文".encode(), "news/a/index.html": "甲".encode()}


def test_make_is_called_only_where_the_fingerprint_is_new(site: Site) -> None:
    site.build(output("a"), output("b"))

    def refuse() -> bytes:
        raise AssertionError("made again")

    kept = Output(path="a", fingerprint="正文", make=refuse)
    assert site.build(kept, output("b", "新")).succeeded


def test_equal_bytes_keep_their_time(site: Site) -> None:
    site.build(output("a", fingerprint="1"))
    os.utime(site.place("a"), ns=(1, 10**18 + 1))
    report = site.build(output("a", fingerprint="2"))
    assert reasons(report) == {"a": CHANGED}
    assert report.written == ()
    assert site.place("a").stat().st_mtime_ns == 10**18 + 1


@pytest.mark.parametrize(
    ("damage", "options", "reason"),
    [
        (lambda place: place.write_text("改"), {}, TAMPERED),
        (lambda place: place.unlink(), {}, DELETED),
        (lambda place: os.utime(place), {}, TAMPERED),
        (lambda place: _same_size_and_time(place), {}, SAME),
        (lambda place: _same_size_and_time(place), {"verify": True}, TAMPERED),
        (lambda place: (place.unlink(), place.mkdir(), (place / "x").touch()), {}, DELETED),
        (lambda place: (place.unlink(), place.symlink_to("/etc/hostname")), {}, DELETED),
    ],
    ids=["edited", "deleted", "touched", "forged", "forged, verified", "folder", "link"],
)
def test_damage_to_an_output_is_noticed(
    site: Site, damage: Callable[[Path], object], options: dict[str, bool], reason: str
) -> None:
    site.build(output("news/a"))
    damage(site.place("news/a"))
    assert reasons(site.build(output("news/a"), **options))["news/a"] == reason
    assert (site.tree() == {"news/a": "正文".encode()}) is (reason != SAME)


def _same_size_and_time(place: Path) -> None:
    state = place.stat()
    place.write_bytes(b"x" * state.st_size)
    os.utime(place, ns=(state.st_atime_ns, state.st_mtime_ns))


def test_lost_outputs_go_with_their_empty_folders(site: Site) -> None:
    site.build(output("news/a/index.html"), output("index.html"))
    report = site.build(output("index.html"))
    assert reasons(report)["news/a/index.html"] == LOST
    assert [path.name for path in site.folder.iterdir() if path.name != MARK] == ["index.html"]


def test_file_becomes_folder_and_back(site: Site) -> None:
    for outputs in ([output("a")], [output("a/b")], [output("a/b/c")], [output("a")]):
        assert site.build(*outputs).succeeded
        assert site.tree() == {each.path: "正文".encode() for each in outputs}


def test_what_is_not_ours_is_deleted_and_said(site: Site) -> None:
    site.build(output("news/a"))
    site.place("news/旧稿.html").write_text("未公开")
    site.place("old").mkdir()
    site.place("old/x").write_text("x")
    os.mkfifo(site.place("pipe"))
    report = site.build(output("news/a"))
    assert reasons(report) == {"news/a": SAME, "news/旧稿.html": FOREIGN, "old": FOREIGN, "pipe": FOREIGN}
    assert site.tree() == {"news/a": "正文".encode()}


def test_links_never_lead_out_of_the_folder(site: Site, tmp_path: Path) -> None:
    site.build(output("news/a"), output("news/b"))
    outside = tmp_path / "outside"
    site.place("news").rename(outside)
    site.place("news").symlink_to(outside)
    site.build(output("news/a", "新"))
    assert site.tree() == {"news/a": "新".encode()}
    assert {path.name: path.read_text() for path in outside.iterdir()} == {"a": "正文", "b": "正文"}


def test_hard_links_of_a_release_are_not_written_through(site: Site, tmp_path: Path) -> None:
    site.build(output("a"))
    os.link(site.place("a"), tmp_path / "release")
    site.build(output("a", "新"))
    assert (site.place("a").read_text(), (tmp_path / "release").read_text()) == ("新", "正文")


def test_stale_files_do_not_survive_a_lost_database(site: Site) -> None:
    site.build(output("a"), output("withdrawn"))
    site.database.unlink()
    site.build(output("a"))
    assert site.tree() == {"a": "正文".encode()}


def test_folder_of_somebody_else_is_refused(site: Site) -> None:
    site.folder.mkdir()
    site.place("thesis.doc").write_text("毕业论文")
    for clean in (False, True):
        with pytest.raises(ForeignFolderError, match="不是本站生成"):
            site.build(output("a"), clean=clean)
    assert site.tree() == {"thesis.doc": "毕业论文".encode()}


@pytest.mark.parametrize("damage", [b"", b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_damaged_database_starts_empty(site: Site, damage: bytes) -> None:
    site.build(output("a"))
    site.database.write_bytes(damage)
    assert reasons(site.build(output("a"))) == {"a": NEW}
    assert reasons(site.build(output("a"))) == {"a": SAME}


def test_a_damaged_row_starts_empty(site: Site) -> None:
    site.build(output("a"))
    with sqlite3.connect(site.database) as connection:
        (value,) = connection.execute("select value from columns where name = 'outputs'").fetchone()
        connection.execute("update columns set value = ? where name = 'outputs'", (value[:-1] + b"g",))
    assert reasons(site.build(output("a"))) == {"a": NEW}
    assert reasons(site.build(output("a"))) == {"a": SAME}


def test_other_format_starts_empty(site: Site) -> None:
    site.build(output("a"))
    with sqlite3.connect(site.database) as connection:
        connection.execute("pragma user_version = 99")
    assert reasons(site.build(output("a"))) == {"a": NEW}


def test_manifest_cannot_point_outside(site: Site, tmp_path: Path) -> None:
    site.build(output("a"))
    (tmp_path / "precious").write_text("x")
    with opened(site.database) as connection:
        save_outputs(connection, [("../precious", Written("f", 1, 1, ""))], [])
    site.build(output("a"))
    assert (tmp_path / "precious").exists()


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a//b", "", ".", "a/", "a\\b", "a\nb", "长" * 90, MARK])
def test_paths_outside_are_refused_before_anything_is_written(site: Site, path: str) -> None:
    report = site.build(output("index.html"), output(path))
    assert [problem.path for problem in report.problems] == [f"{path}.md"]
    assert not site.folder.exists()


@pytest.mark.parametrize(
    ("first", "second"), [("a", "a"), ("News/a", "news/A"), ("e\u0301", "\u00e9"), ("a", "a/b"), ("a", "a/b/c")]
)
def test_two_claims_on_one_place_name_both(site: Site, first: str, second: str) -> None:
    (problem,) = site.build(output(first), output(second)).problems
    assert f"{first}.md" in str(problem) and f"{second}.md" in str(problem)


def failing(path: str) -> Output:
    def make() -> bytes:
        raise ValueError("模板写错了")

    return Output(path=path, fingerprint="x", make=make, source=f"{path}.md")


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_failure_loses_nothing_else(site: Site, jobs: int) -> None:
    pages = [output(f"{number:02}") for number in range(40)]
    site.build(*pages)
    report = site.build(*(output(page.path, "新") for page in pages[1:]), failing("00"), jobs=jobs)
    assert [failure.path for failure in report.failures] == ["00"]
    assert "00.md: 生成 00 时出错：ValueError: 模板写错了" in str(report.failures[0])
    assert len(report.written) == 39
    assert site.place("00").read_text() == "正文"
    assert reasons(site.build(*pages))["00"] == UNFINISHED


def test_worker_that_dies_is_reported(site: Site) -> None:
    killer = Output(path="00", fingerprint="x", make=lambda: os.kill(os.getpid(), signal.SIGKILL) or b"")
    report = site.build(killer, *(output(f"{number:02}") for number in range(1, 300)), jobs=2)
    assert 1 <= len(report.failures) < 100
    assert all("意外退出" in failure.fault for failure in report.failures)
    assert len(report.written) + len(report.failures) == 300
    assert site.build(*(output(f"{number:02}") for number in range(300)), jobs=2).succeeded
    assert len(site.tree()) == 300


def test_failing_write_leaves_no_half(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    site.build(output("a", "甲"), output("b", "乙"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        report = site.build(output("a", "长" * 400_000), output("b", "丙"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [failure.path for failure in report.failures] == ["a"]
    assert site.tree() == {"b": "丙".encode()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_build_is_mended_by_the_next(site: Site, jobs: int) -> None:
    old, new = ([output(f"{number:03}", f"{text}{number}") for number in range(100)] for text in "旧新")
    site.build(*old)

    def die() -> bytes:
        os.kill(os.getppid() if jobs > 1 else os.getpid(), signal.SIGKILL)
        return b""

    if (child := os.fork()) == 0:
        site.build(*new[:60], Output(path="060", fingerprint="y", make=die), *new[61:], jobs=jobs)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    report = site.build(*old)
    assert site.tree() == {page.path: page.make() for page in old}
    assert UNFINISHED in reasons(report).values()


def test_clean_starts_from_nothing(site: Site) -> None:
    site.build(output("a"), output("b"))
    report = site.build(output("a"), clean=True)
    assert (reasons(report), set(site.tree())) == ({"a": NEW}, {"a"})


def test_output_without_fingerprint_is_always_made(site: Site) -> None:
    site.build(output("a", fingerprint=""))
    assert reasons(site.build(output("a", fingerprint=""))) == {"a": ALWAYS}


def test_explanation_names_the_part_that_changed(site: Site) -> None:
    site.build(output("a", fingerprint="页面=1 模板=1"), output("b"))
    report = site.build(output("a", fingerprint="页面=1 模板=2"), output("c"))
    assert list(explain(report.plan)) == ["生成 a：模板变了", f"生成 c：{NEW}", f"删除 b：{LOST}"]


def test_progress_counts_to_the_end(site: Site) -> None:
    seen: list[tuple[int, int]] = []
    pages = [output(str(number)) for number in range(50)]
    build(pages, site.folder, site.database, jobs=2, on_progress=lambda *counts: seen.append(counts))
    assert seen == [(number, 50) for number in range(1, 51)]
