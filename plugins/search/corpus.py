"""An opened generation: its segments as one corpus with one numbering, and what holds for all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from plugins.search.lexicon import Lexicon
from plugins.search.records import Record
from plugins.search.segment import Found, Segment
from plugins.search.synonyms import Synonym

Mask = npt.NDArray[np.bool_]


class Corpus:
    """Segments and the documents deleted from each. Document numbers count through the segments in order."""

    def __init__(
        self,
        segments: Sequence[Segment],
        deleted: Sequence[Sequence[int]],
        *,
        generation: str = "",
        synonyms: Sequence[Synonym] = (),
        hot_words: Sequence[str] = (),
        built: str = "",
    ) -> None:
        self.segments = tuple(segments)
        self.generation, self.synonyms, self.hot_words, self.built = (
            generation,
            tuple(synonyms),
            tuple(hot_words),
            built,
        )
        self.offsets = tuple(int(at) for at in np.cumsum([0, *(segment.count for segment in segments)]))
        self.slots = self.offsets[-1]
        self.alive: Mask = np.ones(self.slots, dtype=bool)
        for offset, gone in zip(self.offsets, deleted, strict=False):
            self.alive[np.array(gone, dtype=np.int64) + offset] = False
        self.count = int(self.alive.sum())
        self._whole = self.count == self.slots

    def find(self, term: str) -> Found:
        """Return documents and loads of ``term`` over all segments, without deleted documents."""
        parts = [segment.find(term) for segment in self.segments]
        if len(parts) == 1 and self._whole:
            return parts[0]
        docs = np.concatenate([part.docs + offset for part, offset in zip(parts, self.offsets, strict=False)])
        loads = np.concatenate([part.loads for part in parts])
        if self._whole:
            return Found(docs, loads)
        kept = self.alive[docs]
        return Found(docs[kept], loads[kept])

    def size(self, term: str) -> int:
        """Return how many documents have ``term``, deleted ones included."""
        return sum(segment.size(term) for segment in self.segments)

    def heard(self, key: tuple[int, int]) -> dict[str, int]:
        """Return the terms filed under the sounds ``key``, and how many documents have each."""
        made: dict[str, int] = {}
        for segment in self.segments:
            for term, count in segment.heard(key):
                made[term] = made.get(term, 0) + count
        return made

    @cached_property
    def order(self) -> npt.NDArray[np.int64]:
        """Return the rank of each document by date, newest first: what decides between equals."""
        if len(self.segments) == 1:
            return np.arange(self.slots)
        days = np.concatenate([segment.column("days") for segment in self.segments]).astype(np.int64)
        ids = np.array([name for segment in self.segments for name in segment.ids])
        ranks = np.empty(self.slots, dtype=np.int64)
        ranks[np.lexsort((ids, -days))] = np.arange(self.slots)
        return ranks

    def _home(self, number: int) -> tuple[Segment, int]:
        at = bisect_right(self.offsets, number) - 1
        return self.segments[at], number - self.offsets[at]

    def record(self, number: int) -> Record:
        """Return what is shown of the document ``number``."""
        segment, own = self._home(number)
        return segment.record(own)

    def text(self, number: int) -> str:
        """Return the whole text of the document ``number``."""
        segment, own = self._home(number)
        return segment.text(own)

    @cached_property
    def days(self) -> npt.NDArray[np.int64]:
        """Return the day of each document, 0 for none."""
        return np.concatenate([segment.column("days") for segment in self.segments]).astype(np.int64)

    @cached_property
    def years(self) -> npt.NDArray[np.int64]:
        """Return the year of each document, 0 for none."""
        days, places = np.unique(self.days, return_inverse=True)
        return np.array([date.fromordinal(day).year if day else 0 for day in days.tolist()], dtype=np.int64)[places]

    @cached_property
    def fields(self) -> dict[str, tuple[list[str], dict[str, str], npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
        """Return field -> (keys, key -> title, documents, number of the key) over all segments."""
        return {name: self._field(name) for name in ("section", "type", "person", "program", "tag")}

    def _field(self, name: str) -> tuple[list[str], dict[str, str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        keys: dict[str, int] = {}
        titles: dict[str, str] = {}
        docs, codes = [], []
        for segment, offset in zip(self.segments, self.offsets, strict=False):
            names: list[list[str]] = segment.note["names"][name]
            own = np.array([keys.setdefault(key, len(keys)) for key, _ in names], dtype=np.int64)
            titles |= dict(names)
            docs.append(segment.column(f"{name}_docs").astype(np.int64) + offset)
            used = segment.column(f"{name}_codes")
            codes.append(own[used] if len(own) else used.astype(np.int64))
        return list(keys), titles, np.concatenate(docs), np.concatenate(codes)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Return the phrases to suggest."""
        rows: list[Any] = [row for segment in self.segments for row in segment.note["lexicon"]]
        return Lexicon(rows, self.hot_words)
