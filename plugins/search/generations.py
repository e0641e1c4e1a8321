"""Which generation is served: follows the pointer without a restart, and keeps the last sound one when the new is damaged."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, time

from plugins.search.corpus import Corpus
from plugins.search.store import POINTER, IndexDamagedError, IndexMissingError, current_name, open_generation

AGAIN = 10.0  # seconds after which a damaged generation is looked at once more


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What was wrong with a generation, and when (seconds since 1970) it was seen."""

    generation: str
    message: str
    seen: float


class Generations:
    """The opened generation of an index folder; ``current`` may be called from any thread."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._corpus: Corpus | None = None
        self._mark: tuple[int, int] | None = None
        self._retry = 0.0
        self.fault: Fault | None = None
        self._follow()

    def current(self) -> Corpus:
        """Return the generation to answer from; raises IndexMissingError when there is none."""
        if (self._stamp() != self._mark or (self.fault and monotonic() > self._retry)) and self._lock.acquire(
            blocking=self._corpus is None
        ):
            try:
                self._follow()
            finally:
                self._lock.release()
        if self._corpus is None:
            raise IndexMissingError("搜索索引不可用。请先建立索引，或稍后再试。")
        return self._corpus

    def age(self) -> float:
        """Return for how many seconds the pointer has named this generation."""
        try:
            return max(0.0, time() - (self._index / POINTER).stat().st_mtime)
        except OSError:
            return 0.0

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = (self._index / POINTER).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def _follow(self) -> None:
        self._mark, name = self._stamp(), current_name(self._index)
        if name and self._corpus and self._corpus.generation == name:
            self.fault = None
            return
        if name and self._open(name):
            self.fault = None
        elif self._corpus is None:
            others = sorted(self._index.glob("g-*"), key=lambda path: path.stat().st_mtime, reverse=True)
            any(self._open(path.name, keep_fault=True) for path in others if path.name != name)

    def _open(self, name: str, *, keep_fault: bool = False) -> bool:
        try:
            self._corpus = open_generation(self._index, name)
        except (IndexDamagedError, OSError, ValueError, KeyError, TypeError) as problem:
            if not keep_fault:
                self.fault = Fault(generation=name, message=str(problem), seen=time())
                self._retry = monotonic() + AGAIN
            return False
        return True
