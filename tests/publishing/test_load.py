"""Twelve releases under load, through a real nginx: no request fails, no page is cut, none mixes two releases."""

from __future__ import annotations

import http.client
import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from plugins.publishing.headers import HeaderSettings
from plugins.publishing.manifest import build_manifest
from plugins.publishing.nginx import NginxSettings, release_files
from plugins.publishing.release import ReleaseParts, create
from plugins.publishing.store import ReleaseStore
from plugins.publishing.tree import scan

RELEASES, READERS, PAGES = 12, 3, 12
WHOLE = re.compile(rb"<!doctype html>release (\d+) (?:x{20000}) end \1")


def release(store: ReleaseStore, work: Path, number: int) -> None:
    for page in range(PAGES):
        place = work / f"output/{page}/index.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"<!doctype html>release {number} {'x' * 20000} end {number}")
    for file in release_files(HeaderSettings()):
        (work / "nginx").mkdir(exist_ok=True)
        (work / "nginx" / file.path).write_bytes(file.content)
    www = scan(work / "output")
    parts = ReleaseParts(
        www=www, manifest=build_manifest(www, commit=f"{number:040}", committed=""), nginx=scan(work / "nginx")
    )
    store.activate(create(store, parts, now=datetime.now(UTC)))
    store.prune(3)


class Reader(threading.Thread):
    """Asks for pages over one connection until told to stop; keeps what was wrong."""

    def __init__(self, port: int, stop: threading.Event) -> None:
        super().__init__()
        self.port, self.stop, self.count = port, stop, 0
        self.faults: list[str] = []
        self.versions: list[int] = []

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        while not self.stop.is_set():
            connection.request("GET", f"/{self.count % PAGES}/")
            response = connection.getresponse()
            match = WHOLE.fullmatch(response.read())
            self.count += 1
            if response.status != 200 or match is None:
                self.faults.append(f"{self.count}: {response.status}")
            else:
                self.versions.append(int(match[1]))
        connection.close()


def test_twelve_releases_under_load(tmp_path: Path, nginx: Any) -> None:
    store = ReleaseStore(root=tmp_path / "site")
    release(store, tmp_path, 0)
    site = nginx(NginxSettings(server_name="example.org", site=str(store.root), service=""))
    stop = threading.Event()
    readers = [Reader(site.port, stop) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for number in range(1, RELEASES + 1):
        release(store, tmp_path, number)
    stop.set()
    for reader in readers:
        reader.join()
    assert [reader.faults for reader in readers] == [[]] * READERS
    assert sum(reader.count for reader in readers) > 200
    for reader in readers:
        assert reader.versions == sorted(reader.versions)  # never back to an older one
        assert len(set(reader.versions)) > RELEASES // 2
