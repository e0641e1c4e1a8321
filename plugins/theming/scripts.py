"""The theme's JavaScript: one script for every page, one more for the search page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_SIDE_EFFECT = re.compile(r'^import "\./([^"]+)";$', re.MULTILINE)
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async |const |let |class |function ))", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:const|let|class|function) (\w+)|^const \{([^}]*)\}", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b|\bimport\(", re.MULTILINE)

# The minifier is a library in Go, whose threads must not run in a process that forks: it gets one of its own.
_MINIFIER = """
import json, sys, minify
found = [minify.string("application/javascript", script) for script in json.load(sys.stdin)]
json.dump(found, sys.stdout)
"""


def minified(scripts: Sequence[str]) -> list[str]:
    """Return each of ``scripts`` without what only its authors need: comments, space, long names inside it.

    A script that cannot be read is a ValueError that says where.
    """
    done = subprocess.run(
        [sys.executable, "-c", _MINIFIER], input=json.dumps(list(scripts)), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ValueError(f"a script cannot be minified: {done.stderr.strip().rpartition('Error: ')[2]}")
    found: list[str] = json.loads(done.stdout)
    return found


def bundle(main: Path) -> str:
    """Return the modules that ``main`` imports for their effect, each in a block, as one module.

    A module is always strict, so that its names stay in its block. Modules of a bundle import nothing themselves.
    """
    names = _SIDE_EFFECT.findall(main.read_text("utf-8"))
    return "".join("{" + (main.parent / name).read_text("utf-8") + "}" for name in names)


def join_modules(entry: Path) -> str:
    """Return ``entry`` and every module that it imports, however far, as one block: what is imported comes first.

    Names of two modules that are the same, modules that import each other in a circle, and imports and exports of another
    form than ``import { a, b } from "./c.js";`` and ``export const`` are a ValueError.
    """
    owners: dict[str, str] = {}
    parts = []
    for path in _in_order(entry, []):
        text = _EXPORT.sub("", _IMPORT.sub("", path.read_text("utf-8")))
        if left := _LEFT.search(text):
            raise ValueError(f"{path.name}: {text[left.start() :].partition(chr(10))[0]!r} cannot be joined")
        for name in _names(text):
            if (owner := owners.setdefault(name, path.name)) != path.name:
                raise ValueError(f"{path.name} and {owner} both have a {name!r}")
        parts.append(text)
    return "{" + "\n".join(parts) + "}"


def _in_order(path: Path, waiting: list[Path]) -> list[Path]:
    """Return what ``path`` imports and then itself, each once."""
    if path in waiting:
        names = " → ".join(each.name for each in [*waiting, path])
        raise ValueError(f"scripts import each other in a circle: {names}")
    found: list[Path] = []
    for name in _IMPORT.findall(path.read_text("utf-8")):
        found += _in_order(path.parent / name, [*waiting, path])
    return list(dict.fromkeys([*found, path]))


def _names(text: str) -> Iterator[str]:
    for alone, several in _NAME.findall(text):
        yield from ([alone] if alone else (name.strip() for name in several.split(",")))
