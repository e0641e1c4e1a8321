"""What a target is given, and what it tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from plugins.publishing.manifest import PUBLIC_PATH, SIGNATURE_SUFFIX, Kind, Manifest
from plugins.publishing.media_types import is_hashed
from plugins.publishing.store import Release, ReleaseStore

Say = Callable[[str], object]

SEARCH_FOLDERS = ("search-index/", "search/")
LAST = frozenset({PUBLIC_PATH, PUBLIC_PATH + SIGNATURE_SUFFIX})
_LISTS = (".xml", ".xml.gz", "feed.json", "robots.txt", "_redirects", "_headers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A whole release as it lies in the local store; ``folder`` holds ``www`` and ``search-index``."""

    store: ReleaseStore
    release: Release
    manifest: Manifest

    @property
    def folder(self) -> Path:
        """The folder of the release."""
        return self.store.path_of(self.release)

    @property
    def www(self) -> Path:
        """The public files."""
        return self.folder / "www"

    def public_digests(self) -> dict[str, str]:
        """Return path → SHA-256 of every public file, the manifest itself and its signature included."""
        digests = self.store.digests(self.release)
        return {path.removeprefix("www/"): digest for path, digest in digests.items() if path.startswith("www/")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a target did: paths sent and deleted, and bytes sent where the target knows them."""

    sent: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    size: int = 0


class Target(Protocol):
    """A place that can be made to serve a release."""

    @property
    def title(self) -> str:
        """What an editor is told the place is."""

    def deliver(self, parcel: Parcel, say: Say) -> Delivery:
        """Make the place serve ``parcel``, whole; PublishingError where it cannot, with the old still served."""


def wave(path: str) -> int:
    """Return when ``path`` goes to a host that cannot switch at once: a file never comes before what it refers to.

    0 assets named by digest · 1 search files · 2 everything else, pages among it · 3 feeds, site map · 4 the manifest.
    The small files at fixed names that point to a search generation go after the pages.
    """
    if path in LAST:
        return 4
    if is_hashed(path):
        return 0
    if path.startswith(SEARCH_FOLDERS) and not path.endswith(".html"):
        return 3 if path.endswith(".json") else 1
    return 3 if path.endswith(_LISTS) else 2


def in_waves(digests: Mapping[str, str]) -> list[str]:
    """Return the paths in the order of delivery."""
    return sorted(digests, key=lambda path: (wave(path), path))


def without_twins(parcel: Parcel) -> dict[str, str]:
    """Return the public digests without compressed twins, for hosts that compress by themselves."""
    twins = {entry.path for entry in parcel.manifest.entries if entry.kind is Kind.SIDECAR}
    return {path: digest for path, digest in parcel.public_digests().items() if path not in twins}
