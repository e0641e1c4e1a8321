"""Put the addresses in, once they are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from html import escape, unescape

from plugins.article_body.addresses import path_of
from plugins.domain.body import REFERENCE
from plugins.domain.pages import Picture

_IMAGE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_ADDRESS = re.compile(rf' (href|src|poster|cite)="({REFERENCE}[^"]*)"')
_OWN = frozenset({"src", "width", "height", "alt", "loading", "decoding"})


def place(html: str, targets: Mapping[str, str], pictures: Mapping[str, Picture]) -> str:
    """Return ``html`` with every placeholder replaced by the address of its target.

    A picture of ``pictures`` becomes a ``<picture>`` with all its sizes. What has no target loses its address: a link
    keeps its words, a picture its description.
    """
    if REFERENCE not in html:
        return html
    html = _IMAGE.sub(partial(_picture, targets=targets, pictures=pictures), html)
    return _ADDRESS.sub(partial(_address, targets=targets), html)


def placed(html: str, targets: Iterable[tuple[str, str]], pictures: Iterable[tuple[str, Picture]]) -> str:
    """Do as ``place`` with pairs of a path and what it stands for."""
    return place(html, dict(targets), dict(pictures))


def _address(match: re.Match[str], *, targets: Mapping[str, str]) -> str:
    path, fragment = path_of(unescape(match[2]))
    url = targets.get(path)
    if url is None:
        return ""
    return f' {match[1]}="{escape(url)}{"#" + escape(fragment) if fragment else ""}"'


def _picture(match: re.Match[str], *, targets: Mapping[str, str], pictures: Mapping[str, Picture]) -> str:
    written = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
    if not written.get("src", "").startswith(REFERENCE):
        return match[0]
    path, _ = path_of(written["src"])
    picture = pictures.get(path)
    if picture is not None:
        return _markup(picture, written)
    return match[0] if path in targets else escape(written.get("alt", ""), quote=False)


def _markup(picture: Picture, written: Mapping[str, str]) -> str:
    attributes = {
        "src": picture.src,
        "width": str(picture.width),
        "height": str(picture.height),
        "alt": written.get("alt", ""),
        "loading": "lazy",
        "decoding": "async",
        **{name: value for name, value in written.items() if name not in _OWN},
    }
    sizes = f' sizes="{escape(picture.sizes)}"' if picture.sizes else ""
    sources = "".join(
        f'<source type="{escape(source.type)}" srcset="{escape(source.srcset)}"{sizes}>' for source in picture.sources
    )
    image = "<img" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items()) + ">"
    return f"<picture>{sources}{image}</picture>" if sources else image
