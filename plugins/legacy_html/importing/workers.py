"""All cores at work on many pages, none of which can stop the others: a worker that takes too long is replaced."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
MEMORY = 2 * 1024**3
SECONDS = 30.0
PAGES = 2000  # of one worker, before a fresh one takes over
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a task has no result, in words for editors."""

    reason: str


@dataclass(slots=True, kw_only=True)
class Worker:
    """One process, the task it is at (-1 for none), and since when."""

    process: BaseProcess
    pipe: Connection
    task: int = -1
    since: float = 0.0
    done: int = 0


@dataclass(slots=True, kw_only=True)
class Pool(Generic[Task, Result]):
    """Workers that share ``tasks`` by being forked from here; only numbers and results pass between the processes."""

    work: Callable[[Task], Result]
    tasks: Sequence[Task]
    jobs: int
    seconds: float = SECONDS

    def run(self) -> Iterator[tuple[int, Result | Failure]]:
        """Yield every task's number with its result, as they come."""
        queue = deque(range(len(self.tasks)))
        workers = list[Worker]()
        try:
            while queue or any(worker.task >= 0 for worker in workers):
                while queue and len(workers) < max(1, min(self.jobs, len(self.tasks))):
                    workers.append(self._started())
                for worker in workers:
                    if worker.task < 0 and queue:
                        worker.task, worker.since = queue.popleft(), time.monotonic()
                        with suppress(OSError):  # a dead worker is found below
                            worker.pipe.send(worker.task)
                busy = [worker for worker in workers if worker.task >= 0]
                ready = wait([worker.pipe for worker in busy], timeout=0.5)
                for worker in busy:
                    yield from self._looked(worker, worker.pipe in ready, workers)
        finally:
            for worker in workers:
                _stop(worker)

    def _looked(self, worker: Worker, is_ready: bool, workers: list[Worker]) -> Iterator[tuple[int, Result | Failure]]:
        """What a busy worker has to tell; a dead or late one is put out of the way."""
        if is_ready:
            number = worker.task
            try:
                result: Result | Failure = worker.pipe.recv()
            except (EOFError, OSError):
                result = Failure(reason="处理时进程中断（可能用完了内存）")
                workers.remove(worker)
                _stop(worker)
            worker.task, worker.done = -1, worker.done + 1
            if worker.done >= PAGES and worker in workers:
                workers.remove(worker)
                _stop(worker)
            yield number, result
        elif time.monotonic() - worker.since > self.seconds:
            workers.remove(worker)
            _stop(worker)
            yield worker.task, Failure(reason=f"处理超过{self.seconds:.0f}秒，已中止")

    def _started(self) -> Worker:
        ours, theirs = _FORK.Pipe()
        process = _FORK.Process(target=self._serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return Worker(process=process, pipe=ours)

    def _serve(self, pipe: Connection) -> None:
        _limit_memory()
        while True:
            try:
                number = pipe.recv()
            except (EOFError, OSError):
                return  # whoever asked is gone
            try:
                result: Result | Failure = self.work(self.tasks[number])
            except MemoryError:
                result = Failure(reason="处理时用完了内存")
            except Exception as fault:  # one page must not take the others with it
                result = Failure(reason=f"处理时出错（{type(fault).__name__}：{fault}）")
            with suppress(OSError):
                pipe.send(result)


def _stop(worker: Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
