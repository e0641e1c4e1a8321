"""A host with an rsync daemon and no shell: files go in the order in which they refer to each other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from plugins.publishing.targets.delivery import Delivery, Parcel, Say, in_waves, wave
from plugins.publishing.targets.programs import run


@dataclass(frozen=True, slots=True, kw_only=True)
class RsyncTarget:
    """``address`` is ``rsync://host/module/path``; the public files lie there directly."""

    address: str

    @property
    def title(self) -> str:
        """What an editor is told the place is."""
        return self.address

    def deliver(self, parcel: Parcel, say: Say) -> Delivery:
        """Send what changed, one wave after another; delete what neither this nor the release before needs."""
        digests = parcel.public_digests()
        sent: list[str] = []
        for number, paths in groupby(in_waves(digests), key=wave):
            say(f"正在上传第 {number + 1} 批，共 5 批……")
            sent += self._send(parcel.www, list(paths))
        deleted = self._delete(parcel.www, digests.keys() | self._earlier(parcel))
        return Delivery(sent=tuple(sent), deleted=tuple(deleted))

    def _send(self, www: Path, paths: Sequence[str]) -> list[str]:
        with tempfile.NamedTemporaryFile() as listed:
            listed.write(b"".join(path.encode() + b"\0" for path in paths))
            listed.flush()
            options = ["-8rtz", "--delay-updates", "--out-format=%n", "--from0", f"--files-from={listed.name}"]
            printed = run(["rsync", *options, f"{www}/", f"{self.address.rstrip('/')}/"], task="上传")
        return [line for line in printed.splitlines() if line and not line.endswith("/")]

    def _delete(self, www: Path, kept: Iterable[str]) -> list[str]:
        """Delete at the host what is not ``kept``; nothing is sent by this pass."""
        with tempfile.NamedTemporaryFile() as rules:
            rules.write("".join(f"P /{_pattern(path)}\n" for path in sorted(kept)).encode())
            rules.flush()
            options = [
                "-8r",
                "--existing",
                "--ignore-existing",
                "--delete",
                "--out-format=%o %n",
                "-f",
                f"merge {rules.name}",
            ]
            printed = run(["rsync", *options, f"{www}/", f"{self.address.rstrip('/')}/"], task="清理旧文件")
        return [line.removeprefix("del. ") for line in printed.splitlines() if line.startswith("del. ")]

    def _earlier(self, parcel: Parcel) -> frozenset[str]:
        """Return the paths of the release before: a page that a visitor has open still finds its parts."""
        before = [r for r in parcel.store.releases() if r.sequence < parcel.release.sequence][-1:]
        known = [manifest for release in before if (manifest := parcel.store.whole_manifest(release))]
        return frozenset(entry.path for manifest in known for entry in manifest.entries)


def _pattern(path: str) -> str:
    return "".join(f"\\{character}" if character in "*?[]\\" else character for character in path)
