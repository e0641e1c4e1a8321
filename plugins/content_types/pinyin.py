"""How Chinese words are read, as far as that is sure; the one module that knows the pinyin library."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

LONGEST = 6
# Characters of everyday text with more than one everyday reading: only a known word settles which.
_MANY_READINGS = frozenset(
    "会长重行乐还得地都发调参差数处传转更朝藏曾称将少中种只着为相间率教解降角结觉卷空宁强曲散省盛属说宿提系兴血要"
    "与应载扎占涨折症钉给供冠华和荷好号几纪假监见禁尽劲看可量论没模难泥炮片铺圈任塞单弹当倒的度恶分缝干脏便薄背奔"
    "冲创答担夫盖搁合哄划晃豁济夹奇切亲舍什似挑通吐委鲜削旋咽饮殷晕择粘挣轴柏扁不大佛红颈车尺仇臭川石适食识术"
)


def _word_end(text: str, start: int) -> int:
    for end in range(min(len(text), start + LONGEST), start + 1, -1):
        if text[start:end] in PHRASES_DICT:
            return end
    return start + 1


def _from_the_left(text: str) -> list[str]:
    words: list[str] = []
    start = 0
    while start < len(text):
        end = _word_end(text, start)
        words.append(text[start:end])
        start = end
    return words


def _from_the_right(text: str) -> list[str]:
    words: list[str] = []
    end = len(text)
    while end > 0:
        start = next((s for s in range(max(0, end - LONGEST), end - 1) if text[s:end] in PHRASES_DICT), end - 1)
        words.insert(0, text[start:end])
        end = start
    return words


def _readings(words: list[str]) -> list[str]:
    """Return one reading a character, ``""`` where it is not sure."""
    found: list[str] = []
    for word in words:
        if len(word) > 1:
            found.extend(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False))
        else:
            found.append("" if word in _MANY_READINGS else lazy_pinyin(word, style=Style.NORMAL)[0])
    return found


def sure_reading(text: str) -> tuple[str, ...]:
    """Return the pinyin of ``text`` without tones, up to the first character whose reading is not sure.

    The text is cut into known words from the left and from the right; where the two read a character differently,
    neither counts.

    >>> sure_reading("会长"), sure_reading("家庭会")
    (('hui', 'zhang'), ('jia', 'ting'))
    """
    left, right = _readings(_from_the_left(text)), _readings(_from_the_right(text))
    sure: list[str] = []
    for one, other in zip(left, right, strict=True):
        if not one or one != other or not (one.isascii() and one.isalpha()):
            break
        sure.append(one)
    return tuple(sure)
