"""A small valid site that tests spoil."""

from __future__ import annotations

import zlib
from datetime import datetime
from pathlib import Path

from plugins.content_types.load import Loaded, load
from plugins.domain.dates import CHINA

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png(width: int = 2, height: int = 2) -> bytes:
    """Return a PNG whose header says this size; small sizes are whole pictures."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(b"\0" * ((width + 1) * height)) if width * height < 10_000 else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def article(*lines: str, body: str = "正文。", title: str = "示例标题") -> str:
    """Return a published news item; ``lines`` come after the first four, so that the first of them is line 6."""
    head = [
        "---",
        f"title: {title}",
        "type: news_item",
        "state: published",
        "date: 2024-09-12 08:30",
        *lines,
        "---",
        body,
    ]
    return "\n".join(head) + "\n"


def section(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", "type: section", "state: published", *lines, "---"]) + "\n"


VALID: dict[str, str | bytes] = {
    "index.md": section("首页"),
    "news/index.md": section("资讯快递"),
    "news/one.md": article(),
    "news/picture.png": png(),
    "news/report.pdf": b"%PDF-1.4\n",
    "about/index.md": section("关于协会"),
    "about/charter.md": "---\ntitle: 章程\ntype: page\nstate: published\n---\n正文。\n",
}


def write(content: Path, files: dict[str, str | bytes]) -> None:
    for path, text in files.items():
        place = content / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())


def loaded(content: Path) -> Loaded:
    return load(content, now=NOW)
