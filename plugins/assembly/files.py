"""Files and pictures of the content folder, as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from plugins.assembly.composition import Asked
from plugins.content_types.files import FoundFile
from plugins.domain.outputs import Output
from plugins.domain.pages import FileLink, Picture
from plugins.domain.problems import Problem
from plugins.domain.settings import Settings
from plugins.navigation.addresses import file_url

KINDS = {
    ".pdf": "PDF",
    ".doc": "Word 文档",
    ".docx": "Word 文档",
    ".wps": "WPS 文档",
    ".xls": "Excel 表格",
    ".xlsx": "Excel 表格",
    ".et": "WPS 表格",
    ".csv": "CSV 表格",
    ".ppt": "PPT 演示",
    ".pptx": "PPT 演示",
    ".ofd": "OFD 版式文件",
    ".zip": "压缩包",
    ".rar": "压缩包",
    ".7z": "压缩包",
    ".mp3": "音频",
    ".m4a": "音频",
    ".mp4": "视频",
    ".txt": "文本",
    ".ics": "日历",
}


def file_links(files: tuple[FoundFile, ...]) -> Callable[[str], FileLink | None]:
    """Return the function that tells kind and size of a file by its path; None for what is not there."""
    known = {file.path: file for file in files}

    def find(path: str) -> FileLink | None:
        file = known.get(path)
        if file is None:
            return None
        kind = KINDS.get(file.suffix, file.suffix.lstrip(".").upper())
        return FileLink(title=PurePosixPath(path).name, url=file_url(path), kind=kind, size=size_in_words(file.size))

    return find


def size_in_words(size: int) -> str:
    """Return a size in bytes as readers see it.

    >>> size_in_words(900), size_in_words(20_480), size_in_words(1_300_000)
    ('1 KB', '20 KB', '1.2 MB')
    """
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


@dataclass(slots=True)
class Pictures:
    """The pictures that pages ask for, each read once, and the outputs that follow from having been asked."""

    content: Path
    cache: Path
    problems: list[Problem] = field(default_factory=list)
    _asked: dict[Asked, None] = field(default_factory=dict)
    _found: dict[tuple[str, str], tuple[Picture, tuple[Output, ...]] | None] = field(default_factory=dict)

    def find(self, path: str, alt: str, caption: str, role: str) -> Picture | None:
        """Return the picture at ``path`` for a place on a page; None where it cannot be shown there."""
        self._asked[path, role] = None
        found = self._look(path, role)
        return replace(found[0], alt=alt, caption=caption) if found else None

    @contextmanager
    def asked_meanwhile(self) -> Iterator[dict[Asked, None]]:
        """Yield what is asked for inside the block, each once and in order; full when it ends."""
        before, self._asked = self._asked, {}
        try:
            yield self._asked
        finally:
            self._asked = before

    def claim(self, asked: Iterable[Asked]) -> None:
        """Note that pictures are still shown on a page that asked for them in an earlier build."""
        for path, role in asked:
            self._look(path, role)

    def outputs(self) -> Iterator[Output]:
        """Yield every form of every picture asked for, each once."""
        forms = {output.path: output for found in self._found.values() if found for output in found[1]}
        yield from forms.values()

    def _look(self, path: str, role: str) -> tuple[Picture, tuple[Output, ...]] | None:
        if (path, role) not in self._found:
            self._found[path, role] = self._read(path, role)
        return self._found[path, role]

    def _read(self, path: str, role: str) -> tuple[Picture, tuple[Output, ...]] | None:
        from plugins.images.photo import UnusablePhotoError  # Pillow, which a site without pictures does without
        from plugins.images.pictures import is_shareable, picture_outputs

        photo = self.content / path
        try:
            if role == "share" and not is_shareable(photo):
                return None
            return picture_outputs(photo, cache=self.cache / "images", role=role, source=path)
        except UnusablePhotoError as error:
            self.problems.append(Problem(path=path, message=f"这张图片不能用：{error}", hint="换一张或重新导出"))
            return None


def picture_finder(settings: Settings) -> Pictures:
    """Return the pictures of a site, none read yet."""
    return Pictures(content=settings.content, cache=settings.cache)


def check_pictures(paths: Iterable[str], settings: Settings) -> tuple[Problem, ...]:
    """Return what is wrong with the pictures at ``paths``: unreadable, too large, or no picture at all."""
    pictures = picture_finder(settings)
    for path in paths:
        pictures.find(path, "", "", "body")
    return tuple(pictures.problems)
