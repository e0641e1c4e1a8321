"""The description by which browsers offer the site's search."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from plugins.domain.settings import settings_from
from plugins.publishing.opensearch import opensearch_file

SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def described(name: str, site: str, *, service: bool = True) -> ElementTree.Element:
    settings, problems = settings_from(
        {"SITENAME": name, "SITEURL": site, "SEARCH_SERVICE": service}, root=Path("/site")
    )
    assert not problems
    return ElementTree.fromstring(opensearch_file(settings).content)


def test_the_description_is_well_formed_and_escaped() -> None:
    tree = described("示例县<计生>协会&很长很长很长的名称", "https://example.org/")
    assert tree.findtext(f"{SPACE}ShortName") == "示例县<计生>协会&很长很长很长"
    assert [url.get("template") for url in tree.iter(f"{SPACE}Url")] == [
        "https://example.org/search/?q={searchTerms}", "https://example.org/search/suggest?q={searchTerms}",
    ]  # fmt: skip
    assert len(list(described("示例", "https://example.org", service=False).iter(f"{SPACE}Url"))) == 1
