"""The Jinja environment of the theme: autoescape, no undefined names, and the one door for markup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plugins.domain.dates import chinese_day, chinese_minute, iso_day
from plugins.domain.pages import Meta, Page, Picture
from plugins.domain.text import cut
from plugins.theming.compiling import CompilingEnvironment, bytecode_cache, escaped

Targets = tuple[tuple[str, str], ...]
Pictures = tuple[tuple[str, Picture], ...]
Place = Callable[[str, Targets, Pictures], str]  # puts the real addresses and pictures into a body's HTML


def create_environment(templates: Path, place: Place, cache: Path | None = None) -> Environment:
    """Return the environment for the folder ``templates``.

    ``page | body`` is the page's text as published, from ``place``; ``text | inline`` is the content of a style or
    script element; ``metas | tags`` are the elements of ``page.metas``. Nothing else in the theme is markup, but what
    a template itself has drawn: ``fragment("partials/footer.html")``, see ``compiling.Fragments``. ``cache`` is a folder
    that keeps compiled templates for the next process.
    """

    def body(page: Page) -> Markup:
        if page.body is None:
            return Markup("")
        return Markup(place(page.body.html, page.targets, page.pictures))  # sanitised when it was converted

    environment = CompilingEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=bytecode_cache(cache) if cache else None,
    )
    environment.filters.update(
        body=body,
        inline=inline,
        tags=tags,
        iso_day=iso_day,
        chinese_day=chinese_day,
        chinese_minute=chinese_minute,
        cut=cut,
    )
    return environment


def inline(text: str) -> Markup:
    """Return ``text`` as the whole content of a style or script element.

    A text with ``<`` is a ValueError: it could end the element, and link checkers lose their way behind it.
    """
    if "<" in text:
        raise ValueError(f"not fit to stand inside an element: {text[:60]!r}")
    return Markup(text)


def tags(metas: tuple[Meta, ...]) -> Markup:
    """Return the ``<meta>`` elements of a page, one a line."""
    lines = [f'<meta {meta.attribute}="{meta.name}" content="{escaped(meta.content)}">\n' for meta in metas]
    return Markup("".join(lines))
