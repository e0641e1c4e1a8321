"""Names and offices: telling one from the other in either order."""

from __future__ import annotations

import re
from functools import lru_cache

from plugins.domain.text import HAN

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游"
    "辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明"
    "佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普"
    "阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由彭崔楓枫"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "东方", "南宫", "长孙", "宇文", "端木", "独孤", "赫连", "澹台", "闻人", "太史", "申屠", "钟离", "呼延")  # fmt: skip
_OFFICE_ENDS = (
    "会长", "副会长", "秘书长", "副秘书长", "理事长", "副理事长", "常务理事", "理事", "主任", "副主任", "书记", "副书记", "局长", "副局长", "处长", "副处长", "厅长", "副厅长",
    "部长", "副部长", "主席", "副主席", "院长", "副院长", "校长", "副校长", "所长", "副所长", "站长", "副站长", "科长", "副科长", "股长", "县长", "副县长", "市长", "副市长", "区长", "副区长",
    "省长", "副省长", "镇长", "副镇长", "乡长", "副乡长", "州长", "旗长", "村主任", "组长", "副组长", "总裁", "总经理", "经理", "董事长", "教授", "副教授", "研究员", "副研究员", "讲师", "博士",
    "委员", "常委", "代表", "调研员", "巡视员", "一级巡视员", "二级巡视员", "专员", "干事", "专干", "医师", "主任医师", "副主任医师", "医生", "护士", "护士长", "教师", "老师", "馆长", "社长", "总编辑",
    "主编", "副主编", "编辑", "记者", "通讯员", "特约记者", "实习生", "发言人", "负责人", "顾问", "会员", "志愿者", "队长", "班长", "台长", "首席专家", "专家", "法官", "检察长", "庭长", "律师", "会计师", "工程师", "指导员", "科员", "司长", "副司长", "主管", "总监", "执行主任", "团长", "幹事",
)  # fmt: skip
_ENDS = re.compile("(?:" + "|".join(sorted(_OFFICE_ENDS, key=len, reverse=True)) + r")(?:[（(][^（）()]{1,20}[)）])?$")
_PERSON = re.compile("[长员师任记授]$")
_NAME = re.compile(f"[{HAN}]{{2,4}}|[{HAN}][ \u3000\u00a0]+[{HAN}]|[{HAN}]{{1,6}}·[{HAN}·]{{1,12}}")
_BLANK = re.compile("[ \u00a0\u3000]+")
_WORDS = """
本站 本网 本报 佚名 不详 未知 管理员 编辑部 办公室 宣传部 秘书处
记者 通讯员 网络 转载 互联网 原创 综合 首页 正文 时间 来源 作者
全文 相关 计生协 协会 方法 石油 高度 安全 安排 关于 任务 和谐
成效 成立 全面 全国 文件 文化 文明 国家 明确 华夏 金秋 金融
向前 应对 司法 经验 平安 平台 计划 计生 强化 相信 相约 信息
宣传 花开 都市 展开 富强 智慧 利用 居民 公告 公示 公开 幸福
白皮书 方案 关爱 关注 关怀 温暖 温馨 康复 高质量 章程 常见 广东
江苏 云南 海南 湖南 湖北 河南 河北 山东 山西 江西 陕西 甘肃
青海 吉林 安徽 浙江 福建 贵州 四川 广西 西藏 新疆 宁夏 北京
上海 天津 重庆
"""
_NOT_NAMES = frozenset(_WORDS.split())  # they begin like a surname


def is_name(text: str) -> bool:
    """Whether ``text`` is a person's name as such lines write it: two or three characters, or four, after a surname.

    >>> is_name("王小明"), is_name("欧阳明"), is_name("办公室"), is_name("王　明")
    (True, True, False, True)
    """
    text = text.strip(" \u00a0\u3000")
    if not _NAME.fullmatch(text) or squeeze(text) in _NOT_NAMES:
        return False
    if "·" in text:
        return True
    name = squeeze(text)
    if _ENDS.search(name) and len(name) > 2:
        return False
    if name.startswith(_COMPOUND):
        return 3 <= len(name) <= 4
    return name[0] in _surnames() and 2 <= len(name) <= 3


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return frozenset(_SURNAMES)


def is_office(text: str, *, certain: bool = False) -> bool:
    """Whether ``text`` ends with an office: 省计生协会长, 主任、党组书记; where one is ``certain``, any word for a person does."""
    text = text.strip(" \u00a0\u3000")
    if not 2 <= len(text) <= 60 or re.search("[，。；！？,;!?]", text):
        return False
    return bool(_ENDS.search(text) or (certain and len(text) >= 4 and _PERSON.search(text)))


def squeeze(name: str) -> str:
    """Return a name without the blank that spreads two characters over three."""
    return _BLANK.sub("", name)


def split_office(text: str) -> tuple[str, str] | None:
    """Return ``(name, office)`` of a text that holds one person, in either order; None where that is not certain.

    >>> split_office("示例县计生协会长 王小明"), split_office("王小明 示例县计生协会长"), split_office("会长话改革")
    (('王小明', '示例县计生协会长'), ('王小明', '示例县计生协会长'), None)
    """
    text = text.strip(" \u00a0\u3000，,")
    if pair := _spaced(text) or _bracketed(text):
        return pair
    return _glued(text)


def _spaced(text: str) -> tuple[str, str] | None:
    parts = [part for part in _BLANK.split(text) if part]
    for tail in (1, 2):
        if len(parts) <= tail:
            continue
        last, rest = " ".join(parts[-tail:]), " ".join(parts[:-tail])
        if is_name(last) and is_office(rest, certain=True):
            return squeeze(last), rest
        first, after = " ".join(parts[:tail]), " ".join(parts[tail:])
        if is_name(first) and is_office(after, certain=True):
            return squeeze(first), after
    return None


def _bracketed(text: str) -> tuple[str, str] | None:
    match = re.fullmatch(r"([^（）()]{2,8})[（(]([^（）()]{2,40})[)）]", text)
    return (squeeze(match[1]), match[2]) if match and is_name(match[1]) and is_office(match[2]) else None


def _glued(text: str) -> tuple[str, str] | None:
    """A line such as 示例县计生协会长王小明: exactly one reading, or none."""
    found = set[tuple[str, str]]()
    for size in (4, 3, 2):
        name, office = text[-size:], text[:-size]
        if is_name(name) and is_office(office) and len(office) >= 4:
            found.add((name, office))
    whole = [
        pair
        for pair in found
        if not any(other != pair and len(other[1]) > len(pair[1]) and is_office(other[1]) for other in found)
    ]
    return whole[0] if len(whole) == 1 else None
