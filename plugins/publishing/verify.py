"""Prove that what is served is what was published: live bytes against the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from plugins.publishing.addresses import address_of
from plugins.publishing.faults import PublishingError
from plugins.publishing.manifest import PUBLIC_PATH, SIGNATURE_SUFFIX, Kind, Manifest, ManifestEntry
from plugins.publishing.signing import SigningSettings, is_signed
from plugins.publishing.tree import scan

MOVED = frozenset({301, 302, 307, 308})
ERROR_PAGES = {"404.html": 404, "410.html": 410}
DYNAMIC = frozenset({"search/index.html"})  # answered by the search service where there is one
TIMEOUT = 30.0
WORKERS = 8
SELF = frozenset({PUBLIC_PATH, PUBLIC_PATH + SIGNATURE_SUFFIX, PUBLIC_PATH + ".gz", PUBLIC_PATH + ".br"})


class Verdict(StrEnum):
    """How a file differs from the manifest."""

    CHANGED = "已改动"
    MISSING = "缺少"
    EXTRA = "多出"
    FAULTY = "取不到"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One file that is not as published."""

    path: str
    verdict: Verdict
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.verdict} {self.path}" + (f"（{self.detail}）" if self.detail else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: its status and bytes."""

    status: int
    content: bytes


Fetch = Callable[[str], Fetched]


def verify_folder(folder: Path, manifest: Manifest) -> tuple[Difference, ...]:
    """Return every file of ``folder`` (the public one) that differs from ``manifest``, by path."""
    expected, found = manifest.by_path(), {file.path: file for file in scan(folder)}
    extra = sorted(found.keys() - expected.keys() - SELF)
    differences = [Difference(path=path, verdict=Verdict.EXTRA) for path in extra]
    for path, entry in expected.items():
        if path not in found:
            differences.append(Difference(path=path, verdict=Verdict.MISSING))
        elif found[path].sha256 != entry.sha256:
            detail = f"应为 {entry.size} 字节，现为 {found[path].size} 字节"
            differences.append(Difference(path=path, verdict=Verdict.CHANGED, detail=detail))
    return tuple(sorted(differences, key=lambda difference: difference.path))


def verify_url(
    base: str,
    manifest: Manifest,
    *,
    retired: Iterable[str] = (),
    dynamic: frozenset[str] = DYNAMIC,
    fetch: Fetch | None = None,
) -> tuple[Difference, ...]:
    """Return every file below ``base`` that is not served as ``manifest`` says.

    ``retired`` are paths of earlier releases: one that is still served is extra. Redirect and gone pages may be
    answered by status or, on a host that knows no better, by their bytes. Compressed twins are not asked for.
    """
    ask = fetch or fetcher()
    asked = [entry for entry in manifest.entries if entry.kind not in (Kind.SIDECAR, Kind.CONTROL)]
    gone = sorted(set(retired) - manifest.by_path().keys() - SELF)
    with ThreadPoolExecutor(WORKERS) as pool:
        changed = pool.map(lambda entry: _compare(entry, ask(address_of(base, entry.path)), dynamic), asked)
        left = pool.map(lambda path: _left_over(path, ask(address_of(base, path))), gone)
        return tuple(difference for difference in (*changed, *left) if difference is not None)


def published_manifest(read: Callable[[str], bytes], signing: SigningSettings | None = None) -> Manifest:
    """Return the manifest that the site itself offers, ``read`` giving the bytes of a public path.

    With trusted keys configured a missing or wrong signature raises PublishingError.
    """
    content = read(PUBLIC_PATH)
    if signing and signing.allowed_signers:
        try:
            signature = read(PUBLIC_PATH + SIGNATURE_SUFFIX)
        except PublishingError as error:
            raise PublishingError("清单没有签名，不能信任。") from error
        if not is_signed(content, signature, signing):
            raise PublishingError("清单的签名不对：清单可能被改动过，或者签名的不是可信的密钥。")
    return Manifest.from_json(content)


def read_from_url(base: str, fetch: Fetch | None = None) -> Callable[[str], bytes]:
    """Return a function that gives the bytes of a public path below ``base``, or raises PublishingError."""
    ask = fetch or fetcher()

    def read(path: str) -> bytes:
        answer = ask(address_of(base, path))
        if answer.status != 200:
            raise PublishingError(f"{address_of(base, path)} 取不到（状态 {answer.status or '无应答'}）。")
        return answer.content

    return read


def read_from_folder(folder: Path) -> Callable[[str], bytes]:
    """Return a function that gives the bytes of a public path in ``folder``, or raises PublishingError."""

    def read(path: str) -> bytes:
        try:
            return (folder / path).read_bytes()
        except OSError as error:
            raise PublishingError(f"{folder / path} 读不出来：{error.strerror}。") from error

    return read


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *arguments: object, **keywords: object) -> None:
        """Follow nothing: a redirect is an answer of its own here."""
        return


def fetcher(timeout: float = TIMEOUT) -> Fetch:
    """Return a function that asks for an address, follows nothing, and gives status 0 where there is no answer."""
    opener = build_opener(_Stay)

    def fetch(address: str) -> Fetched:
        request = Request(address, headers={"Accept-Encoding": "identity", "Cache-Control": "no-cache"})
        try:
            with opener.open(request, timeout=timeout) as response:
                return Fetched(status=response.status, content=response.read())
        except HTTPError as error:
            with error:
                return Fetched(status=error.code, content=error.read())
        except (URLError, HTTPException, OSError):
            return Fetched(status=0, content=b"")

    return fetch


def _compare(entry: ManifestEntry, answer: Fetched, dynamic: frozenset[str]) -> Difference | None:
    if answer.status == 0 or answer.status >= 500:
        return Difference(path=entry.path, verdict=Verdict.FAULTY, detail=f"状态 {answer.status or '无应答'}")
    if entry.kind is Kind.REDIRECT and answer.status in MOVED:
        return None
    if entry.kind is Kind.GONE and answer.status == 410:
        return None
    if answer.status != 200 and answer.status != ERROR_PAGES.get(entry.path):
        return Difference(path=entry.path, verdict=Verdict.MISSING, detail=f"状态 {answer.status}")
    if entry.path in dynamic or hashlib.sha256(answer.content).hexdigest() == entry.sha256:
        return None
    detail = f"应为 {entry.size} 字节，现为 {len(answer.content)} 字节"
    return Difference(path=entry.path, verdict=Verdict.CHANGED, detail=detail)


def _left_over(path: str, answer: Fetched) -> Difference | None:
    return Difference(path=path, verdict=Verdict.EXTRA, detail="已撤下的文件仍可访问") if answer.status == 200 else None
