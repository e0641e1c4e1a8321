"""Delivery to real servers: rsync alone and through a shell, an S3 server process, a git remote."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection, socket
from typing import Any

import pytest

from plugins.publishing.faults import PublishingError
from plugins.publishing.manifest import PUBLIC_PATH, build_manifest
from plugins.publishing.release import ReleaseParts, create
from plugins.publishing.store import ReleaseStore
from plugins.publishing.targets.address import parse_target
from plugins.publishing.targets.delivery import Parcel, in_waves
from plugins.publishing.targets.pages import PagesTarget
from plugins.publishing.targets.rsync import RsyncTarget
from plugins.publishing.targets.s3 import S3Target
from plugins.publishing.targets.ssh import SshTarget
from plugins.publishing.tree import in_order, scan, tree_file

needs_rsync = pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
needs_s3 = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("boto3", "moto", "flask_cors")),
    reason="boto3 or moto is missing",
)
START = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
FILES = {
    "index.html": "首页",
    "news/1/index.html": "第一篇",
    "news/2/index.html": "第二篇",
    "通知 [1].html": "通知",
    "static/main.0a1b2c3d4e.css": "p{}",
    "search/manifest.json": '{"generation": 1}',
    "search/1f/part.bin": "bytes",
    "feed.xml": "<feed/>",
    "sitemap.xml": "<urlset/>",
}


@pytest.fixture
def parcel(tmp_path: Path) -> Callable[..., Parcel]:
    """Make a release of the given files (on top of the usual ones; None leaves one out), a minute after the last."""
    store = ReleaseStore(root=tmp_path / "store")
    made: list[Parcel] = []

    def make(**changes: str | None) -> Parcel:
        output = tmp_path / f"output-{len(made)}"
        files = FILES | {path.replace("__", "/").replace("_dot_", "."): text for path, text in changes.items()}
        for path, text in files.items():
            if text is not None:
                (output / path).parent.mkdir(parents=True, exist_ok=True)
                (output / path).write_text(text, "utf-8")
        www = scan(output)
        manifest = build_manifest(www, commit="c" * 40, committed="2026-11-23T12:00:00+08:00")
        written = tmp_path / "manifest.json"
        written.write_bytes(manifest.to_json())
        parts = ReleaseParts(www=in_order(www, [tree_file(PUBLIC_PATH, written)]), manifest=manifest)
        release = create(store, parts, now=START + timedelta(minutes=len(made)))
        made.append(Parcel(store=store, release=release, manifest=manifest))
        return made[-1]

    return make


def contents(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def quiet(message: str) -> None:
    return


def test_waves() -> None:
    digests = dict.fromkeys([*FILES, PUBLIC_PATH], "")
    order = in_waves(digests)
    assert order[0] == "static/main.0a1b2c3d4e.css"
    assert order[1] == "search/1f/part.bin"
    assert set(order[2:6]) == {"index.html", "news/1/index.html", "news/2/index.html", "通知 [1].html"}
    assert set(order[6:9]) == {"feed.xml", "sitemap.xml", "search/manifest.json"}
    assert order[9] == PUBLIC_PATH


# ssh: a shell of our own stands where ssh would; everything on its other side is real


@pytest.fixture
def ssh(tmp_path: Path) -> SshTarget:
    shell = tmp_path / "shell"
    shell.write_text('#!/bin/sh\nshift\nexec sh -c "$*"\n', "utf-8")
    shell.chmod(0o755)
    return SshTarget(host="server", base=str(tmp_path / "remote/my site"), ssh=(str(shell),), keep=2)


@needs_rsync
def test_ssh_releases(ssh: SshTarget, parcel: Callable[..., Parcel]) -> None:
    remote = Path(ssh.base)
    first, second = parcel(), parcel(news__1__index_dot_html="改过")
    assert len(ssh.deliver(first, quiet).sent) >= len(FILES)
    assert contents(remote / "current/www") == contents(first.www)
    sent = ssh.deliver(second, quiet).sent
    assert {path for path in sent if path.startswith("www/")} == {"www/news/1/index.html", f"www/{PUBLIC_PATH}"}
    assert contents(remote / "current/www") == contents(second.www)
    kept = remote / f"releases/{first.release.name}/www/index.html"
    assert kept.stat().st_ino == (remote / "current/www/index.html").stat().st_ino
    assert ssh.deliver(first, quiet).sent == ()  # a rollback sends nothing
    assert contents(remote / "current/www") == contents(first.www)
    third = parcel(news__1__index_dot_html="再改")
    ssh.deliver(third, quiet)
    assert sorted(p.name for p in (remote / "releases").iterdir()) == [second.release.name, third.release.name]


@needs_rsync
def test_ssh_takes_up_after_a_broken_delivery(ssh: SshTarget, parcel: Callable[..., Parcel]) -> None:
    remote = Path(ssh.base)
    first, second = parcel(), parcel(news__1__index_dot_html="改过")
    ssh.deliver(first, quiet)
    half = remote / f"releases/.new-{second.release.name}/www"
    half.mkdir(parents=True)
    (half / "index.html").write_text("cut", "utf-8")
    half.chmod(0o555)
    ssh.deliver(second, quiet)
    assert contents(remote / "current/www") == contents(second.www)


@needs_rsync
def test_ssh_accepts_no_damaged_release(ssh: SshTarget, parcel: Callable[..., Parcel]) -> None:
    first, second = parcel(), parcel(news__1__index_dot_html="改过")
    ssh.deliver(first, quiet)
    damaged = second.www / "news/1/index.html"
    damaged.chmod(0o644)
    damaged.write_text("坏", "utf-8")
    with pytest.raises(PublishingError, match="执行命令失败"):
        ssh.deliver(second, quiet)
    assert contents(Path(ssh.base) / "current/www") == contents(first.www)


@needs_rsync
def test_ssh_lock(ssh: SshTarget, parcel: Callable[..., Parcel]) -> None:
    with ssh._lock(), pytest.raises(PublishingError, match="另一个人正在"):
        ssh.deliver(parcel(), quiet)
    ssh.deliver(parcel(), quiet)


def test_a_host_that_is_not_there(tmp_path: Path, parcel: Callable[..., Parcel]) -> None:
    with pytest.raises(PublishingError, match="连不上"):
        SshTarget(host="nobody", base="x", ssh=("false",)).deliver(parcel(), quiet)


# rsync daemon


@pytest.fixture
def rsync(tmp_path: Path) -> Iterator[tuple[RsyncTarget, Path]]:
    folder, port = tmp_path / "module", free_port()
    folder.mkdir()
    (tmp_path / "rsyncd.conf").write_text(
        f"use chroot = no\n[site]\npath = {folder}\nread only = no\nuid = {os.getuid()}\ngid = {os.getgid()}\n", "utf-8"
    )
    command = [
        "rsync",
        "--daemon",
        "--no-detach",
        f"--port={port}",
        "--address=127.0.0.1",
        f"--config={tmp_path}/rsyncd.conf",
    ]
    process = subprocess.Popen(command)
    wait_for(port)
    yield RsyncTarget(address=f"rsync://127.0.0.1:{port}/site"), folder
    process.terminate()
    process.wait(10)


@needs_rsync
def test_rsync_daemon(rsync: tuple[RsyncTarget, Path], parcel: Callable[..., Parcel]) -> None:
    target, folder = rsync
    first = parcel()
    assert set(target.deliver(first, quiet).sent) == {*FILES, PUBLIC_PATH}
    assert contents(folder) == contents(first.www)
    second = parcel(news__1__index_dot_html="改过", news__2__index_dot_html=None)
    done = target.deliver(second, quiet)
    assert done.sent == ("news/1/index.html", PUBLIC_PATH)
    assert done.deleted == ()  # a page that is open somewhere still finds its parts
    third = parcel(news__1__index_dot_html="再改", news__2__index_dot_html=None)
    (folder / "planted.html").write_text("x", "utf-8")
    done = target.deliver(third, quiet)
    assert {"news/2/index.html", "planted.html"} <= set(done.deleted)
    assert contents(folder) == contents(third.www)


# S3


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


@pytest.fixture
def bucket(s3_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[S3Target, Any]:
    import boto3

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    client = boto3.client("s3", endpoint_url=s3_server, region_name="us-east-1")
    name = f"b{abs(hash(tmp_path)) % 10**9}"
    client.create_bucket(Bucket=name)
    return S3Target(bucket=name, prefix="public", endpoint=s3_server, region="us-east-1", grace=90), client


def objects(target: S3Target, client: Any) -> dict[str, bytes]:
    keys = [found["Key"] for found in client.list_objects_v2(Bucket=target.bucket).get("Contents", ())]
    found = {key: client.get_object(Bucket=target.bucket, Key=key)["Body"].read() for key in keys}
    return {key.removeprefix("public/"): body for key, body in found.items() if ".publishing" not in key}


@needs_s3
def test_s3(bucket: tuple[S3Target, Any], parcel: Callable[..., Parcel]) -> None:
    target, client = bucket
    first = parcel()
    assert list(target.deliver(first, quiet).sent) == in_waves(first.public_digests())
    assert objects(target, client) == contents(first.www)
    head = client.head_object(Bucket=target.bucket, Key="public/static/main.0a1b2c3d4e.css")
    assert head["ContentType"] == "text/css; charset=utf-8"
    assert "immutable" in head["CacheControl"]
    second = parcel(news__1__index_dot_html="改过", news__2__index_dot_html=None)
    done = target.deliver(second, quiet)
    assert done.sent == ("news/1/index.html", PUBLIC_PATH)
    assert done.size == len("改过".encode()) + len(second.manifest.to_json())
    assert done.deleted == ()
    assert "news/2/index.html" in objects(target, client)  # within its grace
    third, later = (
        parcel(news__1__index_dot_html="再改", news__2__index_dot_html=None),
        datetime.now(UTC) + timedelta(minutes=2),
    )
    target = replace(target, clock=lambda: later)
    assert target.deliver(third, quiet).deleted == ("news/2/index.html",)
    assert objects(target, client) == contents(third.www)
    assert target.deliver(third, quiet).sent == ()


@needs_s3
def test_s3_takes_up_after_a_broken_delivery(bucket: tuple[S3Target, Any], parcel: Callable[..., Parcel]) -> None:
    """A delivery dies with some objects replaced; going back to the old text afterwards must send it again."""
    target, client = bucket
    first, second = parcel(), parcel(news__1__index_dot_html="改过", news__2__index_dot_html="也改过")
    target.deliver(first, quiet)
    (second.www / "news/2/index.html").parent.chmod(0o755)
    (second.www / "news/2/index.html").rename(second.www / "away")
    with pytest.raises(PublishingError, match="读不出来"):
        target.deliver(second, quiet)
    assert objects(target, client)["news/1/index.html"] == "改过".encode()
    assert objects(target, client)[PUBLIC_PATH] == first.manifest.to_json()
    target.deliver(first, quiet)
    assert objects(target, client) == contents(first.www)


@needs_s3
def test_s3_says_what_is_wrong(s3_server: str, parcel: Callable[..., Parcel], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with pytest.raises(PublishingError, match="读不出"):
        S3Target(bucket="nothing-here", endpoint=s3_server, region="us-east-1").deliver(parcel(), quiet)


# a branch


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True).stdout


def test_pages_branch(tmp_path: Path, parcel: Callable[..., Parcel]) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    target = PagesTarget(remote=str(remote), work=tmp_path / "work.git", domain="www.example.org")
    first, second = parcel(), parcel(news__1__index_dot_html="改过", news__2__index_dot_html=None)
    assert {*FILES} <= set(target.deliver(first, quiet).sent)
    done = target.deliver(second, quiet)
    assert (set(done.sent), done.deleted) == ({"news/1/index.html", PUBLIC_PATH}, ("news/2/index.html",))
    assert target.deliver(second, quiet).sent == ()
    subprocess.run(["git", "clone", "-q", "-b", "gh-pages", str(remote), str(tmp_path / "clone")], check=True)
    shutil.rmtree(tmp_path / "clone/.git")
    extra = {"CNAME": b"www.example.org\n", ".nojekyll": b""}
    assert contents(tmp_path / "clone") == contents(second.www) | extra
    assert git(remote, "log", "--format=%cI", "gh-pages").splitlines()[0] == "2026-11-23T12:00:00+08:00"


def test_pages_branch_from_another_machine(tmp_path: Path, parcel: Callable[..., Parcel]) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    for number, text in enumerate(("甲", "乙", "丙")):
        target = PagesTarget(remote=str(remote), work=tmp_path / f"work-{number}.git")
        target.deliver(parcel(index_dot_html=text), quiet)
    assert len(git(remote, "log", "--format=%H", "gh-pages").splitlines()) == 3


# addresses


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("s3://bucket/a/b/", "对象存储 s3://bucket/a/b"),
        ("rsync://host/module", "rsync://host/module"),
        ("user@host:site", "服务器 user@host:site"),
        ("ssh://user@host:2222/srv/site", "服务器 user@host:/srv/site"),
        ("/srv/site", "本机 /srv/site"),
        ("./a:b", "本机 a:b"),
        ("pages", "git@host:a.git 的分支 gh-pages"),
    ],
)
def test_addresses(text: str, title: str, tmp_path: Path) -> None:
    assert parse_target(text, cache=tmp_path, options={"remote": "git@host:a.git"}).target.title == title


def test_an_unknown_address(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="不认识的发布目标"):
        parse_target("ftp://host/", cache=tmp_path)


def free_port() -> int:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(400):
        with suppress(OSError), closing(create_connection(("127.0.0.1", port), timeout=1)):
            return
        time.sleep(0.05)
    raise AssertionError("the server did not start")
