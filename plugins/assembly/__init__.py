"""The one place that wires the capabilities: from a content folder to an output folder."""


def register() -> None:
    """Enter Pelican: its own generators idle, one of ours builds the site."""
    from plugins.assembly import plugin

    plugin.connect()
