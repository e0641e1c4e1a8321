"""Pictures and attachments as they may lie in ``content/``: told by their bytes, under names that work everywhere."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from plugins.legacy_html.importing.sources import ending_of

PIXELS = 40_000_000
_PICTURES = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}
_ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".ofd", ".zip")
_OLE = (".doc", ".xls", ".ppt", ".wps", ".et", ".dps")
_PLAIN = (".rar", ".7z", ".csv", ".txt", ".mp3", ".m4a", ".ogg", ".mp4", ".webm")
_MAGIC: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    **dict.fromkeys(_ZIPPED, (b"PK\x03\x04", b"PK\x05\x06")),
    **dict.fromkeys(_OLE, (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf")),
    **dict.fromkeys(_PLAIN, (b"",)),
}
_PAGE = (b"<!doctype", b"<html", b"<head", b"<script", b"<?php")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What a file really is: its right ending, and why it cannot be published ("" where it can)."""

    ending: str = ""
    fault: str = ""


def picture(raw: bytes) -> Sound:
    """Say what picture ``raw`` is, by its bytes alone: the ending of an old page's picture is often wrong."""
    try:
        with Image.open(io.BytesIO(raw), formats=tuple(_PICTURES)) as image:
            width, height = image.size
            name = image.format or ""
    except Exception:  # whatever a decoder makes of foreign bytes, it is no picture
        return Sound(fault="不是完好的JPEG、PNG、GIF或WebP图片")
    if width * height > PIXELS:
        return Sound(fault=f"图片有{width}×{height}像素，太大")
    return Sound(ending=_PICTURES[name])


def attachment(reference: str, raw: bytes) -> Sound:
    """Say whether ``raw`` is the kind of file that its ending says, or a picture."""
    ending = ending_of(reference)
    if ending in (*_PICTURES.values(), ".jpeg"):
        return picture(raw)
    if ending not in _MAGIC:
        return Sound(fault=f"不能发布{ending or '没有扩展名的'}文件")
    head = raw[:1024].lstrip(b"\xef\xbb\xbf\r\n ")
    if not raw or head.lower().startswith(_PAGE) or not head.startswith(_MAGIC[ending]):
        return Sound(fault=f"内容不是{ending}文件")
    return Sound(ending=ending)
