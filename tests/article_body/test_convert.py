from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from plugins.article_body.convert import Converted, convert
from plugins.article_body.limits import TimeExceededError, limited_time
from plugins.article_body.place import place
from plugins.domain.body import Reference
from plugins.domain.pages import Picture, PictureSource
from plugins.domain.problems import Level
from plugins.official_document.outline import outline
from plugins.sanitizing.sanitize import sanitize

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def converted(text: str) -> Converted:
    return convert(text, path="news/a.md", first_line=10, sanitize=sanitize, outline=outline)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    body, problems = converted((case / "source.md").read_text("utf-8"))
    facts = [f"{heading.level} {heading.text} #{heading.anchor}" for heading in body.headings]
    facts += [
        f"{'图' if ref.is_image else '链'} {ref.line} {ref.path} {ref.fragment}".rstrip() for ref in body.references
    ]
    facts += map(str, problems)
    assert body.html == (case / "expected.html").read_text("utf-8").rstrip("\n")
    assert body.text == (case / "expected.txt").read_text("utf-8").rstrip("\n")
    assert facts == (case / "expected-facts.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("raw", "path", "fragment"),
    [
        ("b.md", "news/b.md", ""),
        ("../people/b.md#x", "people/b.md", "x"),
        ("{filename}b.md", "news/b.md", ""),
        ("{filename}/people/b.md", "people/b.md", ""),
        ("{static}/files/表.pdf", "files/表.pdf", ""),
        ("|attach|表.pdf", "news/表.pdf", ""),
        ("/people/b.md", "people/b.md", ""),
        ("/files/a.pdf", "files/a.pdf", ""),
        ("b%20c.pdf?download", "news/b c.pdf", ""),
        ("../about/", "about/index.md", ""),
        ("/", None, ""),
        ("/news/", None, ""),
        ("/search/?q=x", None, ""),
        ("/feeds/all.xml", None, ""),
        ("https://example.org/a.md", None, ""),
        ("mailto:a@example.org", None, ""),
        ("#x", None, ""),
    ],
)
def test_references(raw: str, path: str | None, fragment: str) -> None:
    body, _ = converted(f"第一行\n\n见[此]({raw})。")
    expected = () if path is None else (Reference(path=path, fragment=fragment, line=12),)
    assert body.references == expected
    if path is None:
        assert f'href="{raw}"' in body.html


@pytest.mark.parametrize("raw", ["../../x.md", "/../x.pdf", "{static}../../etc/passwd", "{tag}x", "..%2F..%2Fx.md"])
def test_addresses_out_of_the_content_are_errors_with_their_line(raw: str) -> None:
    body, problems = converted(f"第一行\n\n见[此]({raw})。")
    assert [(problem.line, problem.level) for problem in problems] == [(12, Level.ERROR)]
    assert "href" not in body.html
    assert body.references == ()


def test_the_same_address_twice_has_two_lines() -> None:
    body, _ = converted("[甲](b.md)\n\n[乙](b.md)")
    assert [reference.line for reference in body.references] == [10, 12]


def test_faults_of_the_outline_have_their_line() -> None:
    _, problems = converted("一、甲\n\n正文\n\n三、丙\n\n正文")
    assert [(problem.line, problem.level) for problem in problems] == [(14, Level.WARNING)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("正文\n" + "[" * 201, 11),
        ("(!" * 150, 10),
        ("> " * 21 + "深", 10),
        ("正文\n\n" + "    " * 21 + "- 深", 12),
        ("- " * 21 + "深", 10),
        ("<div>" * 201, 10),
        ("长" * 333_400, 10),
    ],
)
def test_limits_are_checked_before_parsing(text: str, line: int) -> None:
    start = time.process_time()
    body, problems = converted(text)
    assert time.process_time() - start < 1
    assert body.html == ""
    assert [(problem.line, problem.is_blocking) for problem in problems] == [(line, True)]


@pytest.mark.parametrize(
    "text", ["[" * 200 + "甲", "> " * 20 + "甲", "- " * 20 + "甲", "<div>" * 190 + "甲" + "</div>" * 190]
)
def test_what_is_just_within_the_limits_is_converted(text: str) -> None:
    body, problems = converted(text)
    assert "甲" in body.text
    assert problems == ()


def test_time_is_limited() -> None:
    with pytest.raises(TimeExceededError), limited_time(0.1):
        re.match(r"(a+)+$", "a" * 60 + "b")


def test_time_limit_is_a_problem_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.article_body.convert.limited_time", lambda: limited_time(0.2))
    body, problems = converted("[a" * 40_000)
    assert (body.html, [problem.line for problem in problems]) == ("", [10])
    assert "时限" in problems[0].message


def test_indents_are_not_typed() -> None:
    body, _ = converted("　　正文一。\r\n\r\n&emsp;&emsp;正文二。\r\n\r\n<p>　　正文三。</p>")
    assert body.html == "<p>正文一。</p>\n<p>正文二。</p>\n<p>正文三。</p>"


