from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.figures import find, is_caption_like, picture_file


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("1 (1).jpg", "1 (1).jpg"),
        ("IMG_2031.JPG", "IMG_2031.JPG"),
        ("图片：活动现场.png", "活动现场.png"),
        ("![会场](a/b.jpg)", "a/b.jpg"),
        ("见附图1.jpg，谢谢", ""),
        ("报名回执.docx", ""),
        ("。", ""),
    ],
)
def test_picture_lines(line: str, file: str) -> None:
    assert picture_file(line) == file


def test_the_caption_is_the_line_below() -> None:
    found = find(["正文。", "1.jpg", "活动现场", "2.jpg", "这一段是正文，说了很多。还有一句。"])
    assert [(one.file, one.caption) for one in found] == [("1.jpg", "活动现场"), ("2.jpg", "")]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("志愿者在社区开展义诊", True),
        ("图为活动现场。", True),
        ("一、标题", False),
        ("我们来了。", False),
        ("推动工作，", False),
    ],
)
def test_captions(line: str, is_one: bool) -> None:
    assert is_caption_like(line) is is_one
