"""A small site with something of each standing: public, private, later, in a closed section."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)  # a PNG of one white pixel

SITE: Mapping[str, str] = {
    "index.md": "---\ntitle: 首页\ntype: section\nstate: published\n---\n",
    "news/index.md": "---\ntitle: 新闻\ntype: section\nstate: published\norder: 1\n---\n",
    "news/a.md": "---\ntitle: 甲\ntype: news_item\nstate: published\ndate: 2024-05-01\nsource: 本站\ntags: [会员]\n"
    "attachments: [open.pdf]\n---\n甲的正文，见[乙](b.md)。\n\n![图](shown.png)\n",
    "news/b.md": "---\ntitle: 乙\ntype: news_item\nstate: published\ndate: 2024-05-02\nsource: 本站\ntags: [会员]\n---\n乙的正文。\n",
    "news/secret.md": "---\ntitle: 绝密标题\ntype: news_item\nstate: private\ndate: 2024-05-03\nsource: 本站\n"
    "attachments: [secret.pdf]\nlead_image: hidden.png\nlead_image_alt: 看不见\n---\n绝密正文。\n",
    "news/later.md": "---\ntitle: 以后的标题\ntype: news_item\nstate: published\ndate: 2026-12-01\nsource: 本站\n---\n以后。\n",
    "closed/index.md": "---\ntitle: 未开放栏目\ntype: section\nstate: private\n---\n",
    "closed/inside.md": "---\ntitle: 栏目里的文章\ntype: page\nstate: published\n---\n里面。\n",
}
NOW = "2026-11-23T12:00:00+08:00"


def write(path: Path, text: str) -> None:
    """Write a text file and the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
