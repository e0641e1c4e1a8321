"""What a photo is, known from its first bytes: format, size as seen, digest. Nothing is decoded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 40_000_000
MAX_BYTES = 20_000_000
_MAGIC = {"JPEG": (b"\xff\xd8\xff",), "PNG": (b"\x89PNG\r\n\x1a\n",), "GIF": (b"GIF87a", b"GIF89a"), "WEBP": (b"RIFF",)}
_TOO_MANY = f"图片超过 {MAX_PIXELS // 10_000} 万像素，请先缩小"
_ORIENTATION = 0x0112
_TURNED = frozenset([5, 6, 7, 8])  # orientations that exchange width and height


class UnusablePhotoError(ValueError):
    """A file that is no picture for a page; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture file; ``width`` and ``height`` are those that a viewer sees, after its orientation is applied."""

    path: Path
    format: str
    width: int
    height: int
    digest: str


def read_photo(path: Path) -> Photo:
    """Return what ``path`` is; UnusablePhotoError where it is too large, damaged or no JPEG, PNG, WebP or GIF.

    What was read once is remembered until size or time of the file change.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise UnusablePhotoError("图片文件不存在或不能读取") from error
    if status.st_size > MAX_BYTES:
        raise UnusablePhotoError(f"图片有 {status.st_size / 1e6:.1f} MB，超过 {MAX_BYTES // 1_000_000} MB")
    return _read(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=65_536)
def _read(path: Path, size: int, mtime: int) -> Photo:
    content = path.read_bytes()
    kind = format_of(content)
    if kind is None:
        raise UnusablePhotoError("不是 JPEG、PNG、WebP 或 GIF 图片（看内容，不看扩展名）")
    try:
        with Image.open(path, formats=[kind]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise UnusablePhotoError(_TOO_MANY)
            if image.getexif().get(_ORIENTATION) in _TURNED:
                width, height = height, width
    except Image.DecompressionBombError as error:
        raise UnusablePhotoError(_TOO_MANY) from error
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise UnusablePhotoError("图片已损坏，打不开") from error
    digest = hashlib.sha256(content).hexdigest()
    return Photo(path=path, format=kind, width=width, height=height, digest=digest)


def format_of(content: bytes) -> str | None:
    """Return JPEG, PNG, GIF or WEBP by the first bytes of a file; None for anything else.

    >>> format_of(b"GIF89a")
    'GIF'
    """
    for kind, beginnings in _MAGIC.items():
        if content.startswith(beginnings) and (kind != "WEBP" or content[8:12] == b"WEBP"):
            return kind
    return None
