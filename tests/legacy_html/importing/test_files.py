"""What a file is, by its bytes; what may stand in front matter; where a record lies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plugins.legacy_html.document import Author, Flag, Metadata
from plugins.legacy_html.importing import files, values
from plugins.legacy_html.importing import record as records
from plugins.legacy_html.importing.record import Origin, Record
from plugins.legacy_html.importing.store import Store, id_of, write_whole
from tests.legacy_html.importing import scrape

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("JPEG", ".jpg"), ("PNG", ".png"), ("GIF", ".gif"), ("WEBP", ".webp"), ("BMP", ""), ("TIFF", "")],
)
def test_pictures(kind: str, ending: str) -> None:
    assert files.picture(scrape.picture(kind)).ending == ending
    assert bool(files.picture(scrape.picture(kind)).fault) != bool(ending)


@pytest.mark.parametrize("raw", [b"", b"GIF89a", b"<svg/>", b"\x89PNG\r\n\x1a\n" + b"\xff" * 99])
def test_what_is_no_picture(raw: bytes) -> None:
    assert files.picture(raw).fault


@pytest.mark.parametrize(
    ("reference", "raw", "ending"),
    [
        ("a/b.pdf", b"%PDF-1.4", ".pdf"),
        ("表格.DOC?x=1", OLE, ".doc"),
        ("x.docx", b"PK\x03\x04", ".docx"),
        ("x.jpg", scrape.picture("PNG"), ".png"),
        ("x.pdf", b"<html>404</html>", ""),
        ("x.doc", b"<!DOCTYPE html>", ""),
        ("x.rar", b"<html>", ""),
        ("x.exe", b"MZ", ""),
        ("x.pdf", b"", ""),
    ],
)
def test_attachments(reference: str, raw: bytes, ending: str) -> None:
    found = files.attachment(reference, raw)
    assert (found.ending, bool(found.fault)) == (ending, not ending)


def test_values_fit_front_matter() -> None:
    assert values.line(" a\n\tb\u200b\x07c ") == "a b c"
    assert len(values.line("字" * 900)) == 500
    title, (flag,) = values.title_of(Metadata(title="题" * 200), "x")
    assert len(title) == 120 and flag.flag == "long_title" and flag.text == "题" * 200
    assert values.title_of(Metadata(), "a/b.html")[0] == "（无标题）b.html"
    assert values.authors(Metadata(authors=(Author(name="王小明"), Author(name="", office="主任")))) == [
        {"name": "王小明"}
    ]


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2030, 1, 1), None])
def test_no_date_is_made_up(day: date | None) -> None:
    found, (flag,) = values.date_of(Metadata(date=day), date(2026, 11, 23))
    assert found is None and flag.flag in ("missing_date", "impossible_date")


def test_flags_beyond_two_hundred_are_counted() -> None:
    shown = values.reviews([Flag(flag="f", text=str(number)) for number in range(250)])
    assert len(shown) == 201 and "50" in str(shown[-1])


def test_redirects_may_be_kept_to_our_hosts() -> None:
    origins = (Origin(source="a", url="http://ours.example/1"), Origin(source="b", url="http://theirs.example/2"))
    assert values.old_paths(origins) == ["/1", "/2"]
    assert values.old_paths(origins, ["ours.example"]) == ["/1"]


def test_records_come_back_whole_or_say_so(tmp_path: Path) -> None:
    store = Store(content=tmp_path, archive=tmp_path / "_legacy")
    record = Record(id=id_of("ab" * 32), sha256="ab" * 32, origins=(Origin(source="a"),), text="文\n", title="题")
    place = store.record(record.id)
    assert records.read(place) is None
    write_whole(place, records.written(record))
    assert records.read(place) == record and records.written(record) == place.read_bytes()
    place.write_bytes(place.read_bytes()[:-9])
    with pytest.raises(ValueError, match="损坏"):
        records.read(place)


def test_raw_bytes_are_proven(tmp_path: Path) -> None:
    store = Store(content=tmp_path, archive=tmp_path / "_legacy")
    store.keep_raw("00" * 32, b"not these")
    with pytest.raises(ValueError, match="损坏"):
        store.raw_bytes("00" * 32)


def test_half_written_files_are_swept(tmp_path: Path) -> None:
    store = Store(content=tmp_path, archive=tmp_path / "_legacy")
    left = tmp_path / "news" / ".legacy-import-99-a.md"
    left.parent.mkdir()
    left.write_bytes(b"half")
    store.sweep(tmp_path / "news")
    assert not left.exists()
