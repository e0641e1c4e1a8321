"""A small valid site in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content_types.sample import VALID, write


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    write(folder, VALID)
    return folder
