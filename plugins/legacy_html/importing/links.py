"""Where the links and pictures of a recovered page lead once it lies in ``content/``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from plugins.legacy_html.document import Block, Flag, LegacyDocument, Mark
from plugins.legacy_html.importing import files
from plugins.legacy_html.importing.addresses import Places, joined
from plugins.legacy_html.importing.record import KeptFile
from plugins.legacy_html.importing.sources import Entry, read

TOKEN = "legacy-page-"
TOKENS = re.compile(rf"{TOKEN}([0-9a-f]{{20}})")
MAX_FILES = 300
_FOLLOWED = ("mailto:", "tel:")


@dataclass(slots=True, kw_only=True)
class Localiser:
    """Gives every reference of one page its new place, and collects the files that have to come along.

    ``folder`` is named like the item and will lie beside it; ``keep`` puts a file's bytes away under their SHA-256.
    """

    page: Entry
    address: str
    base: str
    places: Places
    folder: str
    keep: Callable[[str, bytes], None]
    kept: dict[Entry, KeptFile] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def blocks(self, document: LegacyDocument) -> tuple[Block, ...]:
        """The blocks of ``document`` with every figure and link led to its new place."""
        return tuple(self._block(block) for block in document.blocks)

    def _block(self, block: Block) -> Block:
        if block.kind == "figure" and block.file:
            block = replace(block, file=self.picture(block.file, block.text))
        if block.marks:
            marks = (self._mark(mark) for mark in block.marks)
            block = replace(block, marks=tuple(mark for mark in marks if mark is not None))
        return replace(block, level=min(block.level, 8)) if block.level > 8 else block

    def _mark(self, mark: Mark) -> Mark | None:
        if mark.kind != "link":
            return mark
        href = self.link(mark.href)
        return replace(mark, href=href) if href else None

    def picture(self, reference: str, caption: str = "") -> str:
        """The path of the picture's copy beside the item; "" and a flag where there is none."""
        entry = self._entry(reference)
        if entry is None:
            known = joined(self.base, reference) or reference[:200]
            note = "抓取的文件里没有这张图片；不引用别的网站上的图片。找到后放在正文旁边再插入。"
            where = known if caption else ""
            self.flags.append(Flag(flag="missing_picture", text=caption or known, suggestion=where, note=note))
            return ""
        kept = self._keep(entry, reference, files.picture)
        return f"{self.folder}/{kept.name}" if kept else ""

    def link(self, reference: str) -> str:
        """The new place of a link; "" where it leads nowhere any more."""
        reference = reference.strip()
        if reference.lower().startswith(_FOLLOWED):
            return reference if re.fullmatch(r"[\w.+@:;,?=&%()-]{1,200}", reference, re.ASCII) else ""
        entry = self._entry(reference)
        if entry is not None and entry.is_file:
            kept = self._keep(entry, reference, lambda raw: files.attachment(entry.key, raw))
            if kept:
                return f"{self.folder}/{kept.name}"
        elif entry is not None:
            return f"{TOKEN}{entry.token}"
        address = joined(self.base, reference) if not reference.startswith("#") else ""
        if not address and reference and not reference.startswith("#"):
            self.dropped.append(reference[:200])
        return address

    def attachment(self, reference: str, title: str) -> None:
        """Bring an attachment along that the page offers; a flag where the scrape does not have it."""
        entry = self._entry(reference)
        if entry is not None:
            kept = self._keep(entry, reference, lambda raw: files.attachment(entry.key, raw))
            if kept:
                self.kept[entry] = replace(kept, title=kept.title or title)
            return
        known = joined(self.base, reference) or reference[:200]
        note = "抓取的文件里没有这个附件，找到后补上。"
        self.flags.append(Flag(flag="missing_attachment", text=title, suggestion=known, note=note))

    def all_flags(self) -> tuple[Flag, ...]:
        """The flags, with one for all links that lead nowhere."""
        flags = tuple(dict.fromkeys(self.flags))
        if not self.dropped:
            return flags
        note = "这些链接原来的地址已无从知道，只留下了文字：" + "、".join(dict.fromkeys(self.dropped))
        return (*flags, Flag(flag="dropped_links", text=self.dropped[0], note=note[:1000]))

    def _entry(self, reference: str) -> Entry | None:
        if reference.lower().startswith(("data:", "javascript:", "file:", "about:")):
            return None
        base = self.base if self.base != self.address else ""
        whole = joined(base, reference) if base else reference  # only a <base> changes what a relative path means
        return self.places.find(self.page, self.address, whole) or self.places.find(self.page, self.address, reference)

    def _keep(self, entry: Entry, reference: str, look: Callable[[bytes], files.Sound]) -> KeptFile | None:
        """The copy of a file, named by its turn; a flag where it may not be published."""
        if (known := self.kept.get(entry)) is not None:
            return known
        try:
            raw = read(entry)
            sound = look(raw)
            fault = sound.fault if len(self.kept) < MAX_FILES else f"图片和附件超过{MAX_FILES}个"
        except (OSError, ValueError) as error:
            raw, sound, fault = b"", files.Sound(), str(error)
        if fault:
            self.flags.append(Flag(flag="unusable_file", text=reference[:200], note=f"{fault}，没有导入。"))
            return None
        name, digest = f"{len(self.kept) + 1}{sound.ending}", sha256(raw).hexdigest()
        self.keep(digest, raw)
        self.kept[entry] = KeptFile(reference=reference, name=name, sha256=digest)
        return self.kept[entry]
