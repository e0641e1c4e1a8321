"""Pages become bytes; what a template is made of decides its digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from plugins.domain.body import Body
from plugins.domain.dates import start_of
from plugins.domain.pages import Link, Page
from plugins.theming.assets import Assets
from plugins.theming.environment import create_environment, inline
from plugins.theming.render import create_renderer, create_template_digest, template_closure
from plugins.theming.site import create_site
from plugins.theming.styleguide import example_settings

PAGE = Page(url="/a/", save_as="a/index.html", template="types/page.html", title="标题 <b>")


def test_titles_are_escaped_and_the_body_is_placed(theme: Path, assets: Assets) -> None:
    render = create_renderer(
        example_settings(theme), assets, lambda html, targets, pictures: html.replace("/@/x", "/x/")
    )
    html = render(replace(PAGE, body=Body(html='<p><a href="/@/x">甲</a></p>'))).decode()
    assert "<h1>标题 &lt;b&gt;</h1>" in html
    assert '<p><a href="/x/">甲</a></p>' in html


def test_an_address_without_host_is_no_canonical_one(theme: Path, assets: Assets) -> None:
    settings = example_settings(theme)
    page = replace(PAGE, canonical="/a/")
    for url, is_there in (("https://www.example.org", True), ("", False)):
        html = create_renderer(replace(settings, url=url), assets, lambda html, targets, pictures: html)(page).decode()
        assert ('rel="canonical"' in html) is is_there


def test_an_unknown_name_in_a_template_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("{{ page.titel }}")
    template = create_environment(tmp_path, lambda html, targets, pictures: html).get_template("a.html")
    with pytest.raises(UndefinedError, match="titel"):
        template.render(page=PAGE)


@pytest.mark.parametrize("text", ["a</style>", "a<!--", "a<b"])
def test_what_could_end_its_element_may_not_stand_inline(text: str) -> None:
    with pytest.raises(ValueError, match="not fit"):
        inline(text)


def test_a_template_digest_follows_everything_the_template_is_made_of(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    for name, text in {
        "a.html": '{% extends "base.html" %}',
        "b.html": '{% include "part.html" %}{{ fragment("drawn.html", a=1) }}',
        "drawn.html": "3",
        "base.html": '{% from "macro.html" import m %}',
        "macro.html": "{% macro m() %}{% endmacro %}",
        "part.html": "1",
    }.items():
        (folder / name).write_text(text)
    before = {name: create_template_digest(tmp_path)(name) for name in ("a.html", "b.html")}
    (folder / "macro.html").write_text("{% macro m() %}2{% endmacro %}")
    after = {name: create_template_digest(tmp_path)(name) for name in ("a.html", "b.html")}
    assert before["a.html"] != after["a.html"]
    assert before["b.html"] == after["b.html"]


def test_the_closure_of_a_real_template_reaches_its_macros(theme: Path) -> None:
    environment = create_environment(theme / "templates", lambda html, targets, pictures: html)
    closure = template_closure(environment, "types/notice.html")
    assert {"article.html", "base.html", "macros/facts.html", "partials/head.html", "types/notice.html"} <= set(closure)


def test_without_script_a_page_shows_what_holds_on_the_day_of_the_build(theme: Path, assets: Assets) -> None:
    settings = example_settings(theme)
    place = lambda html, targets, pictures: html  # noqa: E731
    plain = create_renderer(settings, assets, place)(PAGE).decode()
    assert '<html lang="zh-CN" data-dated=' in plain
    on_the_day = replace(settings, now=start_of(settings.mourning_days[0]))
    assert (
        '<html lang="zh-CN" class="mourning" data-dated=' in create_renderer(on_the_day, assets, place)(PAGE).decode()
    )
    during = replace(settings, now=start_of(settings.notices[0].until))
    assert '<html lang="zh-CN" class="notice-0" data-dated=' in create_renderer(during, assets, place)(PAGE).decode()


def test_days_that_have_passed_leave_the_pages(theme: Path, assets: Assets) -> None:
    settings = example_settings(theme)
    notice, day = settings.notices[0], settings.mourning_days[0]
    past = replace(notice, since=date(2020, 1, 1), until=date(2020, 1, 2))
    site = create_site(
        replace(settings, notices=(past, *[notice] * 5), mourning_days=(date(2020, 12, 13), day)), assets
    )
    assert [entry.name for entry in site.dated] == ["mourning", "notice-0", "notice-1", "notice-2"]
    last_day = replace(settings, now=start_of(notice.until) + timedelta(hours=23))
    assert len(create_site(last_day, assets).notices) == 1


def test_the_site_digest_follows_what_pages_show(theme: Path, assets: Assets) -> None:
    settings = example_settings(theme)
    site = create_site(settings, assets)
    assert site.digest == create_site(replace(settings, now=settings.now.replace(year=2027)), assets).digest
    for other in (
        create_site(replace(settings, phone="1"), assets),
        create_site(settings, assets, [Link(title="地图", url="/sitemap/")]),
        create_site(replace(settings, mourning_days=(settings.now.date(),)), assets),
    ):
        assert other.digest != site.digest
    assert "承办单位" not in [fact.label for fact in create_site(replace(settings, operator=""), assets).footer]
