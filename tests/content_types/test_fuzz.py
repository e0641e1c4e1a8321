"""Whatever is written into front matter, reading it ends with an item or with a blocking problem, never with a fault."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.content_types.item import read_item
from plugins.content_types.types import ANY_FIELD, TYPES
from plugins.domain.front_matter import write_front_matter

DATES = ["2024-01-01", "2024-09-12 08:30+99:99", "0001-01-01", "9999-12-31 23:59-12:00"]
PATHS = ["../x", "/a", "{static}a", "{static}/", "{", "|", ".", "/", "//", "..", "a\\b", "%2e%2e/x"]
ADDRESSES = ["https://[", "http://a:99999999/", "a:b"]
VALUES = st.text(max_size=20) | st.sampled_from(
    [*DATES, *PATHS, *ADDRESSES, "published", "true", "-1", "١٢", "²", "1e9", "page"]
)
KEYS = st.sampled_from(["name", "path", "date", "text", "type", "section", "rule", "until", "url", "tags", "since"])
TREES = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS | st.text(max_size=8), inner, min_size=1)
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(TYPES)),
    st.dictionaries(st.sampled_from(sorted(ANY_FIELD)), TREES, max_size=8),
    st.text(max_size=50),
)
def test_an_item_or_a_reason(kind: str, fields: dict[str, object], body: str) -> None:
    text = write_front_matter({"title": "示例", "type": kind, "state": "published", **fields}) + body  # type: ignore[dict-item]
    item, problems = read_item("news/index.md" if kind == "section" else "news/a.md", text.encode("utf-8", "replace"))
    assert (item is None) == any(problem.is_blocking for problem in problems)
    assert all(problem.line >= 1 for problem in problems)
