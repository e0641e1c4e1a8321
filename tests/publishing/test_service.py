"""The real search service behind the real nginx: pages and index of one release, the table on every answer."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from socket import create_connection, socket
from typing import Any
from urllib.parse import quote

import pytest

from plugins.publishing.headers import HeaderSettings, security_headers
from plugins.publishing.manifest import build_manifest
from plugins.publishing.nginx import NginxSettings, release_files
from plugins.publishing.release import ReleaseParts, create
from plugins.publishing.store import ReleaseStore
from plugins.publishing.tree import scan
from plugins.search.document import SearchDocument
from plugins.search.index import build_index

ROOT = Path(__file__).resolve().parents[2]
ANYTHING = quote("家庭健康")


def release(store: ReleaseStore, work: Path, word: str) -> None:
    """Publish two pages that say ``word``, and the index over them."""
    www = work / "output"
    for path in ("index.html", "news/1/index.html", "search/index.html", "404.html"):
        (www / path).parent.mkdir(parents=True, exist_ok=True)
        (www / path).write_text(f"<!doctype html><title>{path}</title><p>{word}</p></html>", "utf-8")
    build_index(
        [SearchDocument(id="1", url="/news/1/", title=f"家庭健康{word}", body=f"{word}示例内容。" * 20)],
        work / "index",
        full=True,
    )
    for file in release_files(HeaderSettings()):
        (work / "nginx").mkdir(exist_ok=True)
        (work / "nginx" / file.path).write_bytes(file.content)
    parts = ReleaseParts(
        www=scan(www),
        manifest=build_manifest(scan(www), commit="c" * 40, committed=""),
        search_index=scan(work / "index"),
        nginx=scan(work / "nginx"),
    )
    store.activate(create(store, parts, now=datetime.now(UTC)))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[ReleaseStore, int, subprocess.Popen[bytes]]]:
    store = ReleaseStore(root=tmp_path / "site")
    release(store, tmp_path, "旧版")
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "plugins.search", "serve", "--workers", "1", "--bind", f"127.0.0.1:{port}"]
    index = str(store.current_link / "search-index")
    log = (tmp_path / "service.log").open("wb")
    process = subprocess.Popen([*command, "--index", index], cwd=ROOT, stdout=log, stderr=log)
    for _ in range(400):
        with suppress(OSError), closing(create_connection(("127.0.0.1", port), timeout=1)):
            break
        assert process.poll() is None, (tmp_path / "service.log").read_text()
        time.sleep(0.05)
    yield store, port, process
    process.terminate()
    process.wait(20)
    log.close()


def test_one_release_answers_pages_and_searches(service: Any, nginx: Any, tmp_path: Path) -> None:
    store, port, process = service
    site = nginx(
        NginxSettings(server_name="example.org", site=str(store.root), service=f"127.0.0.1:{port}", micro_cache=1)
    )
    answers = [
        (f"/search/?q={ANYTHING}", 200),
        (f"/search.json?q={ANYTHING}", 200),
        (f"/search/suggest?q={ANYTHING}", 200),
        ("/search/", 200),
        ("/search.json?q=" + quote("字" * 200), 400),
        ("/search.json?q=%FF", 400),
        ("/search.json?q=a&q=b", 400),
        ("/search.json?q=" + "a" * 3000, 414),
        ("/health", 404),
        ("/nothing/", 404),
    ]
    for path, status in answers:
        answer = site.get(path)
        assert answer.status == status, (path, answer.body[:200])
        for name, value in security_headers(HeaderSettings()):
            assert answer.headers.get(name.lower()) == value, (path, name)
    assert "旧版" in json.loads(site.get(f"/search.json?q={ANYTHING}").body)["hits"][0]["title"]

    release(store, tmp_path, "新版")
    assert "新版" in site.get("/news/1/").body.decode()
    for _ in range(100):
        title = json.loads(site.get(f"/search.json?q={ANYTHING}").body)["hits"][0]["title"]
        if "新版" in title:
            break
        time.sleep(0.1)
    assert "新版" in title

    process.terminate()
    process.wait(20)
    down = site.get("/search/?q=" + quote("没有问过"))
    assert down.status == 200
    assert "search/index.html" in down.body.decode()
    assert site.get("/search.json?q=" + quote("没有问过")).status == 503
