"""What texts refer to: where it leads, and what is said where it leads nowhere."""

from __future__ import annotations

import pytest

from plugins.domain.body import Body, Heading, Reference
from plugins.domain.content import State
from plugins.domain.problems import Level
from plugins.navigation.references import check_references
from plugins.navigation.tree import build_tree

FILES = {"news/a.pdf", "news/a.jpg"}


@pytest.fixture(scope="module")
def items(item, section):
    return [
        section(),
        section("news", "新闻"),
        item("news/from.md"),
        item("news/to.md"),
        item("news/secret.md", state=State.PRIVATE),
        item("moved/elsewhere.md"),
        section("moved", "搬家"),
    ]


def bodies_with(*references: Reference):
    texts = {
        "news/from.md": Body(references=references),
        "news/to.md": Body(anchors=("di-yi", "di-er")),
    }
    return lambda item: texts.get(item.path, Body())


SAID = [
    (Reference(path="news/to.md"), None),
    (Reference(path="news/to.md", fragment="di-er"), None),
    (Reference(path="news/"), None),
    (Reference(path="news"), None),
    (Reference(path="news/index.md"), None),
    (Reference(path="news/a.pdf"), None),
    (Reference(path="news/a.jpg", is_image=True), None),
    (Reference(path="news/to.md", fragment="di-san", line=7), "news/to.md 里没有 #di-san 这一处（可用：di-yi、di-er）"),
    (Reference(path="news/gone.md", line=7), "链接指向不存在的页面：news/gone.md（检查文件名和文件夹）"),
    (
        Reference(path="news/elsewhere.md", line=7),
        "链接指向不存在的页面：news/elsewhere.md（是否想写 moved/elsewhere.md？）",
    ),
    (Reference(path="nowhere/", line=7), "链接指向不存在的页面：nowhere/（检查文件名和文件夹）"),
    (Reference(path="news/b.pdf", line=7), "文件不存在：news/b.pdf（检查文件名，或把文件放到正文旁边）"),
    (Reference(path="news/b.jpg", line=7, is_image=True), "图片不存在：news/b.jpg（检查文件名，或把文件放到正文旁边）"),
]


@pytest.mark.parametrize(("reference", "said"), SAID)
def test_a_reference_that_leads_nowhere_is_an_error_with_its_line(items, now, reference, said):
    tree, _ = build_tree(items, now=now)
    found = check_references(tree, items, bodies_with(reference), exists=FILES.__contains__)
    assert [str(problem) for problem in found] == ([f"news/from.md:7: {said}"] if said else [])
    assert all(problem.is_blocking for problem in found)


def test_a_public_text_that_refers_to_a_hidden_one_is_warned(items, now):
    tree, _ = build_tree(items, now=now)
    bodies = bodies_with(Reference(path="news/secret.md", line=3))
    (problem,) = check_references(tree, items, bodies, exists=FILES.__contains__)
    assert (problem.path, problem.line, problem.level) == ("news/from.md", 3, Level.WARNING)
    preview, _ = build_tree(items, now=now, preview=True)
    assert check_references(preview, items, bodies, exists=FILES.__contains__) == ()


def test_a_hidden_text_may_refer_to_hidden_ones(items, now):
    tree, _ = build_tree(items, now=now)

    def bodies(item):
        return Body(references=(Reference(path="news/secret.md"),)) if item.path == "news/secret.md" else Body()

    assert check_references(tree, items, bodies, exists=FILES.__contains__) == ()


TARGETS = [
    ("news/to.md", "/news/to/"),
    ("news/", "/news/"),
    ("news/secret.md", "/news/"),
    ("news/a.pdf", "/files/news/a.pdf"),
    ("news/a.jpg", "/images/full/news/a.jpg"),
]


@pytest.mark.parametrize(("path", "url"), TARGETS)
def test_where_a_link_in_a_text_leads(items, site, path, url):
    page = site(items, bodies_with(Reference(path=path)))["/news/from/"]
    assert page.targets == ((path, url),)
    assert page.files == (((path, url),) if path.endswith(".pdf") else ())


def test_a_picture_in_a_text_is_given_by_its_path(items, site):
    page = site(items, bodies_with(Reference(path="news/a.jpg", is_image=True), Reference(path="news/to.md")))[
        "/news/from/"
    ]
    assert [(path, picture.src) for path, picture in page.pictures] == [("news/a.jpg", "/images/body/news/a.jpg")]
    assert page.targets == (("news/to.md", "/news/to/"),)


LONG = [
    ("leader_article", 3, 0),
    ("leader_article", 4, 4),
    ("news_item", 2, 0),
    ("news_item", 3, 3),
]


@pytest.mark.parametrize(("kind", "headings", "entries"), LONG)
def test_a_table_of_contents_where_it_is_worth_it(item, section, site, kind, headings, entries):
    outline = tuple(Heading(level=2, text="一", anchor=f"h{number}") for number in range(headings))
    deep = Heading(level=4, text="1.", anchor="deep")
    pages = site([section(), item("a.md", type=kind)], lambda one: Body(headings=(*outline, deep)))
    assert len(pages["/a/"].toc) == entries


DESCRIBED = [
    ({"summary": "摘要。"}, "正文。", "摘要。"),
    ({}, "第一句。第二句。", "第一句。第二句。"),
    ({}, "长" * 100 + "。" + "后" * 100, "长" * 100 + "。"),
    ({}, "", "标题a"),
]


@pytest.mark.parametrize(("fields", "text", "said"), DESCRIBED)
def test_the_description_is_the_summary_or_the_beginning(item, section, site, fields, text, said):
    assert site([section(), item("a.md", **fields)], lambda one: Body(text=text))["/a/"].description == said
