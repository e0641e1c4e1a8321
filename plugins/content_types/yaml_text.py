"""Read YAML into nodes that keep their lines; everything of YAML that surprises editors is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from plugins.content_types.nodes import Entry, Listing, Node, Record, Scalar
from plugins.content_types.yaml_error import YamlError

DEPTH = 20
_FULL_WIDTH_COLON = re.compile(r"^[ \t-]*([A-Za-z_]+)：", re.MULTILINE)
_TAB = re.compile(r"^ *\t", re.MULTILINE)
_MESSAGES = (
    ("mapping values are not allowed", "一行里有两个冒号", "值里有“冒号加空格”时，请给整个值加上半角引号"),
    ("could not find expected ':'", "这一行或上一行缺少半角冒号", "每行写成“名称: 值”，冒号后空一格"),
    ("unexpected end of stream", "引号没有配对", "补上后半个引号"),
    ("document separator", "引号没有配对", "补上后半个引号"),
    ("expected ',' or ']'", "方括号没有配对，或缺少半角逗号", "列表写成 [甲, 乙]，或每行一个“- 甲”"),
    ("expected ',' or '}'", "花括号没有配对，或缺少半角逗号", "写成 {name: 甲, office: 乙}"),
    ("did not find expected key", "缩进或引号不对", "同一层的各行要对齐；值以引号开头时，引号要包住整个值"),
    ("expected <block end>", "缩进或引号不对", "同一层的各行要对齐；值以引号开头时，引号要包住整个值"),
    ("cannot start any token", "这个字符不能作为值的开头", "请给整个值加上半角引号"),
    ("escape", "双引号里的反斜杠写法不对", "改用单引号，或把 \\ 写成 \\\\"),
    ("not allowed in this context", "这里不能有列表或冒号", "检查上一行的缩进"),
)


def parse_yaml(text: str, *, first_line: int = 1) -> Node | None:
    """Return the nodes of one YAML document; None for an empty one. Lines count from ``first_line``.

    Raises YamlError for anything that is not plain YAML: tabs, doubled keys, anchors, tags, more than 20 levels.
    """
    _refuse_slips(text)
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        node = _document(events, first_line)
    except yaml.MarkedYAMLError as error:
        raise _translated(error) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise YamlError(1, "读不懂这段文件头", "检查有没有不可见的控制字符") from None
    return node


def _refuse_slips(text: str) -> None:
    """Name the two commonest slips before YAML speaks of something else."""
    if match := _TAB.search(text):
        raise YamlError(_line(text, match.start()), "缩进用了制表符（Tab）", "请改用空格")
    if "：" in text and (match := _FULL_WIDTH_COLON.search(text)):
        raise YamlError(
            _line(text, match.start()), f"{match[1]} 后面是全角冒号", f"请写成“{match[1]}: ”，半角冒号后空一格"
        )


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _translated(error: yaml.MarkedYAMLError) -> YamlError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    if error.context_mark and "quoted scalar" in (error.context or ""):
        return YamlError(error.context_mark.line + 1, "引号没有配对", "补上后半个引号")
    for part, message, hint in _MESSAGES:
        if part in (error.problem or ""):
            return YamlError(line, message, hint)
    return YamlError(line, "文件头的写法不对", "检查这一行及上一行的冒号、引号和缩进")


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _document(events: Iterator[yaml.Event], first_line: int) -> Node | None:
    next(events)  # the stream starts
    if isinstance(next(events), yaml.StreamEndEvent):
        return None
    node = _node(next(events), events, first_line, 0)
    next(events)  # the document ends
    if not isinstance(after := next(events), yaml.StreamEndEvent):
        raise YamlError(_line_of(after) + 1, "文件头里有多份 YAML", "“---”和“...”只用来开始和结束文件头")
    return node


def _node(event: yaml.Event, events: Iterator[yaml.Event], first_line: int, depth: int) -> Node:
    line = _line_of(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise YamlError(line + 1, "不能使用 YAML 的锚点（&）和引用（*）", "直接写出内容；值以 * 或 & 开头时请加引号")
    if getattr(event, "tag", None) not in (None, "!"):
        raise YamlError(line + 1, "不能使用 YAML 的类型标记（!）", "直接写出内容；值以 ! 开头时请加引号")
    if depth > DEPTH:
        raise YamlError(line + 1, f"层次超过 {DEPTH} 层", "文件头通常只有一两层")
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, line + first_line)
    if isinstance(event, yaml.SequenceStartEvent):
        return Listing(tuple(_items(events, first_line, depth)), line + first_line)
    return Record(tuple(_entries(events, first_line, depth)), line + first_line)


def _items(events: Iterator[yaml.Event], first_line: int, depth: int) -> Iterator[Node]:
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        yield _node(event, events, first_line, depth + 1)


def _entries(events: Iterator[yaml.Event], first_line: int, depth: int) -> Iterator[Entry]:
    seen: dict[str, int] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _node(event, events, first_line, depth + 1)
        line = _line_of(event)
        if not isinstance(key, Scalar):
            raise YamlError(line + 1, "冒号前应是一个名称")
        if key.text in seen:
            first = seen[key.text]
            raise YamlError(line + 1, f"{key.text!r} 写了两次，第 {first} 行已经有了", "只留一个")
        seen[key.text] = line + first_line
        value = _node(next(events), events, first_line, depth + 1)
        yield Entry(key.text, value, line + first_line)
