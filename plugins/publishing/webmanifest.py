"""``site.webmanifest``: the name and picture of the site on a phone's home screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from plugins.domain.settings import Settings
from plugins.publishing.outputs import OutputFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """A square picture: address inside the site, side in pixels."""

    src: str
    side: int
    type: str = "image/png"


def webmanifest_file(
    settings: Settings, icons: Sequence[Icon] = (), *, colour: str = "#a8201a", background: str = "#ffffff"
) -> OutputFile:
    """Return ``site.webmanifest``; the site opens as a page of the browser, with its address visible."""
    content = {
        "name": settings.name,
        "short_name": settings.name[:12],
        "description": settings.description,
        "lang": "zh-CN",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "theme_color": colour,
        "background_color": background,
        "icons": [{"src": icon.src, "sizes": f"{icon.side}x{icon.side}", "type": icon.type} for icon in icons],
    }
    shown = {key: value for key, value in content.items() if value}
    return OutputFile.of_text("site.webmanifest", json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
