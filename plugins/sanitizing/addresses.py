"""Which addresses a page may point to, and which it may load."""

from __future__ import annotations

import re

from plugins.sanitizing.policy import LINK_SCHEMES

_IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]")
_EDGES = "".join(map(chr, range(33)))
_SCHEME = re.compile(r"([^/?#:]*):")
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,])((?:\s+[\d.]+[wx])?)\s*(?:,|$)")


def linked(url: str) -> str | None:
    """``url`` when a reader may follow it (http, https, mailto, tel, relative but never ``//``), else None."""
    address = _plain(url)
    if address is None:
        return None
    scheme = _SCHEME.match(address)
    return address if scheme is None or scheme[1].lower() in LINK_SCHEMES else None


def loaded(url: str) -> str | None:
    """``url`` when it lies on this site, else None: a page never loads anything from another host."""
    address = _plain(url)
    return None if address is None or _SCHEME.match(address) else address


def loaded_set(srcset: str) -> str | None:
    """A ``srcset`` whose candidates all lie on this site, else None."""
    candidates = list[str]()
    position = 0
    while position < len(srcset):
        candidate = _CANDIDATE.match(srcset, position)
        if candidate is None or loaded(candidate[1]) is None:
            return None
        candidates.append(candidate[1] + candidate[2])
        position = candidate.end()
    return ", ".join(candidates) or None


def _plain(url: str) -> str | None:
    """The address as a browser reads it; None for one that names a host without a scheme, or hides it."""
    address = _IGNORED_BY_BROWSERS.sub("", url).strip(_EDGES)
    hides = address.startswith("//") or "\\" in address or any(ord(character) < 32 for character in address)
    return None if hides else address
