from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.spaces import close


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("拥有 7000 多万人口", "拥有7000多万人口"),
        ("在 GitHub 上用 Windows  11", "在GitHub上用Windows 11"),
        ("\u3000\u3000各位代表：\u00a0 现在开会 。", "各位代表：现在开会。"),
        ("“生育关怀基金 ”，共\u00a0240\u2003万元", "“生育关怀基金”，共240万元"),
        ("增加 23%  的", "增加23%的"),
        ("深化改革\u3000助力发展", "深化改革 助力发展"),
        ("零\u200b宽\ufeff字", "零宽字"),
        ("咨询：020-87028736  传真：020-1", "咨询：020-87028736 传真：020-1"),
    ],
)
def test_spaces_follow_the_house(text: str, expected: str) -> None:
    assert close(text).text == expected


@pytest.mark.parametrize(
    "text",
    ["深化改革 助力发展", "said “yes” to it", "1 (1).jpg", "见 https://a.cn/b 谢谢", "1. 加强领导", "列一\t列二", ""],
)
def test_other_spaces_stay(text: str) -> None:
    assert close(text).text == text
