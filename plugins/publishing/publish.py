"""A publication from end to end: lock, check, build, audit, release, switch. Every step is passed in or lives next door."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from plugins.domain.problems import Problem, is_blocked
from plugins.publishing import release as releases
from plugins.publishing import security_txt
from plugins.publishing.audit import AuditSettings, audit, audit_page_count
from plugins.publishing.audit_html import PageRules
from plugins.publishing.faults import PublishingError, plain_faults
from plugins.publishing.headers import HeaderSettings
from plugins.publishing.history import Commit
from plugins.publishing.links import check_links
from plugins.publishing.lock import publish_lock
from plugins.publishing.manifest import PUBLIC_PATH, SIGNATURE_SUFFIX, Manifest, Origin, build_manifest
from plugins.publishing.nginx import release_files
from plugins.publishing.outputs import OutputFile
from plugins.publishing.precompress import precompress
from plugins.publishing.progress import Report, Silent
from plugins.publishing.purge import purge_list
from plugins.publishing.redirect_files import kinds_of, nginx_redirects
from plugins.publishing.redirects import OldAddresses
from plugins.publishing.signing import SigningSettings, sign
from plugins.publishing.store import KEEP, Release, ReleaseStore
from plugins.publishing.targets.address import Place
from plugins.publishing.targets.delivery import Delivery, Parcel
from plugins.publishing.targets.local import LocalTarget
from plugins.publishing.tree import TreeFile, in_order, scan, tree_file
from plugins.publishing.verify import fetcher, published_manifest, read_from_url


class GateClosedError(PublishingError):
    """What was found before the switch stops the publication; ``problems`` are all of it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"发现 {len(self.problems)} 个问题，没有发布：\n{lines}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made: the public folder, the folder of the search index, and what is known of them.

    ``origins`` are by output path. ``headers`` name the inline code of the theme: the audit lets no other pass.
    ``private_digests``: SHA-256 of every file of ``content/`` that is public nowhere. ``aside`` are the builder's own
    notes in the public folder, which stay there.
    """

    www: Path
    search_index: Path | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)
    old: OldAddresses = field(default_factory=OldAddresses)
    headers: HeaderSettings = field(default_factory=HeaderSettings)
    private_digests: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset({".xiehui"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What the site brings: ``check`` finds problems in the content, ``build`` makes pages and search files.

    Both see ``SOURCE_DATE_EPOCH`` (the commit's time) and ``XIEHUI_NOW`` (the moment that is built for) in the environment.
    """

    check: Callable[[], Iterable[Problem]]
    build: Callable[[], Built]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One wish to publish. ``moment``: what is dated later is held back. ``confirmed``: fewer pages are meant.

    ``url`` is the site's address; ``markers`` are words that only previews hold; ``wait`` is how long, in seconds,
    another publisher is waited for.
    """

    commit: Commit
    moment: datetime
    cache: Path
    url: str = ""
    markers: tuple[str, ...] = ("尚未发布",)
    signing: SigningSettings = field(default_factory=SigningSettings)
    confirmed: bool = False
    keep: int = KEEP
    wait: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What came of it. ``release`` is what is served now; ``is_new`` is false where nothing had changed."""

    release: Release
    is_new: bool
    delivery: Delivery = field(default_factory=Delivery)
    purge: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


def publish(steps: Steps, place: Place, request: Request, report: Report | None = None) -> Publication:
    """Make ``place`` serve what ``steps`` build, whole, or raise PublishingError and leave it as it was.

    GateClosedError carries every problem that was found.
    """
    tell = report or Silent()
    store = ReleaseStore(root=place.store)
    with plain_faults(), publish_lock(store.lock, wait=request.wait, say=tell.say), _moment(request):
        store.sweep()
        tell.say("检查内容……")
        warnings = _gate(steps.check())
        tell.say("构建网站……")
        built = steps.build()
        served = store.current()
        before = store.whole_manifest(served) if served else _live(place, request)
        least = served.pages if served else before.pages if before else None
        with tempfile.TemporaryDirectory(prefix="xiehui-") as work:
            parts = _prepare(built, request, least, Path(work), tell, warnings)
            if served and _is_same(store, served, parts):
                return Publication(release=served, is_new=False, warnings=tuple(warnings))
            with tell.bar("写入新版本", len(parts.files())) as advance:
                release = releases.create(
                    store, parts, now=datetime.now(request.moment.tzinfo), signing=request.signing, advance=advance
                )
        delivery = place.target.deliver(Parcel(store=store, release=release, manifest=parts.manifest), tell.say)
        if store.current() != release:  # a remote place: the local store notes what it serves
            store.activate(release)
        _prune(store, request.keep, tell)
    purge = purge_list(before, parts.manifest, request.url)
    return Publication(release=release, is_new=True, delivery=delivery, purge=purge, warnings=tuple(warnings))


