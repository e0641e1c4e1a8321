from __future__ import annotations

import pytest

from plugins.legacy_html.decode import decoded, kind_of

SIMPLE = "各县计划生育协会要做好年会筹备工作，请于九月前报送材料。"
TRADITIONAL = "各縣計劃生育協會要做好年會籌備工作，請於九月前報送材料。"
LABELS = ("", '<meta charset="gb2312">', "<meta charset=utf-8>", "<meta charset=big5>", "<meta charset=iso-8859-1>")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLE, "gb18030"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5hkscs"),
        (SIMPLE, "utf-8"),
        (TRADITIONAL, "utf-8"),
    ],
)
def test_the_label_never_wins_against_the_bytes(text: str, encoding: str, label: str) -> None:
    name, _, result = decoded(label.encode() + text.encode(encoding))
    assert (name, result) == (encoding, label + text)


@pytest.mark.parametrize("text", ["年会", "通知", "示例县", "■"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_few_characters_are_enough_with_a_label(text: str, encoding: str) -> None:
    label = f"<meta charset={encoding}>"
    assert decoded(f"{label}{text}".encode(encoding))[2] == label + text


def test_marks_of_byte_order_win() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert decoded(SIMPLE.encode(encoding))[2] == SIMPLE


def test_utf8_with_a_few_broken_bytes_or_a_cut_end_stays_utf8() -> None:
    raw = bytearray((SIMPLE * 20).encode())
    raw[100] = 0xFF
    assert decoded(bytes(raw))[0] == "utf-8"
    assert decoded(SIMPLE.encode()[:-1])[0] == "utf-8"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<html><body>年会</body></html>", "html"),
        ("<p>年会</p>", "html"),
        ("<svg onload=alert(1)>", "html"),
        ("年会今天开幕。\n明天闭幕。", "text"),
        ("# 年会\n\n今天开幕。", "markdown"),
        ("---\ntitle: 年会\n---\n\n今天<b>开幕</b>。", "markdown"),
        ("a < b 而 c > d，年会今天开幕。", "text"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert kind_of(text) == kind
