"""Pelican's door: raw pages are read by `LegacyReader`."""

from __future__ import annotations

from pelican import signals
from pelican.readers import Readers

from plugins.legacy_html.reader import LegacyReader


def connect() -> None:
    """Add the reader to Pelican's."""
    signals.readers_init.connect(add_reader)  # a module function: signals hold weak references


def add_reader(readers: Readers) -> None:
    """Let ``.html`` and ``.htm`` be read by ours instead of Pelican's own."""
    for ending in LegacyReader.file_extensions:
        readers.reader_classes[ending] = LegacyReader
