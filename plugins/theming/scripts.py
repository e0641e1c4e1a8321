"""The theme's JavaScript: one bundle for every page, and modules that a single page loads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from rjsmin import jsmin  # type: ignore[import-untyped]

_SIDE_EFFECT = re.compile(r'^import "\./([^"]+)";$', re.MULTILINE)
_FROM = re.compile(r"""((?:\bfrom|\bimport)\s*\(?\s*["'])\./([\w.-]+\.js)(["'])""")


def minify(script: str) -> str:
    """Return ``script`` without comments and needless space."""
    return str(jsmin(script)).strip()


def bundle(main: Path) -> str:
    """Return the modules that ``main`` imports for their effect, each in a block, as one minified module.

    A module is always strict, so that its names stay in its block. Modules of a bundle import nothing themselves.
    """
    names = _SIDE_EFFECT.findall(main.read_text("utf-8"))
    return "".join("{" + minify((main.parent / name).read_text("utf-8")) + "}" for name in names)


def imports_of(script: str) -> tuple[str, ...]:
    """Return the file names that a module imports from beside itself, in the order written.

    >>> imports_of('import { terms } from "./search-terms.js";')
    ('search-terms.js',)
    """
    return tuple(dict.fromkeys(match[2] for match in _FROM.finditer(script)))


def link_modules(scripts: Mapping[str, str], publish: Callable[[str, str], str]) -> dict[str, str]:
    """Publish modules under names of their own choice and return the new name of each.

    ``publish(name, script)`` gets a module whose imports already carry their new names, and returns the name it is
    published under; what a module imports is published before it. A circle of imports is a ValueError.
    """
    published: dict[str, str] = {}
    waiting: list[str] = []

    def visit(name: str) -> str:
        if name in waiting:
            raise ValueError("scripts import each other in a circle: " + " → ".join([*waiting, name]))
        if name not in published:
            waiting.append(name)
            for imported in imports_of(scripts[name]):
                visit(imported)
            linked = _FROM.sub(lambda match: f"{match[1]}./{published[match[2]]}{match[3]}", scripts[name])
            published[name] = publish(name, linked)
            waiting.pop()
        return published[name]

    for name in sorted(scripts):
        visit(name)
    return published
