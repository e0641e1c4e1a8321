"""Read the registers of ``content/_registers/``: YAML lists whose fields are declared as those of content are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from plugins.content_types.common import WAIVER
from plugins.content_types.front_matter import decode
from plugins.content_types.item import waiver_from
from plugins.content_types.nodes import Entry, Listing, Node, Record, Scalar
from plugins.content_types.reading import read_fields
from plugins.content_types.schema import Field, Kind
from plugins.content_types.slips import Slips
from plugins.content_types.values import Values
from plugins.content_types.yaml_error import YamlError
from plugins.domain.files import read_regular
from plugins.domain.problems import Problem, in_order
from plugins.domain.registers import (
    Host,
    KnownPerson,
    KnownSource,
    Office,
    Registers,
    SetPhrase,
    SiteWaiver,
    Term,
)

FOLDER = "_registers"
REGISTER_BYTES = 1024 * 1024
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register file: what it is for, and the fields of its entries."""

    name: str
    label: str
    fields: tuple[Field, ...]


SINCE = Field(name="since", kind=Kind.DAY, label="起始日期", future_years=10)
UNTIL = Field(name="until", kind=Kind.DAY, label="截止日期", future_years=10)
BASIS = Field(name="basis", kind=Kind.TEXT, label="依据")
OFFICE = (
    Field(name="title", kind=Kind.LINE, label="职务", required=True),
    Field(name="organisation", kind=Kind.LINE, label="单位"),
    SINCE,
    UNTIL,
    BASIS,
)

REGISTERS: tuple[Register, ...] = (
    Register(
        name="people",
        label="人物与职务",
        fields=(
            Field(name="name", kind=Kind.LINE, label="姓名", required=True),
            Field(name="offices", kind=Kind.RECORDS, label="任职", fields=OFFICE, bare="title"),
            Field(name="misspelt", kind=Kind.WORDS, label="常见错写"),
        ),
    ),
    Register(
        name="sources",
        label="可以转载的来源",
        fields=(
            Field(name="name", kind=Kind.LINE, label="全称", required=True),
            Field(name="url", kind=Kind.URL, label="网址"),
            Field(name="aliases", kind=Kind.WORDS, label="别名"),
        ),
    ),
    Register(
        name="terms",
        label="用语",
        fields=(
            Field(name="text", kind=Kind.LINE, label="用语", required=True),
            Field(name="instead", kind=Kind.LINE, label="应写", required=True),
            SINCE,
            UNTIL,
            Field(name="unless", kind=Kind.WORDS, label="不算错的说法"),
            BASIS,
        ),
    ),
    Register(
        name="phrases",
        label="固定提法",
        fields=(
            Field(name="name", kind=Kind.LINE, label="名称", required=True),
            Field(name="parts", kind=Kind.WORDS, label="依次各项", required=True),
            SINCE,
            UNTIL,
            BASIS,
        ),
    ),
    Register(
        name="hosts",
        label="可以链接的外部网站",
        fields=(
            Field(name="host", kind=Kind.LINE, label="域名", required=True),
            Field(name="owner", kind=Kind.LINE, label="主办单位或负责人", required=True),
            Field(name="note", kind=Kind.TEXT, label="说明"),
        ),
    ),
    Register(
        name="waivers",
        label="豁免检查",
        fields=(Field(name="path", kind=Kind.LINE, label="内容的路径", required=True), *WAIVER),
    ),
)
WORDS = Field(name="words", kind=Kind.WORDS, label="词")


def read_registers(content: Path) -> tuple[Registers, tuple[Problem, ...]]:
    """Return the registers of a content folder, and what is wrong with them. A missing file is an empty register."""
    problems: list[Problem] = []
    entries = {register.name: _entries(content, register, problems) for register in REGISTERS}
    synonyms = _word_groups(content, "synonyms", problems)
    hot_words = _word_groups(content, "hot_words", problems)
    problems.extend(_unknown_files(content))
    found = Registers(
        people=_made(entries["people"], _person),
        sources=_made(entries["sources"], _source),
        terms=_made(entries["terms"], _term),
        phrases=_made(entries["phrases"], _phrase),
        hosts=_made(entries["hosts"], _host),
        waivers=_made(entries["waivers"], _waiver),
        synonyms=tuple(group for group in synonyms if len(group) > 1),
        hot_words=tuple(dict.fromkeys(word for group in hot_words for word in group)),
    )
    return found, in_order(problems)


def _unknown_files(content: Path) -> tuple[Problem, ...]:
    names = [f"{register.name}.yaml" for register in REGISTERS] + ["synonyms.yaml", "hot_words.yaml"]
    folder = content / FOLDER
    there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return tuple(
        Problem(path=f"{FOLDER}/{name}", message="不认识的登记表", hint="可用：" + "、".join(names))
        for name in there
        if name not in names and name != "README.md" and not name.startswith(".")
    )


