"""Recover legacy pages: bytes in, reviewed Markdown and the record of every change out."""


def register() -> None:
    """Enter Pelican: raw pages in ``content/`` are read through the pipeline."""
    from plugins.legacy_html import plugin  # the command line and the build do without Pelican

    plugin.connect()
