"""Damage to the characters of a text."""

from __future__ import annotations

import re
from functools import lru_cache
from random import Random

from opencc import OpenCC
from pypinyin import Style, pinyin

from plugins.domain.text import HAN

_NARROW = str.maketrans("，：；？！（）", ",:;?!()")
_PROTECTED = re.compile(r"https?://[!-~]+|[\w.]+@[\w.]+|\S+ ?\(\d\)\.jpg")
_FOREIGN = {"和": (" and ", "and"), "与": (" with ",), "或": (" or ",)}
_HAN = f"[{HAN}]"
_SYNONYMS = {
    "服务": ("效劳",), "健康": ("安康",), "发展": ("进展",), "计划": ("规划",), "及时": ("准时",), "建设": ("建立",), "部分": ("局部",), "经验": ("阅历",), "覆盖": ("掩盖", "笼罩"), "认识": ("熟悉",), "能力": ("力量",),
    "知识": ("学问",), "基础": ("根底",), "领导": ("指导",), "群众": ("大众", "民众"), "社会": ("社交",), "组织": ("构造",), "教育": ("教导",), "宣传": ("宣扬", "鼓吹"), "活动": ("运动", "勾当"), "制度": ("轨制",), "创新": ("立异",),
    "特殊": ("特别",), "特别": ("特殊",), "志愿": ("意愿", "自愿"), "基层": ("下层",), "政策": ("策略",), "落实": ("落到实处",), "队伍": ("步队", "部队"), "参与": ("参加",), "广大": ("宽大", "广阔"), "和谐": ("协调",), "政府": ("当局",), "机制": ("机理",), "贡献": ("奉献",), "幸福": ("快乐",),
}  # fmt: skip
_FAULTY = {
    "里": "裏",
    "只": "隻",
    "历": "曆",
    "复": "複",
    "后": "後",
    "面": "麵",
    "台": "臺",
    "着": "著",
    "干": "幹",
    "于": "於",
    "系": "係",
    "准": "準",
    "范": "範",
    "冲": "衝",
    "征": "徵",
    "志": "誌",
    "制": "製",
    "致": "緻",
    "松": "鬆",
}
# what the faulty table does to words that no table can tell apart again is left out above


def pieces(text: str, length: int, mark: str = "、") -> list[str]:
    """Cut ``text`` every ``length`` characters and number the pieces; no cut falls at the end of a paragraph."""
    cut, start = list[str](), 0
    while start < len(text):
        end = min(len(text), start + length)
        while end < len(text) and (text[end - 1] in "。！ \n" or text[end] in " \n" or text[end].isdigit()):
            end -= 1
        cut.append(text[start:end])
        start = end
    return [f"{number}{mark}{' ' if number == 1 else ''}{piece}" for number, piece in enumerate(cut, 1)]


def halves(dice: Random, text: str) -> tuple[str, str] | None:
    """Break a paragraph inside a clause, neither half short nor ending or beginning at a mark; None where it is too short."""
    places = [
        index
        for index in range(40, len(text) - 20)
        if re.fullmatch(f"{_HAN}{{2}}", text[index - 1 : index + 1])
        and re.search("[，。]", text[:index])
        and not re.match("[一二三四五六七八九十]+[是要、]|首先|其次|再次|最后|第[一二三四]", text[index:])
        and len(re.split("[。！]", text[:index])[-1]) > 1
    ]
    if not places:
        return None
    place = dice.choice(places)
    if dice.random() < 0.25 and (commas := [index + 1 for index in range(40, len(text) - 20) if text[index] in "，、"]):
        place = dice.choice(commas)
    return text[:place], text[place:]


def conjunctions(dice: Random, text: str) -> str:
    """Put English words for some conjunctions between Chinese characters."""
    share = dice.choice((0.1, 0.3, 0.6))

    def foreign(match: re.Match[str]) -> str:
        return dice.choice(_FOREIGN[match[0]]) if dice.random() < share else match[0]

    return re.sub(f"(?<={_HAN})[和与](?={_HAN})|(?<={_HAN})或(?!者)(?={_HAN})", _unless_word(text, foreign), text)


