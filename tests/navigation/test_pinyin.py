"""Chinese words in order and in addresses."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.paths import is_slug
from plugins.navigation.pinyin import slug_of, sort_key

SLUGS = [
    ("生育关怀", "sheng-yu-guan-huai"),
    ("重庆", "chong-qing"),
    ("银行", "yin-hang"),
    ("2024年会 PDF", "2024-nian-hui-pdf"),
    ("“三高四新”", "san-gao-si-xin"),
    ("女性", "nv-xing"),
    ("党建/群团", "dang-jian-qun-tuan"),
]


@pytest.mark.parametrize(("text", "slug"), SLUGS)
def test_the_slug_of_a_word(text, slug):
    assert slug_of(text) == slug


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_whatever_is_written_gives_a_slug(text):
    assert is_slug(slug_of(text))


def test_words_are_sorted_as_in_a_dictionary():
    words = ["中心", "安徽", "重庆", "2024", "北京", "长沙"]
    assert sorted(words, key=sort_key) == ["2024", "安徽", "北京", "长沙", "重庆", "中心"]


def test_a_device_name_is_no_slug():
    assert slug_of("CON").startswith("x-") and slug_of("·").startswith("x-")


_SCRIPT = """
import sys
from plugins.navigation.pinyin import remember, remembered, slug_of, sort_key
remember({"重庆": ["chong", "qing"]})
assert slug_of("重庆") == "chong-qing" and sort_key("重庆")[0] == ("chong", "qing")
assert "pypinyin" not in sys.modules
slug_of("北京")
assert "pypinyin" in sys.modules and remembered() == {"重庆": ("chong", "qing"), "北京": ("bei", "jing")}
"""


def test_a_build_that_knows_its_words_does_not_load_the_tables(request):
    environment = {**os.environ, "PYTHONPATH": str(request.config.rootpath)}
    subprocess.run([sys.executable, "-c", _SCRIPT], env=environment, check=True)
