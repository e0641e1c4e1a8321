"""The theme's CSS as one minified text, in the order that ``main.css`` gives."""

from __future__ import annotations

import re
from pathlib import Path

from rcssmin import cssmin  # type: ignore[import-untyped]

_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)


def stylesheet_files(main: Path) -> tuple[Path, ...]:
    """Return the files that ``main`` imports, in the order of the cascade."""
    return tuple(main.parent / name for name in _IMPORT.findall(main.read_text("utf-8")))


def bundle_css(main: Path) -> str:
    """Return every imported file of ``main``, joined and minified.

    A file that is not there is an error (OSError): a theme without one of its parts is not built.
    """
    return str(cssmin("\n".join(path.read_text("utf-8") for path in stylesheet_files(main))))
