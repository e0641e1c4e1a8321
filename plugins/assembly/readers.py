"""How each kind of text in ``content/`` is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from plugins.content_types.files import suffix_of
from plugins.content_types.item import READERS as MARKDOWN
from plugins.content_types.item import Reader, Reading

RAW = (".html", ".htm")


def readers_of(content: Path) -> Mapping[str, Reader]:
    """Return the reader of each ending for the texts below ``content``.

    A raw page is read with a look at which of its pictures lie beside it; see ``surroundings``.
    """

    def read_page(path: str, raw: bytes) -> Reading:
        from plugins.legacy_html.importing.raw import read_raw  # the recovery is heavy, and few sites hold a raw page

        return read_raw(path, raw, exists=lambda name: (content / name).is_file())

    return {**MARKDOWN, **dict.fromkeys(RAW, read_page)}


def surroundings(paths: Iterable[str]) -> dict[str, str]:
    """Return for each folder that holds a raw page what stands for the names of all files in it and below.

    >>> sorted(surroundings(["news/a.html", "news/pictures/1.png", "about/2.png"]))
    ['news']
    """
    known = tuple(paths)
    folders = {path.rpartition("/")[0] for path in known if suffix_of(path) in RAW}
    names = defaultdict[str, list[str]](list)
    for path in sorted(known) if folders else ():
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in folders:
                names[folder].append(path)
    return {folder: blake2b("\0".join(names[folder]).encode(), digest_size=12).hexdigest() for folder in folders}
