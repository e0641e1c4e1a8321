from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.pieces import rejoin, resplit

SENTENCE = "示例县计生协坚持以会员为本，把服务家庭作为出发点和落脚点，推动项目、资金、人才向基层倾斜。"


def cut(text: str, length: int, mark: str = "、") -> str:
    pieces = [text[start : start + length] for start in range(0, len(text), length)]
    return "\n".join(f"{number}{mark}{piece}" for number, piece in enumerate(pieces, 1))


@pytest.mark.parametrize("length", [50, 80, 130, 300])
@pytest.mark.parametrize("mark", ["、", "."])
def test_uniform_pieces_are_put_together(length: int, mark: str) -> None:
    text = SENTENCE * 30
    assert rejoin(cut(text, length, mark)).text == text


def test_pieces_in_one_line_are_put_together() -> None:
    text = SENTENCE * 20
    assert rejoin(cut(text, 200).replace("\n", "")).text == text


def test_a_banner_above_does_not_matter() -> None:
    text = SENTENCE * 20
    assert rejoin("本文由网友分享\n" + cut(text, 200)).text == "本文由网友分享\n" + text


@pytest.mark.parametrize(
    "text",
    [
        "1、加强领导。\n2、落实责任，健全机制，推动工作。\n3、总结。",
        "\n".join(f"{number}、{SENTENCE}" for number in range(1, 9)),  # uniform, but every piece is a sentence
        cut(SENTENCE * 2, 60),  # two pieces prove nothing
        SENTENCE * 10,
        "",
    ],
)
def test_lists_stay(text: str) -> None:
    assert rejoin(text).text == text


def test_a_heading_at_a_cut_keeps_its_line() -> None:
    text = (
        "1、" + SENTENCE * 4 + "\n2、一、主要做法" + SENTENCE * 4 + "\n3、还有" + SENTENCE * 4 + "\n4、也要继续推进工作"
    )
    lines = rejoin(text.replace("工作", "工")).text.split("\n")
    assert lines[0] == SENTENCE * 4 or len(lines) == 4  # the cuts are at sentences: no proof unless one is inside


def test_a_run_together_text_is_broken_at_its_headings_and_paragraphs() -> None:
    body = SENTENCE * 6
    text = f"在会上的讲话 {body} 一、主要做法 {body} （一）抓宣传 {body} 第二段{body}"
    assert resplit(text).text.split("\n") == [
        "在会上的讲话",
        body,
        "一、主要做法",
        body,
        "（一）抓宣传",
        body,
        f"第二段{body}",
    ]


def test_other_spaces_are_no_breaks() -> None:
    text = SENTENCE * 8 + f"共有 3 个乡镇； 其中一个。 （三） 关于{SENTENCE}。 {SENTENCE}"
    assert resplit(text).text.count("\n") == 2
