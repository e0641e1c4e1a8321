"""From a Page to the bytes of its file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, meta, nodes

from plugins.domain.pages import Link, Page
from plugins.domain.settings import Settings
from plugins.theming.assets import Assets
from plugins.theming.environment import Place, create_environment, inline
from plugins.theming.site import Site, create_site


class Renderer:
    """Renders pages with their body filled in; a call returns the bytes of a page."""

    def __init__(self, environment: Environment, site: Site) -> None:
        inline(site.assets.css)  # or it is a ValueError
        mark = f"\0{site.assets.style_hash}\0"  # stands for the style, which is more than half of a page, while it is drawn
        self._environment, self._site = environment, replace(site, assets=replace(site.assets, css=mark))
        self._mark, self._style = mark.encode(), site.assets.css.encode()

    def __call__(self, page: Page) -> bytes:
        """Return the bytes of ``page``."""
        drawn = self._environment.get_template(page.template).render(page=page, site=self._site)
        return drawn.encode().replace(self._mark, self._style)

    def warm(self) -> None:
        """Compile every template now: what is forked from this process then need not."""
        for name in self._environment.list_templates(extensions=["html"]):
            self._environment.get_template(name)


def create_renderer(
    settings: Settings, assets: Assets, place: Place, footer_links: Iterable[Link] = (), cache: Path | None = None
) -> Renderer:
    """Return what renders a page with its body filled in.

    ``place(html, targets, pictures)`` puts addresses and pictures into the body. A name that a template does not know is
    a ``jinja2.UndefinedError``, a template that is missing a ``jinja2.TemplateNotFound``. ``cache`` is a folder that keeps
    compiled templates.
    """
    environment = create_environment(settings.theme / "templates", place, cache)
    return Renderer(environment, create_site(settings, assets, footer_links))


def template_closure(
    environment: Environment, name: str, known: dict[str, tuple[str, ...]] | None = None
) -> tuple[str, ...]:
    """Return ``name`` and every template that it extends, includes or imports, however far, sorted.

    ``known`` takes up what each template refers to, so that no template is parsed twice for several closures.
    """
    known = {} if known is None else known
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found.add(current)
        if current not in known:
            known[current] = _references(environment, current)
        waiting += known[current]
    return tuple(sorted(found))


def _references(environment: Environment, name: str) -> tuple[str, ...]:
    """Return the templates that ``name`` itself names."""
    tree = environment.parse(_source(environment, name), name)
    referred = (*meta.find_referenced_templates(tree), *_fragments(tree))
    if None in referred:
        raise ValueError(f"{name} names a template that is known only when it runs")
    return tuple(filter(None, referred))


def _fragments(tree: nodes.Template) -> Iterator[str | None]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "fragment":
            name = call.args[0] if call.args else None
            yield str(name.value) if isinstance(name, nodes.Const) else None


def create_template_digest(theme: Path) -> Callable[[str], str]:
    """Return ``digest(name)``: it changes when the template, or anything it is made of, changes."""
    environment = create_environment(theme / "templates", lambda html, targets, pictures: html)
    known: dict[str, str] = {}
    references: dict[str, tuple[str, ...]] = {}

    def digest(name: str) -> str:
        if name not in known:
            parts = template_closure(environment, name, references)
            text = "\0".join(f"{part}\0{_source(environment, part)}" for part in parts)
            known[name] = hashlib.sha256(text.encode()).hexdigest()
        return known[name]

    return digest


def _source(environment: Environment, name: str) -> str:
    if environment.loader is None:
        raise ValueError("the environment has no templates")
    return environment.loader.get_source(environment, name)[0]
