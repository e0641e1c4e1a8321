"""The drawings of the examples: plain shapes as SVG, and a stand-in for a QR code."""

from __future__ import annotations

import struct
import zlib

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450" width="800" height="450">'
_PEOPLE = "".join(
    f'<g transform="translate({x} {y})" fill="{colour}"><circle cx="0" cy="-46" r="13"/><path d="M-17 0v-14a17 17 0 0 1 34 0V0z"/></g>'
    for x, y, colour in (
        (150, 380, "#7a4b3a"), (205, 392, "#41607c"), (268, 384, "#8a2f2a"), (540, 388, "#3f6b57"), (596, 380, "#7a4b3a"),
        (655, 394, "#5a5f78"), (400, 398, "#41607c"),
    )
)  # fmt: skip
_VILLAGE = (
    _HEAD + '<rect width="800" height="450" fill="#dfe9ef"/><circle cx="640" cy="92" r="38" fill="#f3d9a2"/>'
    '<path d="M0 250l140-90 120 70 150-120 170 130 120-60 100 70v200H0z" fill="#a9bfb6"/>'
    '<path d="M0 310q200-60 400-20t400-10v170H0z" fill="#cdbf9a"/>'
    '<g fill="#f7f4ec"><rect x="80" y="220" width="120" height="80"/><rect x="610" y="216" width="130" height="84"/></g>'
    '<g fill="#6d5a50"><path d="M64 224l76-46 76 46zM592 220l84-50 84 50z"/></g>'
    '<g><path d="M290 250l110-60 110 60z" fill="#a8201a"/><path d="M304 250h8v100h-8zm184 0h8v100h-8z" fill="#6b7075"/>'
    '<rect x="330" y="312" width="140" height="12" fill="#8a6b4f"/><path d="M340 324h8v34h-8zm112 0h8v34h-8z" fill="#6d5440"/></g>'
    + _PEOPLE
    + "</svg>"
)
_READING = (
    _HEAD + '<rect width="800" height="450" fill="#f2ead9"/><rect y="330" width="800" height="120" fill="#c9a97c"/>'
    '<g fill="#8c6d4c"><rect x="70" y="90" width="240" height="10"/><rect x="70" y="180" width="240" height="10"/></g>'
    + "".join(
        f'<rect x="{84 + place * 24}" y="{row}" width="18" height="{height}" fill="{colour}"/>'
        for row, heights in ((32, (58, 50, 58, 46, 58, 54, 58, 50)), (122, (50, 58, 48, 58, 58, 46, 54, 58)))
        for place, (height, colour) in enumerate(zip(heights, ("#a8201a", "#41607c", "#3f6b57", "#c28a3a") * 2, strict=True))
    )
    + '<rect x="480" y="70" width="230" height="170" fill="#cfe0ea" stroke="#8c6d4c" stroke-width="10"/>'
    '<path d="M595 70v170M480 155h230" stroke="#8c6d4c" stroke-width="6"/>' + _PEOPLE + "</svg>"
)  # fmt: skip


def drawings() -> dict[str, bytes]:
    """Return the files of the drawings by their path in the style guide."""
    return {
        "drawings/village.svg": _VILLAGE.encode(),
        "drawings/reading.svg": _READING.encode(),
        "drawings/qr.png": _checkered(33),
    }


def _checkered(size: int) -> bytes:
    """Return a PNG that looks like a QR code and leads nowhere."""
    rows = b"".join(
        b"\0" + bytes(0 if (x * 7 + y * 5 + x * y) % 3 == 0 else 255 for x in range(size)) for y in range(size)
    )
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
