"""A file of named arrays, mapped when read: one JSON line, then the arrays, each at a multiple of eight bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def write_arrays(arrays: Mapping[str, Array], note: Mapping[str, object]) -> bytes:
    """Return the file of ``arrays``, with the JSON values ``note`` beside them."""
    table, body, at = {}, [], 0
    for name in sorted(arrays):
        octets = np.ascontiguousarray(arrays[name]).tobytes()
        table[name] = [arrays[name].dtype.str, at, len(arrays[name])]
        padded = octets + bytes(-len(octets) % 8)
        body.append(padded)
        at += len(padded)
    head = json.dumps(
        {"arrays": table, "note": note}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8")
    return head + b" " * (-(len(head) + 1) % 8) + b"\n" + b"".join(body)


def read_arrays(octets: memoryview) -> tuple[dict[str, Array], dict[str, Any]]:
    """Return the arrays, as views of ``octets``, and the note; the inverse of ``write_arrays``.

    Raises ValueError when the first line has no end or is no JSON.
    """
    end = bytes(octets).index(b"\n")
    content = json.loads(bytes(octets[:end]))
    body = octets[end + 1 :]
    arrays = {
        name: np.frombuffer(body, dtype=kind, count=size, offset=at)
        for name, (kind, at, size) in content["arrays"].items()
    }
    return arrays, content["note"]