def _live(place: Place, request: Request) -> Manifest | None:
    """Return what a remote place serves where its local store is lost: the gate still wants a page count to compare."""
    if isinstance(place.target, LocalTarget) or not request.url:
        return None
    with suppress(PublishingError):
        return published_manifest(read_from_url(request.url, fetcher(timeout=10)), request.signing)
    return None


def _prepare(
    built: Built, request: Request, least: int | None, work: Path, tell: Report, warnings: list[Problem]
) -> releases.ReleaseParts:
    """Return what the release will hold, after the gate has let it through."""
    tell.say("审核输出……")
    www = [file for file in scan(built.www) if file.path not in built.aside]
    kinds = kinds_of(built.old)
    pages = build_manifest(www, commit="", committed="", kinds=kinds).pages
    count = audit_page_count(pages, least, confirmed=request.confirmed)
    found = audit(www, _audit_settings(built, request))
    warnings += _gate([*found, *check_links(built.www), *count, *_security(built.www, request)])
    tell.say("压缩文本……")
    public = in_order(www, precompress(www, request.cache / "precompressed"))
    manifest = build_manifest(
        public,
        commit=request.commit.hash,
        committed=request.commit.time.isoformat(),
        moment=request.moment.isoformat(),
        origins=built.origins,
        kinds=kinds,
    )
    return releases.ReleaseParts(
        www=in_order(public, _on_disk(_manifest_files(manifest, request.signing), work)),
        manifest=manifest,
        search_index=scan(built.search_index) if built.search_index else (),
        nginx=_on_disk(release_files(built.headers, nginx_redirects(built.old), built.old.gone), work),
    )


def _security(www: Path, request: Request) -> tuple[Problem, ...]:
    file = www / security_txt.PATH
    return security_txt.check_security_file(file.read_text("utf-8"), request.moment) if file.is_file() else ()


def _audit_settings(built: Built, request: Request) -> AuditSettings:
    host = urlsplit(request.url).hostname
    page = PageRules(
        hosts=frozenset({host} if host else ()),
        inline=frozenset({*built.headers.scripts, *built.headers.styles}),
        markers=request.markers,
    )
    return AuditSettings(
        page=page, private_digests=built.private_digests, remember=request.cache / "publishing" / "audited"
    )


def _manifest_files(manifest: Manifest, signing: SigningSettings) -> list[OutputFile]:
    """Return the manifest, and its signature where a key is configured, as public files."""
    files = [OutputFile(path=PUBLIC_PATH, content=manifest.to_json())]
    if signature := sign(files[0].content, signing):
        files.append(OutputFile(path=PUBLIC_PATH + SIGNATURE_SUFFIX, content=signature))
    return files


def _on_disk(files: Iterable[OutputFile], work: Path) -> list[TreeFile]:
    """Write ``files`` into ``work``, for a release to be made from."""
    found = []
    for file in files:
        place = work / Path(file.path).name
        place.write_bytes(file.content)
        found.append(tree_file(file.path, place))
    return found


def _is_same(store: ReleaseStore, served: Release, parts: releases.ReleaseParts) -> bool:
    """Whether the served release holds the same files already, and is whole."""
    aside = {f"www/{PUBLIC_PATH}", f"www/{PUBLIC_PATH}{SIGNATURE_SUFFIX}"}
    wanted = {file.path: file.sha256 for file in parts.files() if file.path not in aside}
    try:
        known = {path: digest for path, digest in store.digests(served).items() if path not in aside}
        return wanted == known and not store.damage(served)
    except PublishingError:
        return False


def _prune(store: ReleaseStore, keep: int, tell: Report) -> None:
    try:
        store.prune(keep)
    except OSError as error:  # the release is served: its success must not hang on what is old
        tell.say(f"旧版本没有删掉：{error.strerror}。")


def _gate(problems: Iterable[Problem]) -> list[Problem]:
    """Return the ``problems`` that only warn; any that blocks raises with all of them."""
    found = list(problems)
    if is_blocked(found):
        raise GateClosedError(found)
    return found


@contextmanager
def _moment(request: Request) -> Iterator[None]:
    """Let the steps see the commit's time and the moment, and nothing of it remain."""
    wanted = {"SOURCE_DATE_EPOCH": request.commit.epoch, "XIEHUI_NOW": request.moment.isoformat()}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
