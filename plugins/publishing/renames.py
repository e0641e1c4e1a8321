"""The addresses that renamed content files had, as git remembers them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from plugins.publishing.history import head, history, texts_before

AddressOf = Callable[[str, str], str]  # (path in the content folder, text of the file) → its address; "" for none
_Former = list[tuple[str, str, str]]  # (former path, text under it, present path), relative to the content folder


def renamed_addresses(
    repository: Path, content: str, address_of: AddressOf, *, cache: Path
) -> tuple[tuple[str, str], ...]:
    """Return (old address, present content file) for every file of ``content`` that was once called otherwise.

    ``content`` is relative to ``repository``; the present file is relative to ``content``. What git says is kept in
    ``cache`` until there is a new commit. Outside a repository PublishingError is raised.
    """
    pairs = ((address_of(path, text), present) for path, text, present in _former(repository, content, cache))
    return tuple(sorted({(address, present) for address, present in pairs if address}))


def _former(repository: Path, content: str, cache: Path) -> _Former:
    key = f"{head(repository).hash} {content}"
    if (known := _cached(cache, key)) is not None:
        return known
    found = history(repository, content)
    present, prefix = found.present_names(), f"{content.rstrip('/')}/"
    texts = texts_before(repository, found.renames)
    former = [
        (rename.old.removeprefix(prefix), texts[rename], present[rename.old].removeprefix(prefix))
        for rename in found.renames
        if rename in texts and rename.old in present and rename.old.endswith(".md")
    ]
    cache.parent.mkdir(parents=True, exist_ok=True)
    written = cache.with_name(f"{cache.name}.part")
    written.write_text(json.dumps({"key": key, "former": former}), "utf-8", errors="replace")
    written.replace(cache)
    return former


def _cached(cache: Path, key: str) -> _Former | None:
    try:
        kept = json.loads(cache.read_bytes())
        return [(str(a), str(b), str(c)) for a, b, c in kept["former"]] if kept["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
