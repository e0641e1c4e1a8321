"""An import from end to end: what comes of a scrape, once, twice, killed, edited."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from plugins.content_types.load import load
from plugins.domain.content import ContentItem, State
from plugins.domain.dates import CHINA
from plugins.domain.problems import Level
from plugins.legacy_html.importing import record as records
from plugins.legacy_html.importing.alignment import aligned, side_by_side
from plugins.legacy_html.importing.items import record_of
from plugins.legacy_html.importing.report_page import write_report
from plugins.legacy_html.importing.run import Options, Outcome, import_legacy
from tests.legacy_html.importing import scrape

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 23, 12, tzinfo=CHINA)


def options(root: Path, *sources: Path, **more: object) -> Options:
    return Options(
        sources=sources,
        content=root / "content",
        cache=root / "cache",
        jobs=2,
        today=date(2026, 11, 23),
        **more,  # type: ignore[arg-type]
    )


def items(root: Path) -> dict[str, ContentItem]:
    """Return the imported items by title, after a look at every problem."""
    loaded = load(root / "content", now=NOW)
    assert not [str(one) for one in loaded.problems if one.level is not Level.NOTICE]
    return {item.title: item for item in loaded.items if item.legacy}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    root = tmp_path_factory.mktemp("imported")
    scrape.site(root)
    return root, import_legacy(options(root, scrape.folder(root), into="news"))


def test_items_are_valid_and_wait(imported: tuple[Path, Outcome]) -> None:
    root, outcome = imported
    found = items(root)
    assert set(found) == {
        "示例县召开年度工作会议",
        "样本市举办培训班",
        "甲乙区走访慰问家庭",
        "丙丁镇召开座谈会",
        "图片的扩展名不对",
    }
    assert {item.state for item in found.values()} == {State.PENDING}
    assert sorted(row.fate for row in outcome.rows) == ["duplicate"] * 2 + ["empty"] + ["imported"] * 5
    assert not outcome.refused


def test_what_a_page_states_is_kept_and_what_it_does_not_is_flagged(imported: tuple[Path, Outcome]) -> None:
    found = items(imported[0])
    meeting, visit = found["示例县召开年度工作会议"], found["甲乙区走访慰问家庭"]
    assert meeting.type == "news_item" and meeting.date and f"{meeting.date:%Y-%m-%d}" == "2016-07-08"
    assert meeting.source and meeting.source.name == "示例县计生协"
    assert visit.type == "page" and visit.date is None
    assert "missing_date" in {flag.flag for flag in visit.review}


def test_pictures_and_files_lie_beside_their_item(imported: tuple[Path, Outcome]) -> None:
    root, found = imported[0], items(imported[0])
    meeting, course = found["示例县召开年度工作会议"], found["样本市举办培训班"]
    stem = meeting.path.removesuffix(".md")
    assert (root / "content" / stem / "1.jpg").read_bytes() == scrape.FILES["pic/1 (1).jpg"]
    assert f"![会议现场](<{stem.rpartition('/')[2]}/1.jpg>)" in meeting.body
    assert [(one.title, one.path) for one in course.attachments] == [
        ("申请表.doc", f"{course.path.removesuffix('.md')}/1.doc")
    ]
    wrong = found["图片的扩展名不对"]
    beside = root / "content" / wrong.path.removesuffix(".md")
    assert [path.name for path in beside.iterdir()] == ["1.png"], "扩展名应按内容改正，坏图片不导入"
    assert "unusable_file" in {flag.flag for flag in wrong.review}


def test_hot_links_are_never_published(imported: tuple[Path, Outcome]) -> None:
    course = items(imported[0])["样本市举办培训班"]
    assert "hot.example.net" not in course.body
    assert [flag.text for flag in course.review if flag.flag == "missing_picture"] == ["http://hot.example.net/x.jpg"]


def test_links_lead_to_the_other_item_or_to_where_they_led(imported: tuple[Path, Outcome]) -> None:
    found = items(imported[0])
    body = found["示例县召开年度工作会议"].body
    assert f"[培训班的报道](<{found['样本市举办培训班'].path.rpartition('/')[2]}>)" in body
    assert "[外站](<http://other.example.net/x>)" in body


def test_one_item_for_all_copies(imported: tuple[Path, Outcome]) -> None:
    root, outcome = imported
    kept = items(root)["示例县召开年度工作会议"]
    record = record_of(kept.path, options(root).store)
    names = {origin.source for copy in record.copies for origin in copy.origins}
    assert names == {f"{scrape.HOST}/news/2016/copy.html", f"{scrape.HOST}/news/2016/part.html"}
    assert set(kept.redirect_from) == {"/news/2016/a.html", "/news/2016/copy.html", "/news/2016/part.html"}
    assert {row.duplicate_of for row in outcome.rows if row.fate == "duplicate"} == {record.id}


def test_every_item_gives_its_source_back(imported: tuple[Path, Outcome]) -> None:
    root, outcome = imported
    store = options(root).store
    for row in outcome.rows:
        record = record_of(row.id, store)
        source = records.undone(record)
        assert not record.extracted, "记录本身应能还原"
        assert hashlib.sha256(source.encode()).hexdigest() == record.extracted_sha256
        raw = store.raw_bytes(record.sha256)
        assert raw in scrape.FILES.values()
        pieces = aligned(record)
        assert "".join(piece.text for piece in pieces if piece.standing != "new") == source
        assert "".join(piece.text for piece in pieces if piece.standing != "gone") == record.text
        assert "".join(p.text for line in side_by_side(pieces) for p in line.result).replace("\n", "") == (
            record.text.replace("\n", "")
        )


def test_a_second_run_changes_nothing(imported: tuple[Path, Outcome]) -> None:
    root, _ = imported
    before = {path: path.stat().st_mtime_ns for path in (root / "content").rglob("*")}
    again = import_legacy(options(root, root / "mirror", into="news"))
    assert {row.fate for row in again.rows} == {"unchanged", "duplicate", "empty"}
    assert {path: path.stat().st_mtime_ns for path in (root / "content").rglob("*")} == before


def test_the_report_shows_everything(imported: tuple[Path, Outcome], tmp_path: Path) -> None:
    root, outcome = imported
    first = write_report(outcome, options(root).store, tmp_path / "report")
    pages = "".join(path.read_text("utf-8") for path in sorted((tmp_path / "report").iterdir()))
    assert all(row.title in first.read_text("utf-8") for row in outcome.rows)
    assert "<script" not in pages and "missing_picture" in pages and '<ins title="punctuation' in pages


@pytest.mark.parametrize("make", [scrape.warc, scrape.packed], ids=["warc", "zip"])
def test_archives_give_the_same_items(
    imported: tuple[Path, Outcome], tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    scrape.site(tmp_path)
    outcome = import_legacy(options(tmp_path, make(tmp_path), into="news"))
    assert not outcome.refused
    expected, found = items(imported[0]), items(tmp_path)
    for title, item in expected.items():
        other = found[title]
        assert (other.path, other.body, other.redirect_from, other.legacy) == (
            item.path,
            item.body,
            item.redirect_from,
            item.legacy,
        )
    assert found.keys() == expected.keys()


def test_what_an_editor_touched_stays(tmp_path: Path) -> None:
    scrape.site(tmp_path)
    source = scrape.folder(tmp_path)
    import_legacy(options(tmp_path, source, into="news"))
    found = items(tmp_path)
    edited = tmp_path / "content" / found["样本市举办培训班"].path
    deleted = tmp_path / "content" / found["甲乙区走访慰问家庭"].path
    edited.write_text(edited.read_text("utf-8") + "\n编辑加的一句。\n", "utf-8")
    deleted.unlink()
    before = scrape.contents(tmp_path / "content")
    (source / scrape.HOST / "news/2016/again.html").write_bytes(
        scrape.page("培训班（另一份）", scrape.prose(20), day="", source="")
    )
    fates = {row.title: row.fate for row in import_legacy(options(tmp_path, source, into="news")).rows}
    assert fates["样本市举办培训班"] == "edited" and fates["甲乙区走访慰问家庭"] == "deleted"
    after = scrape.contents(tmp_path / "content")
    assert {name for name in after if after[name] != before.get(name)} <= {
        name for name in after if name.startswith("_legacy/")
    }
    record = record_of(found["样本市举办培训班"].path, options(tmp_path).store)
    assert [copy.title for copy in record.copies] == ["培训班（另一份）"]


def test_a_new_copy_brings_its_address_to_an_untouched_item(tmp_path: Path) -> None:
    scrape.site(tmp_path)
    source = scrape.folder(tmp_path)
    import_legacy(options(tmp_path, source, into="news"))
    (source / scrape.HOST / "news/2016/again.html").write_bytes(
        scrape.page("培训班（另一份）", scrape.prose(20), day="", source="")
    )
    outcome = import_legacy(options(tmp_path, source, into="news"))
    assert {row.title: row.fate for row in outcome.rows}["样本市举办培训班"] == "updated"
    assert items(tmp_path)["样本市举办培训班"].redirect_from == ("/news/2016/b.html", "/news/2016/again.html")
    again = import_legacy(options(tmp_path, source, into="news"))
    assert "updated" not in {row.fate for row in again.rows}


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    scrape.site(tmp_path)
    source = scrape.folder(tmp_path)
    before = scrape.contents(tmp_path)
    outcome = import_legacy(options(tmp_path, source, is_dry=True))
    assert scrape.contents(tmp_path) == before and not (tmp_path / "cache").exists()
    assert sum(1 for row in outcome.rows if row.fate == "imported") == 5


RUN = """
import sys
from datetime import date
from pathlib import Path
from plugins.legacy_html.importing.run import Options, import_legacy
root = Path(sys.argv[1])
import_legacy(Options(sources=(root / "mirror",), content=root / "content", cache=root / "cache", into="news", jobs=2,
                      today=date(2026, 11, 23)))
