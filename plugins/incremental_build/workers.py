"""Spread independent work over forked processes: what they need is inherited, only plain results travel."""

from __future__ import annotations

import gc
import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNKS_PER_WORKER = 24  # small enough that workers end together, large enough that messages do not count
LARGEST_CHUNK = 64
TERM = 2_500  # pieces of work after which a worker has copied tens of megabytes
FEW, MANY = 24, 256  # pieces of work: fewer are never spread, more always; in between a sample tells what they take
SAMPLE = 8
COSTS_OF_FORKING = 0.2  # seconds: two forks, and the memory that the workers copy


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """The result of the work at ``index``, or, in ``fault``, the traceback of what stopped it."""

    index: int
    result: R | None = None
    fault: str = ""


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def spread(function: Callable[[T], R], work: Sequence[T], jobs: int) -> Iterator[Done[R]]:
    """Yield the result of ``function`` for every piece of ``work``, as they come; a fault in one stops no other.

    With ``jobs`` 1, or little work, nothing is forked. Processes are forked as long as there is work, so whoever takes the
    results must have no thread that holds a lock (of a progress bar, say). Results must be picklable; work need not.
    """
    here, spent = 0, 0.0
    while here < len(work) and (jobs <= 1 or not _is_worth_forking(here, len(work), spent)):
        begun = time.perf_counter()
        done = Done(*_attempt(function, work, here))
        spent += time.perf_counter() - begun
        here += 1
        yield done
    left = range(here, len(work))
    size = max(1, min(LARGEST_CHUNK, len(left) // (jobs * CHUNKS_PER_WORKER)))
    chunks = deque(left[start : start + size] for start in range(0, len(left), size))
    if chunks:
        yield from _Crew(function, work, min(jobs, len(chunks))).results(chunks)


def _is_worth_forking(done: int, count: int, spent: float) -> bool:
    """Whether the rest of ``count`` pieces, of which some were ``done`` in ``spent`` seconds, is worth it: many always are."""
    if count >= MANY:
        return True
    return count >= FEW and done >= SAMPLE and spent / done * (count - done) > COSTS_OF_FORKING


def _attempt(function: Callable[[T], R], work: Sequence[T], index: int) -> tuple[int, R | None, str]:
    """Return what a ``Done`` is made from: plain values take a third of the time to send."""
    try:
        return index, function(work[index]), ""
    except Exception:
        return index, None, traceback.format_exc()


class _Crew(Generic[T, R]):
    """Forked workers, each fed two chunks ahead so that none waits for this process.

    A worker copies each page of inherited memory that it touches, though it only counts a reference there. It goes home
    after its term, and a fresh one takes its place.
    """

    def __init__(self, function: Callable[[T], R], work: Sequence[T], jobs: int) -> None:
        self.function, self.work = function, work
        self.workers: dict[Connection, BaseProcess] = {}
        self.pending: dict[Connection, deque[range]] = {}
        self.left: dict[Connection, int] = {}  # pieces of work until a worker's term ends
        for _ in range(jobs):
            self._hire()

    def results(self, chunks: deque[range]) -> Iterator[Done[R]]:
        """Yield all results; of a worker that died, its chunks as faults."""
        try:
            for pipe in [*self.workers, *self.workers]:
                self._feed(pipe, chunks)
            while self.workers:
                ready = connection.wait(list(self.workers))
                for pipe in [pipe for pipe in self.workers if pipe in ready]:
                    yield from self._answer(pipe, chunks)
        finally:
            for process in self.workers.values():
                process.kill()
                process.join()

    def _hire(self) -> Connection:
        context = get_context("fork")
        gc.freeze()  # a collection in a worker would touch, and so copy, every page of memory
        try:
            ours, theirs = context.Pipe()
            others = [*self.workers, ours]
            process = context.Process(target=_serve, args=(self.function, self.work, theirs, others), daemon=True)
            process.start()
        finally:
            gc.unfreeze()
        theirs.close()
        self.workers[ours], self.pending[ours], self.left[ours] = process, deque(), TERM
        return ours

    def _answer(self, pipe: Connection, chunks: deque[range]) -> Iterator[Done[R]]:
        try:
            answers: list[Done[R]] = [Done(*answer) for answer in pipe.recv()]
        except (EOFError, OSError):
            answers = self._bury(pipe)
        else:
            self.pending[pipe].popleft()
            self._feed(pipe, chunks)
        yield from answers
        if not self.workers and chunks:
            yield from (Done(index=index, fault="没有可用的工作进程。") for chunk in chunks for index in chunk)
            chunks.clear()

    def _feed(self, pipe: Connection, chunks: deque[range]) -> None:
        """Give a worker its next chunk; tell it to go home where none is left, or its term is over, and its own are done."""
        with suppress(OSError):  # it died: the next receive says so
            if chunks and self.left[pipe] > 0:
                self.pending[pipe].append(chunks[0])
                self.left[pipe] -= len(chunks[0])
                pipe.send(chunks.popleft())
            elif not self.pending[pipe]:
                pipe.send(None)
                if chunks:
                    follower = self._hire()
                    self._feed(follower, chunks)
                    self._feed(follower, chunks)

    def _bury(self, pipe: Connection) -> list[Done[R]]:
        process, _ = self.workers.pop(pipe), self.left.pop(pipe)
        process.join()
        pipe.close()
        fault = f"工作进程意外退出（{process.exitcode}）。"
        return [Done(index=index, fault=fault) for chunk in self.pending.pop(pipe) for index in chunk]


def _serve(function: Callable[[T], R], work: Sequence[T], pipe: Connection, others: Sequence[Connection]) -> None:
    """Answer chunks until told to go home; a collection is not worth its time in so short a life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    gc.disable()
    for other in others:
        other.close()  # so that a parent that dies closes the pipe
    with suppress(EOFError, OSError):
        while (chunk := pipe.recv()) is not None:
            answers = [_attempt(function, work, index) for index in chunk]
            pipe.send(answers)
            gc.collect(1)
