"""Print problems, one ``path:line: what（how）`` a line; in colour on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from plugins.domain.problems import Level, Problem, in_order

_COLOURS = {Level.ERROR: "\x1b[1;31m", Level.WARNING: "\x1b[33m", Level.NOTICE: "\x1b[36m"}
_PLAIN = "\x1b[0m"
_LABELS = {Level.ERROR: "错误", Level.WARNING: "警告", Level.NOTICE: "提示"}


def print_report(problems: Iterable[Problem], stream: TextIO | None = None) -> None:
    """Print all problems in order of file and line, then how many there are of each level; nothing for none."""
    found = in_order(problems)
    out = stream or sys.stdout
    if not found:
        return
    for problem in found:
        prefix = "" if problem.is_blocking else f"[{_LABELS[problem.level]}] "
        line = plain_line(problem, prefix)
        out.write(f"{_COLOURS[problem.level]}{line}{_PLAIN}\n" if out.isatty() else f"{line}\n")
    out.write(summary(found) + "\n")


def plain_line(problem: Problem, prefix: str = "") -> str:
    """Return one line: ``path:line: what（how）``, with what it weighs before the message where that is not an error."""
    head = f"{problem.path}:{max(problem.line, 1)}: "
    return head + prefix + str(problem)[len(head) :]


def summary(problems: Iterable[Problem]) -> str:
    """Return how many problems there are of each level.

    >>> summary([Problem(path="a.md", message="…")])
    '共 1 个错误'
    """
    every = tuple(problems)
    counts = [(level, sum(problem.level is level for problem in every)) for level in Level]
    parts = [f"{count} 个{_LABELS[level]}" for level, count in counts if count]
    return "共 " + "，".join(parts) if parts else "没有问题"
