from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.sanitizing.addresses import linked, loaded, loaded_set
from plugins.sanitizing.policy import ARTICLE, TAGS, Policy
from plugins.sanitizing.sanitize import sanitize

KEPT = (
    "<p>年会 <strong>第一</strong>天<br>晴</p>",
    '<h2 id="一、总则">一、总则</h2>',
    '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1" rel="noopener noreferrer">1</a></sup>',
    '<table><thead><tr><th scope="col">县</th></tr></thead><tbody><tr><td colspan="2">甲</td></tr></tbody></table>',
    '<figure><img src="a (1).jpg" srcset="a-400.webp 400w, a-800.webp 800w" alt="合影"><figcaption>合影</figcaption></figure>',
    '<a href="mailto:a@example.cn" rel="noopener noreferrer">信</a>',
    "<ruby>協<rt>xié</rt></ruby>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)


@pytest.mark.parametrize("html", KEPT)
def test_an_article_stays_as_it_is(html: str) -> None:
    assert sanitize(html) == html


CHANGED = (
    ('<p style="x" onclick="x()" data-a="1">甲</p>', "<p>甲</p>"),
    ("<script>x()</script><style>p{}</style>甲", "甲"),
    ("<svg><script>x()</script></svg>甲", "甲"),
    ("<textarea><img src=x onerror=x()></textarea>甲", "甲"),
    ('<a href="javascript:x()">甲</a>', '<a rel="noopener noreferrer">甲</a>'),
    ('<a href="java\nscript:x()">甲</a>', '<a rel="noopener noreferrer">甲</a>'),
    ('<a href="//evil.example/">甲</a>', '<a rel="noopener noreferrer">甲</a>'),
    ('<a name="x" id="location">甲</a>', '<a rel="noopener noreferrer">甲</a>'),
    ('<img src="https://evil.example/a.gif">', "<img>"),
    ('<img srcset="a.jpg 1x, //evil.example/b.jpg 2x">', "<img>"),
    ('<blockquote cite="javascript:x()">甲</blockquote>', "<blockquote>甲</blockquote>"),
    ('<p class="footnote evil">甲</p>', '<p class="footnote">甲</p>'),
    ("<font size=2><center>甲</center></font>", "甲"),
    ("甲\x00\x08\ufffe乙", "甲乙"),
    ("甲&乙&nbsp;\xa0", "甲&amp;乙&nbsp;&nbsp;"),
    ("<div>" * 1000 + "甲", "<div>" * 200 + "甲" + "</div>" * 200),
)


@pytest.mark.parametrize(("html", "expected"), CHANGED)
def test_what_runs_or_calls_abroad_goes(html: str, expected: str) -> None:
    assert sanitize(html) == expected


@pytest.mark.parametrize(
    ("url", "link", "source"),
    [
        ("a/b.html?x=1#y", True, True),
        ("/a:b", True, True),
        ("1 (1).jpg", True, True),
        ("https://a.example/", True, False),
        ("tel:12356", True, False),
        ("data:text/html,x", False, False),
        ("vbscript:x", False, False),
        ("//a.example", False, False),
        ("/\\a.example", False, False),
        (" \x01javascript:x", False, False),
        ("foo:bar", False, False),
    ],
)
def test_addresses(url: str, link: bool, source: bool) -> None:
    assert (linked(url) is not None, loaded(url) is not None) == (link, source)


def test_srcset_without_candidates_goes() -> None:
    assert loaded_set("") is None
    assert loaded_set("a.jpg") == "a.jpg"


def test_a_caller_brings_classes_of_its_own() -> None:
    policy = Policy(classes=ARTICLE.classes | {"anchor"})
    assert sanitize('<p class="anchor">甲</p>', policy) == '<p class="anchor">甲</p>'


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *("<div>", "</div>", "<p>", "</p>", "<table>", "<tr>", "<td>", "<a href=x>", "<svg>", "<math>", "<mtext>"),
            *("<style>", "</style>", "<!--", "-->", "<img src=x onerror=alert(1)>", "<noscript>", "<title>", "<b>"),
            *(
                "<mglyph>",
                "<annotation-xml encoding=text/html>",
                "&lt;",
                "&",
                "'",
                '"',
                "甲",
                "]]>",
                "<![CDATA[",
                "<p id='",
            ),
            *(
                "<form>",
                "<select>",
                "<template>",
                "<iframe srcdoc='<script>alert(1)</script>'>",
                "<a b='>",
                "\x00",
                "<math><mi>",
            ),
        ]
    ),
    max_size=25,
).map("".join)


@given(FRAGMENTS)
@settings(deadline=None)
def test_the_result_is_stable_and_holds_only_what_is_allowed(html: str) -> None:
    result = sanitize(html)
    assert sanitize(result) == result
    assert set(re.findall(r"<([a-z][a-z0-9]*)", result)) <= TAGS
    tags = re.findall(r"<[a-z][^>]*>", result)
    assert not any(re.search(r"\s(?:on\w+|style|srcdoc|name)=", tag) for tag in tags)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<b>" * 100_000,
        "&" * 1_000_000,
        "<optgroup>" * 100_000,
        "<font size=1><p>" * 20_000,
        "<" * 1_000_000,
    ],
    ids=["div", "b", "ampersand", "optgroup", "font", "less"],
)
def test_hostile_nesting_is_bounded_in_time(html: str) -> None:
    start = time.process_time()
    sanitize(html)
    assert time.process_time() - start < 5
