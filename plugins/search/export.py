"""The static files a browser searches without a server: slices of the same segments, and a small pointer.

::

    search-index/                     below the public folder
      current.json                    the pointer: which segments, deleted documents, synonyms, hot words
      tables/sounds-<hash>.bin  tables/fold-<hash>.bin
      <stem>/b/<nn>/<bucket>.bin      a bucket of postings; <bucket>-<k>.bin its k-th long list
      <stem>/r/<nn>/<number>.bin      what a hit shows and the first part of its text; <number>t.bin the rest
      <stem>/columns.bin  days.bin  people.bin  labels.bin    what results are filtered and counted by
      <stem>/lexicon/<letter>.bin     phrases to suggest, by the first letter of their sound

A segment's folder is named by its content, so nothing in it ever changes; only ``current.json`` does.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from plugins.search.arrays import Array
from plugins.search.characters import fold, gb2312, initials, simplified, sound_table
from plugins.search.columns import SINGLE
from plugins.search.corpus import Corpus
from plugins.search.packing import SMALL_SITE
from plugins.search.records import squeeze
from plugins.search.segment import Segment
from plugins.search.synonyms import rows

POINTER = "current.json"
FACETS_AT_ONCE = 12_000  # documents up to which the counts are fetched with the first results
MOST_PHRASES = 600  # of a letter, on a large site


def export_static(corpus: Corpus, static_dir: Path, kept: frozenset[str]) -> int:
    """Write what is missing of the static files of ``corpus``, then the pointer; return how many files were written.

    Segments not in ``kept`` are deleted after the pointer was replaced, and so are the records of deleted documents:
    what an editor took out of a text is not to be had by asking for its number.
    """
    written = 0
    (static_dir / "tables").mkdir(parents=True, exist_ok=True)
    names = {}
    for name, content in (("sounds", pack_sounds()), ("fold", pack_folding())):
        names[name] = f"tables/{name}-{sha256(content).hexdigest()[:10]}.bin"
        if not (static_dir / names[name]).is_file():
            (static_dir / names[name]).write_bytes(content)
            written += 1
    gone = {
        segment.stem: record_names(numbers.tolist())
        for segment, numbers in zip(corpus.segments, deleted(corpus), strict=True)
    }
    emptied = emptied_before(static_dir)
    for segment in corpus.segments:
        is_there = (static_dir / segment.stem / "columns.bin").is_file()
        if not is_there or emptied.get(segment.stem, set()) - gone[segment.stem]:
            written += export_segment(segment, static_dir)
    pointer = static_dir / f".{POINTER}"
    pointer.write_text(json.dumps(pointer_of(corpus, names), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    pointer.replace(static_dir / POINTER)
    for folder in static_dir.iterdir():
        if folder.is_dir() and folder.name != "tables" and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
    for stem, records in gone.items():
        for record in records:
            (static_dir / stem / record).unlink(missing_ok=True)
    return written + 1


def emptied_before(static_dir: Path) -> dict[str, set[str]]:
    """Return folder -> names of the records that the last export took out of it."""
    try:
        pointer = json.loads((static_dir / POINTER).read_text("utf-8"))
        return {own["folder"]: record_names(own["deleted"]) for own in pointer["segments"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def record_names(numbers: Iterable[int]) -> set[str]:
    """Return the names of the files that hold what is shown of documents.

    >>> sorted(record_names([300]))
    ['r/01/300.bin', 'r/01/300t.bin']
    """
    return {f"r/{number >> 8:02x}/{number}{rest}.bin" for number in numbers for rest in ("", "t")}


def pointer_of(corpus: Corpus, tables: dict[str, str]) -> dict[str, object]:
    """Return the content of the pointer; ``ranks`` place the documents of later segments among the first's by date."""
    return {
        "generation": corpus.generation, "documents": corpus.count,
        "segments": [
            {"folder": segment.stem, "count": segment.count, "bits": segment.bits, "deleted": gone.tolist()}
            for segment, gone in zip(corpus.segments, deleted(corpus), strict=True)
        ],
        "ranks": corpus.order[corpus.offsets[1] :].tolist() if len(corpus.segments) > 1 else [],
        "synonyms": rows(corpus.synonyms), "hot": list(corpus.hot_words), "facets": int(corpus.count <= FACETS_AT_ONCE), **tables,
    }  # fmt: skip


def deleted(corpus: Corpus) -> list[Array]:
    """Return the deleted documents of each segment, by its own numbers."""
    return [
        np.flatnonzero(~corpus.alive[start:end]) for start, end in zip(corpus.offsets, corpus.offsets[1:], strict=False)
    ]


def pack_sounds() -> bytes:
    """Return the table of sounds: a JSON line, then low and high bytes of the syllables of GB 2312 level 2."""
    shipped = sound_table()
    line = json.dumps([shipped["syllables"], shipped["runs"], shipped["also"]], separators=(",", ":"))
    rest = np.array(shipped["rest"], dtype=np.uint16)
    return squeeze(
        line.encode("utf-8") + b"\n" + rest.astype(np.uint8).tobytes() + (rest >> 8).astype(np.uint8).tobytes()
    )


def pack_folding() -> bytes:
    """Return the Traditional characters as gaps of their code points, and their Simplified ones as places in GB 2312."""
    place = {char: number for number, char in enumerate(gb2312(0xB0, 0xF7))}
    pairs = sorted(simplified().items())
    codes = np.array([code for code, _ in pairs], dtype=np.int64)
    return squeeze(planes(np.diff(codes, prepend=0)) + planes(np.array([place[char] for _, char in pairs])))


