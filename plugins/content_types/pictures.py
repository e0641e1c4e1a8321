"""Whether a file is what its ending says, told from its first bytes."""

from __future__ import annotations

import struct

from plugins.content_types.files import PICTURES, suffix_of
from plugins.domain.problems import Problem

PIXELS = 40_000_000
HEAD_BYTES = 256 * 1024
_ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".ofd", ".zip")
_OLE = (".doc", ".xls", ".ppt", ".wps", ".et", ".dps")
_MAGIC: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    **dict.fromkeys(_ZIPPED, (b"PK\x03\x04", b"PK\x05\x06")),
    **dict.fromkeys(_OLE, (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf", b"<html", b"<?xml")),
}
_NAMES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WebP", ".gif": "GIF"}


def content_problems(path: str, head: bytes) -> tuple[Problem, ...]:
    """Return what is wrong with a picture or attachment whose first ``HEAD_BYTES`` bytes are ``head``."""
    suffix = suffix_of(path)
    if suffix in PICTURES:
        return _picture_problems(path, suffix, head)
    magic = _MAGIC.get(suffix)
    if magic and not head.lstrip(b"\xef\xbb\xbf\r\n ").startswith(magic):
        what = "是空文件" if not head else f"的内容不是 {suffix} 文件"
        return (Problem(path=path, message=f"附件{what}", hint="重新导出，或改成真实的扩展名"),)
    return ()


def _picture_problems(path: str, suffix: str, head: bytes) -> tuple[Problem, ...]:
    found = picture_format(head)
    if not found:
        return (Problem(path=path, message="不是 JPEG、PNG、WebP 或 GIF 图片", hint="用看图软件另存为 JPEG 或 PNG"),)
    if found != _NAMES[suffix]:
        hint = f"把扩展名改成 {next(end for end, name in _NAMES.items() if name == found)}"
        return (Problem(path=path, message=f"扩展名是 {suffix}，内容却是 {found}", hint=hint),)
    size = picture_size(head)
    if size is None or 0 in size:
        return (Problem(path=path, message="图片不完整，读不出宽和高", hint="重新导出这张图片"),)
    if size[0] * size[1] > PIXELS:
        message = f"图片有 {size[0]}×{size[1]} 像素，太大"
        return (Problem(path=path, message=message, hint="缩小到 4000 万像素以内"),)
    return ()


def picture_format(head: bytes) -> str:
    """Return JPEG, PNG, WebP or GIF by the magic bytes; ``""`` for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    return "WebP" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def picture_size(head: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels as the header says; None where it is cut off.

    >>> picture_size(b"GIF89a" + bytes([3, 0, 2, 0]))
    (3, 2)
    """
    try:
        return _SIZES[picture_format(head)](head)
    except (KeyError, struct.error, IndexError):
        return None


def _png_size(head: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack_from(">II", head, 16)
    return width, height


def _gif_size(head: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack_from("<HH", head, 6)
    return width, height


def _webp_size(head: bytes) -> tuple[int, int] | None:
    kind = head[12:16]
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", head, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", head, 26)
    return width & 0x3FFF, height & 0x3FFF


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header; the metadata before it may be long."""
    at = 2
    while at + 4 <= len(head):
        if head[at] != 0xFF:
            return None
        marker = head[at + 1]
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return None


_SIZES = {"PNG": _png_size, "GIF": _gif_size, "WebP": _webp_size, "JPEG": _jpeg_size}
