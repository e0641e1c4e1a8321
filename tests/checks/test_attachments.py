"""What attachments of public items should not show."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from plugins.checks.attachments import MEMBER_BYTES, office_parts
from plugins.domain.content import Attachment, State
from tests.checks.sample import item, said

IDENTITY = "11010519491231002X"  # the published example of the standard


def zipped(parts: Mapping[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def cells(*texts: str) -> str:
    return "<sst>" + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"


CASES: dict[str, tuple[str, bytes, str]] = {
    "identity number in a sheet": (
        "a.xlsx",
        zipped({"xl/sharedStrings.xml": cells("姓名", IDENTITY)}),
        "里公开了身份证号码",
    ),
    "identity number over two runs": (
        "a.docx",
        zipped(
            {
                "word/document.xml": f"<w:p><w:r><w:t>{IDENTITY[:6]}</w:t></w:r><w:r><w:t>{IDENTITY[6:]}</w:t></w:r></w:p>"
            }
        ),
        "里公开了身份证号码",
    ),
    "identity number in a text": ("a.csv", f"姓名,号码\n某甲,{IDENTITY}\n".encode("gbk"), "里公开了身份证号码"),
    "identity number in a slide": ("a.pptx", zipped({"ppt/slides/slide1.xml": f"<a:p>{IDENTITY}</a:p>"}), "身份证"),
    "identity number in an open document": ("a.ods", zipped({"content.xml": f"<text:p>{IDENTITY}</text:p>"}), "身份证"),
    "two cells are two numbers": ("a.xlsx", zipped({"xl/sharedStrings.xml": cells(IDENTITY[:6], IDENTITY[6:])}), ""),
    "many mobiles": (
        "a.xlsx",
        zipped({"xl/worksheets/sheet1.xml": "".join(f"<c><v>1380000123{n}</v></c>" for n in range(4))}),
        "里有 4 个手机号码",
    ),
    "a contact": ("a.txt", "联系人：某甲 13800001234".encode(), ""),
    "hidden sheet": (
        "a.xlsx",
        zipped({"xl/workbook.xml": '<sheet name="b" sheetId="2" state="hidden"/>'}),
        "有隐藏的工作表",
    ),
    "plain sheet": ("a.xlsx", zipped({"xl/workbook.xml": '<sheet name="b" sheetId="2"/>'}), ""),
    "hidden slide": ("a.pptx", zipped({"ppt/slides/slide2.xml": '<p:sld show="0"/>'}), "有隐藏的幻灯片"),
    "tracked changes": ("a.docx", zipped({"word/document.xml": '<w:del w:id="1"/>'}), "留有修订记录"),
    "comments": ("a.docx", zipped({"word/comments.xml": '<w:comments><w:comment w:id="0"/></w:comments>'}), "留有批注"),
    "no comments": ("a.docx", zipped({"word/comments.xml": "<w:comments/>"}), ""),
    "damaged": ("a.docx", b"PK\x03\x04 and nothing more", "打不开"),
    "a picture inside is not read": ("a.docx", zipped({"word/media/a.png": IDENTITY}), ""),
    "pdf is not read": ("a.pdf", IDENTITY.encode(), ""),
}


@pytest.mark.parametrize("name", CASES)
def test_attachments(name: str) -> None:
    path, raw, told = CASES[name]
    one = item(attachments=(Attachment(path=path, title="附件"),), lines=(("attachments.0", 7),))
    found = said("attachments", one, read={path: raw}.get)
    assert (len(found) == 1 and told in found[0] and found[0].startswith("news/a.md:7: ")) if told else found == []
    assert all(IDENTITY not in line for line in found)


def test_what_is_not_public_or_not_there_is_left_alone() -> None:
    attached = (Attachment(path="a.txt", title="附件"),)
    draft = item(attachments=attached, state=State.PRIVATE)
    assert said("attachments", draft, read={"a.txt": IDENTITY.encode()}.get) == []
    assert said("attachments", item(attachments=attached), read={}.get) == []
    assert said("attachments", item(attachments=attached)) == []


def test_a_zip_bomb_is_cut_off() -> None:
    parts = office_parts(zipped({"word/document.xml": "x" * (MEMBER_BYTES + 5)}))
    assert len(parts["word/document.xml"]) == MEMBER_BYTES
