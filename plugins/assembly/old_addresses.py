"""What becomes of addresses that pages had before."""

from __future__ import annotations

from plugins.assembly.site import Site
from plugins.domain.problems import Problem
from plugins.navigation.addresses import url_of
from plugins.publishing.redirects import OldAddresses, gone_addresses, redirects_of_items, settle


def old_addresses(site: Site) -> tuple[OldAddresses, tuple[Problem, ...]]:
    """Return every redirect and every withdrawn address of ``site``, and what contradicts itself."""
    public = [(item, url_of(item)) for section in site.tree.walk() for item in (section.item, *section.items)]
    withdrawn = [(item, url_of(item)) for item in site.items]
    live = [url for item, url in public if item.type != "link"]
    redirects = redirects_of_items(public, legacy_hosts=frozenset())
    return settle(redirects, live=live, gone=gone_addresses(withdrawn))
