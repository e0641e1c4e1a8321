"""The style guide as files: every example page, its drawings, and an index of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from plugins.domain.pages import Batch, Link, Page
from plugins.domain.settings import Settings, SiteNotice
from plugins.theming.assets import load_assets
from plugins.theming.examples.articles import ARTICLES
from plugins.theming.examples.drawings import drawings
from plugins.theming.examples.example import ADDRESS, NOW, SITE, Example, menu
from plugins.theming.examples.listings import LISTINGS
from plugins.theming.render import create_renderer

EXAMPLES: tuple[Example, ...] = LISTINGS + ARTICLES


def example_settings(theme: Path) -> Settings:
    """Return the settings of a fictional association; all footer facts are there, so that they can be seen."""
    return Settings(
        name=SITE,
        url=ADDRESS,
        description="示例县计划生育协会的网站（示例）。",
        content=Path(),
        output=Path(),
        theme=theme,
        cache=Path(),
        now=NOW,
        organiser="示例县计划生育协会",
        operator="示例县信息中心",
        address="示例县文化路 1 号",
        phone="000-0000000",
        email="webmaster@example.org",
        icp="示例ICP备00000000号",
        police="示例公网安备 00000000000000号",
        police_url="https://www.example.org/police",
        notices=(
            SiteNotice(text="示例公告：春节期间服务时间有调整。", since=date(2099, 2, 1), until=date(2099, 2, 10)),
        ),
        mourning_days=(date(2099, 12, 13),),
    )


def styleguide_files(theme: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of the whole style guide, the index first."""
    assets = load_assets(theme)
    footer = (
        Link(title="网站地图", url="/sitemap/"),
        Link(title="无障碍声明", url="/page/"),
        Link(title="联系我们", url="/page/"),
    )
    render = create_renderer(example_settings(theme), assets, lambda html, targets, pictures: html, footer)
    yield "index.html", render(_index())
    for example in EXAMPLES:
        yield f"{example.name}/index.html", render(replace(example.page, save_as=f"{example.name}/index.html"))
    yield from drawings().items()
    for file in assets.files:
        yield file.path, file.content


def write_styleguide(theme: Path, folder: Path) -> int:
    """Write the style guide below ``folder`` and return how many examples it has."""
    for path, content in styleguide_files(theme):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return len(EXAMPLES)


def _index() -> Page:
    links = tuple(Link(title=f"{example.state}（{example.name}）", url=f"/{example.name}/") for example in EXAMPLES)
    return Page(
        url="/", save_as="index.html", template="pages/list.html", title="样式指南", kind="list", menu=menu(), batch=Batch(links=links)
    )  # fmt: skip
