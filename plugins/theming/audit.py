"""The numbers of the front end, measured on the built site: each row a goal, what was found, and whether it is met."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import brotli
from playwright.sync_api import Browser

from plugins.theming.assets import Assets, load_assets
from plugins.theming.browser import VIEWS, View, launched, served, sideways, small_targets, viewing, violations
from plugins.theming.checkers import broken_links, find_nu, html_messages
from plugins.theming.contrast import CONTROLS, FOCUS, TEXT, contrast, looks, lowest
from plugins.theming.loading import Loading, load

PHONE = View(width=375)
_STATES = tuple(
    View(width=375, size=size, look=look) for size in ("", "l", "xl") for look in ("light", "dark", "contrast")
)
_PHOTO = re.compile(rb'fetchpriority="high"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One goal: what it is about, the goal, what was measured, and the details of what falls short.

    ``is_met`` is None where it could not be measured on this machine.
    """

    what: str
    goal: str
    measured: str
    is_met: bool | None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What is looked at: the built site, the theme it was built with, and the pages to open in the browser."""

    output: Path
    theme: Path
    pages: tuple[str, ...]
    cache: Path


def audited(output: Path, theme: Path, cache: Path, *, every: bool = False) -> Audited:
    """Return what to look at: two pages of every kind of address, or ``every`` page."""
    kinds: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for file in sorted(output.rglob("*.html")):
        path = file.relative_to(output)
        address = "/" + path.as_posix().removesuffix("index.html")
        kinds[path.parts[0], len(path.parts)].append(address)
    pages = tuple(page for found in kinds.values() for page in (found if every else found[:2]))
    return Audited(output=output, theme=theme, pages=pages, cache=cache)


def audit(site: Audited) -> Iterator[Row]:
    """Yield the rows of the table, quick ones first."""
    yield from weight_rows(load_assets(site.theme))
    yield from contrast_rows(site.theme)
    yield link_row(site)
    yield html_row(site)
    with launched() as browser:
        with served(site.output, compressed=True) as address:
            yield from loading_rows(browser, address, site)
            yield shift_row(browser, address, site)
        with served(site.output) as address:
            yield print_row(browser, address, site)
            yield from view_rows(browser, address, site)


def _row(what: str, goal: str, measured: str, faults: list[str]) -> Row:
    return Row(what=what, goal=goal, measured=measured, is_met=not faults, details=tuple(faults))


def weight_rows(assets: Assets) -> Iterator[Row]:
    """Yield the sizes of style and script as sent."""
    script = next(file.content for file in assets.files if file.url == assets.script_url)
    for what, content, limit in (
        ("CSS（内联，brotli）", assets.css.encode(), 6_000),
        ("JS（每页，brotli）", script + assets.head_script.encode(), 3_000),
    ):
        size = len(brotli.compress(content))
        yield Row(what=what, goal=f"≤ {limit / 1000:.0f} kB", measured=f"{size / 1000:.1f} kB", is_met=size <= limit)


def contrast_rows(theme: Path) -> Iterator[Row]:
    """Yield the lowest contrasts of text, controls and focus over all looks."""
    known = looks(theme / "static" / "css" / "tokens.css")
    focus = min(max(contrast(ring, look["bg"]) for ring in FOCUS) for look in known.values())
    for what, goal, ratio in (
        ("文字对比度", 7, min(lowest(look, TEXT) for look in known.values())),
        ("控件对比度", 3, min(lowest(look, CONTROLS) for look in known.values())),
        ("焦点对比度", 3, focus),
    ):
        yield Row(what=what, goal=f"≥ {goal} : 1", measured=f"{ratio:.1f} : 1", is_met=ratio >= goal)


def link_row(site: Audited) -> Row:
    """Return what lychee says about every link of the site."""
    try:
        followed, faults = broken_links(site.output)
    except RuntimeError as error:
        return Row(what="链接（lychee）", goal="0", measured=str(error), is_met=False)
    return _row("链接（lychee）", "0", f"{len(faults)} / {followed} 个链接", faults)


def html_row(site: Audited) -> Row:
    """Return what the Nu checker says about every page of the site; without Java and npm it is left out, and said."""
    jar = find_nu(site.cache, may_install=True)
    if jar is None:
        return Row(what="HTML（Nu）", goal="0", measured="这台机器没有 Java 或 npm", is_met=None)
    faults = html_messages(site.output, jar)
    return _row("HTML（Nu）", "0", f"{len(faults)} 条", faults)


def loading_rows(browser: Browser, address: str, site: Audited) -> Iterator[Row]:
    """Yield weight, requests and paint of pages with and without a leading photo, loaded cold on slow 4G."""
    has_photo = {
        page: bool(_PHOTO.search(_file(site, page).read_bytes())) for page in site.pages if "search" not in page
    }
    for what, photo, weight, paint in (("文字页", False, 10, 0.8), ("带图页", True, 60, 1.2)):
        pages = [page for page, found in has_photo.items() if found is photo][:8]
        loads = {page: load(browser, address + page, PHONE) for page in pages}
        if not loads:
            continue
        heavy, slow = max(one.kilobytes for one in loads.values()), median(one.largest_paint for one in loads.values())
        faults = [f"{page}：{one.kilobytes:.1f} kB" for page, one in loads.items() if one.kilobytes > weight]
        yield _row(f"{what}传输（最大）", f"≤ {weight} kB", f"{heavy:.1f} kB", faults)
        yield Row(
            what=f"{what} LCP，慢速 4G（中位）", goal=f"≤ {paint} s", measured=f"{slow:.2f} s", is_met=slow <= paint
        )
        yield _first_paint_row(what, loads)


def _first_paint_row(what: str, loads: dict[str, Loading]) -> Row:
    faults = [
        f"{page}：{one.blocking} 个请求，{one.foreign} 个外站"
        for page, one in loads.items()
        if one.blocking > 1 or one.foreign
    ]
    most, foreign = max(one.blocking for one in loads.values()), max(one.foreign for one in loads.values())
    return _row(f"{what}首次绘制前的请求 / 外站", "1 / 0", f"{most} / {foreign}", faults)


def shift_row(browser: Browser, address: str, site: Audited) -> Row:
    """Return the largest layout shift over every stored state of the reading aids."""
    shifts = {
        f"{page}（{view}）": load(browser, address + page, view).shift for view in _STATES for page in site.pages[:3]
    }
    return _row(
        "CLS，各种已存的阅读设置",
        "0.000",
        f"{max(shifts.values()):.3f}",
        [f"{what}：{shift}" for what, shift in shifts.items() if shift],
    )


def print_row(browser: Browser, address: str, site: Audited) -> Row:
    """Return whether an article prints as A4 with its code and no controls."""
    page_with_code = next(
        (page for page in site.pages if b"share__code" in _file(site, page).read_bytes()), site.pages[0]
    )
    with viewing(browser, View()) as page:
        page.goto(address + page_with_code)
        page.emulate_media(media="print")
        shown = page.evaluate(
            "[...document.querySelectorAll('button, input, .menu, .pager, .neighbours')].filter((one) => one.checkVisibility()).length"
        )
        content = page.pdf(prefer_css_page_size=True)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", io.BytesIO(content).getvalue())
    is_a4 = box is not None and (round(float(box[1])), round(float(box[2]))) in ((595, 842), (596, 842), (595, 841))
    faults = [*([f"{shown} 个控件印了出来"] if shown else []), *([] if is_a4 else ["不是 A4"])]
    return _row("打印", "A4，没有控件", "A4，没有控件" if not faults else "；".join(faults), faults)


def view_rows(browser: Browser, address: str, site: Audited) -> Iterator[Row]:
    """Yield what axe, the ruler and the finger say about every page in every view."""
    axe: list[str] = []
    scrolls: list[str] = []
    targets: list[str] = []
    for view in VIEWS:
        with viewing(browser, view) as page:
            for path in site.pages:
                page.goto(address + path)
                axe += [f"{path}（{view}）：{fault}" for fault in violations(page)]
                targets += [f"{path}（{view}）：{fault}" for fault in small_targets(page)]
                if pixels := sideways(page):
                    scrolls.append(f"{path}（{view}）：{pixels} px")
    looked = f"{len(site.pages)} 页 × {len(VIEWS)} 种看法"
    yield _row(f"axe，{looked}", "0", f"{len(axe)}", axe)
    yield _row("左右滚动，320 px 与特大在内", "0", f"{len(scrolls)}", scrolls)
    yield _row("触控高度：控件 44 px，列表链接 24 px", "0", f"{len(targets)}", targets)


def _file(site: Audited, page: str) -> Path:
    relative = page.lstrip("/")
    return site.output / (f"{relative}index.html" if page.endswith("/") else relative)
