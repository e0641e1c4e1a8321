"""Pelican's door."""

from __future__ import annotations

from pelican import signals

from plugins.assembly.generator import SiteGenerator


def connect() -> None:
    """Add the site's generator to Pelican's."""
    signals.get_generators.connect(get_generators)  # a module function: signals hold weak references


def get_generators(pelican: object) -> type[SiteGenerator]:
    """Return the generator of a whole site."""
    return SiteGenerator
