"""The declarations, and the documents that must name each of them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from plugins.content_types.common import COMMON, TYPE_NAMES
from plugins.content_types.item import read_item
from plugins.content_types.reading import READERS
from plugins.content_types.registers import REGISTERS
from plugins.content_types.schema import Field, Kind
from plugins.content_types.types import TYPES
from plugins.domain.content import ContentItem
from tests.content_types.sample import article

ROOT = Path(__file__).resolve().parents[2]
FOR_EDITORS = (ROOT / "content" / "README.md").read_text("utf-8")
FOR_DEVELOPERS = (ROOT / "plugins" / "content_types" / "README.md").read_text("utf-8")
FIELDS: tuple[Field, ...] = tuple(dict.fromkeys((*COMMON, *(own for kind in TYPES.values() for own in kind.fields))))


def test_every_type_is_declared_once() -> None:
    assert tuple(TYPES) == TYPE_NAMES


def test_every_kind_has_its_reader() -> None:
    assert set(READERS) == set(Kind)


@pytest.mark.parametrize("name", TYPES)
def test_types_are_documented_and_have_their_template(name: str) -> None:
    assert f"（`{name}`）" in FOR_EDITORS
    assert f"## `{name}`" in FOR_DEVELOPERS
    assert (ROOT / "theme" / "templates" / TYPES[name].template).is_file()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_fields_are_documented(field: Field) -> None:
    for document in (FOR_EDITORS, FOR_DEVELOPERS):
        assert f"| `{field.name}` | {field.label} |" in document
        for inner in field.fields:
            assert f"`{inner.name}" in document


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_registers_are_documented(register: object) -> None:
    for document in (FOR_EDITORS, FOR_DEVELOPERS):
        assert f"`{register.name}.yaml`" in document  # type: ignore[attr-defined]


def test_every_common_field_reaches_the_item() -> None:
    """Whatever an editor may write is somewhere in the item, under its name or as part of a noun."""
    parts = {"source_url": "source", "lead_image_alt": "lead_image", "lead_image_caption": "lead_image"}
    known = {own.name for own in fields(ContentItem)}
    assert {parts.get(common.name, common.name) for common in COMMON} <= known


def test_what_a_type_searches() -> None:
    assert "title" in TYPES["notice"].searchable
    assert "document_number" in TYPES["notice"].searchable
    assert TYPES["link"].searchable == ()


FULL = """\
---
title: 示例讲话
type: leader_article
state: published
id: k3m9qp
slug: shili-jianghua
date: 2024-09-12 08:30
modified: 2024-09-13
expires: 2030-01-01
kicker: 肩题
subtitle: 副题
summary: |
  第一段。
  第二段。
tags: 家庭、健康
keywords: [计生协]
region: 示例县
authors:
  - 甲
  - {name: 乙, office: 示例县计生协会长}
source: 某报
source_url: https://example.org/a?b=1#c
editor: 丙
people: [甲]
programs: [示例项目]
related: [one.md, /about/charter.md]
redirect_from: /old/1.html
lead_image: picture.png
lead_image_alt: 图
lead_image_caption: 注
attachments:
  - report.pdf
  - {path: ../about/b.pdf, title: 另一份}
correction: {date: 2024-10-01, text: 更正}
pinned: true
exclude_from_nav: false
order: -3
lang: en
review:
  - 待查
approvals:
  - {role: 初审, name: 甲, date: 2024-09-11 10:00, digest: abc}
legacy: {url: "http://example.org/1.htm", sha256: ab, record: r, note: n}
waivers:
  - {rule: terms, name: 甲, reason: 引文, until: 2027-01-01}
speaker: 甲
office: 会长
occasion: 年会
spoken_on: 2024-09-10
---
正文
"""


def test_a_file_that_uses_everything() -> None:
    item, problems = read_item("news/a.md", FULL.encode())
    assert problems == ()
    assert item is not None
    assert [who.name + who.office for who in item.authors] == ["甲", "乙示例县计生协会长"]
    assert item.date is not None
    assert item.date.isoformat() == "2024-09-12T08:30:00+08:00"
    assert item.summary == "第一段。\n第二段。"
    assert item.tags == ("家庭", "健康")
    assert item.related == ("news/one.md", "about/charter.md")
    assert [(file.path, file.title) for file in item.attachments] == [
        ("news/report.pdf", "report"),
        ("about/b.pdf", "另一份"),
    ]
    assert (item.order, item.pinned, item.lang, item.slug) == (-3, True, "en", "shili-jianghua")
    assert item.line_of("attachments.1") == FULL.count("\n", 0, FULL.index("  - {path")) + 1
    assert item.body_line == FULL.count("\n", 0, FULL.index("正文")) + 1
    assert all(getattr(item, own.name) not in ("", (), None) for own in fields(item) if own.name != "quarantine")


def test_defaults() -> None:
    item, _ = read_item("news/2024/a.md", article().encode())
    assert item is not None
    assert (item.id, item.slug, item.folder) == ("news/2024/a", "a", "news/2024")


@pytest.mark.parametrize("line", ["", "state:"])
def test_a_missing_state_is_private_and_said(line: str) -> None:
    item, problems = read_item("about/a.md", f"---\ntitle: 示例\ntype: page\n{line}\n---\n".encode())
    assert item is not None
    assert item.state == "private"
    assert [problem.level for problem in problems] == ["warning"]
    assert "private" in problems[0].message
