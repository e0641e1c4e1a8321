"""Reading files: all of them, a part of them, and nothing but files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.files import read_regular


@given(content=st.binary(max_size=40), length=st.integers(-1, 50))
def test_as_many_bytes_come_as_were_asked_for(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, length: int
) -> None:
    file = tmp_path_factory.mktemp("files") / "a"
    file.write_bytes(content)
    assert read_regular(file, length) == (content if length < 0 else content[:length])
    assert read_regular(str(file)) == content


def test_a_file_whose_size_is_not_known_before_is_read_whole() -> None:
    assert read_regular("/proc/self/status").startswith(b"Name:")  # its state says 0 bytes


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"a")
    (tmp_path / "link").symlink_to("file")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", ".", "nothing"):
        with pytest.raises(OSError):
            read_regular(tmp_path / name)
