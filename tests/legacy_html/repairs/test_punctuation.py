from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.punctuation import widen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议强调,要抓好落实;下一步:改革!好吗?", "会议强调，要抓好落实；下一步：改革！好吗？"),
        ("占61%,增长2.6倍,共1,000人", "占61%，增长2.6倍，共1,000人"),
        ("11:21:10开会,见1 (1).jpg", "11:21:10开会，见1 (1).jpg"),
        ("村(居)民,人口基金(UNFPA)和HPV(病毒)", "村（居）民，人口基金（UNFPA）和HPV（病毒）"),
        ("(1)加强领导", "（1）加强领导"),
        ("见https://a.cn/b?c=1,d:2,谢谢", "见https://a.cn/b?c=1,d:2，谢谢"),
        ("写信到a@b.com,或致电", "写信到a@b.com，或致电"),
        ("“五个一”,“三项制度”", "“五个一”，“三项制度”"),
        ("“3+2”,“5+1”等做法", "“3+2”，“5+1”等做法"),
        ('他说:"你好,世界"。', "他说：“你好，世界”。"),
        ("他说:'将心比心'。", "他说：‘将心比心’。"),
        ("《报告(终稿).docx》(共3页)", "《报告(终稿).docx》（共3页）"),
    ],
)
def test_marks_beside_chinese_are_widened(text: str, expected: str) -> None:
    assert widen(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hello, world (test): it's “fine”; ok?",
        "1 (1).jpg",
        "比分3:2，比例1:1,000",
        "互联网+服务",
        "函数f(x)在这里",
        "a@b.com; c@d.com",
        '他的屏幕有5"大',  # one quote is no pair
        'see "foo, bar" here',
        "代码`a,中`不变",
        "&nbsp;中",
    ],
)
def test_other_marks_stay(text: str) -> None:
    assert widen(text).text == text
