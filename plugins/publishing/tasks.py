"""Invoke tasks: ``inv publish``, ``rollback``, ``releases``, ``verify``, ``nginx``. All that they say is for editors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import Task, task
from rich.console import Console
from rich.table import Table

from plugins.domain.dates import CHINA, chinese_minute
from plugins.publishing import history
from plugins.publishing import publish as publishing
from plugins.publishing import rollback as going_back
from plugins.publishing.configuration import PublishingSettings
from plugins.publishing.faults import PublishingError
from plugins.publishing.manifest import Manifest
from plugins.publishing.nginx import site_configuration
from plugins.publishing.progress import ConsoleReport
from plugins.publishing.store import Release, ReleaseStore
from plugins.publishing.verify import (
    Difference,
    published_manifest,
    read_from_folder,
    read_from_url,
    verify_folder,
    verify_url,
)

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What the tasks need of the site. ``steps`` is called once a publication; ``url`` is the public address.

    ``sources`` are the folders and files whose uncommitted changes forbid a publication.
    """

    root: Path
    cache: Path
    url: str
    settings: PublishingSettings
    steps: Callable[[], publishing.Steps]
    sources: tuple[str, ...] = (".",)


def publishing_tasks(wire: Callable[[], Wiring]) -> tuple[Task[Callable[..., None]], ...]:
    """Return the tasks ``publish``, ``rollback``, ``releases``, ``verify`` and ``nginx`` of a site.

    ``wire`` is called when a task runs, so that listing the tasks reads no settings.
    """

    @task(
        help={
            "target": "发布到哪里：文件夹、user@host:文件夹、rsync://、s3://桶/前缀、pages（默认见 publishconf.py）",
            "confirm": "确认页面比上一版本少一成以上",
            "uncommitted": "允许发布没有提交的改动",
        }
    )
    def publish(context: Context, target: str = "", confirm: bool = False, uncommitted: bool = False) -> None:
        """检查、构建并发布网站；出错时线上内容不变。"""
        with _said_plainly():
            wiring = wire()
            place = wiring.settings.place(target, cache=wiring.cache)
            request = _request(wiring, confirm=confirm, uncommitted=uncommitted)
            done = publishing.publish(wiring.steps(), place, request, ConsoleReport())
            _tell(done, place.target.title, ReleaseStore(root=place.store))

    @task(help={"to": "退回到哪个版本（名称的开头即可），默认为上一个", "target": "同 publish"})
    def rollback(context: Context, to: str = "", target: str = "") -> None:
        """退回到以前的版本，网页和搜索一起退回。"""
        with _said_plainly():
            wiring = wire()
            place = wiring.settings.place(target, cache=wiring.cache)
            done = going_back.rollback(place, to, url=wiring.url, report=ConsoleReport())
            _tell(done, place.target.title, ReleaseStore(root=place.store))

    @task(help={"target": "同 publish"})
    def releases(context: Context, target: str = "") -> None:
        """列出保留的版本。"""
        with _said_plainly():
            wiring = wire()
            store = ReleaseStore(root=wiring.settings.place(target, cache=wiring.cache).store)
            Console(width=max(Console().width, 100)).print(release_table(store.releases(), store.current()))

    @task(positional=["place"], help={"place": "网址，或者放着网页的文件夹", "target": "核对时用哪个目标的清单"})
    def verify(context: Context, place: str, target: str = "") -> None:
        """逐字节核对线上内容与清单：改动、缺少、多出的文件都列出来。"""
        with _said_plainly():
            wiring = wire()
            store = ReleaseStore(root=wiring.settings.place(target, cache=wiring.cache).store)
            differences, files = verify_place(place, store, wiring.settings)
            for difference in differences[:SHOWN]:
                print(difference)
            if differences:
                raise PublishingError(f"有 {len(differences)} 个文件与清单不一致。")
            print(f"{files} 个文件与清单一致。")

    @task(help={"folder": "服务器上存放各版本的文件夹", "write": "写到哪个文件，默认显示出来"})
    def nginx(context: Context, folder: str = "/srv/xiehui/site", write: str = "") -> None:
        """生成 nginx 配置。"""
        with _said_plainly():
            wiring = wire()
            text = site_configuration(wiring.settings.nginx(Path(folder)))
            if write:
                Path(write).write_text(text, "utf-8")
            else:
                print(text)

    return publish, rollback, releases, verify, nginx


