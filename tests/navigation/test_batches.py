"""Lists cut into pages."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.pages import Batch, Link
from plugins.navigation.batches import batches


def links(count: int) -> list[Link]:
    """Return ``count`` links, the newest first."""
    return [Link(title=str(number), url=f"/{number}/") for number in range(count, 0, -1)]


def cut(count: int, size: int, **more: object) -> dict[int, Batch]:
    return {batch.number: batch for batch in batches(links(count), url="/n/", size=size, **more)}


@given(count=st.integers(0, 200), size=st.integers(1, 25))
def test_every_link_stands_once_in_its_order(count, size):
    shown = [link for batch in cut(count, size).values() for link in batch.links]
    assert shown == links(count)


@given(count=st.integers(0, 200), size=st.integers(1, 25))
def test_numbered_pages_are_full_and_the_front_page_is_not_too_long(count, size):
    found = cut(count, size)
    front = found.pop(0)
    assert all(len(batch.links) == size for batch in found.values())
    assert len(front.links) == count if not found else size <= len(front.links) < 2 * size
    assert (front.total, front.pages) == (count, len(found) + 1)
    assert all((batch.total, batch.pages) == (0, 0) for batch in found.values())


@given(count=st.integers(0, 200), size=st.integers(1, 25))
def test_a_new_link_changes_the_front_page_and_at_most_once_a_page_the_one_behind(count, size):
    before, after = cut(count, size), cut(count + 1, size)
    changed = {number for number in before if number and before[number] != after[number]}
    founded = set(after) - set(before)
    assert (not founded and not changed) or (len(founded) == 1 and changed <= {max(founded) - 1})
    assert all(before[number].links == after[number].links for number in before if number)


@given(count=st.integers(0, 200), size=st.integers(1, 25))
def test_the_pager_leads_through_all_pages_and_to_no_other(count, size):
    found = cut(count, size)
    urls = {f"/n/page/{number}/" if number else "/n/" for number in found}
    seen, url = [], "/n/"
    by_url = {f"/n/page/{number}/" if number else "/n/": batch for number, batch in found.items()}
    while url:
        seen.append(url)
        url = by_url[url].older
    assert set(seen) == urls and len(seen) == len(urls)
    for url, batch in by_url.items():
        assert not batch.older or by_url[batch.older].newer == url
        assert {batch.newest, batch.newer, batch.older, batch.oldest} - {""} <= urls
        assert {address for _, address, _ in batch.numbered} <= urls
        assert [address for _, address, is_here in batch.numbered if is_here] == ([url] if batch.numbered else [])


def test_one_page_needs_no_pager():
    assert cut(19, 10) == {0: Batch(links=tuple(links(19)), total=19, pages=1)}


def test_the_numbers_count_from_the_oldest():
    assert cut(100, 10)[0].numbered == (
        ("10", "/n/", True),
        ("9", "/n/page/9/", False),
        ("8", "/n/page/8/", False),
        ("7", "/n/page/7/", False),
        ("6", "/n/page/6/", False),
        ("1", "/n/page/1/", False),
    )


@pytest.mark.parametrize("place", [0, 35])
def test_what_is_pinned_stands_first_and_keeps_its_place_on_an_older_page(place):
    entries = links(40)
    entries[place] = Link(title="置顶的", url="/p/", pinned=True)
    front, *older = batches(entries, url="/n/", size=10, pinned=[entries[place]])
    assert front.links[0].title == "置顶的" and front.links.count(entries[place]) == 1
    assert (entries[place] in [link for batch in older for link in batch.links]) == (place == 35)


def test_no_page_of_a_long_list_takes_more_steps_than_one_of_a_short():
    """Count the bytecode steps that cutting takes: four times the pages, four times the steps."""

    def steps(count: int) -> int:
        taken = 0

        def count_step(frame, event, argument):
            nonlocal taken
            frame.f_trace_opcodes = True
            taken += event == "opcode"
            return count_step

        entries = links(count)
        sys.settrace(count_step)
        try:
            pages = sum(1 for _ in batches(entries, url="/n/", size=1))
        finally:
            sys.settrace(None)
        assert pages == count
        return taken

    assert steps(400) < 4.5 * steps(100)
