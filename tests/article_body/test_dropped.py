"""An address that may not be published is taken out, and said."""

from __future__ import annotations

import pytest

from plugins.article_body.convert import convert
from plugins.official_document.outline import outline
from plugins.sanitizing.sanitize import sanitize


@pytest.mark.parametrize(
    "text",
    [
        "甲\n\n[乙](javascript:x)",
        "甲\n\n![图](http://a.example.org/b.png)",
        "甲\n\n[乙](//a.example.org/)",
        "甲\n\n![图](data:image/png;base64,AA)",
    ],
)
def test_a_dropped_address_is_said(text: str) -> None:
    body, problems = convert(text, path="a.md", first_line=5, sanitize=sanitize, outline=outline)
    assert "example" not in body.html and "javascript" not in body.html and "data:" not in body.html
    said = [problem for problem in problems if "不能发布" in problem.message]
    assert [problem.line for problem in said] == [7]


@pytest.mark.parametrize(
    "text", ["[甲](https://www.example.org/)", "[甲](mailto:a@example.org)", "[甲](b.md)", "![图](c.png)"]
)
def test_a_good_address_is_not(text: str) -> None:
    _, problems = convert(text, path="a.md", sanitize=sanitize, outline=outline)
    assert not [problem for problem in problems if "不能发布" in problem.message]
