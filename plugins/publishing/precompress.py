"""Compressed twins of text files, for servers that send ``.br`` and ``.gz`` as they lie."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import brotli

from plugins.publishing.tree import TreeFile, tree_file

TEXT = frozenset(
    {".html", ".css", ".js", ".mjs", ".json", ".xml", ".xsl", ".svg", ".txt", ".webmanifest", ".map", ".ics", ".vtt"}
)
SMALLEST = 512  # bytes; below, headers weigh more than what is saved
_PATIENT = frozenset({".css", ".js", ".mjs", ".svg"})  # few, sent with every visit: worth brotli's slowest setting


def precompress(files: Sequence[TreeFile], cache: Path) -> tuple[TreeFile, ...]:
    """Return the ``.br`` and ``.gz`` twins of the text in ``files``, where smaller than the original.

    The twins lie in ``cache`` by the digest of their original, so an unchanged file is never compressed twice;
    what no file of ``files`` needs is removed from it. Same bytes in, same bytes out.
    """
    wanted = [(file, suffix) for file in files if _is_worth_it(file) for suffix in (".br", ".gz")]
    places = {(file.sha256, suffix): _place(cache, file, suffix) for file, suffix in wanted}
    _compress_missing({_place(cache, file, suffix): file for file, suffix in wanted})
    _sweep(cache, frozenset(places.values()))
    twins = (tree_file(file.path + suffix, places[file.sha256, suffix]) for file, suffix in wanted)
    originals = {file.path: file.size for file in files}
    return tuple(twin for twin in twins if twin.size < originals[twin.path[:-3]])


def compress(content: bytes, suffix: str, *, patient: bool = False) -> bytes:
    """Return ``content`` compressed for ``suffix`` (``.gz`` or ``.br``), free of names and times."""
    if suffix == ".gz":
        return gzip.compress(content, 9, mtime=0)
    compressed: bytes = brotli.compress(content, quality=11 if patient else 9)
    return compressed


def _is_worth_it(file: TreeFile) -> bool:
    return PurePosixPath(file.path).suffix in TEXT and file.size >= SMALLEST and not file.path.startswith("_")


def _place(cache: Path, file: TreeFile, suffix: str) -> Path:
    patience = "p" if PurePosixPath(file.path).suffix in _PATIENT else "q"
    return cache / file.sha256[:2] / f"{file.sha256}{patience}{suffix}"


def _compress_missing(places: dict[Path, TreeFile]) -> None:
    """Write the twins that the cache lacks; they get their names when their bytes are on the disk."""
    missing = [(place, file) for place, file in places.items() if not place.is_file()]
    if not missing:
        return
    for place, _ in missing:
        place.parent.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # both libraries let go of the interpreter lock
        list(pool.map(_write_twin, missing))
    os.sync()
    for place, _ in missing:
        _unnamed(place).replace(place)


def _write_twin(twin: tuple[Path, TreeFile]) -> None:
    place, file = twin
    patient = place.name.removesuffix(place.suffix).endswith("p")
    _unnamed(place).write_bytes(compress(file.origin.read_bytes(), place.suffix, patient=patient))


def _unnamed(place: Path) -> Path:
    return place.with_name(f".{place.name}.part")


def _sweep(cache: Path, wanted: Iterable[Path]) -> None:
    keep = frozenset(wanted)
    for place in sorted(cache.glob("*/*")) if cache.is_dir() else ():
        if place not in keep:
            place.unlink(missing_ok=True)
