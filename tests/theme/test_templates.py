"""The templates keep the rules of the house, and every example page comes out whole."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import brotli
import pytest
from jinja2 import meta, nodes

from plugins.theming.environment import create_environment
from plugins.theming.styleguide import EXAMPLES, styleguide_files

THEME = Path(__file__).parents[2] / "theme"
TEMPLATES = THEME / "templates"
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
ENVIRONMENT = create_environment(TEMPLATES, lambda html, targets, pictures: html)
PAGES = {
    path.removesuffix("/index.html"): content.decode()
    for path, content in styleguide_files(THEME)
    if path.endswith(".html")
}


def fragments() -> dict[str, frozenset[str]]:
    """What every fragment is drawn from, by its name; each is called with the same names everywhere."""
    found: dict[str, frozenset[str]] = {}
    for path in ALL:
        for call in ENVIRONMENT.parse((TEMPLATES / path).read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "fragment":
                name, values = call.args[0].value, frozenset(given.key for given in call.kwargs)
                assert found.setdefault(name, values) == values, f"{path} gives {name} other values"
    return found


FRAGMENTS = fragments()


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_begins_with_what_it_is_drawn_from(name: str) -> None:
    first = (TEMPLATES / name).read_text("utf-8").partition("#}")[0]
    assert "fragment" in first
    assert all(value in first for value in FRAGMENTS[name])


@pytest.mark.parametrize("name", ALL)
def test_templates_read_page_and_site_only(name: str) -> None:
    tree = ENVIRONMENT.parse((TEMPLATES / name).read_text("utf-8"))
    imported = {name for node in tree.find_all(nodes.FromImport) for name in node.names}
    read = meta.find_undeclared_variables(tree) - imported - {"fragment"}
    assert read <= ({"page", "site"} if name not in FRAGMENTS else {"site", *FRAGMENTS[name]})
    assert not [node for node in tree.find_all(nodes.Filter) if node.name == "safe"]


@pytest.mark.parametrize("name", [name for name in ALL if name.startswith("macros/")])
def test_every_macro_begins_with_what_it_expects(name: str) -> None:
    text = (TEMPLATES / name).read_text("utf-8")
    for macro in re.finditer(r"^\{% macro (\w+)\((.*?)\) -?%\}", text, re.MULTILINE):
        assert re.search(r"\{# [^#]*#\}\n$", text[: macro.start()]), f"{name}: {macro[1]} has no comment"
        assert f"{macro[1]}({macro[2]})" in text[: macro.start()], (
            f"{name}: the comment of {macro[1]} shows other arguments"
        )


def test_every_page_template_has_an_example() -> None:
    used = {example.page.template for example in EXAMPLES}
    assert used == {name for name in ALL if name.startswith(("types/", "pages/"))}


class _Outline(HTMLParser):
    """Collect headings, ids, and what has no text or name."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.empty_metas = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if name := attributes.get("id"):
            self.ids.append(name)
        if tag == "meta" and "content" in attributes and not attributes["content"]:
            self.empty_metas += 1


@pytest.mark.parametrize("name", [example.name for example in EXAMPLES])
def test_every_example_is_well_built(name: str) -> None:
    outline = _Outline()
    outline.feed(PAGES[name])
    assert outline.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip([0, *outline.levels], outline.levels, strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert not outline.empty_metas
    assert "None" not in re.sub(r"<script>.*?</script>|<style>.*?</style>", "", PAGES[name])


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("column-empty", ["本栏目暂无内容"]),
        ("column", ["共 326 条", "置顶", 'aria-label="第 21 页"', 'rel="next"']),
        ("column-older", ['rel="prev"', "第 21 页"]),
        ("not-found", ["找不到这个页面", 'role="search"', "首页"]),
        ("withdrawn", ["该内容已撤下"]),
        ("expired", ["<strong>本通知已过期。</strong>"]),
        ("corrected", ["<strong>更正：</strong>"]),
        ("preview", ["待审核 · 预览，尚未发布", 'content="noindex"']),
        (
            "news-item",
            ["来源：", "更新时间：", "（责任编辑：示例编辑）", "（PDF，1.2 MB）", "上一篇", "下一篇", "本页二维码"],
        ),
        ("leader-article", ["讲话人", 'aria-labelledby="toc-title"']),
        ("event", ["加入日历（iCal）"]),
        ("link", ["（外部链接）"]),
        ("english", ['lang="en"']),
    ],
)
def test_states_say_what_they_are(name: str, texts: list[str]) -> None:
    for text in texts:
        assert text in PAGES[name]


def test_pages_of_text_are_light() -> None:
    """HTML with its inline style, as sent; the script of 1.5 kB and the icon come on top, and all stays below 10 kB."""
    weights = {name: len(brotli.compress(html.encode())) for name, html in PAGES.items() if name != "thirty-photos"}
    assert {name: weight for name, weight in weights.items() if weight > 8_200} == {}


def test_attachments_of_a_notice_stand_before_its_text() -> None:
    assert PAGES["notice"].index("附件") < PAGES["notice"].index('class="prose"')
    assert PAGES["news-item"].index("附件") > PAGES["news-item"].index('class="prose"')


def test_what_is_missing_leaves_no_trace() -> None:
    for word in ("来源", "作者", "责任编辑", "附件", "目录", "相关阅读", "<figure", "facts__row"):
        assert word not in re.sub(r"<style>.*?</style>", "", PAGES["one-line"])
