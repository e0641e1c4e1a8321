"""A small site in a temporary folder, and the means to build it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.assembly.build import Built, build
from plugins.assembly.configuration import configured
from tests.assembly.small_site import NOW, PIXEL, ROOT, SITE, write


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with ``content`` and ``pelicanconf.py``; the theme is the project's own."""
    monkeypatch.setenv("XIEHUI_NOW", NOW)
    for name, text in SITE.items():
        write(tmp_path / "content" / name, text)
    for name in ("shown.png", "hidden.png"):
        (tmp_path / "content" / "news" / name).write_bytes(PIXEL + name.encode())
    for name in ("open.pdf", "secret.pdf"):
        (tmp_path / "content" / "news" / name).write_bytes(b"%PDF-1.4\n" + name.encode())
    settings = f'SITENAME = "试验站"\nSITEURL = "https://www.example.org"\nTHEME = {str(ROOT / "theme")!r}\n'
    (tmp_path / "pelicanconf.py").write_text(settings, "utf-8")
    return tmp_path


@pytest.fixture
def run(site: Path) -> Callable[..., Built]:
    """Return a function that builds the site; words are those of ``build`` and of ``configured``."""

    def build_site(preview: bool = False, **options: object) -> Built:
        return build(configured(site / "pelicanconf.py", preview=preview), **options)  # type: ignore[arg-type]

    return build_site
