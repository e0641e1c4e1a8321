"""Killed, out of space, two at once: what is served stays one whole release, and the next publisher just works."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.publishing.faults import PublisherBusyError
from plugins.publishing.lock import publish_lock
from plugins.publishing.store import ReleaseStore

ROOT = Path(__file__).resolve().parents[2]
PUBLISHER = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from plugins.publishing.faults import PublishingError
from plugins.publishing.lock import publish_lock
from plugins.publishing.manifest import build_manifest
from plugins.publishing.release import ReleaseParts, create
from plugins.publishing.store import ReleaseStore
from plugins.publishing.tree import scan

output, root, version, limit = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
store = ReleaseStore(root=root)
for page in output.rglob("index.html"):
    page.write_text(f"<!doctype html>{version} {page.parent.name} " + version * 4000)
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print("ready", flush=True)
try:
    with publish_lock(store.lock, wait=60):
        store.sweep()
        files = scan(output)
        parts = ReleaseParts(www=files, manifest=build_manifest(files, commit=version * 20, committed=""))
        store.activate(create(store, parts, now=datetime.now(UTC)))
        store.prune(3)
except PublishingError as error:
    sys.exit(str(error))
"""


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start a publisher of version ``version`` (two letters) with an output folder of its own."""

    def start(version: str, *, limit: int = 0) -> subprocess.Popen[str]:
        output = tmp_path / f"output-{version}"
        for number in range(60):
            (output / str(number)).mkdir(parents=True, exist_ok=True)
            (output / str(number) / "index.html").touch()
        command = [sys.executable, "-c", PUBLISHER, str(output), str(tmp_path / "site"), version, str(limit)]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


def served_version(store: ReleaseStore) -> str:
    """Return the one version that every served page shows; fails on a mixture or a cut page."""
    current = store.current()
    assert current is not None
    assert store.damage(current) == ()
    pages = [page.read_text() for page in (store.current_link / "www").rglob("index.html")]
    assert len(pages) == 60
    (version,) = {page.split()[1].removeprefix("html>") for page in pages}
    assert all(page.endswith(version * 4000) for page in pages)
    return version


def test_kill_at_random_points(run: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    store = ReleaseStore(root=tmp_path / "site")
    assert run("aa").wait(30) == 0
    dice = random.Random(7)
    killed, halfway = 0, 0
    for number in range(20):
        version = f"b{chr(ord('a') + number)}"
        process = run(version)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.uniform(0, 0.06))
        process.send_signal(signal.SIGKILL)
        killed += process.wait(30) == -signal.SIGKILL
        halfway += any(path.name.startswith(".new-") for path in store.folder.iterdir())
        served_version(store)
    assert killed >= 10  # else the delays are too long for what is tested
    assert halfway >= 3
    assert run("zz").wait(30) == 0
    assert served_version(store) == "zz"
    left = [path.name for path in store.folder.iterdir() if path.name.startswith(".")]
    assert left == []


@pytest.mark.parametrize("limit", [1, 100, 3000, 8000, 9000])
def test_failing_writes(run: Callable[..., subprocess.Popen[str]], tmp_path: Path, limit: int) -> None:
    store = ReleaseStore(root=tmp_path / "site")
    assert run("aa").wait(30) == 0
    process = run("bb", limit=limit)
    _, said = process.communicate(timeout=30)
    if process.returncode:
        assert "线上内容没有变化" in said
        assert "Traceback" not in said
        assert served_version(store) == "aa"
    else:
        assert limit >= 9000
        assert served_version(store) == "bb"
    assert run("cc").wait(30) == 0
    assert served_version(store) == "cc"


def test_two_publishers_take_turns(run: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    publishers = [run(version) for version in ("aa", "bb", "cc")]
    assert [process.wait(60) for process in publishers] == [0, 0, 0]
    store = ReleaseStore(root=tmp_path / "site")
    assert len(store.releases()) == 3
    assert served_version(store) in ("aa", "bb", "cc")


def test_the_second_publisher_learns_who_holds_the_lock(tmp_path: Path) -> None:
    lock, said = tmp_path / "site/publish.lock", []
    with (
        publish_lock(lock),
        pytest.raises(PublisherBusyError, match=r"进程 \d+.*正在发布"),
        publish_lock(lock, wait=0.3, say=said.append),
    ):
        raise AssertionError("the lock was held twice")
    assert len(said) == 1
    assert "等待" in said[0]
    with publish_lock(lock, wait=0):
        pass


def test_readers_never_see_a_mixture(run: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    """A reader that resolves ``current`` once reads one version, while releases come and old ones go."""
    assert run("aa").wait(30) == 0
    store, stop, faults = ReleaseStore(root=tmp_path / "site"), threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            folder = store.current_link.resolve()
            texts = [(folder / "www" / str(number) / "index.html").read_text() for number in (0, 30, 59)]
            if len({text.split()[1] for text in texts}) != 1:
                faults.append(texts)

    reader = threading.Thread(target=read)
    reader.start()
    for version in ("bb", "cc", "dd"):
        assert run(version).wait(30) == 0
    stop.set()
    reader.join()
    assert faults == []


def test_time_of_a_release_is_its_own(tmp_path: Path) -> None:
    store = ReleaseStore(root=tmp_path)
    (tmp_path / "releases").mkdir()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert store.next_moment(now) == now


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Put a disk of so many kilobytes under ``site``; called again, give it another size."""
    place = tmp_path / "site"
    place.mkdir()

    def size(kilobytes: int) -> Path:
        option = "remount," if place.is_mount() else ""
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"{option}size={kilobytes}k", "tmpfs", str(place)],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip("no disk can be mounted here")
        return place

    yield size
    if place.is_mount():
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("kilobytes", [512, 540, 600, 740, 900, 980])
def test_a_full_disk(
    run: Callable[..., subprocess.Popen[str]], small_disk: Callable[[int], Path], kilobytes: int
) -> None:
    """Room for one release and a part of the next."""
    store = ReleaseStore(root=small_disk(8000))
    assert run("aa").wait(30) == 0
    small_disk(kilobytes)
    process = run("bb")
    _, said = process.communicate(timeout=30)
    assert process.returncode
    assert "线上内容没有变化" in said
    assert "Traceback" not in said
    assert served_version(store) == "aa"
    assert [path.name for path in store.folder.iterdir() if path.name.startswith(".")] == []
    small_disk(8000)
    assert run("cc").wait(30) == 0
    assert served_version(store) == "cc"
