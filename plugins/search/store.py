"""Generations on disk: each a folder named by its content, sealed by a manifest, chosen by one pointer file.

::

    search-index/
      CURRENT              the name of the generation that is served
      _MAIN_1.toc          the same for Whoosh: ``whoosh.index.open_dir("search-index")``
      g-<hash>/            one generation, a Whoosh index of its own
        _MAIN_1.toc  STEM.pst  STEM.rec  STEM.arr  state.json  MANIFEST.sha256
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from plugins.search.codec import ArraySegment, write_contents
from plugins.search.corpus import Corpus
from plugins.search.segment import EXTENSIONS, Segment
from plugins.search.synonyms import Synonym, from_rows, rows

KEPT = 3
POINTER, MANIFEST, STATE, CONTENTS = "CURRENT", "MANIFEST.sha256", "state.json", "_MAIN_1.toc"


class IndexMissingError(RuntimeError):
    """There is no index; the text says what to do, in Chinese."""


class IndexDamagedError(RuntimeError):
    """A generation is not what its manifest says; the text names the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A segment in a generation: the stem of its files, its documents, and which of them are deleted."""

    stem: str
    count: int
    deleted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a generation consists of."""

    parts: tuple[Part, ...]
    synonyms: tuple[Synonym, ...] = ()
    hot_words: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the text of ``state.json``."""
        content = {
            "parts": [[part.stem, part.count, list(part.deleted)] for part in self.parts],
            "synonyms": rows(self.synonyms), "hot_words": list(self.hot_words),
        }  # fmt: skip
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"

    def name(self) -> str:
        """Return the name of the generation: a digest of everything in it."""
        return "g-" + sha256(self.to_json().encode("utf-8")).hexdigest()[:16]


def read_state(folder: Path) -> State:
    """Return the state of the generation in ``folder``."""
    content = json.loads((folder / STATE).read_text("utf-8"))
    return State(
        parts=tuple(Part(stem=stem, count=count, deleted=tuple(deleted)) for stem, count, deleted in content["parts"]),
        synonyms=tuple(from_rows(content["synonyms"])), hot_words=tuple(content["hot_words"]),
    )  # fmt: skip


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    made = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            made.update(block)
    return made.hexdigest()


def read_manifest(folder: Path) -> dict[str, str]:
    """Return file name -> SHA-256 of the generation in ``folder``; empty if there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    return {
        name: digest
        for digest, _, name in (line.partition("  ") for line in path.read_text("utf-8", "replace").splitlines())
    }


def verify(folder: Path) -> None:
    """Raise IndexDamagedError unless every file of the generation is what the manifest says."""
    manifest = read_manifest(folder)
    if not {STATE, CONTENTS} <= manifest.keys():
        raise IndexDamagedError(f"{folder.name}：校验清单缺失或不完整")
    for name, digest in manifest.items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise IndexDamagedError(f"{folder.name}：{name}与校验清单不符")


def current_name(index: Path) -> str:
    """Return the name of the current generation, or nothing."""
    try:
        name = (index / POINTER).read_text("utf-8", "replace").strip()
    except OSError:
        return ""
    return name if name.startswith("g-") and name[2:].isalnum() else ""


def open_generation(index: Path, name: str, *, check: bool = True) -> Corpus:
    """Return the generation ``name`` opened; raises IndexDamagedError when ``check`` or reading finds it damaged."""
    folder = index / name
    if check:
        verify(folder)
    state = read_state(folder)
    try:
        segments = [Segment(folder, part.stem) for part in state.parts]
    except (ValueError, KeyError) as problem:
        raise IndexDamagedError(f"{name}：{problem}") from problem
    return Corpus(
        segments,
        [part.deleted for part in state.parts],
        generation=name,
        synonyms=state.synonyms,
        hot_words=state.hot_words,
    )


def open_current(index: Path) -> Corpus:
    """Return the current generation opened; raises IndexMissingError or IndexDamagedError."""
    name = current_name(index)
    if not name:
        raise IndexMissingError(
            f"还没有搜索索引（{index.name}/{POINTER}）。请先运行“python -m plugins.search build”，或整站构建。"
        )
    return open_generation(index, name)


def write_generation(
    index: Path, state: State, files: Mapping[str, bytes | bytearray], known: Mapping[str, Path]
) -> str:
    """Write the generation of ``state`` and make it current; return its name.

    ``files`` are new, ``known`` lie in an older generation and are linked. Nothing that is served changes before the end.
    """
    name = state.name()
    target = index / name
    if not read_manifest(target):
        making = index / f".new-{os.getpid()}-{name}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        digests = {file: link(path, making / file) for file, path in known.items()}
        for file, content in files.items():
            (making / file).write_bytes(content)
        (making / STATE).write_text(state.to_json(), "utf-8")
        write_contents(making, [ArraySegment(part.stem, part.count, part.deleted) for part in state.parts])
        digests |= {path.name: digest_of(path) for path in making.iterdir() if path.name not in digests}
        (making / MANIFEST).write_text("".join(f"{digests[file]}  {file}\n" for file in sorted(digests)), "utf-8")
        shutil.rmtree(target, ignore_errors=True)
        making.rename(target)
    write_contents(index, [ArraySegment(part.stem, part.count, part.deleted, name) for part in state.parts])
    pointer = index / f".{POINTER}"
    pointer.write_text(name + "\n", "utf-8")
    pointer.replace(index / POINTER)
    forget(index, name)
    return name


def link(source: Path, target: Path) -> str:
    """Give ``source`` a second name, or copy it where that cannot be; return its digest as its own manifest has it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return read_manifest(source.parent)[source.name]


def forget(index: Path, name: str) -> None:
    """Delete generations but the newest three, never ``name``."""
    (index / name).touch()
    others = sorted(
        (path for path in index.glob("g-*") if path.name != name), key=lambda path: path.stat().st_mtime, reverse=True
    )
    for path in others[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def files_of(stem: str) -> Sequence[str]:
    """Return the names of the files of a segment."""
    return [f"{stem}.{extension}" for extension in EXTENSIONS]


def stats(index: Path) -> dict[str, Any]:
    """Return counts and sizes of the current generation."""
    corpus = open_current(index)
    folder = index / corpus.generation
    return {
        "generation": corpus.generation, "documents": corpus.count, "segments": len(corpus.segments),
        "terms": sum(segment.note["terms"] for segment in corpus.segments),
        "postings": sum(segment.note["postings"] for segment in corpus.segments),
        "bytes": {path.name: path.stat().st_size for path in sorted(folder.iterdir())},
    }  # fmt: skip
