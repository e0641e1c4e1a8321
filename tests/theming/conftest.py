"""The theme of this checkout, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.theming.assets import Assets, load_assets

THEME = Path(__file__).parents[2] / "theme"


@pytest.fixture(scope="session")
def theme() -> Path:
    return THEME


@pytest.fixture(scope="session")
def assets(theme: Path) -> Assets:
    return load_assets(theme)
