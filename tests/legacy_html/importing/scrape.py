"""A small scrape made here: pages in several encodings, pictures, attachments, copies; as a folder, a WARC and a ZIP."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from opencc import OpenCC
from PIL import Image
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HOST = "old.example.org"
HOME = "---\ntitle: 首页\ntype: section\nstate: published\n---\n"
NEWS = "---\ntitle: 新闻\ntype: section\nstate: published\n---\n"
_PAGE = """<html><head><meta charset="{charset}"><title>{title}-示例县计生协</title></head><body>
<div class="nav">当前位置：<a href="/">首页</a> &gt; <a href="/news/">工作动态</a></div><h1>{title}</h1>
<div class="info">{byline}</div><div id="zoom">{body}</div>
<div class="foot">版权所有 示例县计生协 联系电话：0000-000000</div></body></html>"""
_SUBJECTS = ("示例县计生协", "各乡镇协会", "村级会员小组", "志愿者服务队", "家庭健康指导员", "项目办公室", "社区服务站")
_ACTIONS = (
    "组织开展了家庭健康宣传服务活动",
    "走访慰问了辖区内的困难家庭",
    "举办了婴幼儿照护知识培训班",
    "为群众免费测量血压、血糖",
    "完善了服务阵地的各项制度",
    "邀请专家讲解科学育儿方法",
)


def prose(seed: int, paragraphs: int = 6) -> str:
    """Return paragraphs that no other seed has."""
    lines = []
    for number in range(paragraphs):
        subject = _SUBJECTS[(seed + number) % len(_SUBJECTS)]
        action, other = _ACTIONS[(seed * 5 + number) % 6], _ACTIONS[(seed * 3 + number * 2 + 1) % 6]
        count = seed * 37 + number * 11 + 3
        lines.append(f"<p>{subject}第{count}次{action},共有{count * 2}人参加，随后{other}，受到群众欢迎。</p>")
    return "".join(lines)


def page(
    title: str,
    body: str,
    *,
    charset: str = "utf-8",
    encoding: str = "",
    day: str = "2016-07-08",
    source: str = "示例县计生协",
) -> bytes:
    """Return a page of an old content management system; no ``day`` means that it states none."""
    byline = (f"发布时间：{day} " if day else "") + (f"来源：{source}" if source else "")
    text = _PAGE.format(charset=charset, title=title, byline=byline, body=body)
    if encoding == "big5hkscs":
        text = OpenCC("s2hk").convert(text)
    return text.encode(encoding or charset)


def picture(kind: str = "JPEG", colour: str = "red") -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(out, kind)
    return out.getvalue()


SPEECH = prose(1, 10)
FILES: dict[str, bytes] = {
    "news/2016/a.html": page(
        "示例县召开年度工作会议",
        SPEECH + '<p>见<a href="b.html">培训班的报道</a>和<a href="http://other.example.net/x">外站</a>。</p>'
        '<p><img src="../../pic/1%20(1).jpg"></p><p>会议现场</p>',
        charset="gb2312",
        encoding="gb18030",
    ),
    "news/2016/copy.html": page("示例县召开年度工作会议（转载）", SPEECH, day="", source=""),
    "news/2016/part.html": page("年度工作会议召开", prose(1, 8), day="", source=""),
    "news/2016/b.html": page(
        "样本市举办培训班",
        prose(20)
        + '<p>附件：<a href="/files/form.doc">申请表.doc</a></p><p><img src="http://hot.example.net/x.jpg"></p>',
        day="2015-03-02",
    ),
    "news/2016/c.html": page("甲乙区走访慰问家庭", prose(40), charset="utf-8", encoding="utf-8", day=""),
    "news/2016/d.html": page("丙丁镇召开座谈会", prose(60), charset="big5", encoding="big5hkscs", day="2014-05-06"),
    "news/2016/wrong.html": page(
        "图片的扩展名不对", prose(80) + '<p><img src="/pic/lies.jpg"></p><p><img src="/pic/broken.jpg"></p>'
    ),
    "news/index.html": b"<html><head><title>list</title></head><body><ul></ul></body></html>",
    "pic/1 (1).jpg": picture(),
    "pic/lies.jpg": picture("PNG", "blue"),
    "pic/broken.jpg": b"<html>404</html>",
    "files/form.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "style.css": b"body{}",
}


def site(root: Path) -> Path:
    """Make a content folder with a home page and one section, and return it."""
    content = root / "content"
    (content / "news").mkdir(parents=True)
    (content / "index.md").write_text(HOME, "utf-8")
    (content / "news/index.md").write_text(NEWS, "utf-8")
    return content


def folder(root: Path) -> Path:
    """Lay the scrape out as a mirroring program does: one folder a host."""
    for name, raw in FILES.items():
        place = root / "mirror" / HOST / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)
    return root / "mirror"


def packed(root: Path) -> Path:
    """Pack the scrape as a ZIP."""
    with zipfile.ZipFile(root / "scrape.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in FILES.items():
            archive.writestr(f"{HOST}/{name}", raw)
    return root / "scrape.zip"


def warc(root: Path) -> Path:
    """Write the scrape as a crawler does, with a redirect and a missing page between."""
    kinds = {"html": "text/html", "jpg": "image/jpeg", "doc": "application/msword", "css": "text/css"}
    with (root / "scrape.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for name, raw in (("gone.html", b"gone"), *FILES.items()):
            status = "404 Not Found" if name == "gone.html" else "200 OK"
            headers = StatusAndHeaders(status, [("Content-Type", kinds[name.rpartition(".")[2]])], protocol="HTTP/1.1")
            address = f"http://{HOST}/{name.replace(' ', '%20')}"
            record = writer.create_warc_record(address, "response", payload=io.BytesIO(raw), http_headers=headers)
            writer.write_record(record)
    return root / "scrape.warc.gz"


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
