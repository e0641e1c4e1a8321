"""The releases on a disk: ``site/releases/…``, ``site/current``, ``site/publish.lock``."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plugins.publishing import disk
from plugins.publishing.faults import PublishingError
from plugins.publishing.manifest import Manifest, parse_checksums
from plugins.publishing.tree import digest_of

UNFINISHED = ".new-"
DISCARDED = ".old-"
SWITCHING = ".current-"
CHECKSUMS = "MANIFEST.sha256"
MANIFEST = "MANIFEST.json"
RECORD = "RELEASE.json"
PARTS = ("www", "search-index", "nginx")
KEEP = 5
COMMIT_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One whole state of the site. ``sequence`` orders releases, whatever the clock said; sizes are bytes."""

    name: str
    sequence: int
    commit: str
    created: str
    pages: int
    files: int
    size: int

    def to_json(self) -> bytes:
        """Return the release's record as it lies beside its files."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode() + b"\n"


def release_name(created: datetime, commit: str) -> str:
    """Return the folder name of a release.

    >>> release_name(datetime(2026, 11, 23, 4, 42, tzinfo=UTC), "0123456789abcdef")
    '20261123T044200Z-0123456789ab'
    """
    return f"{created.astimezone(UTC):%Y%m%dT%H%M%SZ}-{commit[:COMMIT_LENGTH]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStore:
    """A folder of releases; ``root`` is the ``site`` folder. Whoever changes it holds ``lock``."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where the releases lie."""
        return self.root / "releases"

    @property
    def current_link(self) -> Path:
        """The link that the web server and the search service follow."""
        return self.root / "current"

    @property
    def lock(self) -> Path:
        """The file that a publisher locks."""
        return self.root / "publish.lock"

    def path_of(self, release: Release) -> Path:
        """Return the folder of ``release``."""
        return self.folder / release.name

    def releases(self) -> tuple[Release, ...]:
        """Return the whole releases, the oldest first; a folder without a readable record is none."""
        if not self.folder.is_dir():
            return ()
        found = (_record(folder) for folder in self.folder.iterdir() if not folder.name.startswith("."))
        return tuple(sorted((r for r in found if r), key=lambda release: (release.sequence, release.name)))

    def current(self) -> Release | None:
        """Return the release that is served; None where there is none, or the link leads nowhere."""
        try:
            return _record(self.folder / self.current_link.readlink().name)
        except OSError:
            return None

    def manifest(self, release: Release) -> Manifest:
        """Return the public manifest of ``release``."""
        try:
            return Manifest.from_json((self.path_of(release) / MANIFEST).read_bytes())
        except OSError as error:
            raise PublishingError(f"版本 {release.name} 的清单读不出来：{error.strerror}。") from error

    def whole_manifest(self, release: Release) -> Manifest | None:
        """Return the public manifest of ``release``; None where it is damaged, which is no reason not to leave it."""
        with suppress(PublishingError):
            return self.manifest(release)
        return None

    def digests(self, release: Release) -> dict[str, str]:
        """Return path → SHA-256 of every file of ``release``, paths beginning with ``www/`` or ``search-index/``."""
        try:
            return parse_checksums((self.path_of(release) / CHECKSUMS).read_bytes())
        except OSError as error:
            raise PublishingError(f"版本 {release.name} 没有校验清单：{error.strerror}。") from error

    def damage(self, release: Release) -> tuple[str, ...]:
        """Return what differs between ``release`` and its checksums: Chinese lines, none for a whole release."""
        root, digests = self.path_of(release), self.digests(release)
        found = {
            file.relative_to(root).as_posix()
            for part in PARTS
            for file in (root / part).rglob("*")
            if not file.is_dir()
        }
        lines = [f"缺少 {path}" for path in sorted(digests.keys() - found)]
        lines += [f"多出 {path}" for path in sorted(found - digests.keys())]
        lines += [
            f"已改动 {path}" for path in sorted(found & digests.keys()) if digest_of(root / path)[0] != digests[path]
        ]
        return tuple(lines)

    def next_moment(self, now: datetime) -> datetime:
        """Return ``now`` to the second, moved on until no release has that second in its name."""
        moment = now.astimezone(UTC).replace(microsecond=0)
        taken = {name.name.partition("-")[0] for name in self.folder.iterdir()} if self.folder.is_dir() else set()
        while f"{moment:%Y%m%dT%H%M%SZ}" in taken:
            moment += timedelta(seconds=1)
        return moment

    def activate(self, release: Release) -> None:
        """Serve ``release``: one rename(2), so that a visitor sees the old or the new, never a mixture."""
        if not self.path_of(release).is_dir():
            raise PublishingError(f"没有版本 {release.name}。")
        link = self.root / f"{SWITCHING}{os.getpid()}"
        try:
            link.unlink(missing_ok=True)
            link.symlink_to(Path("releases") / release.name)
            link.replace(self.current_link)
            disk.sync(self.root)
        except OSError as error:
            raise PublishingError(f"不能切换到版本 {release.name}：{error.strerror}。仍在使用原来的版本。") from error

    def sweep(self) -> None:
        """Remove what a killed publisher left; the caller holds the lock."""
        for folder, prefixes in ((self.folder, (UNFINISHED, DISCARDED)), (self.root, (SWITCHING,))):
            if folder.is_dir():
                for path in sorted(folder.iterdir()):
                    if path.name.startswith(prefixes):
                        disk.remove_tree(path)

    def prune(self, keep: int = KEEP) -> tuple[str, ...]:
        """Remove all but the newest ``keep`` releases and the current one; return the names removed."""
        current = self.current()
        old = [r for r in self.releases()[: -max(keep, 1)] if current is None or r.name != current.name]
        for release in old:
            discarded = self.folder / f"{DISCARDED}{release.name}"
            self.path_of(release).rename(discarded)  # so that a half-deleted folder is never taken for a release
            disk.remove_tree(discarded)
        return tuple(release.name for release in old)


def _record(folder: Path) -> Release | None:
    with suppress(OSError, ValueError, TypeError):
        release = Release(**json.loads((folder / RECORD).read_bytes()))
        if release.name == folder.name:
            return release
    return None
