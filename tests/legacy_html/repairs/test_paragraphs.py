from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.edits import apply
from plugins.legacy_html.repairs.paragraphs import join

FIRST = "一是完善支持服务体系。坚持以群众需求为导向，在“婚”环节，全面参与构建新型"
SECOND = "婚育文化，大力倡导婚育新风。"
WHOLE = FIRST + SECOND
NEXT = "二是优化健康促进体系，着力提高健康素质。"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((FIRST, SECOND, NEXT), (WHOLE, NEXT)),
        (
            (FIRST, "1 (1).jpg", "志愿者在社区开展义诊", SECOND, NEXT),
            (WHOLE, "1 (1).jpg", "志愿者在社区开展义诊", NEXT),
        ),
        ((FIRST, "会长赴基层调研“亲子小屋”建设", SECOND, NEXT), (WHOLE, "会长赴基层调研“亲子小屋”建设", NEXT)),
        (("推动落实制度、", "家庭医生签约服务全覆盖。"), ("推动落实制度、家庭医生签约服务全覆盖。",)),
        (("他们来自全县各个乡镇的", "村级协会。"), ("他们来自全县各个乡镇的村级协会。",)),
    ],
)
def test_split_sentences_are_joined(lines: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tuple(join(lines).text.split("\n")) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ("一、坚持守正创新，全面落实新时代协会的各项重点任务", "近年来，我们开展了工作。"),
        ("小河从村前流过", "带着山里的消息", "老人坐在柳树下"),
        ("各位理事、同志们：", "今天开会，请大家讨论。"),
        ("会议结束时，与会人员还参观了三个服务站和两个亲子小屋并合影", "示例县计划生育协会", "2024年4月16日"),
        ("（1）目标和任务；", "（2）预防和管理；", "（3）方法和技巧。"),
        ("张三，男，1980年生，示例县人", "李四，女，1985年生，示例县人"),
        (WHOLE, NEXT),
        (WHOLE, "1 (1).jpg", "图注", NEXT),
    ],
)
def test_whole_lines_stay(lines: tuple[str, ...]) -> None:
    assert join(lines).edits == ()


def test_solid_lines_are_never_joined() -> None:
    assert join((FIRST, SECOND), solid={1}).edits == ()
    assert join((FIRST, SECOND), solid={0}).edits == ()


def test_lines_of_a_printed_page_are_joined() -> None:
    text = "示例县计生协坚持以会员为本，把服务家庭作为出发点和落脚点，推动项目、资金、人才向基层倾斜。" * 8
    lines = [text[start : start + 32] for start in range(0, len(text), 32)]
    assert join(lines).text == text


def test_order_and_edits_agree() -> None:
    lines = (FIRST, "1 (1).jpg", "志愿者在社区开展义诊", SECOND, NEXT)
    found = join(lines)
    assert found.order == ((0, 3), (1,), (2,), (4,))
    assert apply("\n".join(lines), found.edits) == found.text
