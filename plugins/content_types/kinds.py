"""Turn what is written into a value, one small reader for each kind of field.

A reader returns None where the value is not of its kind, after it has noted why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from urllib.parse import urlsplit

from plugins.content_types.nodes import Listing, Node, Scalar
from plugins.content_types.schema import Field
from plugins.content_types.slips import Slips, is_empty
from plugins.domain.body import REFERENCE
from plugins.domain.dates import EARLIEST, parse_moment
from plugins.domain.paths import SLUG_BYTES, is_slug, resolve
from plugins.domain.text import CONTROL, INVISIBLE

TITLE_LENGTH = 120
LINE_LENGTH = 500
TEXT_LENGTH = 5000
_SEPARATORS = re.compile(r"[、，,；;]")
_ID = re.compile(r"[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff/._-]{0,119}")
_LANG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_ADDRESS = re.compile(r"/(?!/)[^\s\\<>\"'`^{|}\x00-\x1f\x7f]{0,500}")
_NEVER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_PREFIX = re.compile(r"[{|](?:filename|static|attach)[}|]")
_FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def read_line(field: Field, node: Node, slips: Slips, length: int = LINE_LENGTH) -> str | None:
    """Read one line of visible characters."""
    text = _text(field, node, slips, length)
    if text is None or text.isprintable():  # then it holds neither control nor invisible characters
        return text
    if match := CONTROL.search(text):
        what = "换行" if match[0] == "\n" else "制表符"
        slips.add(node.line, f"{field.name}（{field.label}）里有{what}", "写成一行文字")
        return None
    if match := INVISIBLE.search(text):
        slips.add(node.line, f"{field.name}（{field.label}）里有看不见的字符 U+{ord(match[0]):04X}", "删除后重新输入")
        return None
    return text


def read_text(field: Field, node: Node, slips: Slips) -> str | None:
    """Read a text that may have line ends."""
    return _text(field, node, slips, TEXT_LENGTH)


def _text(field: Field, node: Node, slips: Slips, length: int) -> str | None:
    if not isinstance(node, Scalar):
        slips.wrong(field, node, "这里应是一段文字；文字里有“冒号加空格”或以 [、{ 开头时，请加引号")
        return None
    text = node.text.strip()
    if text.isprintable() and len(text) <= length:
        return text
    if match := _NEVER.search(text):  # an escape in quotes brings in what the file itself may not hold
        slips.add(node.line, f"{field.name}（{field.label}）里有控制字符 U+{ord(match[0]):04X}", "删除这个字符")
        return None
    if len(text) > length:
        slips.add(node.line, f"{field.name}（{field.label}）有 {len(text)} 字，太长", f"不超过 {length} 字")
        return None
    return text


def read_title(field: Field, node: Node, slips: Slips) -> str | None:
    """Read a title: one line of at most 120 characters."""
    return read_line(field, node, slips, TITLE_LENGTH)


def read_slug(field: Field, node: Node, slips: Slips) -> str | None:
    """Read the last part of an address."""
    text = read_line(field, node, slips)
    if text is not None and not is_slug(text):
        slips.wrong(field, node, f"只用小写字母、数字和单个连字符，不超过 {SLUG_BYTES} 个字符，如 nianhui-2024")
        return None
    return text


def _matching(pattern: re.Pattern[str]) -> Callable[[Field, Node, Slips], str | None]:
    def read(field: Field, node: Node, slips: Slips) -> str | None:
        text = read_line(field, node, slips)
        if text is not None and not pattern.fullmatch(text):
            slips.wrong(field, node)
            return None
        return text

    return read


def is_web_address(text: str) -> bool:
    """Whether ``text`` is a complete http or https address without blanks or credentials."""
    try:
        parts = urlsplit(text)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not re.search(r"[\s\\<>\"`\x00-\x20]", text) and "@" not in parts.netloc
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain and port_is_fine


def read_url(field: Field, node: Node, slips: Slips) -> str | None:
    """Read a web address."""
    text = read_line(field, node, slips)
    if text is not None and not is_web_address(text):
        slips.wrong(field, node, "写完整的网址，以 http:// 或 https:// 开头，中间没有空格")
        return None
    return text


def read_target(field: Field, node: Node, slips: Slips) -> str | None:
    """Read where a link leads: a web address, or ``/@/<path>`` for something of our own content."""
    text = read_line(field, node, slips)
    if text is None:
        return None
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", text):
        return read_url(field, node, slips)
    path = read_path(field, node, slips)
    return None if path is None else REFERENCE + path


def read_path(field: Field, node: Node, slips: Slips) -> str | None:
    """Read the path of a file, relative to the content folder in what comes out; whether it exists is checked later."""
    text = read_line(field, node, slips)
    if text is None:
        return None
    bare = _PREFIX.sub("", text, count=1) if text[0] in "{|" else text
    inside = resolve(bare, beside=slips.path) if "\\" not in bare and ":" not in bare else None
    if not inside:
        what = "跑到了 content 文件夹外面" if ".." in text else "不是 content 里的路径"
        slips.add(
            node.line,
            f"{field.name}（{field.label}）的路径 {text[:60]!r} {what}",
            "写相对路径，或以 / 开头从 content 算起；只用正斜杠",
        )
        return None
    return inside


def read_paths(field: Field, node: Node, slips: Slips) -> tuple[str, ...]:
    """Read one path or a list of paths."""
    return tuple(_each(field, node, slips, read_path))


def read_addresses(field: Field, node: Node, slips: Slips) -> tuple[str, ...]:
    """Read one old address of this site or a list of them."""
    return tuple(_each(field, node, slips, _matching(_ADDRESS)))


def _each(field: Field, node: Node, slips: Slips, read: Callable[[Field, Node, Slips], str | None]) -> Iterator[str]:
    nodes: Sequence[Node] = node.items if isinstance(node, Listing) else (node,)
    for number, item in enumerate(nodes):
        slips.lines.append((f"{field.name}.{number}", item.line))
        if not is_empty(item) and (text := read(field, item, slips)) is not None:
            yield text


def words_of(text: str) -> list[str]:
    """Return the words of one line, parted by commas and semicolons of either width or 、.

    >>> words_of("家庭、健康, 生育")
    ['家庭', '健康', '生育']
    """
    return [word.strip() for word in _SEPARATORS.split(text) if word.strip()]


def read_words(field: Field, node: Node, slips: Slips) -> tuple[str, ...]:
    """Read a list of words; one line may hold several, parted by commas of either width or 、. Repeats count once."""
    if isinstance(node, Scalar):
        return tuple(dict.fromkeys(words_of(read_line(field, node, slips) or "")))
    return tuple(dict.fromkeys(_each(field, node, slips, read_line)))


def read_moment(field: Field, node: Node, slips: Slips) -> datetime | None:
    """Read a moment in Chinese civil time, from 1910 on; how far ahead it may lie is checked against the clock later."""
    moment = parse_moment(node.text) if isinstance(node, Scalar) else None
    if moment is None:
        slips.wrong(field, node, "写存在的日期，如 2024-09-12 或 2024-09-12 08:30")
        return None
    if moment.date() < EARLIEST:
        slips.wrong(field, node, f"不早于 {EARLIEST.isoformat()}")
        return None
    return moment


def read_day(field: Field, node: Node, slips: Slips) -> date | None:
    """Read a civil date."""
    moment = read_moment(field, node, slips)
    return moment.date() if moment else None


def read_flag(field: Field, node: Node, slips: Slips) -> bool | None:
    """Read a switch."""
    flag = _FLAGS.get(node.text.strip().lower()) if isinstance(node, Scalar) else None
    if flag is None:
        slips.wrong(field, node)
    return flag


def read_count(field: Field, node: Node, slips: Slips) -> int | None:
    """Read a whole number from 0 to 9999."""
    if isinstance(node, Scalar) and re.fullmatch(r"\d{1,4}", node.text.strip(), re.ASCII):
        return int(node.text)
    slips.wrong(field, node)
    return None


def read_number(field: Field, node: Node, slips: Slips) -> int | None:
    """Read a whole number, which may be negative."""
    if isinstance(node, Scalar) and re.fullmatch(r"-?\d{1,6}", node.text.strip(), re.ASCII):
        return int(node.text)
    slips.wrong(field, node)
    return None


def read_choice(field: Field, node: Node, slips: Slips) -> str | None:
    """Read one of the values of ``field.choices``."""
    text = read_line(field, node, slips)
    if text is None or text in field.choices:
        return text
    near = get_close_matches(text.lower(), field.choices, n=1)
    hint = f"是否想写 {near[0]!r}？" if near else "可用：" + "、".join(field.choices)
    slips.add(node.line, f"未知的{field.label} {text[:60]!r}", hint)
    return None


def read_choices(field: Field, node: Node, slips: Slips) -> tuple[str, ...]:
    """Read some of the values of ``field.choices``."""
    if isinstance(node, Scalar):
        node = Listing(tuple(Scalar(word, node.line) for word in words_of(node.text)), node.line)
    return tuple(dict.fromkeys(_each(field, node, slips, read_choice)))


read_id = _matching(_ID)
read_lang = _matching(_LANG)
