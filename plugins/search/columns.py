"""What documents are filtered and counted by: section, type, date, people, programs and tags, as arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from plugins.search.arrays import Array
from plugins.search.document import SearchDocument

SINGLE = ("section", "type")
SEVERAL = ("person", "program", "tag")
Codes = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a field over all documents: ``names`` (key, title), and the document and the value of each use."""

    names: tuple[tuple[str, str], ...]
    docs: npt.NDArray[np.uint32]
    codes: Codes


def values_of(document: SearchDocument, field: str) -> tuple[tuple[str, str], ...]:
    """Return the (key, title) of what ``document`` has in ``field``."""
    if field == "section":
        return ((document.section, document.section_title or document.section),) if document.section else ()
    if field == "type":
        return ((document.type, document.type_title or document.type),) if document.type else ()
    own = {"person": document.people, "program": document.programs, "tag": document.tags}[field]
    return tuple((name, name) for name in dict.fromkeys(own))


def gather(documents: Sequence[SearchDocument], field: str) -> Values:
    """Return the values of ``field``; frequent ones have small numbers."""
    uses = [(number, pair) for number, document in enumerate(documents) for pair in values_of(document, field)]
    tally = Counter(key for _, (key, _) in uses)
    titles = {key: title for _, (key, title) in reversed(uses)}
    keys = sorted(tally, key=lambda key: (-tally[key], key))[:0xFFFF]
    place = {key: at for at, key in enumerate(keys)}
    kept = [(number, place[key]) for number, (key, _) in uses if key in place]
    docs = np.array([number for number, _ in kept], dtype=np.uint32)
    return Values(
        tuple((key, titles[key]) for key in keys), docs, np.array([code for _, code in kept], dtype=np.uint16)
    )


def day(when: date | None) -> int:
    """Return a date as a number of days, 0 for none."""
    return when.toordinal() if when else 0


def build_columns(documents: Sequence[SearchDocument]) -> tuple[dict[str, Array], dict[str, list[list[str]]]]:
    """Return the arrays (``section_docs``, ``section_codes`` …, ``days``) and the names behind their numbers."""
    arrays: dict[str, Array] = {"days": np.array([day(document.date) for document in documents], dtype=np.uint32)}
    names = {}
    for field in (*SINGLE, *SEVERAL):
        values = gather(documents, field)
        arrays[f"{field}_docs"], arrays[f"{field}_codes"] = values.docs, values.codes
        names[field] = [list(pair) for pair in values.names]
    return arrays, names
