"""Which address a thing has, and who claims it: one table, so that nothing is written over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from plugins.domain.content import ContentItem
from plugins.domain.problems import Problem
from plugins.domain.text import fold_address

FILES = "/files/"  # attachments live apart from the pages, so that no file name can ever meet a page's address
RESERVED = frozenset(
    ["search", "tags", "archive", "sitemap", "files", "images", "static", "theme", "assets", "api", "page", "health"]
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


def claims(items: Iterable[ContentItem]) -> tuple[Problem, ...]:
    """Return what is wrong with the addresses of ``items``, public or not: taken twice, or the site's own.

    Letter case, Unicode form and zero-width characters make no difference. Pages claim before redirects, and what
    comes first by path keeps its address: the second claim is the error, and it names the first.
    """
    ordered = sorted(items, key=lambda item: item.path)
    owners: dict[str, str] = {}
    return tuple(_page_claims(ordered, owners)) + tuple(_redirect_claims(ordered, owners))


def _page_claims(items: list[ContentItem], owners: dict[str, str]) -> Iterator[Problem]:
    for item in items:
        if item.type == "link":
            continue
        url = url_of(item)
        if _is_reserved(url):
            yield Problem(
                path=item.path,
                line=item.line_of("slug"),
                message=f"地址 {url} 是网站自用的",
                hint="改一个文件夹名或 slug",
            )
        owner = owners.setdefault(fold_address(url), item.path)
        if owner != item.path:
            yield _taken(item, "slug", url, owner, "改其中一个的文件名或 slug")


def _redirect_claims(items: list[ContentItem], owners: dict[str, str]) -> Iterator[Problem]:
    pages = dict(owners)
    for item in items:
        for old in item.redirect_from:
            folded = fold_address(old)
            owner = pages.get(folded) or pages.get(f"{folded}/") or owners.setdefault(folded, item.path)
            if owner != item.path:
                yield _taken(item, "redirect_from", old, owner, "一个旧地址只能转到一处")


def _taken(item: ContentItem, key: str, url: str, owner: str, hint: str) -> Problem:
    message = f"地址 {url} 已被 {owner} 占用"
    return Problem(path=item.path, line=item.line_of(key), message=message, hint=hint)


def _is_reserved(url: str) -> bool:
    parts = fold_address(url).strip("/").split("/")
    return parts[0] in RESERVED or _PAGES in parts
