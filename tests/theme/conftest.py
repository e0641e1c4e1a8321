"""The style guide, written once, served, and one browser for all tests that need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plugins.theming.browser import find_chromium, launched, served
from plugins.theming.styleguide import write_styleguide

THEME = Path(__file__).parents[2] / "theme"


@pytest.fixture(scope="session")
def styleguide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("styleguide")
    write_styleguide(THEME, folder)
    return folder


@pytest.fixture(scope="session")
def address(styleguide: Path) -> Iterator[str]:
    with served(styleguide) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if find_chromium() is None:
        pytest.skip("no Chromium on this machine: install chromium and fonts-noto-cjk")
    with launched() as browser:
        yield browser
