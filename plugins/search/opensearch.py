"""The OpenSearch description, by which browsers offer the site's search in their own field."""

from __future__ import annotations

from plugins.search.answer import escape

TYPE = "application/opensearchdescription+xml"


def describe(name: str, site: str, *, service: bool = True) -> str:
    """Return the XML for the site called ``name`` (at most 16 characters are shown) at the address ``site``.

    ``service`` says whether there is one to ask for suggestions.
    """
    address = escape(site.rstrip("/"))
    suggestions = (
        f'<Url type="application/x-suggestions+json" template="{address}/search/suggest?q={{searchTerms}}"/>'
        if service
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(name[:16])}</ShortName><Description>{escape(f'搜索{name}')}</Description>"
        f'<InputEncoding>UTF-8</InputEncoding><Url type="text/html" template="{address}/search/?q={{searchTerms}}"/>{suggestions}'
        "</OpenSearchDescription>\n"
    )
