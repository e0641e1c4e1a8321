"""Everything that is wrong with content, settings and registers; no page is made, Pelican is not needed."""

from __future__ import annotations

from plugins.assembly.configuration import Configured
from plugins.assembly.files import check_pictures
from plugins.assembly.old_addresses import old_addresses
from plugins.assembly.site import gather
from plugins.domain.problems import Problem, in_order


def check_site(configured: Configured) -> tuple[Problem, ...]:
    """Return all problems of the site, in order of file and line."""
    site = gather(configured, whole=True)
    _, faults = old_addresses(site)
    shown = {item.lead_image.path for item in site.items if item.lead_image}
    shown |= {reference.path for body in site.bodies.values() for reference in body.references if reference.is_image}
    there = sorted(shown & {file.path for file in site.loaded.files})
    return in_order((*site.problems, *faults, *check_pictures(there, site.settings)))
