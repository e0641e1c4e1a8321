"""``sitemap.xml``: every page that may be found, split and packed where there are very many."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugins.domain.dates import CHINA
from plugins.publishing.addresses import address_of
from plugins.publishing.outputs import OutputFile
from plugins.publishing.xml import escape

MOST = 50_000  # entries of one file, by the protocol
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """One page: its whole address (percent-encoded), and when its own content last changed."""

    address: str
    modified: datetime | None = None


class Indexed(Protocol):
    """A page, or what is known of it, as far as a site map asks."""

    @property
    def url(self) -> str:
        """From the host's root."""
        ...

    @property
    def modified(self) -> datetime | None:
        """When the page's own content last changed."""
        ...

    @property
    def noindex(self) -> bool:
        """Whether search engines are to leave it alone."""
        ...

    @property
    def preview(self) -> str:
        """The banner of what is not public."""
        ...


def entries_of(pages: Iterable[Indexed], base: str) -> tuple[SitemapEntry, ...]:
    """Return the entries of the ``pages`` that may be indexed; ``base`` is the site's address."""
    return tuple(
        SitemapEntry(address=address_of(base, page.url.lstrip("/")), modified=page.modified)
        for page in pages
        if not page.noindex and not page.preview
    )


def sitemap_files(entries: Iterable[SitemapEntry], base: str, *, most: int = MOST) -> tuple[OutputFile, ...]:
    """Return ``sitemap.xml``; past ``most`` entries an index of packed ``sitemap-<n>.xml.gz``.

    The order is that of the addresses, so that the same pages give the same bytes.
    """
    listed = sorted(
        set(entries), key=lambda entry: (entry.address, entry.modified or datetime.min.replace(tzinfo=CHINA))
    )
    if len(listed) <= most:
        return (OutputFile.of_text("sitemap.xml", _urlset(listed)),)
    parts = [listed[start : start + most] for start in range(0, len(listed), most)]
    files = tuple(
        OutputFile(path=f"sitemap-{number}.xml.gz", content=gzip.compress(_urlset(part).encode(), 9, mtime=0))
        for number, part in enumerate(parts, start=1)
    )
    index = "".join(
        f"<sitemap><loc>{escape(address_of(base, file.path))}</loc>{_modified(_latest(part))}</sitemap>\n"
        for file, part in zip(files, parts, strict=True)
    )
    return (OutputFile.of_text("sitemap.xml", f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{index}</sitemapindex>\n"), *files)


def _urlset(entries: Sequence[SitemapEntry]) -> str:
    urls = "".join(f"<url><loc>{escape(entry.address)}</loc>{_modified(entry.modified)}</url>\n" for entry in entries)
    return f"{_HEAD}<urlset {_NAMESPACE}>\n{urls}</urlset>\n"


def _latest(entries: Sequence[SitemapEntry]) -> datetime | None:
    return max((entry.modified for entry in entries if entry.modified), default=None)


def _modified(moment: datetime | None) -> str:
    return f"<lastmod>{moment.astimezone(CHINA).isoformat(timespec='seconds')}</lastmod>" if moment else ""
