from __future__ import annotations

import pytest

from plugins.legacy_html.infoline import read_info

LINES = (
    ("来源：示例网　日期：2016-01-02 10:20 点击：123次 【字体：大 中 小】", "示例网", "", "2016-01-02 10:20"),
    ("2016年07月08日11:21 来源：示例网－样本日报 手机看新闻", "示例网－样本日报", "", "2016年07月08日11:21"),
    ("时间：2016-7-8　作者：王小明、李文华　来源：样本日报 编辑：陈丽", "样本日报", "王小明、李文华", "2016-7-8"),
    ("[日期：2011-03-02]\t来源： 作者：[字体：大 中 小]", "", "", "2011-03-02"),
    ("来源: 示例网 | 2016-01-01 | 打印", "示例网", "", "2016-01-01"),
    ("来源：示例网作者：王小明发布时间：2020-01-01", "示例网", "王小明", "2020-01-01"),
    ("信息来源:示例县卫健局 发布日期:2020-01-01 浏览次数:3", "示例县卫健局", "", "2020-01-01"),
    ("2008年06月30日11:20 [我来说两句(12)] 来源：示例网 作者：王小明", "示例网", "王小明", "2008年06月30日11:20"),
    ("来源：《样本日报》 （责任编辑：陈丽） 2016-7-8", "《样本日报》", "", "2016-7-8"),
    ("2016-7-8 本文来源于 《样本周刊》 作者：王小明", "《样本周刊》", "王小明", "2016-7-8"),
    ("作者：王小明　李文华　2016-7-8", "", "王小明　李文华", "2016-7-8"),
    ("撰文 | 王小明　摄影 | 李文华 2016-7-8", "", "王小明", "2016-7-8"),
    ("http://www.example.com/a.html 2016-7-8 10:20 来源：示例网", "示例网", "", "2016-7-8 10:20"),
    ("2021 06/18 09:33:41 来源：示例网", "示例网", "", "2021 06/18 09:33:41"),
)


@pytest.mark.parametrize(("line", "source", "author", "date"), LINES)
def test_what_an_info_line_says(line: str, source: str, author: str, date: str) -> None:
    info = read_info(line)
    dates = [info.first("date"), *info.dates]
    assert info.is_info
    assert (info.first("source"), info.first("author")) == (source, author)
    assert date in dates


@pytest.mark.parametrize(
    "line",
    [
        "会议时间：2016年7月8日，地点：某宾馆三楼会议室，请各单位准时参加并提前报送名单。",
        "新华社北京7月8日电 记者从会上获悉，今年的活动将于九月举行。",
        "今天我们开会。",
        "2019年5月1日至5月31日。",
        "来源 于基层的经验告诉我们，群众的需要就是工作的方向，服务要做到家门口，做到群众的心坎上，这是多年的体会。",
        "一、加强组织领导",
    ],
)
def test_a_paragraph_is_no_info_line(line: str) -> None:
    assert not read_info(line).is_info


def test_a_bare_date_may_be_an_info_line_or_a_signature() -> None:
    assert read_info("2019年9月11日　示例传媒　时政新闻　1665　0").is_bare
    assert not read_info("来源：示例网 2019-09-11").is_bare
    assert not read_info("2019年9月11日，全县召开会议，部署工作。").is_info
