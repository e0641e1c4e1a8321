"""What the terminal shows: problems, progress, and how a build ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from plugins.checks.report import print_report
from plugins.domain.problems import Problem, in_order, is_blocked

Progress = Callable[[int, int], None]


def show_problems(problems: Iterable[Problem]) -> int:
    """Print every problem and how many there are; return the exit code they ask for."""
    found = in_order(problems)
    print_report(found)
    if not found:
        print("没有发现问题。")
    sys.stdout.flush()
    return int(is_blocked(found))


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """Yield a function that draws how far the work is; nothing is drawn where no person looks on."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, transient=True, auto_refresh=False)  # no thread of its own: workers are forked beside it
    work = bar.add_task(title, total=None)
    bar.start()
    try:
        yield lambda done, total: _draw(bar, work, done, total)
    finally:
        bar.stop()


def _draw(bar: object, work: object, done: int, total: int) -> None:
    bar.update(work, completed=done, total=total)  # type: ignore[attr-defined]
    if done % 50 == 0 or done == total:
        bar.refresh()  # type: ignore[attr-defined]