def verify_place(place: str, store: ReleaseStore, settings: PublishingSettings) -> tuple[tuple[Difference, ...], int]:
    """Return how ``place`` (an address or a folder) differs from the manifest, and how many files that has.

    The manifest is that of the release the local store says is served; without one, the one that ``place`` itself
    offers, which is trusted as far as its signature goes.
    """
    current = store.current()
    manifest = store.manifest(current) if current else None
    if "://" in place:
        manifest = manifest or published_manifest(read_from_url(place), settings.signing)
        return verify_url(place, manifest, retired=_retired(store, manifest)), len(manifest.entries)
    folder = Path(place)
    folder = next((f for f in (folder / "current" / "www", folder / "www") if f.is_dir()), folder)
    own = manifest if current and folder.resolve() == (store.path_of(current) / "www").resolve() else None
    own = own or published_manifest(read_from_folder(folder), settings.signing)
    return verify_folder(folder, own), len(own.entries)


def release_table(found: tuple[Release, ...], current: Release | None) -> Table:
    """Return the releases as a table, the newest first."""
    table = Table(box=None, pad_edge=False)
    for title in ("版本", "发布时间", "页面", "文件", "大小", ""):
        table.add_column(title, no_wrap=True)
    for release in reversed(found):
        created = chinese_minute(datetime.fromisoformat(release.created).astimezone(CHINA))
        mark = "正在使用" if current and release.name == current.name else ""
        size = f"{release.size / 1e6:.1f} MB"
        table.add_row(release.name, created, str(release.pages), str(release.files), size, mark)
    return table


def _request(wiring: Wiring, *, confirm: bool, uncommitted: bool) -> publishing.Request:
    changed = history.uncommitted(wiring.root, *wiring.sources)
    if changed and not uncommitted:
        named = "、".join(changed[:5]) + (f" 等 {len(changed)} 个文件" if len(changed) > 5 else "")
        raise PublishingError(f"有没有提交的改动：{named}。请先提交，或加上 --uncommitted。")
    commit = history.head(wiring.root)
    if changed:
        commit = history.Commit(hash=f"{commit.hash}-modified", time=commit.time)
    return publishing.Request(
        commit=commit,
        moment=datetime.now(CHINA).replace(second=0, microsecond=0),
        cache=wiring.cache,
        url=wiring.url,
        signing=wiring.settings.signing,
        confirmed=confirm,
        keep=wiring.settings.keep,
    )


def _retired(store: ReleaseStore, manifest: Manifest) -> list[str]:
    paths: set[str] = set()
    for release in store.releases():
        if known := store.whole_manifest(release):
            paths |= known.by_path().keys()
    return sorted(paths - manifest.by_path().keys())


def _tell(done: publishing.Publication, title: str, store: ReleaseStore) -> None:
    for problem in done.warnings[:SHOWN]:
        print(f"提醒：{problem}")
    if not done.is_new:
        print(f"内容没有变化，{title}仍是 {done.release.name}。")
        return
    purge = store.root / "purge.txt"
    purge.write_text("".join(f"{address}\n" for address in done.purge), "utf-8")
    print(f"{title}现在是 {done.release.name}：{done.release.pages} 个页面，送出 {len(done.delivery.sent)} 个文件。")
    print(f"需要 CDN 刷新的 {len(done.purge)} 个地址列在 {purge}。")


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Turn what stops a publication into a message and an exit code, without a traceback."""
    try:
        yield
    except PublishingError as error:
        raise Exit(str(error), code=1) from error
