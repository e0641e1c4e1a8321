"""What is wrong with the content: gathered as values, shown together, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a problem weighs: an error stops the build, the others are said."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it.

    ``path`` is relative to the content folder (or to the project for settings and templates),
    ``line`` counts from 1; 0 stands for the file as a whole.

    >>> print(Problem(path="news/a.md", line=2, message="未知的类型 'news_itm'", hint="是否想写 'news_item'？"))
    news/a.md:2: 未知的类型 'news_itm'（是否想写 'news_item'？）
    """

    path: str
    message: str
    line: int = 0
    hint: str = ""
    level: Level = Level.ERROR

    def __str__(self) -> str:
        hint = f"（{self.hint}）" if self.hint else ""
        return f"{self.path}:{max(self.line, 1)}: {self.message}{hint}"

    @property
    def is_blocking(self) -> bool:
        """Whether the build must stop."""
        return self.level is Level.ERROR


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return ``problems`` without repeats, by file and line."""
    return tuple(sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.message, problem.hint)))


def is_blocked(problems: Iterable[Problem]) -> bool:
    """Whether any of ``problems`` stops the build."""
    return any(problem.is_blocking for problem in problems)
