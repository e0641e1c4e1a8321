"""The headers of this site: what stands inline is named by its hash, what never changes is said."""

from __future__ import annotations

from plugins.domain.settings import Settings
from plugins.publishing.headers import HeaderSettings
from plugins.theming.assets import Assets, load_assets

IMMUTABLE = ("/assets/*", "/images/*")


def header_settings(settings: Settings, assets: Assets | None = None) -> HeaderSettings:
    """Return what the table of headers needs to know of the site; ``assets`` are those of its theme, if at hand."""
    assets = assets or load_assets(settings.theme)
    return HeaderSettings(
        scripts=(assets.script_hash,),
        styles=(assets.style_hash,),
        hsts_preload=settings.hsts_preload,
        immutable=IMMUTABLE,
    )
