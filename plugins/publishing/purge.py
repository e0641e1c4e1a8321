"""Which addresses a cache in front of the site must forget after a release: these and no others."""

from __future__ import annotations

from plugins.publishing.addresses import address_of
from plugins.publishing.manifest import Kind, Manifest


def purge_list(before: Manifest | None, after: Manifest, base: str) -> tuple[str, ...]:
    """Return the addresses whose bytes, or whose being there, differ between two releases.

    An address that is new is among them: a cache may remember that nothing was there.
    """
    old = before.by_path() if before else {}
    new = after.by_path()
    changed = {
        path
        for path in old.keys() | new.keys()
        if path not in old
        or path not in new
        or (old[path].sha256, old[path].kind) != (new[path].sha256, new[path].kind)
    }
    shown = (path for path in changed if (new.get(path) or old[path]).kind not in (Kind.SIDECAR, Kind.CONTROL))
    return tuple(sorted(address_of(base, path) for path in shown))
