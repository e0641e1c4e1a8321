"""Arrows point inwards: adapters → core → domain → standard library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(path for path in (ROOT / "plugins").rglob("*.py") if "__pycache__" not in path.parts)
ADAPTERS = {"plugin.py", "generator.py", "reader.py", "tasks.py", "__main__.py"}
INNER = {"plugins.domain", "plugins.sanitizing"}  # what every capability may import
HELD_BY = {
    "pelican": ADAPTERS,
    "invoke": {"tasks.py"},
    "gunicorn": {"server.py"},
}
WHOLE_FILE_LINES = 300


def imports_of(path: Path) -> Iterator[str]:
    """Yield the full name of every module that ``path`` imports, also inside functions, but for type checking."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def capability_of(path: Path) -> str:
    return f"plugins.{path.relative_to(ROOT / 'plugins').parts[0].removesuffix('.py')}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_arrows_point_inwards(path: Path) -> None:
    own = capability_of(path)
    if own == "plugins.assembly":
        return  # the composition root
    allowed = {own, *INNER} if own not in INNER else {own, "plugins.domain"}
    if path.name in ADAPTERS:
        allowed.add("plugins.assembly")
    for name in imports_of(path):
        if name.startswith("plugins."):
            assert any(name == inner or name.startswith(inner + ".") for inner in allowed), (
                f"{path.name} 不应导入 {name}"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_outer_libraries_stay_at_the_door(path: Path) -> None:
    for name in imports_of(path):
        holders = HELD_BY.get(name.partition(".")[0])
        assert holders is None or path.name in holders or capability_of(path) == "plugins.assembly", (
            f"{path} 不应导入 {name}"
        )


def test_domain_needs_the_standard_library_only() -> None:
    for path in (ROOT / "plugins" / "domain").glob("*.py"):
        for name in imports_of(path):
            assert name.partition(".")[0] in {*sys.stdlib_module_names, "plugins"}, f"{path.name}: {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= WHOLE_FILE_LINES


@pytest.mark.parametrize("module", ["plugins.search.service", "plugins.legacy_html.pipeline", "plugins.assembly.build"])
def test_pelican_is_not_needed(module: str) -> None:
    code = f"import sys, {module}; sys.exit('pelican' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_nothing_committed_names_this_machine() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    words = [b"/work" + b"/", b"/root" + b"/", b"pypi" + b".org", b"files.python" + b"hosted"]
    for name in filter(None, tracked):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        found = [word for word in words if word in content]
        assert not found, f"{name}: {found}"
