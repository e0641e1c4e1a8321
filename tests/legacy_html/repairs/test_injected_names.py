from __future__ import annotations

from plugins.legacy_html.repairs.injected_names import find

TEXT = (
    "县计(jì)生协会(huì)组织(zhī)会(huì)员(yuán)和(hé)家(jiā)庭开展计(jì)划服务(wù)，会(huì)议总结了计(jì)生工作和(hé)卫(wèi)生服务(wù)，由{name}主办。"
    "卫(wèi)生和(hé)健康是家(jiā)庭幸福的基础，协会(huì)服务(wù)家(jiā)庭。"
)


def test_a_name_without_readings_is_flagged_and_kept() -> None:
    (flag,) = find(TEXT.format(name="东河县卫生和计划服务中心"))
    assert (flag.flag, flag.text, flag.suggestion) == ("injected_name", "东河县卫生和计划服务中心", "")


def test_a_name_with_readings_is_the_pages_own() -> None:
    assert find(TEXT.format(name="东河县卫(wèi)生和(hé)计(jì)划服务(wù)中心")) == ()


def test_a_page_without_readings_proves_nothing() -> None:
    assert find("由东河县卫生和计划服务中心主办。") == ()
