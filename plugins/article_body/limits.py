"""What a text may not exceed, checked before a parser whose time grows faster than the text sees it."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from plugins.domain.problems import Problem
from plugins.domain.text import count_ascii

MAX_BYTES = 1_000_000
MAX_RUN = 200
MAX_DEPTH = 20
MAX_NESTING = 200
MAX_SECONDS = 10.0

_MARKS = "[(!>*_"
_RUN = re.compile(rf"[{re.escape(_MARKS)}]{{{MAX_RUN + 1},}}")
_OPENING = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+")
_NESTED = re.compile(r"^(?:[ \t]+|>|(?:[-+*]|\d{1,9}[.)])[ \t]+)(?=[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])", re.MULTILINE)
_MARKER = re.compile(r">|[-+*]|\d+[.)]")
_INDENT = re.compile(r"[ \t]*")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dt",
        "dd",
    ]
)


class TimeExceededError(BaseException):
    """A text took too long; no ``except Exception`` of a library may swallow it."""


def exceeded(text: str, *, path: str, first_line: int) -> Problem | None:
    """Return the first limit that ``text`` exceeds, with its line."""
    found = too_long(text, path=path, first_line=first_line)
    return found or too_deep(text, path=path, first_line=first_line)


def too_long(text: str, *, path: str, first_line: int) -> Problem | None:
    """Return the limit of length that ``text`` exceeds, which holds for every text."""
    if len(text) * 4 > MAX_BYTES and (size := len(text.encode("utf-8", "replace"))) > MAX_BYTES:
        return Problem(
            path=path,
            line=first_line,
            message=f"正文有 {size / 1e6:.1f} MB，超过了 1 MB",
            hint="请分成几篇，或改为附件",
        )
    return _told(_long_run(text), text, path, first_line)


def too_deep(text: str, *, path: str, first_line: int) -> Problem | None:
    """Return the limit of depth that ``text`` exceeds; a text without indents, quotes and tags has no depth."""
    return _told(_deep_line(text), text, path, first_line) or _told(_deep_tag(text), text, path, first_line)


def _told(found: tuple[int, str, str] | None, text: str, path: str, first_line: int) -> Problem | None:
    if found is None:
        return None
    position, message, hint = found
    return Problem(path=path, line=first_line + text.count("\n", 0, position), message=message, hint=hint)


@contextmanager
def limited_time(seconds: float = MAX_SECONDS) -> Iterator[None]:
    """Raise TimeExceededError once the block has used ``seconds`` of processor time.

    Signals reach the main thread only, so elsewhere there is no limit: conversion runs in workers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeExceededError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.5)  # again and again: a callback inside C may lose the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _long_run(text: str) -> tuple[int, str, str] | None:
    if count_ascii(text, _MARKS.encode()) <= MAX_RUN:
        return None
    match = _RUN.search(text)
    return (match and (match.start(), f"连着 {len(match[0])} 个标记符号 {match[0][:3]}…", f"最多 {MAX_RUN} 个")) or None


def _deep_line(text: str) -> tuple[int, str, str] | None:
    """Find a line that stands deeper in quotes and lists than anyone writes."""
    if not _NESTED.search(text):
        return None
    position = 0
    for line in text.split("\n"):
        if line[:1] in " \t>-+*0123456789" and line:
            indent = _INDENT.match(line)
            opening = _OPENING.match(line)
            depth = len(indent[0].expandtabs(4)) // 4 if indent else 0
            depth += len(_MARKER.findall(opening[0])) if opening else 0
            if depth > MAX_DEPTH:
                return position, f"列表或引用套了 {depth} 层", f"最多 {MAX_DEPTH} 层"
        position += len(line) + 1
    return None


def _deep_tag(text: str) -> tuple[int, str, str] | None:
    depth = 0
    for tag in _TAG.finditer(text) if "<" in text else ():
        if tag[2].lower() not in _VOID and not tag[0].endswith("/>"):
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            if depth > MAX_NESTING:
                return tag.start(), "HTML 标签套得太深", f"最多 {MAX_NESTING} 层"
    return None
