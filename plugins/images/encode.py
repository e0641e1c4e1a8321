"""Make one form of a photo: turned upright, in sRGB, without camera, place or owner."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from plugins.images.photo import Photo
from plugins.images.recipes import Recipe

_OPTIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"speed": 8, "max_threads": 1},  # one thread, so that the bytes are the same on every machine
    "WEBP": {"method": 4},
    "JPEG": {"optimize": True, "progressive": True},
}
_WHITE = (255, 255, 255)


def size_of(photo: Photo, recipe: Recipe) -> tuple[int, int]:
    """Return width and height in pixels of ``photo`` under ``recipe``; never larger than the photo itself."""
    if recipe.is_square:
        side = min(recipe.width, photo.width, photo.height)
        return side, side
    width = min(recipe.width, photo.width)
    return width, max(1, round(photo.height * width / photo.width))


def encode(photo: Photo, recipe: Recipe) -> bytes:
    """Return the bytes of ``photo`` under ``recipe``: the same photo and recipe give the same bytes."""
    with Image.open(photo.path, formats=[photo.format]) as opened:
        image = _colours(ImageOps.exif_transpose(opened))
    size = size_of(photo, recipe)
    scaled = (
        ImageOps.fit(image, size, Image.Resampling.LANCZOS)
        if recipe.is_square
        else image.resize(size, Image.Resampling.LANCZOS)
    )
    scaled.info.clear()  # no profile, comment, EXIF or XMP goes on
    target = io.BytesIO()
    scaled.save(target, recipe.format, quality=recipe.quality, **_OPTIONS[recipe.format])
    return target.getvalue()


def encode_cached(photo: Photo, recipe: Recipe, cache: Path) -> bytes:
    """Return the bytes as ``encode`` does, from the folder ``cache`` where they were made before."""
    kept = cache / photo.digest[:2] / f"{photo.digest}-{recipe.key}"
    try:
        return kept.read_bytes()
    except OSError:
        content = encode(photo, recipe)
    kept.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=kept.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(name).replace(kept)  # whole or not at all
    return content


def _colours(image: Image.Image) -> Image.Image:
    """Return ``image`` as sRGB on white: phones write wider colours, which would look dull without their profile."""
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "LA", "PA", "RGBA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, (*_WHITE, 255))
        image = Image.alpha_composite(ground, layered).convert("RGB")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return converted if converted is not None else image.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            return image.convert("RGB")  # a damaged profile costs its colours, not the picture
    return image.convert("RGB")
