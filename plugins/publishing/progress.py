"""What an editor sees while a publication runs: each step, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Advance = Callable[[int], object]
EVERY = 50  # files between two pictures of the bar


class Report(Protocol):
    """Where a publication tells how it goes."""

    def say(self, message: str) -> None:
        """Tell one sentence."""

    @contextmanager
    def bar(self, title: str, total: int) -> Iterator[Advance]:
        """Show a step of ``total`` files; the function given takes how many are done."""


class Silent:
    """Tells nothing; for programs."""

    def say(self, message: str) -> None:
        """Tell nothing."""

    @contextmanager
    def bar(self, title: str, total: int) -> Iterator[Advance]:
        """Show nothing."""
        yield lambda done: None


class ConsoleReport:
    """Tells a person at a terminal; a log file gets one line a step."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)

    def say(self, message: str) -> None:
        """Print one line."""
        self.console.print(message, markup=False)

    @contextmanager
    def bar(self, title: str, total: int) -> Iterator[Advance]:
        """Show a bar. It is redrawn by hand: a thread of its own would be lost when a build forks."""
        if not self.console.is_terminal:
            self.say(f"{title}（{total} 个文件）")
            yield lambda done: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, auto_refresh=False) as progress:
            task = progress.add_task(title, total=total)

            def advance(done: int) -> None:
                if done % EVERY == 0 or done == total:
                    progress.update(task, completed=done)
                    progress.refresh()

            yield advance