HOSTILE = [
    '段落\n{: onclick="alert(1)" }',
    '## 标题 {: onmouseover=alert(1) style="x" id=location }',
    "[甲](javascript:alert(1))",
    "[甲](<java\nscript:alert(1)>)",
    "[甲](&#106;avascript:alert(1))",
    "[甲](data:text/html,x)",
    '![甲](x" onerror="alert(1))',
    "![甲](//evil.example/x.png)",
    "![甲](https://evil.example/x.png)",
    '<div markdown="1" onclick="alert(1)">\n\n**甲**<script>alert(1)</script>\n\n</div>',
    "<img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<a href="x" style="position:fixed" target=_blank name=x form=y>甲</a>',
    "<iframe src=x></iframe><object data=x></object><form><input></form>",
    "`<script>alert(1)</script>`\n\n```\n<script>alert(1)</script>\n```",
    '*[甲]: "><script>alert(1)</script>\n\n甲',
    "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    '![a](b.png "\\"><script>alert(1)</script>")',
    "| 甲 |\n|--|\n| <img src=x onerror=alert(1)> |",
    '<p id="getElementById">甲</p>',
    "<!--><img src=x onerror=alert(1)>-->",
    "<img src=x onerror=alert(1)//",
    '<table background="//evil.example"><td background="javascript:alert(1)">甲',
    "**甲<img src=x onerror=alert(1)>**",
]
SCRIPTED = re.compile(r"^(?:javascript|data|vbscript):", re.IGNORECASE)


def assert_harmless(html: str) -> None:
    root = fragment_fromstring(html, create_parent="div")
    for element in root.iter():
        assert element.tag not in (
            "script",
            "style",
            "iframe",
            "object",
            "form",
            "input",
            "svg",
            "math",
            "base",
            "meta",
        )
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name not in ("style", "name", "form", "target", "background")
            assert not SCRIPTED.match(value.strip()) or name in ("alt", "title", "aria-label")
            assert name != "src" or not re.match(r"(?:[a-z]+:)?//", value)
    assert sanitize(html) == html


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through(text: str) -> None:
    assert_harmless(converted(text)[0].html)


PIECES = st.sampled_from([*HOSTILE, *re.findall(r"[<>\"'={}\[\]()!:]|\w+|\s", " ".join(HOSTILE)), "\n\n", "**", "　"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_nothing_hostile_can_be_put_together(text: str) -> None:
    body, _ = converted(text)
    assert_harmless(body.html)
    assert_harmless(place(body.html, {ref.path: '/x"y/' for ref in body.references}, {}))


PHOTO = Picture(
    src="/news/p-800.jpg", width=800, height=450, sources=(PictureSource(type="image/webp", srcset="/p.webp 800w"),)
)


def test_placing_gives_addresses_and_pictures() -> None:
    body, _ = converted('![合影](p.jpg "村里")\n\n[甲](b.md#x)、[乙](c.md)、[公告](公告%20一.pdf)')
    html = place(body.html, {"news/b.md": "/news/b/", "news/公告 一.pdf": "/news/a/公告.pdf"}, {"news/p.jpg": PHOTO})
    assert html == (
        '<figure><picture><source type="image/webp" srcset="/p.webp 800w"><img src="/news/p-800.jpg" width="800" height="450" '
        'alt="合影" loading="lazy" decoding="async"></picture><figcaption>村里</figcaption></figure>\n'
        '<p><a href="/news/b/#x" rel="noopener noreferrer">甲</a>、<a rel="noopener noreferrer">乙</a>、'
        '<a href="/news/a/公告.pdf" rel="noopener noreferrer">公告</a></p>'
    )


def test_placing_never_leaves_a_placeholder() -> None:
    body, _ = converted("![图](p.jpg)\n\n前![行内](q.jpg)后 [甲](b.md) <video src=v.mp4 poster=p.jpg></video>")
    assert "/@/" not in place(body.html, {}, {})
    assert "前行内后" in place(body.html, {}, {})


def test_elements_that_the_parser_does_not_know_lose_nothing() -> None:
    text = '甲<wbr>乙\n\n<video><source src="a.mp4"><track src="a.vtt">丙</video>丁'
    body, _ = converted(text)
    assert body.html == (
        '<p>甲<wbr>乙</p>\n<video><source src="/@/news/a.mp4"><track src="/@/news/a.vtt">丙</video>\n<p>丁</p>'
    )


@pytest.mark.parametrize(
    "text", ["一、总体要求\n各级协会要重视\n\n正文", "一、总体要求<br>各级\n\n正文", "> 一、总体要求\n\n正文"]
)
def test_only_a_paragraph_of_one_line_is_a_heading(text: str) -> None:
    assert converted(text)[0].headings == ()


def test_no_two_tables_have_the_same_name() -> None:
    table = "| 甲 |\n|---|\n| 1 |\n"
    html = converted(f"{table}\n文\n\n{table}")[0].html
    assert re.findall(r'aria-label="([^"]+)"', html) == ["表格，可左右滑动", "表格 2，可左右滑动"]


def test_one_text_does_not_colour_the_next() -> None:
    first = converted("*[甲]: 说明\n\n甲[^1]\n\n[^1]: 注")
    second = converted("甲[^1] <b>x</b>")
    assert converted("*[甲]: 说明\n\n甲[^1]\n\n[^1]: 注") == first
    assert "abbr" not in second[0].html and "footnote" not in second[0].html
