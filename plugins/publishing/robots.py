"""``robots.txt``: where the site map is, and that result lists are not pages."""

from __future__ import annotations

from plugins.domain.settings import Settings
from plugins.publishing.outputs import OutputFile

CLOSED = ("/search/?", "/search.json", "/search/suggest", "/admin/")


def robots_file(settings: Settings) -> OutputFile:
    """Return ``robots.txt``; a preview is closed to everyone."""
    if settings.preview:
        return OutputFile.of_text("robots.txt", "User-agent: *\nDisallow: /\n")
    closed = "".join(f"Disallow: {path}\n" for path in CLOSED)
    site_map = f"\nSitemap: {settings.url}/sitemap.xml\n" if settings.url else ""
    return OutputFile.of_text("robots.txt", f"User-agent: *\n{closed}{site_map}")
