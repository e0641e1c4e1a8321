"""A photo is known by its bytes: format, size as seen, and whether it may be used at all."""

from __future__ import annotations

import io
import os
import zlib
from pathlib import Path

import pytest
from PIL import Image

from plugins.images.photo import UnusablePhotoError, format_of, read_photo


def written(path: Path, size: tuple[int, int], kind: str = "JPEG", orientation: int = 1) -> Path:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", size, "#8a6").save(path, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return path


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_the_format_is_told_by_the_bytes(tmp_path: Path, kind: str) -> None:
    assert read_photo(written(tmp_path / "a.jpg", (20, 10), kind)).format == kind


@pytest.mark.parametrize(("orientation", "size"), [(1, (20, 10)), (3, (20, 10)), (6, (10, 20)), (8, (10, 20))])
def test_the_size_is_that_of_the_upright_picture(tmp_path: Path, orientation: int, size: tuple[int, int]) -> None:
    photo = read_photo(written(tmp_path / "a.jpg", (20, 10), orientation=orientation))
    assert (photo.width, photo.height) == size


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是 JPEG"),
        (b"MZ\x90\x00", "不是 JPEG"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "不是 JPEG"),
        (b"\x89PNG\r\n\x1a\nrubbish", "已损坏"),
        (b"\xff\xd8\xff\xe0cut off", "已损坏"),
        (b"", "不是 JPEG"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    with pytest.raises(UnusablePhotoError, match=message):
        read_photo(path)


@pytest.mark.parametrize("side", [6400, 14_000])
def test_a_picture_with_too_many_pixels_is_refused_by_its_header(tmp_path: Path, side: int) -> None:
    content = io.BytesIO()
    Image.new("1", (8, 8)).save(content, "PNG")
    raw = bytearray(content.getvalue())
    raw[16:24] = side.to_bytes(4, "big") * 2  # the header lies; nothing is decoded, so its checksum does not matter
    raw[29:33] = zlib.crc32(bytes(raw[12:29])).to_bytes(4, "big")
    path = tmp_path / "a.png"
    path.write_bytes(bytes(raw))
    with pytest.raises(UnusablePhotoError, match="4000 万像素"):
        read_photo(path)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jpg", (10, 10))
    os.truncate(path, 20_000_001)
    with pytest.raises(UnusablePhotoError, match="20 MB"):
        read_photo(path)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jpg", (20, 10))
    before = read_photo(path)
    written(path, (30, 10))
    os.utime(path, ns=(1, 1))
    assert read_photo(path).width == 30
    assert read_photo(path).digest != before.digest


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusablePhotoError, match="不存在"):
        read_photo(tmp_path / "none.jpg")


def test_format_of_looks_at_the_beginning_only() -> None:
    assert format_of(b"\xff\xd8\xff\xdb...") == "JPEG"
    assert format_of(b"x\xff\xd8\xff") is None
