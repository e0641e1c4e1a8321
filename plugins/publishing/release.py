"""Make a release: built beside the others, checked to the byte, made durable, renamed into place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins.publishing import disk
from plugins.publishing.faults import PublishingError
from plugins.publishing.manifest import SIGNATURE_SUFFIX, Manifest, checksums
from plugins.publishing.signing import SigningSettings, sign
from plugins.publishing.store import CHECKSUMS, MANIFEST, PARTS, RECORD, UNFINISHED, Release, ReleaseStore, release_name
from plugins.publishing.tree import TreeFile, digest_of, in_order

Advance = Callable[[int], object]  # told how many files are done
_QUIET: Advance = lambda done: None  # noqa: E731


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseParts:
    """What goes into a release: public files, their manifest, search index, and what nginx reads."""

    www: Sequence[TreeFile]
    manifest: Manifest
    search_index: Sequence[TreeFile] = ()
    nginx: Sequence[TreeFile] = ()

    def files(self) -> tuple[TreeFile, ...]:
        """Return every file with its path inside the release."""
        return in_order(_under("www", self.www), _under("search-index", self.search_index), _under("nginx", self.nginx))


def create(
    store: ReleaseStore,
    parts: ReleaseParts,
    *,
    now: datetime,
    signing: SigningSettings | None = None,
    advance: Advance = _QUIET,
) -> Release:
    """Return a new whole release of ``parts``, not yet served; the caller holds ``store.lock``.

    Files that the newest release already has become second names of its files, so they cost no space.
    PublishingError where anything cannot be written or reads back differently; then nothing of it remains.
    """
    files = parts.files()
    created = store.next_moment(now)
    release = Release(
        name=release_name(created, parts.manifest.commit),
        sequence=max((r.sequence for r in store.releases()), default=0) + 1,
        commit=parts.manifest.commit,
        created=created.isoformat(),
        pages=parts.manifest.pages,
        files=len(files),
        size=sum(file.size for file in files),
    )
    folder = store.folder / f"{UNFINISHED}{release.name}"
    try:
        disk.make_folder(store.folder)
        copied = _fill(store, folder, files, int(created.timestamp()), advance)
        written = _describe(folder, release, parts.manifest, files, signing or SigningSettings())
        disk.seal(folder, (*copied, *written))
        folder.rename(store.path_of(release))
        disk.sync(store.folder)
    except OSError as error:
        _discard(folder)
        raise PublishingError(
            f"写入新版本时出错：{error.strerror}（{error.filename or folder}）。线上内容没有变化。"
        ) from error
    except PublishingError:
        _discard(folder)
        raise
    return release


def _fill(store: ReleaseStore, folder: Path, files: Sequence[TreeFile], modified: int, advance: Advance) -> list[Path]:
    """Put every file into ``folder``, linked where possible, and read each one back; return what is new on the disk."""
    known = _known_files(store)
    for parent in sorted({(folder / file.path).parent for file in files} | {folder / part for part in PARTS}):
        parent.mkdir(parents=True, exist_ok=True)
    copied: list[Path] = []
    for done, file in enumerate(files, start=1):
        place = folder / file.path
        earlier = known.get(file.sha256)
        if not (earlier and disk.link_file(earlier, place) and _is_whole(place, file)):
            place.unlink(missing_ok=True)
            disk.copy_file(file.origin, place, modified)
            copied.append(place)
            if not _is_whole(place, file):
                raise PublishingError(f"{file.path} 写入后与原文件不一致：磁盘有故障，或者构建还没有结束。")
        advance(done)
    return copied


def _known_files(store: ReleaseStore) -> dict[str, Path]:
    """Return digest → file of the newest releases; a damaged release offers nothing."""
    known: dict[str, Path] = {}
    for release in store.releases()[-2:]:
        try:
            known |= {digest: store.path_of(release) / path for path, digest in store.digests(release).items()}
        except PublishingError:
            continue
    return known


def _is_whole(place: Path, file: TreeFile) -> bool:
    return digest_of(place) == (file.sha256, file.size)


def _describe(
    folder: Path, release: Release, manifest: Manifest, files: Sequence[TreeFile], signing: SigningSettings
) -> list[Path]:
    """Write the three records, and the signature where a key is configured; return them."""
    sums = checksums((file.path, file.sha256) for file in files)
    signature = sign(sums, signing)
    records = {MANIFEST: manifest.to_json(), CHECKSUMS: sums, RECORD: release.to_json()}
    if signature is not None:
        records[CHECKSUMS + SIGNATURE_SUFFIX] = signature
    for name, content in records.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(disk.FILE_MODE)
    return [folder / name for name in records]


def _under(part: str, files: Sequence[TreeFile]) -> list[TreeFile]:
    return [TreeFile(path=f"{part}/{f.path}", origin=f.origin, sha256=f.sha256, size=f.size) for f in files]


def _discard(folder: Path) -> None:
    try:
        disk.remove_tree(folder)
    except OSError:
        return  # the next publisher sweeps it away
