"""Sources that mean harm, and pages that would stop an import: each is refused or set aside, the rest goes on."""

from __future__ import annotations

import hashlib
import io
import stat
import time
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from plugins.legacy_html.importing import sources
from plugins.legacy_html.importing.run import Options, import_legacy
from plugins.legacy_html.importing.workers import Failure, Pool
from tests.legacy_html.importing import scrape

PAGE = scrape.page("示例县召开会议", scrape.prose(3))


def hostile_zip(path: Path) -> None:
    link = zipfile.ZipInfo("a/link.html")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../outside.html", PAGE)
        archive.writestr("a/../../outside.html", PAGE)
        archive.writestr("/absolute.html", PAGE)
        archive.writestr("C:/drive.html", PAGE)
        archive.writestr("..\\back.html", PAGE)
        archive.writestr(link, "/etc/passwd")
        archive.writestr("bomb.html", bytes(19 * 1024 * 1024))
        archive.writestr("large.html", bytes(21 * 1024 * 1024))
        archive.writestr("good.html", PAGE)


def test_a_hostile_zip_gives_its_good_page_only(tmp_path: Path) -> None:
    content = scrape.site(tmp_path)
    hostile_zip(tmp_path / "hostile.zip")
    outside = scrape.contents(tmp_path)
    options = Options(sources=(tmp_path / "hostile.zip",), content=content, cache=tmp_path / "cache", into="news")
    outcome = import_legacy(options)
    assert [row.source for row in outcome.rows] == ["hostile.zip!good.html"]
    reasons = sorted(one.reason for one in outcome.refused)
    assert reasons == sorted(["路径指到压缩包外面"] * 5 + ["是符号链接", "压缩比异常，可能是压缩炸弹", "超过20 MB"])
    added = {name for name in scrape.contents(tmp_path) if name not in outside}
    assert all(name.startswith(("content/news/", "content/_legacy/")) for name in added)


def test_a_member_that_lies_about_its_size_is_bounded(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lie.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lie.html", PAGE * 20)
    raw = (tmp_path / "lie.zip").read_bytes()
    size = len(PAGE * 20).to_bytes(4, "little")
    (tmp_path / "lie.zip").write_bytes(raw.replace(size, (100).to_bytes(4, "little")))
    found = sources.survey([tmp_path / "lie.zip"])
    with pytest.raises(ValueError, match="损坏"):
        sources.read(found.pages[0])


def test_links_on_the_disk_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_bytes(PAGE)
    folder = tmp_path / "scrape"
    folder.mkdir()
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    (folder / "up").symlink_to(tmp_path)
    found = sources.survey([folder])
    assert not found.pages and len(found.refused) == 2


@pytest.mark.parametrize("name", ["broken.warc.gz", "broken.warc", "broken.zip"])
def test_a_broken_archive_is_said(tmp_path: Path, name: str) -> None:
    whole = (scrape.warc(tmp_path) if "warc" in name else scrape.packed(tmp_path)).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2] if name != "broken.warc" else b"no warc at all\n" * 9)
    found = sources.survey([tmp_path / name])
    assert found.refused
    for page in found.pages:
        assert sources.read(page)


def test_an_answer_that_unpacks_without_end_is_bounded(tmp_path: Path) -> None:
    import gzip

    bomb = gzip.compress(bytes(64 * 1024 * 1024))
    with (tmp_path / "bomb.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        kinds = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
        headers = StatusAndHeaders("200 OK", kinds, protocol="HTTP/1.1")
        address = "http://old.example.org/bomb.html"
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(bomb), http_headers=headers)
        )
    (page,) = sources.survey([tmp_path / "bomb.warc.gz"]).pages
    with pytest.raises(ValueError, match="20 MB"):
        sources.read(page)


def work(task: str) -> str:
    """Do what the task says."""
    if task == "hang":
        time.sleep(60)
    if task == "die":
        import os

        os._exit(9)
    if task == "raise":
        raise RuntimeError("坏页")
    return task


def test_a_worker_that_hangs_or_dies_is_replaced() -> None:
    tasks = ["a", "hang", "b", "die", "c", "raise", "d"]
    found = dict(Pool(work=work, tasks=tasks, jobs=2, seconds=1.0).run())
    failures = {tasks[number]: one.reason for number, one in found.items() if isinstance(one, Failure)}
    assert len(found) == len(tasks) and failures.keys() == {"hang", "die", "raise"}
    assert "超过1秒" in failures["hang"] and "中断" in failures["die"] and "坏页" in failures["raise"]


def test_a_page_that_takes_too_long_is_kept_and_set_aside(tmp_path: Path) -> None:
    content = scrape.site(tmp_path)
    raw = scrape.page("示例县召开会议", scrape.prose(3, 20_000))
    (tmp_path / "slow.html").write_bytes(raw)
    options = Options(
        sources=(tmp_path / "slow.html",), content=content, cache=tmp_path / "cache", into="news", seconds=0.1
    )
    (row,) = import_legacy(options).rows
    assert row.quarantine and "中止" in row.quarantine[0] and row.title == "（未能恢复）slow.html"
    assert (content / row.item).exists()
    assert options.store.raw_bytes(hashlib.sha256(raw).hexdigest()) == raw
