"""The raw values of a settings file."""

from __future__ import annotations

import runpy
from pathlib import Path


def values_of(file: Path) -> dict[str, object]:
    """Run a settings file as Pelican would and return its upper-case names."""
    return {key: value for key, value in runpy.run_path(str(file)).items() if key.isupper()}
