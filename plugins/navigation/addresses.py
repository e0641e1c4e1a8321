"""Which address a thing has, and who claims it: one table, so that nothing is written over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from plugins.domain.content import ContentItem
from plugins.domain.problems import Problem
from plugins.domain.text import fold_address

FILES = "/files/"  # attachments live apart from the pages, so that no file name can ever meet a page's address
RESERVED = frozenset(
    ["archive", "assets", "files", "images", "search", "search-index", "sitemap", "tags"]
)  # first words of addresses that are the site's own
_PAGES = "page"  # /<anything>/page/<n>/ are the older pages of a listing


def url_of(item: ContentItem) -> str:
    """Return the address of ``item`` from the host's root: a folder's ``index.md`` is at the folder, the rest below it.

    A link item has no page; its address is where it leads.
    """
    if item.type == "link":
        return getattr(item.details, "target", "")
    folder, _, name = item.path.rpartition("/")
    prefix = f"/{folder}/" if folder else "/"
    return prefix if name == "index.md" else f"{prefix}{item.slug}/"


def file_url(path: str) -> str:
    """Return the address of a file of ``content/``: one file has one, whichever items refer to it.

    >>> file_url("news/工作方案.pdf")
    '/files/news/%E5%B7%A5%E4%BD%9C%E6%96%B9%E6%A1%88.pdf'
    """
    return FILES + quote(path)


def page_url(listing: str, number: int) -> str:
    """Return the address of page ``number`` of a listing; 0 is its front page.

    >>> page_url("/news/", 3)
    '/news/page/3/'
    """
    return f"{listing}{_PAGES}/{number}/" if number else listing


def nearest(path: str, urls: Mapping[str, str]) -> str:
    """Return the address of ``path``, or where it is not public that of the nearest public section above it.

    ``urls`` are the addresses of all public items, sections among them, by path; the home page is one of them.

    >>> nearest("news/secret.md", {"index.md": "/", "news/index.md": "/news/"})
    '/news/'
    """
    folder = path.rpartition("/")[0]
    while path not in urls:
        path = f"{folder}/index.md".lstrip("/")
        folder = folder.rpartition("/")[0]
    return urls[path]


def claims(items: Iterable[ContentItem]) -> tuple[Problem, ...]:
    """Return what is wrong with the addresses of ``items``, public or not: taken twice, or the site's own.

    Letter case, Unicode form and zero-width characters make no difference. Sections claim first, then what comes first
    by path; the second claim is the error, and it names the first.
    """
    return tuple(_claims(sorted(items, key=lambda item: (not item.is_section, item.path))))


def _claims(items: Iterable[ContentItem]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for item in items:
        if item.type == "link":
            continue
        url = url_of(item)
        folded = fold_address(url)
        if _is_reserved(folded):
            message = f"网址 {url} 是网站自己用的"
            yield Problem(path=item.path, line=item.line_of("slug"), message=message, hint="换一个文件名或 slug")
        if (owner := owners.setdefault(folded, item.path)) != item.path:
            message = f"网址 {url} 已经是 {owner} 的"
            yield Problem(path=item.path, line=item.line_of("slug"), message=message, hint="给其中一篇换一个 slug")


def _is_reserved(folded: str) -> bool:
    parts = folded.strip("/").split("/")
    return parts[0] in RESERVED or _PAGES in parts
