"""Old addresses: where each leads now, in one step, and which answer that they are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from urllib.parse import unquote, urlsplit

from plugins.domain.content import ContentItem, State
from plugins.domain.problems import Problem
from plugins.domain.text import fold_address


class Reason(IntEnum):
    """Who says so; the smaller number wins where two speak of one address."""

    FRONT_MATTER = 0
    LEGACY = 1
    RENAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An old address and the new one, both inside the site, decoded; ``source`` is the content file that says so.

    ``old`` may hold a query (``/show.php?id=1``).
    """

    old: str
    new: str
    source: str
    reason: Reason = Reason.FRONT_MATTER
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OldAddresses:
    """What becomes of every old address, by address."""

    redirects: tuple[Redirect, ...] = ()
    gone: tuple[str, ...] = ()


def redirects_of_items(
    items: Iterable[tuple[ContentItem, str]], *, legacy_hosts: Collection[str]
) -> tuple[Redirect, ...]:
    """Return what front matter and recovered pages say; ``items`` come with their present addresses.

    The old address of a recovered page counts where it was on one of ``legacy_hosts``: ours, now answered by this site.
    """
    found = []
    for item, url in items:
        if item.redirect_from:
            line = item.line_of("redirect_from")
            found += [Redirect(old=_inside(old), new=url, source=item.path, line=line) for old in item.redirect_from]
        if item.legacy and (old := legacy_address(item.legacy.url, legacy_hosts)):
            line = item.line_of("legacy")
            found.append(Redirect(old=old, new=url, source=item.path, line=line, reason=Reason.LEGACY))
    return tuple(redirect for redirect in found if redirect.old != redirect.new)


def redirects_of_renames(renamed: Iterable[tuple[str, str]], addresses: Mapping[str, str]) -> tuple[Redirect, ...]:
    """Return the redirects that git's history gives: ``renamed`` pairs an old address with the content file it became.

    ``addresses`` tells the present address of a content file; what became of a file that is not public is left out.
    """
    return tuple(
        Redirect(old=old, new=addresses[path], source=path, reason=Reason.RENAME)
        for old, path in renamed
        if path in addresses and addresses[path] != old
    )


def gone_addresses(items: Iterable[tuple[ContentItem, str]]) -> tuple[str, ...]:
    """Return the addresses, present and former, of the withdrawn among ``items``."""
    withdrawn = [(item, url) for item, url in items if item.state is State.WITHDRAWN]
    return tuple(sorted({address for item, url in withdrawn for address in (url, *map(_inside, item.redirect_from))}))


def settle(
    redirects: Iterable[Redirect], *, live: Collection[str], gone: Collection[str] = ()
) -> tuple[OldAddresses, tuple[Problem, ...]]:
    """Return one step for every old address, and what contradicts itself.

    Chains are folded. A loop, an address that a live page has, and one that two items claim are problems where an
    editor wrote them; what only history or a recovered page says gives way without a word. A chain that ends at a
    withdrawn item is gone itself.
    """
    pages = {fold_address(url) for url in live}
    chosen, problems = _choose(redirects, pages)
    removed = {fold_address(url): url for url in gone if fold_address(url) not in pages}
    kept: list[Redirect] = []
    for redirect in chosen.values():
        end = _follow(redirect, chosen)
        if end is None:
            if redirect.reason is Reason.FRONT_MATTER:
                problems.append(
                    _problem(redirect, f"旧地址 {redirect.old} 的跳转绕成了圈", "删去其中一个 redirect_from")
                )
        elif fold_address(end) in removed:
            removed.setdefault(fold_address(redirect.old), redirect.old)
        else:
            kept.append(replace(redirect, new=end))
    settled = tuple(sorted((r for r in kept if fold_address(r.old) not in removed), key=lambda redirect: redirect.old))
    return OldAddresses(redirects=settled, gone=tuple(sorted(removed.values()))), tuple(problems)


def legacy_address(url: str, hosts: Collection[str]) -> str:
    """Return the address inside the site of an old page, with its query; ``""`` where it was not one of ours.

    >>> legacy_address("http://old.example.org/show.php?id=1", {"old.example.org"})
    '/show.php?id=1'
    """
    parts = urlsplit(url)
    if parts.hostname not in hosts or parts.path in ("", "/"):
        return ""
    return unquote(parts.path) + (f"?{parts.query}" if parts.query else "")


def _choose(redirects: Iterable[Redirect], pages: Collection[str]) -> tuple[dict[str, Redirect], list[Problem]]:
    """Return one redirect for each old address, by its folded form."""
    chosen: dict[str, Redirect] = {}
    problems: list[Problem] = []
    for redirect in sorted(redirects, key=lambda r: (r.reason, r.old, r.source, r.new)):
        key = fold_address(redirect.old)
        if key in pages:
            if redirect.reason is Reason.FRONT_MATTER:
                problems.append(
                    _problem(redirect, f"旧地址 {redirect.old} 现在是一个页面", "从 redirect_from 里删去它")
                )
            continue
        first = chosen.setdefault(key, redirect)
        if first.new != redirect.new and redirect.reason is Reason.FRONT_MATTER:
            problems.append(_problem(redirect, f"旧地址 {redirect.old} 已由 {first.source} 占用", "只留一处"))
    return chosen, problems


def _follow(redirect: Redirect, chosen: Mapping[str, Redirect]) -> str | None:
    """Return where ``redirect`` ends; None where it comes back."""
    seen, place = {fold_address(redirect.old)}, redirect.new
    while (step := chosen.get(fold_address(place))) is not None:
        if fold_address(place) in seen:
            return None
        seen.add(fold_address(place))
        place = step.new
    return None if fold_address(place) in seen else place


def _inside(address: str) -> str:
    parts = urlsplit(address)
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    return unquote(path) + (f"?{parts.query}" if parts.query else "")


def _problem(redirect: Redirect, message: str, hint: str) -> Problem:
    return Problem(path=redirect.source, line=redirect.line, message=message, hint=hint)