def _document(content: Path, name: str, problems: list[Problem]) -> Node | None:
    path = f"{FOLDER}/{name}.yaml"
    try:
        raw = read_regular(content / path, REGISTER_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError:
        problems.append(Problem(path=path, message="读不了这个登记表", hint="应是普通文件"))
        return None
    if len(raw) > REGISTER_BYTES:
        problems.append(Problem(path=path, message="登记表太大", hint="不超过 1 MB"))
        return None
    text, problem = decode(path, raw)
    if problem is not None:
        problems.append(problem)
        return None
    try:
        from plugins.content_types.yaml_text import parse_yaml  # not needed where the registers are known

        return parse_yaml(text)
    except YamlError as error:
        problems.append(Problem(path=path, line=error.line, message=error.message, hint=error.hint))
        return None


def _listing(node: Node | None, path: str, problems: list[Problem]) -> tuple[Node, ...]:
    if node is None or isinstance(node, Listing):
        return node.items if node else ()
    problems.append(Problem(path=path, line=node.line, message="登记表应是一个列表", hint="每项以“- ”开头"))
    return ()


def _entries(content: Path, register: Register, problems: list[Problem]) -> tuple[Values, ...]:
    """Return the valid entries of one register file."""
    path = f"{FOLDER}/{register.name}.yaml"
    fields: Mapping[str, Field] = {known.name: known for known in register.fields}
    found: list[Values] = []
    for node in _listing(_document(content, register.name, problems), path, problems):
        slips = Slips(path=path)
        if isinstance(node, Record):
            values = Values(read_fields(fields, node, slips, f"{register.name}."))
            _check_period(values, node, slips)
        else:
            names = "、".join(fields)
            slips.add(node.line, f"{register.label}的每一项应写成几个小栏位", f"可用：{names}")
        if not slips.problems:
            found.append(values)
        problems.extend(slips.problems)
    return tuple(found)


def _check_period(values: Values, node: Record, slips: Slips) -> None:
    for period in (values, *(values.records("offices") if "offices" in values.by_key else ())):
        since, until = period.day("since"), period.day("until")
        if since and until and until < since:
            slips.add(node.line, "until 早于 since", "改正其中一个日期")


def _word_groups(content: Path, name: str, problems: list[Problem]) -> tuple[tuple[str, ...], ...]:
    """Return the lists of words of a register: each entry a list, or one line of words parted by 、."""
    path = f"{FOLDER}/{name}.yaml"
    groups: list[tuple[str, ...]] = []
    for node in _listing(_document(content, name, problems), path, problems):
        slips = Slips(path=path)
        if isinstance(node, (Scalar, Listing)):
            record = read_fields({"words": WORDS}, _as_record(node), slips)
            groups.append(Values(record).texts("words"))
        else:
            slips.add(node.line, "每一项应是几个词", "写成 - [甲, 乙]")
        problems.extend(slips.problems)
    return tuple(group for group in groups if group)


def _as_record(node: Node) -> Record:
    return Record((Entry("words", node, node.line),), node.line)


def _made(entries: tuple[Values, ...], make: Callable[[Values], T]) -> tuple[T, ...]:
    return tuple(make(values) for values in entries)


def _person(values: Values) -> KnownPerson:
    offices = tuple(
        Office(
            title=office.text("title"),
            organisation=office.text("organisation"),
            since=office.day("since"),
            until=office.day("until"),
            basis=office.text("basis"),
        )
        for office in values.records("offices")
    )
    return KnownPerson(name=values.text("name"), offices=offices, misspelt=values.texts("misspelt"))


def _source(values: Values) -> KnownSource:
    return KnownSource(name=values.text("name"), url=values.text("url"), aliases=values.texts("aliases"))


def _term(values: Values) -> Term:
    return Term(
        text=values.text("text"),
        instead=values.text("instead"),
        since=values.day("since"),
        until=values.day("until"),
        unless=values.texts("unless"),
        basis=values.text("basis"),
    )


def _phrase(values: Values) -> SetPhrase:
    return SetPhrase(
        name=values.text("name"),
        parts=values.texts("parts"),
        since=values.day("since"),
        until=values.day("until"),
        basis=values.text("basis"),
    )


def _host(values: Values) -> Host:
    return Host(host=values.text("host").lower(), owner=values.text("owner"), note=values.text("note"))


def _waiver(values: Values) -> SiteWaiver:
    return SiteWaiver(path=values.text("path"), waiver=waiver_from(values))
