"""A heading may begin with a word that also joins numbers: 与, 和, 及, 至, 或."""

from __future__ import annotations

import pytest

from plugins.official_document.numbering import read_number


@pytest.mark.parametrize(
    "text", ["一、与人口有关的部署", "二、和谐家庭建设", "（三）及时总结经验", "四、至诚服务", "1.或有事项说明"]
)
def test_a_particle_opens_a_heading(text: str) -> None:
    assert read_number(text) is not None


@pytest.mark.parametrize("text", ["（一）和（二）两项", "1.至3.号楼", "一、或二、项", "（一）至（三）项规定", "①和②"])
def test_a_particle_joins_numbers(text: str) -> None:
    assert read_number(text) is None
