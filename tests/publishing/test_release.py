"""Releases on a disk: whole, cheap, read-only, switched at once, whatever happens meanwhile."""

from __future__ import annotations

import os
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plugins.publishing.faults import PublishingError
from plugins.publishing.manifest import build_manifest
from plugins.publishing.release import ReleaseParts, create
from plugins.publishing.signing import SigningSettings, is_signed
from plugins.publishing.store import Release, ReleaseStore
from plugins.publishing.tree import in_order, scan, tree_file

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    for number in range(200):
        place = folder / f"news/{number}/index.html"
        place.parent.mkdir(parents=True)
        place.write_text(f"<!doctype html>第 {number} 篇" + "示例" * 2000, "utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> ReleaseStore:
    return ReleaseStore(root=tmp_path / "site")


def release(store: ReleaseStore, output: Path, now: datetime = NOW, signing: SigningSettings | None = None) -> Release:
    files = scan(output)
    manifest = build_manifest(files, commit=COMMIT, committed=NOW.isoformat())
    return create(store, ReleaseParts(www=files, manifest=manifest), now=now, signing=signing)


def disk_use(folder: Path) -> int:
    """Return the bytes that ``folder`` takes, a file with several names counted once."""
    blocks = {(s.st_dev, s.st_ino): s.st_blocks for s in (path.lstat() for path in folder.rglob("*"))}
    return sum(blocks.values()) * 512


def test_a_release_is_whole_and_read_only(store: ReleaseStore, output: Path) -> None:
    made = release(store, output)
    folder = store.path_of(made)
    assert made.name == "20261123T040000Z-0123456789ab"
    assert store.damage(made) == ()
    assert (made.pages, made.files) == (200, 200)
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "MANIFEST.sha256"], cwd=folder, check=False)
    assert checked.returncode == 0
    assert not any(path.lstat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) for path in folder.rglob("*"))
    assert store.current() is None
    store.activate(made)
    assert store.current() == made
    assert (store.current_link / "www/news/7/index.html").read_bytes() == (output / "news/7/index.html").read_bytes()


def test_six_publications_cost_less_than_four_releases(store: ReleaseStore, output: Path) -> None:
    release(store, output)
    once = disk_use(store.root)
    for number in range(1, 6):
        (output / f"news/{number}/index.html").write_text(f"<!doctype html>改 {number}", "utf-8")
        store.activate(release(store, output, NOW + timedelta(minutes=number)))
    assert disk_use(store.root) < 2.5 * once  # the folders themselves are new each time
    assert all(store.damage(made) == () for made in store.releases())


def test_the_build_folder_never_shares_a_file_with_a_release(store: ReleaseStore, output: Path) -> None:
    made = release(store, output)
    page = output / "news/1/index.html"
    with page.open("r+b") as stream:  # as the incremental build writes: in place
        stream.write(b"XXXX")
    assert store.damage(made) == ()


def test_old_releases_go_and_the_current_one_stays(store: ReleaseStore, output: Path) -> None:
    made = [release(store, output, NOW + timedelta(minutes=number)) for number in range(7)]
    store.activate(made[0])
    assert store.prune(keep=5) == (made[1].name,)
    assert [r.name for r in store.releases()] == [made[0].name, *(r.name for r in made[2:])]


def test_a_clock_that_goes_back_changes_no_order(store: ReleaseStore, output: Path) -> None:
    ahead = release(store, output, NOW + timedelta(days=3650))
    after = release(store, output, NOW)
    assert [r.name for r in store.releases()] == [ahead.name, after.name]
    assert release(store, output, NOW).name != after.name


@pytest.mark.parametrize("damage", ["cut", "zeroed", "gone", "checksums cut", "record cut"])
def test_damage_is_seen_and_not_inherited(store: ReleaseStore, output: Path, damage: str) -> None:
    first = release(store, output)
    place = store.path_of(first) / {"checksums cut": "MANIFEST.sha256", "record cut": "RELEASE.json"}.get(
        damage, "www/news/3/index.html"
    )
    content = place.read_bytes()
    place.parent.chmod(0o755)
    place.unlink()
    if damage != "gone":
        place.write_bytes(b"\0" * len(content) if damage == "zeroed" else content[: len(content) // 2])
    if damage == "checksums cut":
        with pytest.raises(PublishingError, match="已损坏"):
            store.damage(first)
    elif damage == "record cut":
        assert store.releases() == ()
    else:
        assert store.damage(first)
    second = release(store, output, NOW + timedelta(minutes=1))
    assert store.damage(second) == ()
    store.activate(second)
    assert store.current() == second


def test_leftovers_are_swept(store: ReleaseStore, output: Path) -> None:
    made = release(store, output)
    for name in (".new-20200101T000000Z-x", ".old-20200101T000000Z-x"):
        (store.folder / name / "www").mkdir(parents=True)
        (store.folder / name / "www").chmod(0o555)
    (store.root / ".current-99").symlink_to("releases/nothing")
    store.sweep()
    assert [place.name for place in store.folder.iterdir()] == [made.name]
    assert not (store.root / ".current-99").is_symlink()


def test_signature(store: ReleaseStore, output: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    trusted = tmp_path / "trusted"
    trusted.write_text(f"publisher {key.with_suffix('.pub').read_text()}", "utf-8")
    made = release(store, output, signing=SigningSettings(key=key))
    sums = (store.path_of(made) / "MANIFEST.sha256").read_bytes()
    signature = (store.path_of(made) / "MANIFEST.sha256.sig").read_bytes()
    settings = SigningSettings(allowed_signers=trusted)
    assert is_signed(sums, signature, settings)
    assert not is_signed(sums + b"x", signature, settings)
    assert not is_signed(sums, signature, SigningSettings(allowed_signers=trusted, identity="someone"))


def test_nothing_writable() -> None:
    nowhere = ReleaseStore(root=Path("/proc/xiehui"))
    with pytest.raises(PublishingError, match="线上内容没有变化"):
        create(nowhere, ReleaseParts(www=(), manifest=build_manifest((), commit=COMMIT, committed="")), now=NOW)


def test_links_and_pipes_are_refused(output: Path) -> None:
    (output / "secret").symlink_to("/etc/passwd")
    with pytest.raises(PublishingError, match="不是普通文件"):
        scan(output)
    (output / "secret").unlink()
    os.mkfifo(output / "pipe.html")
    with pytest.raises(PublishingError, match="不是普通文件"):
        scan(output)


def test_two_owners_of_one_path(output: Path) -> None:
    files = scan(output)
    other = tree_file(files[0].path, files[1].origin)
    with pytest.raises(PublishingError, match=r"同一个地址 news/0/index\.html"):
        in_order(files, [other])


def test_a_missing_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="请先构建网站"):
        scan(tmp_path / "nothing")
