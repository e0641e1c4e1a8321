"""Split a content file into front matter and body, and read the front matter with its lines."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass

from plugins.content_types.nodes import Record
from plugins.content_types.plain_lines import read_plain_lines
from plugins.content_types.yaml_error import YamlError
from plugins.domain.front_matter import FENCE
from plugins.domain.problems import Problem

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff]")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_END = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A content file in two: its fields and its body, which begins at ``body_line`` of the file."""

    fields: Record
    body: str
    body_line: int


def split(path: str, raw: bytes) -> tuple[Source | None, tuple[Problem, ...]]:
    """Return the two parts of a content file, or why they cannot be told apart.

    A byte order mark and Windows line ends are accepted; the body has ``\\n`` only.
    """
    text, problem = decode(path, raw)
    if problem is not None:
        return None, (problem,)
    first, _, rest = text.partition("\n")
    if first.rstrip() != FENCE:
        return None, (_no_front_matter(path, first),)
    end = _END.search(rest)
    if end is None:
        hint = "在正文之前加一行“---”"
        return None, (Problem(path=path, line=1, message="文件头没有结束", hint=hint),)
    try:
        fields = parse_front_matter(rest[: end.start()])
    except YamlError as error:
        return None, (Problem(path=path, line=error.line + 1, message=error.message, hint=error.hint),)
    body_line = rest.count("\n", 0, end.end()) + 3
    return Source(fields=fields, body=rest[end.end() + 1 :], body_line=body_line), ()


def body_of(raw: bytes) -> str:
    """Return the body of a content file that ``split`` could read, without looking at its front matter again."""
    rest = _with_plain_ends(raw.decode("utf-8-sig")).partition("\n")[2]
    end = _END.search(rest)
    return rest[end.end() + 1 :] if end else ""


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _no_front_matter(path: str, first: str) -> Problem:
    hint = "第一行应是三个半角减号“---”，下面写 title、type、state 等栏目"
    wrong = first.strip() and not first.strip().strip("-—－–")
    return Problem(path=path, line=1, message="“---”写得不对" if wrong else "没有文件头", hint=hint)


def parse_front_matter(text: str) -> Record:
    """Return the fields between the two fences, their lines counted from 2, the first line after the opening fence.

    Raises YamlError, whose line counts from 1 within ``text``.
    """
    if (plain := read_plain_lines(text, 2)) is not None:
        return plain
    from plugins.content_types.yaml_text import parse_yaml  # a build that reads plain lines only does without YAML

    node = parse_yaml(text, first_line=2)
    if node is None:
        return Record((), 2)
    if not isinstance(node, Record):
        raise YamlError(node.line - 1, "文件头应是一行一个“名称: 值”", "例如 title: 标题")
    return node


def decode(path: str, raw: bytes) -> tuple[str, Problem | None]:
    """Return the text of a file with ``\\n`` line ends, or what is wrong with its bytes."""
    try:
        text = raw.removeprefix(BOM_UTF8).decode()  # as utf-8-sig, whose codec is written in Python
    except UnicodeDecodeError as error:
        return "", _not_utf8(path, raw, error)
    text = _with_plain_ends(text)
    if ("<<<<<<<" in text or ">>>>>>>" in text) and (match := _CONFLICT.search(text)):
        line = text.count("\n", 0, match.start()) + 1
        return "", Problem(
            path=path, line=line, message="有没解决的合并冲突", hint="选定其中一份，删去带 <<<、===、>>> 的行"
        )
    if text.replace("\n", "").replace("\u3000", "").isprintable():
        return text, None
    if match := _FORBIDDEN.search(text):
        line = text.count("\n", 0, match.start()) + 1
        if "\0" in text and (encoding := _without_mark(raw)):
            return "", _wrong_encoding(path, 1, 1, encoding)
        message = f"有控制字符 U+{ord(match[0]):04X}"
        return "", Problem(path=path, line=line, message=message, hint="删除这个不可见的字符后再保存")
    return text, None


def _not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    bad = error.start + (len(BOM_UTF8) if raw.startswith(BOM_UTF8) else 0)
    before = raw[:bad]
    line = before.count(b"\n") + 1
    column = bad - (before.rfind(b"\n") + 1) + 1
    encoding = likely_encoding(raw) or likely_encoding(raw[bad - column + 1 :])  # one part may have been pasted in
    if encoding == "UTF-16":
        line, column = 1, 1  # its line ends are not ours
    return _wrong_encoding(path, line, column, encoding)


def _wrong_encoding(path: str, line: int, column: int, encoding: str) -> Problem:
    looks = f"，像是 {encoding}" if encoding else ""
    message = f"文件不是 UTF-8 编码（从本行第 {column} 个字节起）{looks}"
    return Problem(path=path, line=line, message=message, hint="用编辑器另存为 UTF-8")


def likely_encoding(raw: bytes) -> str:
    """Return the name of the encoding that bytes which are not UTF-8 look like; ``""`` where none does."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    if encoding := _without_mark(raw):
        return encoding
    for codec, name in (("gb18030", "GBK（GB18030）"), ("big5", "Big5")):
        try:
            raw.decode(codec)
        except UnicodeDecodeError:
            continue
        return name
    return ""


def _without_mark(raw: bytes) -> str:
    """Return UTF-16 where every other byte of the beginning is a zero, as Latin text has it."""
    head = raw[:64]
    zeros = max(head[0::2].count(0), head[1::2].count(0))
    return "UTF-16" if zeros >= 3 and zeros * 4 >= len(head) else ""
