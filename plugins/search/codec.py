"""The seam to Whoosh: a codec whose postings are arrays, so that ``whoosh.index.open_dir`` reads what numpy wrote.

Whoosh gets term readers, matchers and stored fields; it never writes, because whole arrays are sorted thirty times faster
than postings are passed through its writer one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Frequency
from whoosh.index import TOC
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from plugins.search.schema import search_schema
from plugins.search.segment import Found
from plugins.search.segment import Segment as Arrays

PAIRED = ("content", "title")
VALUED = ("person", "program", "section", "tag", "type")
LOADED_WEIGHT = (2 * np.arange(8) + 1) / 4


class ReadOnlyIndexError(RuntimeError):
    """Whoosh was asked to write an index that is built whole."""


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What the table of contents keeps of a segment: its files' stem, their folder below the index, deleted documents."""

    def __init__(self, stem: str, count: int, deleted: tuple[int, ...], folder: str = "") -> None:
        self.indexname, self.segid, self.compound = "MAIN", stem, False
        self.stem, self.folder, self._count, self._deleted = stem, folder, count, deleted

    def codec(self) -> ArrayCodec:
        """Return the codec that reads this segment."""
        return ArrayCodec()

    def doc_count_all(self) -> int:
        """Return how many documents there are, deleted ones included."""
        return self._count

    def deleted_count(self) -> int:
        """Return how many documents are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Return the numbers of deleted documents."""
        return iter(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Return whether the document ``docnum`` is deleted."""
        at = bisect_left(self._deleted, docnum)
        return at < len(self._deleted) and self._deleted[at] == docnum

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Refuse: a generation never changes."""
        raise ReadOnlyIndexError("plugins.search.index.build_index writes this index; Whoosh only reads it")

    def open(self, storage: FileStorage) -> Arrays:
        """Return the arrays of this segment."""
        return Arrays(Path(storage.folder) / self.folder, self.stem)


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Readers over arrays; every writer is refused."""

    def terms_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayTerms:
        """Return the reader of terms and postings."""
        return ArrayTerms(segment.open(storage))

    def per_document_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayDocuments:
        """Return the reader of stored fields."""
        return ArrayDocuments(segment.open(storage), segment)

    def per_document_writer(self, storage: FileStorage, segment: ArraySegment) -> None:
        """Refuse."""
        raise ReadOnlyIndexError("plugins.search.index.build_index writes this index; Whoosh only reads it")

    field_writer = per_document_writer
    new_segment = per_document_writer


class ArrayTerms(base.TermsReader):  # type: ignore[misc]
    """Terms and postings of one segment, for Whoosh's own queries."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._kept: dict[str, list[bytes]] = {}

    def _texts(self, field: str) -> list[bytes]:
        if field not in self._kept:
            arrays = self._arrays
            if field in PAIRED:
                texts = [
                    term.encode("utf-8")
                    for number in range(1 << arrays.bits if arrays.count else 0)
                    for term, _ in arrays.bucket(number).terms()
                ]
                found = texts if field == "content" else [text for text in texts if len(self.found(field, text).docs)]
            else:
                found = [
                    key.encode("utf-8")
                    for key in (arrays.ids if field == "id" else (key for key, _ in arrays.note["names"][field]))
                ]
            self._kept[field] = sorted(found)
        return self._kept[field]

    def found(self, field: str, text: bytes) -> Found:
        """Return documents and loads of a term of any field."""
        term = text.decode("utf-8")
        if field in PAIRED:
            made = self._arrays.find(term) if term else Found(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint8))
            titled = made.loads & 8 != 0
            return made if field == "content" else Found(made.docs[titled], made.loads[titled])
        docs = self._valued(field, term)
        return Found(docs, np.ones(len(docs), dtype=np.uint8))

    def _valued(self, field: str, term: str) -> Any:
        if field == "id":
            return np.array([at for at, name in enumerate(self._arrays.ids) if name == term], dtype=np.uint32)
        keys = [key for key, _ in self._arrays.note["names"].get(field, [])]
        if term not in keys:
            return np.zeros(0, dtype=np.uint32)
        return self._arrays.column(f"{field}_docs")[self._arrays.column(f"{field}_codes") == keys.index(term)]

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return len(self.found(*term).docs) > 0

    def indexed_field_names(self) -> tuple[str, ...]:
        """Return the fields that can be searched."""
        return (*PAIRED, *VALUED, "id")

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all (field, term) in order."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield (field, term) in order from ``prefix`` on."""
        for field in sorted(self.indexed_field_names()):
            if field >= fieldname:
                texts = self._texts(field)
                yield from ((field, text) for text in texts[bisect_left(texts, prefix) if field == fieldname else 0 :])

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield all terms with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield terms from ``prefix`` on with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return counts and bounds of a term; raises TermNotFound."""
        found = self.found(fieldname, text)
        if not len(found.docs):
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        weights = LOADED_WEIGHT[found.loads & 7]
        return TermInfo(
            weight=float(weights.sum()), df=len(found.docs), minlength=1, maxlength=1, maxweight=float(weights.max()),
            minid=int(found.docs.min()), maxid=int(found.docs.max()),
        )  # fmt: skip

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return the total weight of a term."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents have a term."""
        return len(self.found(fieldname, text).docs)

    def matcher(self, fieldname: str, text: bytes, format_: Frequency, scorer: Any = None) -> ListMatcher:
        """Return Whoosh's matcher over a term's documents, in order."""
        found, term = self.found(fieldname, text), (fieldname, text)
        info = self.term_info(fieldname, text)
        weights = LOADED_WEIGHT[found.loads & 7].tolist()
        return ListMatcher(found.docs.tolist(), weights, format=format_, scorer=scorer, term=term, terminfo=info)


class ArrayDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """Stored fields of one segment."""

    def __init__(self, arrays: Arrays, segment: ArraySegment) -> None:
        self._arrays, self._segment = arrays, segment

    def doc_count(self) -> int:
        """Return how many documents are not deleted."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """Return how many documents there are."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Return whether any document is deleted."""
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        """Return whether the document ``docnum`` is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Return the numbers of deleted documents."""
        return self._segment.deleted_docs()

    def stored_fields(self, docnum: int) -> dict[str, str]:
        """Return the stored fields of the document ``docnum``."""
        record = self._arrays.record(docnum)
        return {
            "id": record.id,
            "url": record.url,
            "title": record.title,
            "section": record.section,
            "type": record.type,
            "date": record.date,
        }

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return 1: lengths are part of the weights already."""
        return 1

    def field_length(self, fieldname: str) -> int:
        """Return the sum of all lengths."""
        return self._arrays.count

    def min_field_length(self, fieldname: str) -> int:
        """Return 1."""
        return 1

    max_field_length = min_field_length

    def supports_columns(self) -> bool:
        """Return False: filters have columns of their own."""
        return False


def write_contents(folder: Path, segments: list[ArraySegment]) -> None:
    """Write the table of contents that makes ``folder`` a Whoosh index; the same segments give the same bytes."""
    with TemporaryDirectory(dir=folder, prefix=".toc-") as making:  # Whoosh refuses to write over a file
        TOC(search_schema(), segments, 1).write(FileStorage(making), "MAIN")
        (Path(making) / "_MAIN_1.toc").replace(folder / "_MAIN_1.toc")
