"""The file types the site may publish, and what the web calls them. What is not here is not published."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

MEDIA_TYPES: dict[str, str] = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".txt": "text/plain",
    ".ics": "text/calendar",
    ".vtt": "text/vtt",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".csv": "text/csv",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".bin": "application/octet-stream",  # search buckets
    ".wasm": "application/wasm",
}
_CHARSET = frozenset({"application/json", "application/manifest+json", "application/xml", "application/atom+xml"})
_DIGEST = r"(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]"  # a letter and a digit: no date
HASHED_NAME = rf"([.-]{_DIGEST}{{8,64}}\.|/{_DIGEST}{{16,64}}/[^/]+\.)(?!html)[a-z0-9.]+$"  # in the name, or its folder
_HASHED = re.compile(HASHED_NAME)


def media_type(path: str) -> str:
    """Return the ``Content-Type`` of ``path``, with the character set of text; bytes of unknown kind stay that.

    >>> media_type("a.html"), media_type("a.jpg")
    ('text/html; charset=utf-8', 'image/jpeg')
    """
    kind = MEDIA_TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _CHARSET else kind


def is_hashed(path: str) -> bool:
    """Whether the name of ``path`` holds a digest of its bytes, so that it may be kept for ever.

    >>> is_hashed("static/main.0a1b2c3d4e.css"), is_hashed("static/main.css"), is_hashed("news/plan-20240912.pdf")
    (True, False, False)
    """
    return _HASHED.search(f"/{path}") is not None
