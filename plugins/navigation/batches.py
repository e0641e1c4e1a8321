"""A listing cut into pages that are numbered from the oldest, so that a new item moves none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.domain.pages import Batch, Link
from plugins.navigation.addresses import page_url

_SHOWN = 5  # numbers shown from the page one is on; the oldest comes after them


def batches(links: Sequence[Link], *, url: str, size: int, pinned: Sequence[Link] = ()) -> Iterator[Batch]:
    """Yield the front page of a listing, then its numbered pages from the newest to the oldest.

    ``links`` are newest first. Page n holds the n-th ``size`` links from the oldest; the front page holds what is left,
    ``size`` to 2 × ``size`` - 1 of them, and the ``pinned`` ones before. So a new link changes the front page only, and
    each ``size``-th new link founds the next numbered page. ``url`` is the front page's.
    """
    numbered = max(0, len(links) // size - 1)
    first = len(links) - numbered * size
    rest = tuple(link for link in links[:first] if not link.pinned) if pinned else tuple(links[:first])
    yield (
        Batch(
            links=(*pinned, *rest),
            total=len(links),
            pages=numbered + 1,
            older=page_url(url, numbered),
            oldest=page_url(url, 1),
            numbered=_numbers(url, numbered + 1, numbered),
        )
        if numbered
        else Batch(links=(*pinned, *rest), total=len(links), pages=1)
    )
    for number in range(numbered, 0, -1):
        end = len(links) - (number - 1) * size
        yield Batch(
            links=tuple(links[end - size : end]),
            number=number,
            newest=url,
            newer=page_url(url, 0 if number == numbered else number + 1),
            older=page_url(url, number - 1) if number > 1 else "",
            oldest=page_url(url, 1) if number > 1 else "",
            numbered=_numbers(url, number, numbered),
        )


def _numbers(url: str, current: int, numbered: int) -> tuple[tuple[str, str, bool], ...]:
    """List the numbers from the page one is on towards the oldest.

    Newer numbers are left to 上一页 and 首页: the newest is not known to an older page, or each new one would change it.
    """
    shown = list(range(current, max(current - _SHOWN, 0), -1))
    shown += [1] if shown[-1] > 1 else []
    return tuple(
        (str(number), page_url(url, 0 if number > numbered else number), number == current) for number in shown
    )
