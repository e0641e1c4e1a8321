"""Print problems: grouped by file on a terminal, one ``path:line: what（how）`` a line elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.text import Text

from plugins.domain.problems import Level, Problem, in_order

_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTICE: "cyan"}
_LABELS = {Level.ERROR: "错误", Level.WARNING: "警告", Level.NOTICE: "提示"}


def print_report(problems: Iterable[Problem], stream: TextIO | None = None) -> None:
    """Print all problems in order of file and line, then how many there are of each level; nothing for none."""
    found = in_order(problems)
    out = stream or sys.stdout
    if not found:
        return
    if out.isatty():
        _print_groups(found, Console(file=out))
    else:
        for problem in found:
            prefix = "" if problem.is_blocking else f"[{_LABELS[problem.level]}] "
            out.write(f"{plain_line(problem, prefix)}\n")
    out.write(summary(found) + "\n")


def plain_line(problem: Problem, prefix: str = "") -> str:
    """Return one line: ``path:line: what（how）``, with what it weighs before the message where that is not an error."""
    head = f"{problem.path}:{max(problem.line, 1)}: "
    return head + prefix + str(problem)[len(head) :]


def _print_groups(problems: tuple[Problem, ...], console: Console) -> None:
    for path, group in groupby(problems, key=lambda problem: problem.path):
        console.print(Text(path, style="bold"))
        for problem in group:
            line = Text(f"  {max(problem.line, 1):>4}  ", style="dim")
            line.append(_LABELS[problem.level], style=_STYLES[problem.level])
            line.append(f" {problem.message}")
            if problem.hint:
                line.append(f"（{problem.hint}）", style="dim")
            console.print(line)


def summary(problems: Iterable[Problem]) -> str:
    """Return how many problems there are of each level.

    >>> summary([Problem(path="a.md", message="…")])
    '共 1 个错误'
    """
    every = tuple(problems)
    counts = [(level, sum(problem.level is level for problem in every)) for level in Level]
    parts = [f"{count} 个{_LABELS[level]}" for level, count in counts if count]
    return "共 " + "，".join(parts) if parts else "没有问题"
