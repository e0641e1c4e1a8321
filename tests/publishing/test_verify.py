"""Live bytes against the manifest, in a folder and over HTTP."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.publishing.faults import PublishingError
from plugins.publishing.headers import HeaderSettings
from plugins.publishing.manifest import PUBLIC_PATH, SIGNATURE_SUFFIX, Kind, Manifest, build_manifest
from plugins.publishing.nginx import NginxSettings
from plugins.publishing.signing import SigningSettings, sign
from plugins.publishing.tree import scan
from plugins.publishing.verify import (
    published_manifest,
    read_from_folder,
    read_from_url,
    verify_folder,
    verify_url,
)

PAGES = {
    "index.html": "首页",
    "news/1/index.html": "第一篇",
    "通知.html": "通知",
    "old/index.html": "转到",
    "lost/index.html": "撤下",
    "404.html": "找不到",
    "410.html": "撤下",
    "search/index.html": "搜索",
    "_headers": "/*",
}
KINDS = {"old/index.html": Kind.REDIRECT, "lost/index.html": Kind.GONE}


@pytest.fixture
def site(lay_out: Callable[..., Path]) -> Path:
    folder = lay_out(PAGES, HeaderSettings(), (("/old/", "/news/1/"),), ("/lost/",))
    manifest = build_manifest(scan(folder / "current/www"), commit="c" * 40, committed="", kinds=KINDS)
    (folder / "current/www/.well-known").mkdir()
    (folder / "current/www" / PUBLIC_PATH).write_bytes(manifest.to_json())
    return folder


def damage(www: Path) -> None:
    (www / "news/1/index.html").write_text("changed", "utf-8")
    (www / "通知.html").unlink()
    (www / "planted.html").write_text("x", "utf-8")


def test_manifest_reads_what_it_writes(site: Path) -> None:
    manifest = published_manifest(read_from_folder(site / "current/www"))
    assert Manifest.from_json(manifest.to_json()) == manifest
    assert manifest.pages == 6
    for length in range(0, len(manifest.to_json()) - 2, 37):
        with pytest.raises(PublishingError, match="已损坏"):
            Manifest.from_json(manifest.to_json()[:length])


def test_folder(site: Path) -> None:
    www = site / "current/www"
    manifest = published_manifest(read_from_folder(www))
    assert verify_folder(www, manifest) == ()
    damage(www)
    assert {str(d).partition("（")[0] for d in verify_folder(www, manifest)} == {
        "已改动 news/1/index.html", "缺少 通知.html", "多出 planted.html",
    }  # fmt: skip


def test_live(site: Path, nginx: Any) -> None:
    base = f"http://127.0.0.1:{nginx(NginxSettings(server_name='example.org', site=str(site), service='')).port}"
    manifest = published_manifest(read_from_url(base))
    assert verify_url(base, manifest, retired=["gone.html"]) == ()
    damage(site / "current/www")
    assert {str(d).partition("（")[0] for d in verify_url(base, manifest, retired=["planted.html"])} == {
        "已改动 news/1/index.html", "缺少 通知.html", "多出 planted.html",
    }  # fmt: skip


def test_no_answer(site: Path) -> None:
    manifest = published_manifest(read_from_folder(site / "current/www"))
    assert {d.verdict.value for d in verify_url("http://127.0.0.1:1", manifest)} == {"取不到"}
    with pytest.raises(PublishingError, match="取不到"):
        published_manifest(read_from_url("http://127.0.0.1:1"))


def test_signed(site: Path, tmp_path: Path) -> None:
    www, key, trusted = site / "current/www", tmp_path / "key", tmp_path / "trusted"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    trusted.write_text(f"publisher {key.with_suffix('.pub').read_text()}", "utf-8")
    settings = SigningSettings(key=key, allowed_signers=trusted)
    with pytest.raises(PublishingError, match="没有签名"):
        published_manifest(read_from_folder(www), settings)
    signature = sign((www / PUBLIC_PATH).read_bytes(), settings)
    assert signature is not None
    (www / (PUBLIC_PATH + SIGNATURE_SUFFIX)).write_bytes(signature)
    assert published_manifest(read_from_folder(www), settings).commit == "c" * 40
    (www / PUBLIC_PATH).write_bytes((www / PUBLIC_PATH).read_bytes().replace(b"ccc", b"ddd"))
    with pytest.raises(PublishingError, match="签名不对"):
        published_manifest(read_from_folder(www), settings)
