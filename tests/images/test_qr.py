"""A QR code is a PNG that depends on its address alone."""

from __future__ import annotations

import io

from PIL import Image

from plugins.images.qr import qr_output, qr_png


def test_the_code_is_a_sharp_square_with_a_quiet_zone() -> None:
    image = Image.open(io.BytesIO(qr_png("https://www.example.org/news/a-long-slug-of-an-article/")))
    assert image.width == image.height >= 198
    assert image.convert("L").getpixel((0, 0)) == 255
    assert len(qr_png("https://www.example.org/news/")) < 1_000


def test_the_fingerprint_follows_the_address() -> None:
    one, other = qr_output("a/qr.png", "https://a.example/"), qr_output("a/qr.png", "https://b.example/")
    assert one.fingerprint != other.fingerprint
    assert one.make() == qr_png("https://a.example/") != other.make()
