"""Commits that must be refused with file and line, and odd ones that must be accepted."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.content_types.sample import VALID, article, loaded, png, section, write

Spoil = Callable[[Path], None]


def file(path: str, text: str | bytes) -> Spoil:
    return lambda content: write(content, {path: text})


def item(*lines: str, body: str = "正文。", title: str = "示例标题", path: str = "news/a.md") -> Spoil:
    return file(path, article(*lines, body=body, title=title))


def typed(kind: str, *lines: str) -> Spoil:
    return file("news/a.md", "\n".join(["---", "title: 示例", f"type: {kind}", "state: published", *lines, "---", ""]))


def fifo(path: str) -> Spoil:
    return lambda content: os.mkfifo(content / path)


def link(path: str, target: str) -> Spoil:
    return lambda content: (content / path).symlink_to(target)


def listening(path: str) -> Spoil:
    def make(content: Path) -> None:
        here = Path.cwd()
        os.chdir(content)  # the name of a socket may not be long
        try:
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(path)
        finally:
            os.chdir(here)

    return make


def both(*spoils: Spoil) -> Spoil:
    def spoil(content: Path) -> None:
        for one in spoils:
            one(content)

    return spoil


def removed(path: str) -> Spoil:
    return lambda content: (content / path).unlink()


REFUSED: dict[str, tuple[Spoil, str, str]] = {
    # the file as a whole
    "gbk": (file("news/a.md", article().encode("gbk")), "news/a.md:2: ", "像是 GBK"),
    "gbk in the body": (file("news/a.md", article().encode() + "后来".encode("gbk")), "news/a.md:8: ", "像是 GBK"),
    "utf-16": (file("news/a.md", article().encode("utf-16")), "news/a.md:1: ", "像是 UTF-16"),
    "utf-16 without mark": (file("news/a.md", article().encode("utf-16-le")), "news/a.md:1: ", "像是 UTF-16"),
    "big5": (
        file("news/a.md", article(title="說明").replace("示例", "").encode("big5", "ignore")),
        "news/a.md:2: ",
        "不是 UTF-8",
    ),
    "latin-1": (file("news/a.md", b"---\ntitle: caf\xe9\n---\n"), "news/a.md:2: ", "不是 UTF-8"),
    "cut in a character": (file("news/a.md", article().encode()[:-3]), "news/a.md:7: ", "不是 UTF-8"),
    "zero byte": (item(body="一\0二"), "news/a.md:7: ", "U+0000"),
    "bell": (item(body="一\n\x07"), "news/a.md:8: ", "U+0007"),
    "escape in title": (item(title="一\x1b[2J"), "news/a.md:2: ", "U+001B"),
    "empty": (file("news/a.md", b""), "news/a.md:1: ", "没有文件头"),
    "no front matter": (file("news/a.md", "正文。\n"), "news/a.md:1: ", "没有文件头"),
    "pelican metadata": (file("news/a.md", "Title: 示例\nDate: 2024-01-01\n\n正文\n"), "news/a.md:1: ", "没有文件头"),
    "long dashes": (file("news/a.md", article().replace("---", "——")), "news/a.md:1: ", "“---”写得不对"),
    "no end": (file("news/a.md", "---\ntitle: 示例\n"), "news/a.md:1: ", "没有结束"),
    "too large": (item(body="字" * 400_000), "news/a.md:1: ", "文件太大"),
    # YAML
    "tab": (item("tags:\n\t- 家庭"), "news/a.md:7: ", "制表符"),
    "two colons": (item("summary: 一: 二: 三"), "news/a.md:6: ", "两个冒号"),
    "full-width colon": (item("summary：摘要"), "news/a.md:6: ", "全角冒号"),
    "no colon": (item("summary"), "news/a.md:", "冒号"),
    "open quote": (item('summary: "摘要'), "news/a.md:6: ", "引号没有配对"),
    "open bracket": (item("tags: [家庭, 健康"), "news/a.md:", "方括号"),
    "quote then text": (item('summary: "人口"与家庭'), "news/a.md:6: ", "缩进或引号"),
    "bad indent": (item("tags:\n    - 家庭\n  - 健康"), "news/a.md:8: ", "缩进"),
    "at sign": (item("summary: @某处"), "news/a.md:6: ", "不能作为值的开头"),
    "list": (file("news/a.md", "---\n- 一\n- 二\n---\n"), "news/a.md:2: ", "名称: 值"),
    "only text": (file("news/a.md", "---\n示例\n---\n"), "news/a.md:2: ", "名称: 值"),
    "doubled key": (item("title: 又一个"), "news/a.md:6: ", "写了两次，第 2 行"),
    "doubled inner key": (item("correction:\n  text: 一\n  text: 二"), "news/a.md:8: ", "写了两次"),
    "anchor": (item("tags: &t [家庭]"), "news/a.md:6: ", "锚点"),
    "alias": (item("tags: &t [家庭]\nkeywords: *t"), "news/a.md:6: ", "锚点"),
    "tag": (item("summary: !!python/object/apply:os.system [ls]"), "news/a.md:6: ", "类型标记"),
    "deep yaml": (item("tags: " + "[" * 40 + "]" * 40), "news/a.md:6: ", "层次超过"),
    "very deep yaml": (item("tags: " + "[" * 100_000), "news/a.md:6: ", ""),
    "deep dashes": (item("tags:\n" + "- " * 5000 + "a"), "news/a.md:7: ", "层次超过"),
    # keys, types, states
    "unknown key": (item("sumary: 摘要"), "news/a.md:6: ", "是否想写 'summary'？"),
    "status": (item("status: published"), "news/a.md:6: ", "是否想写 'state'？"),
    "chinese key": (item("摘要: 文字"), "news/a.md:6: ", "请写 'summary'"),
    "key of another type": (item("deadline: 2024-01-01"), "news/a.md:6: ", "未知的栏位"),
    "event handler": (item("onclick: alert(1)"), "news/a.md:6: ", "未知的栏位"),
    "save_as": (item("save_as: ../../etc/passwd"), "news/a.md:6: ", "是否想写 'slug'？"),
    "template": (item("template: ../base"), "news/a.md:6: ", "未知的栏位"),
    "near type": (typed("news_itm", "date: 2024-01-01"), "news/a.md:3: ", "是否想写 'news_item'？"),
    "far type": (typed("blog", "date: 2024-01-01"), "news/a.md:3: ", "可用：section、page"),
    "no type": (file("news/a.md", "---\ntitle: 示例\n---\n"), "news/a.md:1: ", "可用：section、page"),
    "empty type": (typed(""), "news/a.md:1: ", "缺少 type"),
    "type is a list": (typed("[page]"), "news/a.md:3: ", "一段文字"),
    "near state": (
        file("news/a.md", article().replace("published", "publishd")),
        "news/a.md:4: ",
        "是否想写 'published'？",
    ),
    "chinese state": (file("news/a.md", article().replace("published", "已发布")), "news/a.md:4: ", "可用：private"),
    "no title": (file("news/a.md", "---\ntype: page\nstate: private\n---\n"), "news/a.md:1: ", "缺少 title"),
    "empty title": (item(title=""), "news/a.md:1: ", "缺少 title"),
    "blank title": (item(title='"  "'), "news/a.md:1: ", "缺少 title"),
    "long title": (item(title="字" * 121), "news/a.md:2: ", "121 字"),
    "zero-width title": (item(title="标\u200b题"), "news/a.md:2: ", "U+200B"),
    "bidi title": (item(title="标\u202e题"), "news/a.md:2: ", "U+202E"),
    "title over two lines": (item(title='"一\\n二"'), "news/a.md:2: ", "换行"),
    "very long title": (item(title="字" * 5000), "news/a.md:2: ", "不超过 120 字"),
    "escaped bell": (item('summary: "一\\x07"'), "news/a.md:6: ", "U+0007"),
    "escaped tab": (item('subtitle: "一\\t二"'), "news/a.md:6: ", "制表符"),
    "title is a mapping": (item(title="{a: b}"), "news/a.md:2: ", "应是一段文字"),
    # dates
    "no date": (typed("news_item"), "news/a.md:1: ", "缺少 date"),
    "30 February": (file("news/a.md", article().replace("09-12", "02-30")), "news/a.md:5: ", "2024-02-30"),
    "month 13": (file("news/a.md", article().replace("09-12", "13-01")), "news/a.md:5: ", "date"),
    "25 o'clock": (file("news/a.md", article().replace("08:30", "25:00")), "news/a.md:5: ", "date"),
    "year 1899": (file("news/a.md", article().replace("2024", "1899")), "news/a.md:5: ", "不早于 1910-01-01"),
    "year 9999": (file("news/a.md", article().replace("2024", "9999")), "news/a.md:5: ", "太远"),
    "three years ahead": (file("news/a.md", article().replace("2024-09-12", "2028-11-24")), "news/a.md:5: ", "太远"),
    "words for a date": (file("news/a.md", article().replace("2024-09-12 08:30", "昨天")), "news/a.md:5: ", "'昨天'"),
    "expires first": (item("expires: 2024-09-01"), "news/a.md:6: ", "不晚于"),
    "no start": (typed("event"), "news/a.md:1: ", "缺少 starts"),
    "ends first": (typed("event", "starts: 2026-05-02", "ends: 2026-05-01"), "news/a.md:6: ", "ends 早于 starts"),
    # addresses
    "slug with blank": (item("slug: a b"), "news/a.md:6: ", "slug"),
    "slug with dots": (item("slug: ../../x"), "news/a.md:6: ", "slug"),
    "slug in capitals": (item("slug: Nianhui"), "news/a.md:6: ", "slug"),
    "zero-width slug": (item("slug: nian\u200bhui"), "news/a.md:6: ", "U+200B"),
    "long slug": (item("slug: " + "a" * 81), "news/a.md:6: ", "80"),
    "device slug": (item("slug: con"), "news/a.md:6: ", "slug"),
    "id twice": (both(item("id: same"), item("id: Same", path="news/b.md")), "news/b.md:6: ", "编号"),
    "id with markup": (item("id: <b>"), "news/a.md:6: ", "id"),
    "chinese file name": (item(path="news/年会.md"), "news/年会.md:1: ", "不能作为网址"),
    "file name with blank": (item(path="news/a b.md"), "news/a b.md:1: ", "不能作为网址"),
    "capital name": (item(path="news/Nianhui.md"), "news/Nianhui.md:1: ", "不能作为网址"),
    "device name": (item(path="news/nul.md"), "news/nul.md:1: ", "设备名"),
    "zero-width name": (item(path="news/a\u200b.md"), "news/a<U+200B>.md:1: ", "看不见"),
    "case twice": (both(file("news/A.png", png()), file("news/a.png", png())), "news/a.png:1: ", "大小写"),
    "folder with capitals": (file("News2/index.md", section("新闻")), "News2:1: ", "文件夹名"),
    "backslash": (file("news/a\\b.pdf", b"%PDF-"), "news/a\\b.pdf:1: ", "其他系统"),
    "not utf-8 name": (lambda c: (c / os.fsdecode(b"news/\xb2\xe2.pdf")).write_bytes(b"%PDF-"), "news/", "其他系统"),
    # columns
    "no root": (removed("index.md"), "index.md:1: ", "没有首页"),
    "folder without column": (item(path="extra/a.md"), "extra/index.md:1: ", "没有 index.md"),
    "index is a page": (file("news/index.md", VALID["about/charter.md"]), "news/index.md:3: ", "应是 section"),
    "section elsewhere": (file("news/a.md", section("错")), "news/a.md:3: ", "应叫 index.md"),
    "slug for a column": (file("news/index.md", section("资讯", "slug: x")), "news/index.md:5: ", "未知的栏位"),
    # references
    "related to nothing": (item("related: [missing.md]"), "news/a.md:6: ", "没有 news/missing.md"),
    "related, second line": (item("related:\n  - one.md\n  - two.md"), "news/a.md:8: ", "没有 news/two.md"),
    "path escape": (item("related: ../../secret.md"), "news/a.md:6: ", "外面"),
    "absolute escape": (item("attachments: /../../etc/passwd"), "news/a.md:6: ", "外面"),
    "pelican escape": (
        item("lead_image: '{static}../../../etc/passwd'", "lead_image_alt: 图"),
        "news/a.md:6: ",
        "外面",
    ),
    "attachment missing": (item("attachments: [gone.pdf]"), "news/a.md:6: ", "没有 news/gone.pdf 这个附件"),
    "attachment in other case": (item("attachments: [Report.pdf]"), "news/a.md:6: ", "大小写要一致"),
    "picture lies elsewhere": (
        item("lead_image: pictures/picture.png", "lead_image_alt: 图"),
        "news/a.md:6: ",
        "是否想写 'news/picture.png'？",
    ),
    "attachment is content": (item("attachments: [one.md]"), "news/a.md:6: ", "不能作为附件"),
    "file address": (item("attachments: 'file:///etc/passwd'"), "news/a.md:6: ", "路径"),
    "picture is the root": (item("lead_image: /", "lead_image_alt: 图"), "news/a.md:6: ", "不是 content 里的路径"),
    "picture missing": (item("lead_image: no.png", "lead_image_alt: 图"), "news/a.md:6: ", "这个图片"),
    "picture is a file": (item("lead_image: report.pdf", "lead_image_alt: 图"), "news/a.md:6: ", "不是图片"),
    "picture without words": (item("lead_image: picture.png"), "news/a.md:6: ", "替代文字"),
    "script address": (typed("link", "target: 'javascript:alert(1)'"), "news/a.md:5: ", "网址"),
    "link without target": (typed("link"), "news/a.md:1: ", "缺少 target"),
    "source without name": (item("source_url: https://example.org/"), "news/a.md:6: ", "来源名称"),
    "source address": (item("source: 某报", "source_url: example.org"), "news/a.md:7: ", "https://"),
    "query missing": (typed("collection"), "news/a.md:1: ", "缺少 query"),
    "query key": (typed("collection", "query:", "  typ: page"), "news/a.md:6: ", "是否想写 'type'？"),
    "query type": (typed("collection", "query:", "  type: pag"), "news/a.md:6: ", "是否想写 'page'？"),
    "query column": (typed("collection", "query:", "  section: /nws"), "news/a.md:6: ", "是否想写 'news'？"),
    "query period": (
        typed("collection", "query:", "  since: 2025-01-02", "  until: 2025-01-01"),
        "news/a.md:7: ",
        "until 早于 since",
    ),
    "query order": (typed("collection", "query: {order: random}"), "news/a.md:5: ", "可用：newest"),
    "order of words": (item("order: 第一"), "news/a.md:6: ", "整数"),
    "flag": (item("pinned: maybe"), "news/a.md:6: ", "true 或 false"),
    "authors": (item("authors: {nam: 示例}"), "news/a.md:6: ", "是否想写 'name'？"),
    "quarantine": (item("quarantine: 编码不明"), "news/a.md:6: ", "不能发布"),
    # files
    "fifo": (fifo("news/a.md"), "news/a.md:1: ", "管道"),
    "fifo as picture": (fifo("news/a.png"), "news/a.png:1: ", "管道"),
    "symlink": (link("news/a.md", "one.md"), "news/a.md:1: ", "符号链接"),
    "symlink out": (link("news/a.pdf", "/etc/passwd"), "news/a.pdf:1: ", "符号链接"),
    "symlinked folder": (link("news/more", "/etc"), "news/more:1: ", "符号链接"),
    "dangling symlink": (link("news/a.md", "nowhere"), "news/a.md:1: ", "符号链接"),
    "socket": (listening("news/a.md"), "news/a.md:1: ", "套接字"),
    "deep folders": (file("/".join(["a"] * 12) + "/a.png", png()), "/".join(["a"] * 11) + ":1: ", "超过 10 层"),
    "svg": (file("news/a.svg", "<svg/>"), "news/a.svg:1: ", "SVG"),
    "svg as png": (file("news/a.png", "<svg/>"), "news/a.png:1: ", "不是 JPEG"),
    "png as jpg": (file("news/a.jpg", png()), "news/a.jpg:1: ", "内容却是 PNG"),
    "cut picture": (file("news/a.png", png()[:20]), "news/a.png:1: ", "不完整"),
    "huge picture": (file("news/a.png", png(20_000, 20_000)), "news/a.png:1: ", "20000×20000"),
    "program": (file("news/a.exe", b"MZ"), "news/a.exe:1: ", "不能发布这种文件"),
    "script": (file("news/a.js", b""), "news/a.js:1: ", "不能发布这种文件"),
    "raw html": (file("news/a.html", b"<p>"), "news/a.html:1: ", "不能发布这种文件"),
    "restructured text": (file("news/a.rst", b""), "news/a.rst:1: ", "不能发布这种文件"),
    "no suffix": (file("news/a", b""), "news/a:1: ", "没有扩展名"),
    "not a pdf": (file("news/a.pdf", b"MZ"), "news/a.pdf:1: ", "不是 .pdf"),
    "empty pdf": (file("news/a.pdf", b""), "news/a.pdf:1: ", "空文件"),
    # bodies
    "run of brackets": (item(body="一\n" + "[" * 30_000), "news/a.md:8: ", "连续超过 200"),
    "run of stars": (item(body="*" * 201), "news/a.md:7: ", "连续超过 200"),
    "run of bangs": (item(body="!" * 500), "news/a.md:7: ", "连续超过 200"),
    "deep quotes": (item(body="一\n\n" + ">" * 30 + " 深"), "news/a.md:9: ", "超过 20 层"),
    "deep spaced quotes": (item(body="> " * 30 + "深"), "news/a.md:7: ", "超过 20 层"),
    "deep list in a line": (item(body="- " * 30 + "深"), "news/a.md:7: ", "超过 20 层"),
    "deep list": (item(body="\n".join(" " * 2 * n + "- 项" for n in range(25))), "news/a.md:27: ", "超过 20 层"),
    "deep html": (item(body="一\n" + "<div>" * 300), "news/a.md:8: ", "嵌套超过 200"),
}

ACCEPTED: dict[str, Spoil] = {
    "nothing new": lambda content: None,
    "byte order mark": file("news/a.md", b"\xef\xbb\xbf" + article().encode()),
    "windows line ends": file("news/a.md", article("tags: [家庭]").replace("\n", "\r\n")),
    "blanks after the fence": file("news/a.md", article().replace("---\n", "---  \n")),
    "no line end": file("news/a.md", article().rstrip()),
    "comment": item("# 说明"),
    "yes in a title": item(title="no"),
    "number as title": item(title="2024"),
    "clock as summary": item("summary: 10:30"),
    "octal order": item("order: 010"),
    "emoji": item(title="示例😀"),
    "rare characters": item(title="𠀀㐀〇"),
    "rule in the body": item(body="一\n\n---\n\n二"),
    "many stars": item(body="*" * 200),
    "twenty quotes": item(body=">" * 20 + " 深"),
    "long rule": item(body="-" * 500),
    "table": item(body="| 甲 | 乙 |\n|---|---|\n" + "| 1 | 2 |\n" * 300),
    "many paragraphs of html": item(body="<p>一\n" * 500),
    "code with indent": item(body="    " * 8 + "- x"),
    "title of 120": item(title="字" * 120),
    "chinese attachment": both(file("news/通知.pdf", b"%PDF-"), item("attachments: [通知.pdf]")),
    "slug for a chinese name": item("slug: nianhui", path="news/年会.md"),
    "pelican prefixes": item("related: '{filename}one.md'", "attachments: '{attach}report.pdf'"),
    "rooted paths": item("related: /about/charter.md", "lead_image: /news/picture.png", "lead_image_alt: 图"),
    "picture folder": file("news/pictures/a.png", png()),
    "underscored": file("_drafts/whatever.exe", b"MZ"),
    "dotted": file("news/.DS_Store", b"\0"),
    "readme": file("README.md", "说明\n"),
    "junk": file("news/Thumbs.db", b"\0"),
    "old page": file("news/b.md", article().replace("2024", "1956")),
    "date in chinese": file("news/a.md", article().replace("2024-09-12 08:30", "2024年9月12日")),
    "next year": file("news/a.md", article().replace("2024-09-12 08:30", "2027-05-01")),
    "link inside": typed("link", "target: /about/charter.md"),
    "words in one line": item("tags: 家庭、健康，生育"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, content: Path) -> None:
    spoil, where, what = REFUSED[name]
    spoil(content)
    blocking = [str(problem) for problem in loaded(content).problems if problem.is_blocking]
    assert any(line.startswith(where) and what in line for line in blocking), blocking


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str, content: Path) -> None:
    ACCEPTED[name](content)
    assert [str(problem) for problem in loaded(content).problems if problem.is_blocking] == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_reads_well(name: str, content: Path) -> None:
    """Each message is Chinese, with a way to mend it, and shows no control character."""
    REFUSED[name][0](content)
    for problem in loaded(content).problems:
        line = str(problem)
        assert line.isprintable(), line
        assert problem.hint or not problem.is_blocking, line
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.message), line


def test_the_table_is_long_enough() -> None:
    assert len(REFUSED) + len(ACCEPTED) >= 80
