"""The QR code of an address, as a picture that WeChat recognises when it is pressed."""

from __future__ import annotations

import hashlib
import io
from functools import partial

from plugins.domain.outputs import Output

_SCALE = 6  # pixels a module: sharp at 132 CSS pixels on any screen, and on paper
_BORDER = 2


def qr_png(address: str) -> bytes:
    """Return a PNG of the QR code that holds ``address``; the same address gives the same bytes."""
    import segno  # only where a code is drawn

    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="png", scale=_SCALE, border=_BORDER)
    return target.getvalue()


def qr_output(path: str, address: str, *, source: str = "") -> Output:
    """Return the output ``path`` that holds the QR code of ``address``."""
    fingerprint = hashlib.sha256(f"qr-{_SCALE}-{_BORDER}\0{address}".encode()).hexdigest()
    return Output(path=path, fingerprint=fingerprint, make=partial(qr_png, address), source=source)