"""


def is_under_way(root: Path, share: int) -> bool:
    """Whether a part of the files that the import writes are there."""
    return sum(1 for path in root.rglob("*") if path.is_file()) >= share


@pytest.mark.parametrize("share", [16, 20, 32, 40])
def test_a_killed_run_is_taken_up_again(imported: tuple[Path, Outcome], tmp_path: Path, share: int) -> None:
    scrape.site(tmp_path)
    source = scrape.folder(tmp_path)
    run = subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path)], cwd=ROOT, start_new_session=True)
    while run.poll() is None and not is_under_way(tmp_path, share):
        time.sleep(0.002)
    os.killpg(run.pid, signal.SIGKILL) if run.poll() is None else None
    run.wait()
    import_legacy(options(tmp_path, source, into="news"))
    assert scrape.contents(tmp_path / "content") == scrape.contents(imported[0] / "content")
    assert not list((tmp_path / "cache").rglob("*.gz"))


def test_a_section_must_be_there(tmp_path: Path) -> None:
    scrape.site(tmp_path)
    source = scrape.folder(tmp_path)
    with pytest.raises(ValueError, match="没有栏目"):
        import_legacy(options(tmp_path, source, into="nowhere"))
    with pytest.raises(ValueError, match="不能作为网址"):
        import_legacy(options(tmp_path, source, into="../outside"))
    import_legacy(options(tmp_path, source))
    assert items(tmp_path).keys() and (tmp_path / "content/legacy/index.md").exists()
