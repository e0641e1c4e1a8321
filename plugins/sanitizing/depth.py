"""Bound how deep a fragment nests, before a parser whose time grows with the square of it sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from plugins.sanitizing.policy import names

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>?")
_NAME = re.compile(r"</?[a-zA-Z][^\s/>]*")
_VOID = names("area base br col embed hr img input link meta param source track wbr")
_SELF_CLOSING = names("p li dt dd tr td th thead tbody tfoot option colgroup caption rt rp")
_FORMATTING = names("a b big code em font i nobr s small strike strong tt u")
_MAX_FORMATTING = 12  # a parser opens every unclosed one again in each paragraph that follows
_MAX_TAG = 20_000


def bounded(html: str, limit: int) -> str:
    """``html`` with the tags that would nest deeper than about ``limit`` taken out, their text kept.

    Elements that close themselves (a paragraph in a paragraph) do not count, so the depth of a real page is measured
    right; a hostile one is only ever made flatter.
    """
    if not _is_deep(html, limit):
        return html
    pieces, last, opened = list[str](), 0, _Opened(limit=limit)
    for tag in _TAG.finditer(html):
        if tag.end() - tag.start() > _MAX_TAG or not opened.takes(tag[2].lower(), closing=bool(tag[1])):
            pieces.append(html[last : tag.start()])
            last = tag.end()
    return "".join(pieces) + html[last:] if pieces else html


class _Steps(dict[str, int]):
    """How far each tag (``<div``, ``</div``) leads down or up, looked up once a name."""

    def __init__(self, *, formatting: bool) -> None:
        super().__init__()
        self._formatting = formatting

    def __missing__(self, tag: str) -> int:
        name = tag.lstrip("</").lower()
        counts = name not in _VOID and name not in _SELF_CLOSING and (name in _FORMATTING) is self._formatting
        self[tag] = step = (-1 if tag.startswith("</") else 1) if counts else 0
        return step


def _is_deep(html: str, limit: int) -> bool:
    """Whether `bounded` has anything to do: a quick look that never says no wrongly."""
    if len(max(html.split("<"), key=len)) > _MAX_TAG:
        return True
    tags = _NAME.findall(html)
    return any(
        _depth(map(_Steps(formatting=formatting).__getitem__, tags)) > most
        for formatting, most in ((False, limit), (True, _MAX_FORMATTING))
    )


def _depth(steps: Iterable[int]) -> int:
    """The greatest rise above an earlier low: closing tags without an opening one hide nothing."""
    heights = list(accumulate(steps, initial=0))
    return max(map(int.__sub__, heights, accumulate(heights, min)))


class _Opened:
    """What is open at a place of the text, formatting and other elements counted apart."""

    __slots__ = ("_depth", "_dropped", "_limits")

    def __init__(self, *, limit: int) -> None:
        self._limits = (limit, _MAX_FORMATTING)
        self._depth, self._dropped = [0, 0], [0, 0]

    def takes(self, name: str, *, closing: bool) -> bool:
        """Count the tag; False when it has to go."""
        if name in _VOID or name in _SELF_CLOSING:
            return True
        kind = name in _FORMATTING
        if closing:
            if self._dropped[kind]:
                self._dropped[kind] -= 1
                return False
            self._depth[kind] = max(self._depth[kind] - 1, 0)
            return True
        if self._depth[kind] >= self._limits[kind]:
            self._dropped[kind] += 1
            return False
        self._depth[kind] += 1
        return True
