"""A photo as a Picture for templates, and the files that it needs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from plugins.domain.outputs import Output
from plugins.domain.pages import Picture, PictureSource
from plugins.images.encode import encode_cached, size_of
from plugins.images.photo import Photo, read_photo
from plugins.images.recipes import MEDIA_TYPES, ROLES, SHARE_MINIMUM, Recipe

FOLDER = "images"  # below it every address carries the digest of its photo, so that a browser may keep it for ever


def picture_outputs(
    path: Path, *, cache: Path, role: str = "body", alt: str = "", caption: str = "", source: str = ""
) -> tuple[Picture, tuple[Output, ...]]:
    """Return the photo ``path`` as a picture for the place ``role``, and its files, which are encoded when they are made.

    ``role`` is lead, story, body, share (a square JPEG for cards) or full (the largest form). ``source`` is the content
    file to name in reports. UnusablePhotoError where the file is no picture for a page.
    """
    photo, place = read_photo(path), ROLES[role]
    groups = [_distinct(photo, recipes) for recipes in place.sources]
    width, height = size_of(photo, place.fallback)
    picture = Picture(
        src=_url(photo, place.fallback),
        width=width,
        height=height,
        alt=alt,
        caption=caption,
        sizes=place.sizes,
        sources=tuple(_source(photo, group) for group in groups),
    )
    recipes = [recipe for group in groups for recipe in group]
    return picture, tuple(_output(photo, recipe, cache, source) for recipe in (*recipes, place.fallback))


def is_shareable(path: Path) -> bool:
    """Whether a square of at least 300 pixels can be cut from the photo, as cards of other apps want it."""
    photo = read_photo(path)
    return min(photo.width, photo.height) >= SHARE_MINIMUM


def _distinct(photo: Photo, recipes: tuple[Recipe, ...]) -> tuple[Recipe, ...]:
    """Return the recipes without those that would only repeat a smaller one, because the photo is no larger."""
    chosen = {size_of(photo, recipe): recipe for recipe in reversed(recipes)}
    return tuple(reversed(chosen.values()))


def _source(photo: Photo, recipes: tuple[Recipe, ...]) -> PictureSource:
    srcset = ", ".join(f"{_url(photo, recipe)} {size_of(photo, recipe)[0]}w" for recipe in recipes)
    return PictureSource(type=MEDIA_TYPES[recipes[0].format], srcset=srcset)


def _output(photo: Photo, recipe: Recipe, cache: Path, source: str) -> Output:
    return Output(
        path=_url(photo, recipe).lstrip("/"),
        fingerprint=f"{photo.digest}-{recipe.key}",
        make=partial(encode_cached, photo, recipe, cache),
        source=source,
    )


def _url(photo: Photo, recipe: Recipe) -> str:
    return f"/{FOLDER}/{photo.digest[:16]}/{recipe.filename}"
