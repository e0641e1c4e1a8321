"""Build the index from documents, again or as a small change to what is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from plugins.search.document import SearchDocument
from plugins.search.export import export_static
from plugins.search.segment import Segment, build_segment
from plugins.search.store import (
    IndexDamagedError,
    Part,
    State,
    current_name,
    files_of,
    open_generation,
    read_state,
    verify,
    write_generation,
)
from plugins.search.synonyms import Synonym

FRESH_SHARE = 8  # a base is built anew when an eighth of it has changed
FRESH_LEAST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did; ``rebuilt`` says that the base is new, ``files`` counts the static files written."""

    generation: str
    documents: int
    added: int
    removed: int
    rebuilt: bool
    files: int = 0


@dataclass(frozen=True, slots=True)
class Base:
    """The base segment there is, and where its files are."""

    segment: Segment
    folder: Path


def build_index(
    documents: Iterable[SearchDocument],
    index_dir: Path,
    static_dir: Path | None = None,
    *,
    synonyms: Sequence[Synonym] = (),
    hot_words: Sequence[str] = (),
    full: bool = False,
) -> BuildReport:
    """Index ``documents``, all there are now, into ``index_dir``, and the static files into ``static_dir``.

    What did not change since the last build is kept (``full`` builds everything anew). The same documents built with
    ``full`` give the same bytes. A document that is gone altogether was withdrawn: not a byte of it stays, in older
    generations neither. Raises ValueError when two documents have one id.
    """
    ordered = list(documents)
    digests = {document.id: document.digest() for document in ordered}
    if len(digests) != len(ordered):
        raise ValueError("两篇文档的 id 相同。")
    index_dir.mkdir(parents=True, exist_ok=True)
    base = None if full else sound_base(index_dir)
    before = base.segment.digests() if base else {}
    if before.keys() - digests.keys():
        base, before = None, {}
    fresh = [document for document in ordered if before.get(document.id) != digests[document.id]]
    gone = tuple(at for at, (name, digest) in enumerate(before.items()) if digests.get(name) != digest)
    rebuilt = base is None or len(fresh) + len(gone) > max(FRESH_LEAST, base.segment.count // FRESH_SHARE)
    parts, files, known = [], {}, {}
    if base and not rebuilt:
        parts.append(Part(stem=base.segment.stem, count=base.segment.count, deleted=gone))
        known = {name: base.folder / name for name in files_of(base.segment.stem)}
    else:
        fresh = ordered
    if fresh or not parts:
        stem, made = build_segment(fresh, digests)
        parts.append(Part(stem=stem, count=len(fresh)))
        files = {f"{stem}.{extension}": content for extension, content in made.items()}
    state = State(parts=tuple(parts), synonyms=tuple(synonyms), hot_words=tuple(hot_words))
    name = write_generation(index_dir, state, files, known)
    forget_withdrawn(index_dir, name, digests.keys())
    written = (
        export_static(open_generation(index_dir, name, check=False), static_dir, kept_stems(index_dir))
        if static_dir
        else 0
    )
    return BuildReport(
        generation=name, documents=len(ordered), added=len(fresh), removed=len(gone), rebuilt=rebuilt, files=written,
    )  # fmt: skip


def sound_base(index_dir: Path) -> Base | None:
    """Return the base of the current generation, or None if there is none that can be trusted."""
    name = current_name(index_dir)
    if not name:
        return None
    folder = index_dir / name
    try:
        verify(folder)
        return Base(Segment(folder, read_state(folder).parts[0].stem), folder)
    except (IndexDamagedError, OSError, ValueError, KeyError, IndexError):
        return None


def forget_withdrawn(index_dir: Path, current: str, ids: Set[str]) -> None:
    """Delete each generation but ``current`` that holds a document not among ``ids``, or that cannot be read."""
    sound: dict[str, bool] = {}
    for folder in index_dir.glob("g-*"):
        if folder.name != current and not _holds_only(folder, ids, sound):
            shutil.rmtree(folder, ignore_errors=True)


def _holds_only(folder: Path, ids: Set[str], sound: dict[str, bool]) -> bool:
    """Whether every document in the segments of ``folder`` is among ``ids``; ``sound`` remembers, generations share segments."""
    try:
        stems = [part.stem for part in read_state(folder).parts]
        for stem in stems:
            if stem not in sound:
                sound[stem] = Segment(folder, stem).digests().keys() <= ids
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return False
    return all(sound[stem] for stem in stems)


def kept_stems(index_dir: Path) -> frozenset[str]:
    """Return the stems of the segments that kept generations consist of."""
    return frozenset(part.stem for folder in index_dir.glob("g-*") for part in read_state(folder).parts)