def _unless_word(text: str, change):  # type: ignore[no-untyped-def]
    """Leave the words that only look like conjunctions."""
    words = ("和谐", "平和", "温和", "参与", "与会", "暖和", "与时", "或者", "和睦", "共和", "与其")

    def changed(match: re.Match[str]) -> str:
        around = text[max(0, match.start() - 1) : match.end() + 1]
        return match[0] if any(word in around for word in words) else change(match)

    return changed


def narrow(dice: Random, text: str) -> str:
    """Narrow the marks, all of them or most."""
    share = dice.choice((1.0, 1.0, 0.7))
    return "".join(char.translate(_NARROW) if dice.random() < share else char for char in text)


def spaces(dice: Random, text: str) -> str:
    """Put spaces around numbers and Latin words, indents before paragraphs, and double or hard spaces here and there."""
    blank = dice.choice((" ", " ", "\u00a0", "  "))
    lines = []
    for line in text.split("\n"):
        if len(line) > 60 and not _PROTECTED.search(line) and not re.search("位置|来源|來源", line):
            line = re.sub(
                f"(?<={_HAN})(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?={_HAN})",
                lambda _: blank if dice.random() < 0.5 else "",
                line,
            )
            line = dice.choice(("", "\u3000\u3000", "    ")) + line
        lines.append(line)
    return "\n".join(lines)


def traditional(dice: Random, text: str) -> str:
    """Convert character by character, by a table that knows one form each and sometimes the wrong one."""
    faulty = dice.random() < 0.6
    table = _table() | (_FAULTY if faulty else {})
    files = [match.span() for match in re.finditer(r"(?m)^.+\.(?:jpg|JPG)$", text)]  # a picture keeps its name
    chars = [table.get(char, char) for char in text]
    for start, end in files:
        chars[start:end] = text[start:end]
    return "".join(chars)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Simplified to Traditional, for the characters that come back."""
    there, back = OpenCC("s2t"), OpenCC("t2s")
    chars = [chr(code) for code in range(0x4E00, 0xA000)]
    return {
        char: high
        for char in chars
        if len(high := there.convert(char)) == 1 and back.convert(high) == char and char not in "着"
    }


def readings(dice: Random, text: str, spared: str = "") -> str:
    """Put readings behind characters: behind certain ones always, or behind any now and then; never in ``spared``."""
    always = dice.random() < 0.6
    chosen = set(dice.sample(sorted(set(re.findall(_HAN, text))), k=min(60, len(set(re.findall(_HAN, text)))))) | set(
        "会计生协会議會計協和的健康"
    )
    share = 0.15 + dice.random() * 0.3
    files = r"(?m:^.+\.(?:jpg|JPG)$)"
    pattern = re.compile(f"{files}|{re.escape(spared)}|{_HAN}" if spared else f"{files}|{_HAN}")
    form = dice.choice(("({})", "({})", "({})", "（{}）", " ({})", "( {} )"))
    style = dice.choice((Style.TONE, Style.TONE, Style.TONE, Style.TONE3)) if not spared else Style.TONE

    def spelt(char: str) -> str:
        found = pinyin(char, style=style, errors="ignore")
        return str(found[0][0]) if found else ""

    def read(match: re.Match[str]) -> str:
        char = match[0]
        if len(char) > 1 or not (char in chosen if always else dice.random() < share):
            return char
        known = spelt(char)
        return f"{char}{form.format(known)}" if known else char

    return pattern.sub(read, text)


def rewrite(dice: Random, text: str) -> str:
    """Swap most words that have a synonym."""

    def other(match: re.Match[str]) -> str:
        return dice.choice(_SYNONYMS[match[0]]) if dice.random() < 0.85 else match[0]

    return re.sub("|".join(_SYNONYMS), other, text)


def rewritten_words(text: str) -> int:
    """How many swapped words ``text`` holds."""
    return len(re.findall("|".join(word for words in _SYNONYMS.values() for word in words), text))
