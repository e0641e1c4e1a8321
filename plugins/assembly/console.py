"""What the terminal shows: problems, progress, and how a build ended."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from plugins.domain.problems import Level, Problem, in_order, is_blocked

_WORDS = {Level.ERROR: "错误", Level.WARNING: "警告", Level.NOTICE: "提示"}
Progress = Callable[[int, int], None]


def show_problems(problems: Iterable[Problem]) -> int:
    """Print every problem, errors last where they are seen; return the exit code they ask for."""
    found = in_order(problems)
    for level in (Level.NOTICE, Level.WARNING, Level.ERROR):
        for problem in found:
            if problem.level is level:
                mark = "" if level is Level.ERROR else f"[{_WORDS[level]}] "
                print(f"{mark}{problem}", file=sys.stderr if level is Level.ERROR else sys.stdout)
    counts = Counter(problem.level for problem in found)
    total = "，".join(f"{counts[level]} 个{_WORDS[level]}" for level in Level if counts[level])
    print(f"共 {total}。" if total else "没有发现问题。")
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
