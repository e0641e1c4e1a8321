"""The short way through a front matter of plain lines, as nearly all are: no YAML engine is needed to read it.

It gives exactly what YAML gives (a law that the tests hold it to), or nothing: whatever it is not sure of is left to YAML,
which alone says what is wrong.
"""

from __future__ import annotations

from plugins.content_types.nodes import Entry, Listing, Record, Scalar

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=~<")  # what may open something other than words
_NOT_IN_LISTS = frozenset("[]{}:#&*!|>'\"%@`?\\")


def read_plain_lines(text: str, first_line: int) -> Record | None:
    """Return the record that lines ``name: words`` and ``name: [a, b]`` make, None where one is anything else."""
    if not text.replace("\n", "").isprintable():
        return None
    entries: list[Entry] = []
    for line, written in enumerate(text.removesuffix("\n").split("\n"), first_line):
        key, colon, rest = written.partition(": ")
        value = rest.strip(" ")
        if not colon or not value or not (key.isascii() and key.replace("_", "a").isalpha()):
            return None
        if value[0] == "[":
            words = _words(value)
            if words is None:
                return None
            node: Scalar | Listing = Listing(tuple([Scalar(word, line) for word in words]), line)
        elif value[0] in _INDICATORS or ": " in value or " #" in value or value[-1] == ":":
            return None
        else:
            node = Scalar(value, line)
        entries.append(Entry(key, node, line))
    if len({entry.key for entry in entries}) < len(entries):
        return None
    return Record(tuple(entries), first_line)


def _words(value: str) -> list[str] | None:
    """Return the words of a list on one line, None where one is empty or may be more than words."""
    inside = value[1:-1]
    if value[-1] != "]" or not _NOT_IN_LISTS.isdisjoint(inside):
        return None
    words = [word.strip(" ") for word in inside.split(",")]
    return None if any(not word or word[0] in _INDICATORS for word in words) else words
