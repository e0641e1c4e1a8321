"""The forms that a photo is published in: Plone's scales, and which of them each place on a page gets."""

from __future__ import annotations

from dataclasses import dataclass

SCALES = {
    "huge": 1600, "great": 1200, "larger": 1000, "large": 800, "teaser": 600, "preview": 400, "mini": 200,
    "thumb": 128, "tile": 64, "icon": 32, "listing": 16,
}  # fmt: skip
_EXTENSIONS = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg"}
_QUALITY = {"AVIF": 50, "WEBP": 72, "JPEG": 78}
MEDIA_TYPES = {"AVIF": "image/avif", "WEBP": "image/webp", "JPEG": "image/jpeg"}
_VERSION = 1  # goes up when the same recipe gives other bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One form of a photo: at most ``width`` pixels wide, or a square of that side cut from its middle."""

    name: str
    width: int
    format: str
    is_square: bool = False

    @property
    def quality(self) -> int:
        """The encoder's quality, 0 to 100."""
        return _QUALITY[self.format]

    @property
    def filename(self) -> str:
        """The last part of the published address."""
        return f"{self.name}.{_EXTENSIONS[self.format]}"

    @property
    def key(self) -> str:
        """What decides the bytes, besides the photo."""
        shape = "square" if self.is_square else "width"
        return f"{_VERSION}-{self.format}-{shape}-{self.width}-{self.quality}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A place on a page: the recipes of its sources by format, the one of ``src``, and how wide it is shown."""

    sources: tuple[tuple[Recipe, ...], ...]
    fallback: Recipe
    sizes: str = ""


def scale(name: str, format: str) -> Recipe:
    """Return the recipe of a scale by its Plone name."""
    return Recipe(name=name, width=SCALES[name], format=format)


_AVIF = tuple(scale(name, "AVIF") for name in ("preview", "teaser", "large"))
_WEBP = tuple(scale(name, "WEBP") for name in ("preview", "large", "great"))
_JPEG = scale("large", "JPEG")
_ARTICLE = (
    "(min-width: 60em) 684px, (min-width: 48em) 65vw, calc(100vw - 2rem)"  # as theme/static/css/layout.css has it
)

ROLES = {
    "lead": Role(sources=(_AVIF, _WEBP), fallback=_JPEG, sizes=_ARTICLE),
    "body": Role(sources=(_AVIF, _WEBP), fallback=_JPEG, sizes=_ARTICLE),
    "story": Role(
        sources=(_AVIF, _WEBP),
        fallback=_JPEG,
        sizes="(min-width: 64em) 594px, (min-width: 48em) 56vw, calc(100vw - 2rem)",
    ),
    "share": Role(sources=(), fallback=Recipe(name="share", width=600, format="JPEG", is_square=True)),
    "full": Role(sources=(), fallback=scale("huge", "WEBP")),
}
SHARE_MINIMUM = 300  # WeChat takes no smaller picture for its card
