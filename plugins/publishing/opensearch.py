"""``opensearch.xml``: lets a browser add the site's search to its address bar."""

from __future__ import annotations

from plugins.domain.settings import Settings
from plugins.publishing.outputs import OutputFile
from plugins.publishing.xml import escape, quoted

SUGGESTIONS = "application/x-suggestions+json"


def opensearch_file(settings: Settings, *, icon: str = "") -> OutputFile:
    """Return ``opensearch.xml``; ``icon`` is the address of a PNG inside the site."""
    template = f"{settings.url}/search/?q={{searchTerms}}"
    suggestions = f"{settings.url}/search/suggest?q={{searchTerms}}"
    image = f"<Image type='image/png'>{escape(settings.url + icon)}</Image>\n" if icon else ""
    return OutputFile.of_text(
        "opensearch.xml",
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(settings.name[:16])}</ShortName>\n"  # the standard allows 16 characters
        f"<LongName>{escape(settings.name[:48])}</LongName>\n"
        f"<Description>{escape('搜索' + settings.name)}</Description>\n"
        "<Language>zh-CN</Language>\n<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n"
        f"{image}<Url type='text/html' method='get' template={quoted(template)}/>\n"
        + (f"<Url type='{SUGGESTIONS}' template={quoted(suggestions)}/>\n" if settings.search_service else "")
        + "</OpenSearchDescription>\n",
    )
