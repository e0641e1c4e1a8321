"""What becomes of addresses that pages had before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from plugins.assembly.site import Site
from plugins.content_types.item import read_item
from plugins.domain.content import State
from plugins.domain.problems import Problem
from plugins.navigation.addresses import url_of
from plugins.publishing.redirects import (
    OldAddresses,
    Redirect,
    gone_addresses,
    redirects_of_items,
    redirects_of_renames,
    settle,
)


def old_addresses(site: Site, renames: Path | None = None) -> tuple[OldAddresses, tuple[Problem, ...]]:
    """Return every redirect and every withdrawn address of ``site``, and what contradicts itself.

    ``renames`` is the repository whose history of names counts, too: for a publication, not for a build at a desk,
    which must give the same bytes in a copy without its history.
    """
    every = [(item, url_of(item)) for item in site.items]
    urls = {item.path: url for item, url in every}
    shown = (item for section in site.tree.walk() for item in (section.item, *section.items))
    public = [(item, urls.get(item.path) or url_of(item)) for item in shown]  # a site without a home page is given one
    live = [url for item, url in public if item.type != "link"]
    redirects = redirects_of_items(public, legacy_hosts=site.settings.legacy_hosts)
    if renames:
        redirects += _renamed(site, renames, {item.path: url for item, url in public})
    return settle(redirects, live=live, gone=gone_addresses(every))


def _renamed(site: Site, repository: Path, addresses: Mapping[str, str]) -> tuple[Redirect, ...]:
    from plugins.publishing.renames import renamed_addresses  # git, which a build at a desk does without

    content = site.settings.content.relative_to(repository).as_posix()
    former = renamed_addresses(repository, content, _former_address, cache=site.settings.cache / "renames.json")
    return redirects_of_renames(former, addresses)


def _former_address(path: str, text: str) -> str:
    """Return the address that a file had under another name; ``""`` where it was not public or was no item."""
    item, _ = read_item(path, text.encode())
    return url_of(item) if item is not None and item.state is State.PUBLISHED and item.type != "link" else ""
