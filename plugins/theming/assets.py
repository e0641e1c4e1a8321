"""What the theme brings to every page: inline style and script, published files, and the policy that allows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from plugins.domain.outputs import Output
from plugins.domain.policy import inline_hash, integrity

FOLDER = "assets"  # below it every name carries the hash of its bytes, so that a browser may keep it for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetFile:
    """A published file of the theme; ``path`` is relative to the output folder."""

    path: str
    content: bytes

    @property
    def url(self) -> str:
        """The address of the file, from the root of the site."""
        return "/" + self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The theme's styles, scripts and pictures, ready for pages.

    ``css`` and ``head_script`` stand inline; ``style_hash`` and ``script_hash`` name them in policies.
    ``script_url`` is the script of every page, ``search_url`` that of the search page.
    ``share_image_url`` is the square picture of cards for pages without one; ``touch_icon_url`` a PNG of 192 pixels.
    """

    css: str
    head_script: str
    style_hash: str
    script_hash: str
    script_url: str
    search_url: str
    icon_url: str
    touch_icon_url: str
    share_image_url: str
    files: tuple[AssetFile, ...]

    def integrity(self, url: str) -> str:
        """Return what ``integrity`` says of the published file at ``url``: no other bytes may run in its place."""
        return _integrity(next(file.content for file in self.files if file.url == url))


_integrity = lru_cache(maxsize=16)(integrity)  # every page asks


def load_assets(theme: Path) -> Assets:
    """Read, join, minify and name everything under ``theme/static``; the same files give the same names."""
    from plugins.theming.scripts import bundle, join_modules, minified  # not needed where the assets are known
    from plugins.theming.stylesheets import bundle_css

    static = theme / "static"
    css = bundle_css(static / "css" / "main.css")
    scripts = static / "js"
    head_script, site_script, search_script = minified(
        [(scripts / "head.js").read_text("utf-8"), bundle(scripts / "main.js"), join_modules(scripts / "search.js")]
    )
    script = _hashed("site.js", site_script.encode())
    search = _hashed("search.js", search_script.encode())
    pictures = {
        name: _hashed(name, (static / "images" / name).read_bytes()) for name in ("icon.svg", "icon.png", "share.png")
    }
    return Assets(
        css=css,
        head_script=head_script,
        style_hash=inline_hash(css),
        script_hash=inline_hash(head_script),
        script_url=script.url,
        search_url=search.url,
        icon_url=pictures["icon.svg"].url,
        touch_icon_url=pictures["icon.png"].url,
        share_image_url=pictures["share.png"].url,
        files=(script, *pictures.values(), search),
    )


def asset_outputs(assets: Assets) -> tuple[Output, ...]:
    """Return the published files of the theme as outputs."""
    return tuple(
        Output(path=file.path, fingerprint=hashlib.sha256(file.content).hexdigest(), make=partial(bytes, file.content))
        for file in assets.files
    )


def _hashed(name: str, content: bytes) -> AssetFile:
    stem, _, extension = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    return AssetFile(path=f"{FOLDER}/{stem}.{digest}.{extension}", content=content)
