"""Loading: what is read again, by whom, and what is no content."""

from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from plugins.content_types.files import scan
from plugins.content_types.item import READERS, Reading, read_item
from plugins.content_types.load import load
from plugins.content_types.pictures import content_problems, picture_format, picture_size
from plugins.domain.files import read_regular
from tests.content_types.sample import NOW, article, loaded, png, write


def test_items_and_files_come_in_order(content: Path) -> None:
    found = loaded(content)
    assert [item.path for item in found.items] == [
        "about/charter.md",
        "about/index.md",
        "index.md",
        "news/index.md",
        "news/one.md",
    ]
    assert {"news/picture.png", "news/report.pdf"} < {file.path for file in found.files}
    assert found.problems == ()


def test_loading_twice_gives_the_same(content: Path) -> None:
    assert loaded(content) == loaded(content)


def test_only_what_changed_is_read_again(content: Path) -> None:
    before = loaded(content)
    read: list[str] = []

    def reader(path: str, raw: bytes) -> Reading:
        read.append(path)
        return read_item(path, raw)

    write(content, {"news/one.md": article(title="改了")})
    after = load(content, now=NOW, known=before.readings, readers={".md": reader})
    assert read == ["news/one.md"]
    assert after == loaded(content)


def test_another_format_has_its_reader(content: Path) -> None:
    def read_html(path: str, raw: bytes) -> Reading:
        item, problems = read_item(path, article(title=raw.decode()).encode())
        return (replace(item, body="<p>旧文</p>") if item else None), problems

    write(content, {"news/old.html": "旧页"})
    found = load(content, now=NOW, readers={**READERS, ".html": read_html})
    assert found.problems == ()
    assert next(item.title for item in found.items if item.path == "news/old.html") == "旧页"


def test_no_folder(tmp_path: Path) -> None:
    assert [str(problem) for problem in load(tmp_path / "none", now=NOW).problems] == [
        "none:1: 没有这个内容文件夹（检查 PATH 设置或 --content 参数）"
    ]


def test_what_is_no_content(content: Path) -> None:
    for name in ("_registers/a.yaml", ".git/config", "README.md", "news/_drawing.svg", "news/README.md"):
        write(content, {name: "x"})
    assert not {"a.yaml", "config", "README.md", "_drawing.svg"} & {
        file.path.rpartition("/")[2] for file in scan(content)[0]
    }


def test_a_pipe_put_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(OSError):
        read_regular(tmp_path / "a.md", -1)


def test_a_link_put_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("x")
    (tmp_path / "a.md").symlink_to("b.md")
    with pytest.raises(OSError):
        read_regular(tmp_path / "a.md", -1)


def encoded(kind: str, **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (37, 23), "white").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("GIF", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True, "exif": b"Exif\0\0" + b"\0" * 5000}),
        ("WebP", {}),
        ("WebP", {"lossless": True}),
        ("WebP", {"exif": b"Exif\0\0MM"}),
    ],
)
def test_the_size_is_what_pillow_says(kind: str, options: dict[str, object]) -> None:
    raw = encoded(kind, **options)
    assert picture_format(raw) == kind
    assert picture_size(raw) == (37, 23)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG", "WebP"])
def test_a_cut_header_is_no_size(kind: str) -> None:
    raw = encoded(kind)
    assert all(picture_size(raw[:length]) in (None, (37, 23)) for length in range(60))
    assert picture_size(raw[:9]) is None


def test_pictures_of_the_sample_are_pictures() -> None:
    assert content_problems("a.png", png()) == ()
    assert content_problems("a.docx", b"PK\x03\x04") == ()
    assert content_problems("a.txt", b"") == ()
