"""Going back: an earlier release is served again, pages and search together."""

from __future__ import annotations

from plugins.publishing.faults import PublishingError, plain_faults
from plugins.publishing.lock import publish_lock
from plugins.publishing.progress import Report, Silent
from plugins.publishing.publish import Publication
from plugins.publishing.purge import purge_list
from plugins.publishing.store import Release, ReleaseStore
from plugins.publishing.targets.address import Place
from plugins.publishing.targets.delivery import Parcel


def rollback(place: Place, name: str = "", *, url: str = "", report: Report | None = None) -> Publication:
    """Make ``place`` serve an earlier release: the one called ``name`` (its beginning is enough), else the one before.

    ``url`` is the site's address, for the purge list. A release that is damaged on the disk raises PublishingError.
    """
    tell = report or Silent()
    store = ReleaseStore(root=place.store)
    with plain_faults(), publish_lock(store.lock, say=tell.say):
        release, served = _earlier(store, name), store.current()
        damage = store.damage(release)
        if damage:
            raise PublishingError(f"版本 {release.name} 已损坏，不能退回：" + "；".join(damage[:5]))
        manifest = store.manifest(release)
        before = store.whole_manifest(served) if served else None
        delivery = place.target.deliver(Parcel(store=store, release=release, manifest=manifest), tell.say)
        if store.current() != release:
            store.activate(release)
    return Publication(release=release, is_new=True, delivery=delivery, purge=purge_list(before, manifest, url))


def _earlier(store: ReleaseStore, name: str) -> Release:
    found, current = store.releases(), store.current()
    if name:
        named = [release for release in found if release.name.startswith(name)]
        if len(named) != 1:
            raise PublishingError(f"有 {len(named)} 个版本的名称以 {name} 开头，请用 inv releases 查看。")
        return named[0]
    before = [release for release in found if current is None or release.sequence < current.sequence]
    if not before:
        raise PublishingError("没有更早的版本可以退回。")
    return before[-1]
