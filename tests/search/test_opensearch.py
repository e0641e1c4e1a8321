from __future__ import annotations

from xml.etree import ElementTree

from plugins.search.opensearch import describe

SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_the_description_is_well_formed_and_escaped() -> None:
    tree = ElementTree.fromstring(describe("示例县<计生>协会&很长很长很长的名称", "https://example.org/"))
    assert tree.findtext(f"{SPACE}ShortName") == "示例县<计生>协会&很长很长很长"
    assert [url.get("template") for url in tree.iter(f"{SPACE}Url")] == [
        "https://example.org/search/?q={searchTerms}", "https://example.org/search/suggest?q={searchTerms}",
    ]  # fmt: skip
    assert (
        len(list(ElementTree.fromstring(describe("示例", "https://example.org", service=False)).iter(f"{SPACE}Url")))
        == 1
    )
