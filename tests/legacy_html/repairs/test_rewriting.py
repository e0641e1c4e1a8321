from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.rewriting import judge
from tests.legacy_html.damage.corpus import WRITTEN
from tests.legacy_html.damage.grammar import generate

SOUND = (
    "示例县坚持以人民健康为中心，推进健康中国建设，深入开展家庭健康促进行动，落实计划生育特殊家庭扶助政策，健全志愿服务制度，"
    "加强基层组织建设，充分发挥桥梁纽带作用，为促进人口长期均衡发展与家庭和谐幸福作出新的贡献。各地要及时总结先进经验，"
    "切实提高服务群众能力，不断扩大服务覆盖面，推动卫生健康事业高质量发展，积极应对人口老龄化，全面贯彻落实党中央决策部署。"
)
SWAPPED = (
    ("健康", "安康"), ("计划生育", "规划生育"), ("建设", "建立"), ("服务", "效劳"), ("发展", "进展"), ("及时", "准时"), ("能力", "力量"), ("经验", "阅历"), ("覆盖", "掩盖"), ("贡献", "奉献"),
)  # fmt: skip
OTHERS = (("志愿", "意愿"), ("基层", "下层"), ("均衡", "匀称"), ("政策", "策略"), ("纽带", "枢纽"), ("作用", "感化"), ("制度", "轨制"), ("特殊", "特别"), ("决策", "决议"), ("老龄化", "老年化"))  # fmt: skip


@pytest.mark.parametrize("swaps", [SWAPPED, OTHERS])
def test_swapped_synonyms_condemn_a_text(swaps: tuple[tuple[str, str], ...]) -> None:
    text = SOUND
    for word, other in swaps:
        text = text.replace(word, other)
    verdict = judge(text)
    assert verdict.reasons
    assert all(flag.suggestion for flag in verdict.flags if flag.flag == "rewritten")


@pytest.mark.parametrize(
    "text", [SOUND, *(gold.text for gold in WRITTEN), *(generate(seed).text for seed in range(40))]
)
def test_sound_text_has_no_findings(text: str) -> None:
    verdict = judge(text)
    assert verdict.flags == ()
    assert verdict.reasons == ()


def test_old_terms_are_right_for_their_date() -> None:
    text = (
        "2016年，国家卫生计生委印发通知，要求各级卫生计生行政部门做好计划生育服务管理改革，推进全面两孩政策落地，" * 4
    )
    assert judge(text).reasons == ()


def test_signs_of_tampering_are_shown() -> None:
    text = SOUND
    for word, other in SWAPPED:
        text = text.replace(word, other)
    text += "2023年，党的十九届四中全会提出。2023年2月以来，2023年6月，2023年底，约占全县80以上，超过40的地区。刚刚，xx市、xx市介绍了做法。"
    kinds = {flag.flag for flag in judge(text).flags}
    assert {"rewritten", "overwritten_year", "lost_percent", "crossed_out_name"} <= kinds
