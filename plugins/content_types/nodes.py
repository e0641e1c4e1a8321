"""What YAML is made of once it is read: texts, lists and mappings, each with the line it stands on."""

from __future__ import annotations

from typing import NamedTuple


class Scalar(NamedTuple):
    """A value as written: no type is guessed, ``no`` and ``10:30`` stay what they are. An empty one is no value."""

    text: str
    line: int


class Listing(NamedTuple):
    """A list of values."""

    items: tuple[Node, ...]
    line: int


class Entry(NamedTuple):
    """One ``key: value`` of a mapping; ``line`` is the key's."""

    key: str
    value: Node
    line: int


class Record(NamedTuple):
    """A mapping, its entries as written; keys are unique."""

    entries: tuple[Entry, ...]
    line: int


Node = Scalar | Listing | Record


def plain(node: Node) -> object:
    """Return the strings, lists and dicts that ``node`` stands for.

    >>> plain(Record((Entry("title", Scalar("示例", 2), 2),), 2))
    {'title': '示例'}
    """
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {entry.key: plain(entry.value) for entry in node.entries}
