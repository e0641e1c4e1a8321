"""Old addresses, and what references lead to inside a scrape."""

from __future__ import annotations

import pytest

from plugins.legacy_html.importing.addresses import address_of, joined, places_of, redirect_path, saved_from
from plugins.legacy_html.importing.sources import Entry, Scrape, ending_of


def entry(key: str, root: int = 0) -> Entry:
    return Entry(kind="file", holder=f"/scrape/{root}/{key}", key=key, root=root)


MIRROR = places_of(
    Scrape(
        pages=(
            entry("old.example.org/news/a.html"),
            entry("old.example.org/show.php@id=3.html"),
            entry("old.example.org/list.asp?id=4"),
        ),
        files=(
            entry("old.example.org/pic/1 (1).jpg"),
            entry("old.example.org/附件/申请表.doc"),
            entry("saved_files/x.png"),
        ),
    )
)
A = "old.example.org/news/a.html"
CASES = [
    (A, "../pic/1%20(1).jpg", "old.example.org/pic/1 (1).jpg"),
    (A, "/pic/1 (1).JPG", "old.example.org/pic/1 (1).jpg"),
    (A, "http://old.example.org/pic/1%20(1).jpg?v=2", "old.example.org/pic/1 (1).jpg"),
    (A, "//old.example.org/pic/1 (1).jpg", "old.example.org/pic/1 (1).jpg"),
    (A, "/%B8%BD%BC%FE/%C9%EA%C7%EB%B1%ED.doc", "old.example.org/附件/申请表.doc"),
    (A, "a.html#top", A),
    (A, "../list.asp?id=4", "old.example.org/list.asp?id=4"),
    ("saved.html", "saved_files/x.png", "saved_files/x.png"),
    ("saved.html", "./saved_files/x.png", "saved_files/x.png"),
    (A, "http://other.example.net/pic/1 (1).jpg", ""),
    (A, "../../../../etc/passwd", ""),
    (A, "", ""),
    (A, "#top", ""),
    (A, "http://[bad", ""),
    (A, "a" * 5000, ""),
]


@pytest.mark.parametrize(("page", "reference", "expected"), CASES)
def test_references(page: str, reference: str, expected: str) -> None:
    at = entry(page)
    found = MIRROR.find(at, address_of(at, b""), reference)
    assert (found.key if found else "") == expected


def test_sources_do_not_mix() -> None:
    places = places_of(Scrape(files=(entry("pic/1.jpg", root=1),)))
    assert places.find(entry("a.html", root=0), "", "pic/1.jpg") is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"<!-- saved from url=(0030)http://www.example.org/a.html -->", "http://www.example.org/a.html"),
        (b"<!-- Mirrored from www.example.org/a.html by HTTrack -->", "http://www.example.org/a.html"),
        (b'<link rel="canonical" href="https://www.example.org/b?x=1&amp;y=2">', "https://www.example.org/b?x=1&y=2"),
        (b'<meta property="og:url" content="https://www.example.org/c">', "https://www.example.org/c"),
        (b'<link rel="canonical" href="/relative">', ""),
        (b'<link rel="canonical" href="javascript:alert(1)">', ""),
        (b"<html>", ""),
    ],
)
def test_what_a_head_states(head: bytes, expected: str) -> None:
    assert saved_from(head) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://old.example.org/news/a.html", "/news/a.html"),
        ("http://old.example.org/%E6%96%B0%E9%97%BB/1.htm", "/新闻/1.htm"),
        ("http://old.example.org/", ""),
        ("http://old.example.org//evil.example/x", ""),
        ("http://old.example.org/a b", ""),
        ("ftp://old.example.org/a", ""),
        ("", ""),
    ],
)
def test_redirects(address: str, expected: str) -> None:
    assert redirect_path(address) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("a/b.HTML", ".html"),
        ("show.php?id=3", ".php"),
        ("show.php@id=3.html", ".html"),
        ("x/README", ""),
        ("v1.2/readme", ""),
        (".htaccess", ""),
    ],
)
def test_endings(key: str, expected: str) -> None:
    assert ending_of(key) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("../c d.html", "http://old.example.org/c%20d.html"),
        ("https://x.example/é", "https://x.example/%C3%A9"),
        ("javascript:alert(1)", ""),
        ("http://user:pass@x.example/", ""),
        ("http://x.example:99999/", ""),
    ],
)
def test_complete_addresses(reference: str, expected: str) -> None:
    assert joined("http://old.example.org/news/a.html", reference) == expected
