"""Read the whole content folder: every item, every file, every problem."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins.content_types.files import FoundFile, SizeOf, scan
from plugins.content_types.item import READERS, Reader, Reading
from plugins.content_types.pictures import HEAD_BYTES, content_problems
from plugins.content_types.validate import validate
from plugins.domain.content import ContentItem
from plugins.domain.files import read_regular
from plugins.domain.problems import Problem, in_order

Readings = Mapping[tuple[str, str], Reading]
ReadMany = Callable[[Sequence[str]], Mapping[str, Reading]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the content folder holds.

    ``items`` are in order of their paths; ``files`` are all regular files, those of items among them. ``readings`` may
    be given to the next ``load`` as ``known``: files that did not change are then not parsed again.
    """

    items: tuple[ContentItem, ...]
    problems: tuple[Problem, ...]
    files: tuple[FoundFile, ...]
    readings: Readings


def load(
    content: Path,
    *,
    now: datetime,
    known: Readings | None = None,
    readers: Mapping[str, Reader] = READERS,
    read_many: ReadMany | None = None,
    size_of: SizeOf = lambda path: None,
) -> Loaded:
    """Read, validate and cross-check everything below ``content`` for a build at ``now``.

    ``readers`` gives the reader of each ending; ``known`` are earlier readings by path and SHA-256 of the bytes.
    ``read_many`` may read all texts at once (from a cache, by several processes): those it gives are not opened here,
    and files of which ``size_of`` tells the bytes are not looked at again.
    """
    if not content.is_dir():
        missing = Problem(path=content.name, message="没有这个内容文件夹", hint="检查 PATH 设置或 --content 参数")
        return Loaded(items=(), problems=(missing,), files=(), readings={})
    files, faults = scan(content, readers, size_of)
    problems = list(faults)
    readings: dict[tuple[str, str], Reading] = {}
    items: list[ContentItem] = []
    texts = [file.path for file in files if file.suffix in readers]
    read = read_many(texts) if read_many is not None else {}
    for file in files:
        if (given := read.get(file.path)) is not None:
            problems.extend(given[1])
            items.extend(filter(None, given[:1]))
            continue
        reader = readers.get(file.suffix)
        try:
            raw = read_regular(content / file.path, -1 if reader else HEAD_BYTES)
        except OSError as error:
            problems.append(Problem(path=file.path, message=f"读不了这个文件：{os.strerror(error.errno or 0)}"))
            continue
        if reader is None:
            problems.extend(content_problems(file.path, raw))
            continue
        key = (file.path, hashlib.sha256(raw).hexdigest())
        reading = known[key] if known is not None and key in known else reader(file.path, raw)
        readings[key] = reading
        problems.extend(reading[1])
        if reading[0] is not None:
            items.append(reading[0])
    problems.extend(validate(tuple(items), files, now, texts=frozenset(readers)))
    return Loaded(items=tuple(items), problems=in_order(problems), files=files, readings=readings)
