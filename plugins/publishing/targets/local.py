"""A folder on this machine: the release store is the site itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.faults import PublishingError
from plugins.publishing.targets.delivery import Delivery, Parcel, Say


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTarget:
    """``root`` holds ``releases`` and ``current``; delivering is one rename."""

    root: Path

    @property
    def title(self) -> str:
        """What an editor is told the place is."""
        return f"本机 {self.root}"

    def deliver(self, parcel: Parcel, say: Say) -> Delivery:
        """Switch ``current``."""
        before = parcel.store.current()
        known: dict[str, str] = {}
        if before:
            with suppress(PublishingError):  # a damaged one is no reason not to leave it
                known = parcel.store.digests(before)
        parcel.store.activate(parcel.release)
        now = parcel.store.digests(parcel.release)
        return Delivery(
            sent=tuple(sorted(path for path, digest in now.items() if known.get(path) != digest)),
            deleted=tuple(sorted(known.keys() - now.keys())),
        )