def export_segment(segment: Segment, static_dir: Path) -> int:
    """Write the folder of ``segment`` under another name, then rename it; return the number of files."""
    making, target = static_dir / f".new-{segment.stem}", static_dir / segment.stem
    shutil.rmtree(making, ignore_errors=True)
    folders = {f"b/{number >> 8:02x}" for number in range(1 << segment.bits)} | {
        f"r/{number >> 8:02x}" for number in range(max(1, segment.count))
    }
    for name in (*folders, "lexicon"):
        (making / name).mkdir(parents=True, exist_ok=True)
    count = 0
    for name, content in files_of(segment):
        write(f"{making}/{name}", content)
        count += 1
    shutil.rmtree(target, ignore_errors=True)
    making.rename(target)
    return count


def write(path: str, content: bytes | memoryview) -> None:
    """Write a file with as few system calls as there can be: there are tens of thousands."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(file, content)
    finally:
        os.close(file)


def files_of(segment: Segment) -> Iterator[tuple[str, bytes | memoryview]]:
    """Yield name and content of every file of a segment."""
    parts = segment.column("blob_part").tolist()
    for bucket in range(1 << segment.bits if segment.count else 0):
        for blob in segment.blobs_of(bucket):
            if parts[blob] == 0:
                yield f"b/{bucket >> 8:02x}/{bucket}.bin", segment.blob(blob)
            elif parts[blob] % 2:
                yield f"b/{bucket >> 8:02x}/{bucket}-{parts[blob] // 2}.bin", segment.blob(blob)
    for number in range(segment.count):
        first, rest = segment.record_blobs(number)
        yield f"r/{number >> 8:02x}/{number}.bin", first
        if len(rest):
            yield f"r/{number >> 8:02x}/{number}t.bin", rest
    for letter, own in shards(segment).items():
        yield (
            f"lexicon/{letter}.bin",
            squeeze(json.dumps(own, ensure_ascii=False, separators=(",", ":")).encode("utf-8")),
        )
    yield "people.bin", pack_fields(segment, ("person",))
    yield "labels.bin", pack_fields(segment, ("program", "tag"))
    yield "days.bin", pack_days(segment)
    yield "columns.bin", pack_columns(segment)


def shards(segment: Segment) -> dict[str, list[list[str | int]]]:
    """Return first letter -> the phrases that sound so; ``_`` for what begins with none. Every letter has one."""
    made: dict[str, list[list[str | int]]] = {letter: [] for letter in "abcdefghijklmnopqrstuvwxyz_"}
    for row in segment.note["lexicon"]:
        first = initials(fold(str(row[0])))[:1]
        made[first if first in made else "_"].append(row)
    return made if segment.count <= SMALL_SITE else {letter: own[:MOST_PHRASES] for letter, own in made.items()}


def planes(values: Array) -> bytes:
    """Return two-byte numbers as their low bytes, then their high bytes."""
    wide = values.astype(np.uint16)
    return wide.astype(np.uint8).tobytes() + (wide >> 8).astype(np.uint8).tobytes()


def pack_columns(segment: Segment) -> bytes:
    """Return for each document the number of its pair of section and type, after a JSON line with the pairs and the years."""
    dense = {name: np.zeros(segment.count, dtype=np.int64) for name in SINGLE}
    for name, values in dense.items():
        values[segment.column(f"{name}_docs")] = segment.column(f"{name}_codes").astype(np.int64) + 1
    both = dense["section"] << 16 | dense["type"]
    used, codes = np.unique(both, return_inverse=True)
    days = segment.column("days")
    dated = days[days > 0].tolist()  # newest first, so that a year is a stretch of documents
    years = sorted({date.fromordinal(day).year for day in dated}, reverse=True)
    spans = [
        [
            year,
            sum(day > date(year, 12, 31).toordinal() for day in dated),
            sum(day >= date(year, 1, 1).toordinal() for day in dated),
        ]
        for year in years
    ]
    head: dict[str, object] = {
        "pairs": [[int(pair) >> 16, int(pair) & 0xFFFF] for pair in used], "years": spans,
        "names": {name: segment.note["names"][name] for name in SINGLE},
    }  # fmt: skip
    return pack_head(head, planes(codes))


def pack_days(segment: Segment) -> bytes:
    """Return the differences of the dates of neighbours, newest first, after a JSON line with the first."""
    days = segment.column("days").astype(np.int64)
    dated = days[days > 0]
    steps = np.minimum(-np.diff(dated, prepend=dated[:1]), 0xFFFF)
    return pack_head({"dated": len(dated), "first": int(dated[0]) if len(dated) else 0}, planes(steps))


def pack_fields(segment: Segment, fields: Sequence[str]) -> bytes:
    """Return fields of several values: how many each document has, then their numbers, after a JSON line that names them."""
    body = b""
    sizes = {}
    for name in fields:
        codes = segment.column(f"{name}_codes")
        counts = np.bincount(segment.column(f"{name}_docs"), minlength=segment.count)
        body += np.minimum(counts, 255).astype(np.uint8).tobytes() + planes(codes)
        sizes[name] = len(codes)
    return pack_head({"sizes": sizes, "names": {name: segment.note["names"][name] for name in fields}}, body)


def pack_head(head: dict[str, object], body: bytes) -> bytes:
    """Return a JSON line and bytes, deflated."""
    return squeeze(json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n" + body)
