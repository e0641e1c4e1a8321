"""The content security policy that a page carries itself: all from here, and what stands inline named by its hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

_OWN = ("script-src", "style-src", "img-src", "media-src", "font-src", "connect-src", "manifest-src", "form-action")


def inline_hash(code: str) -> str:
    """Return what a policy calls an inline script or style.

    >>> inline_hash("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def meta_policy(*, scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the policy for a ``<meta>``: hosts that send no headers are as strict as those that do.

    ``frame-ancestors`` is not in it, because browsers ignore it there and say so; nor is
    ``upgrade-insecure-requests``, because a desk without a certificate would then load nothing.
    """
    inline = {"script-src": scripts, "style-src": styles}
    own = (" ".join([name, "'self'", *(f"'{digest}'" for digest in inline.get(name, ()))]) for name in _OWN)
    return "; ".join(["default-src 'none'", *own, "base-uri 'none'"])
