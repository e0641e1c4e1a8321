"""The content security policy of the house: all from here, and what stands inline named by its hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

_FROM_HERE = ("img-src", "media-src", "font-src", "connect-src", "manifest-src", "form-action")
_OTHERS = tuple(f"{name} 'self'" for name in _FROM_HERE)


def inline_hash(code: str) -> str:
    """Return what a policy calls an inline script or style.

    >>> inline_hash("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def integrity(content: bytes) -> str:
    """Return the value of ``integrity`` for a ``<script src>`` or stylesheet with these bytes."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def page_policy(*, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """Return the policy as a ``<meta>`` may say it, for hosts that send no headers; both are ``inline_hash`` values.

    ``frame-ancestors`` is not in it, because browsers ignore it there and say so; nor is
    ``upgrade-insecure-requests``, because a desk without a certificate would then load nothing.

    >>> page_policy(styles=["sha256-a"]).split("; ")[:3]
    ["default-src 'none'", "script-src 'self'", "style-src 'self' 'sha256-a'"]
    """
    inline = (f"script-src {_named(scripts)}", f"style-src {_named(styles)}")
    return "; ".join(["default-src 'none'", *inline, *_OTHERS, "base-uri 'none'"])


def _named(hashes: Iterable[str]) -> str:
    return " ".join(["'self'", *(f"'{value}'" for value in sorted(set(hashes)))])
