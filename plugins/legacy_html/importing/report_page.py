"""The report of an import: each page's source and result side by side, as HTML files that need nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from plugins.legacy_html.document import Flag
from plugins.legacy_html.importing import record as records
from plugins.legacy_html.importing.alignment import Piece, aligned, side_by_side
from plugins.legacy_html.importing.placing import Fate
from plugins.legacy_html.importing.record import Record
from plugins.legacy_html.importing.run import Outcome, Row
from plugins.legacy_html.importing.store import Store, write_whole
from plugins.legacy_html.importing.values import quarantine

PAGE = 40  # items on one page of the report
FATES: dict[Fate, str] = {
    "imported": "新导入",
    "updated": "补了来源",
    "unchanged": "没有变化",
    "edited": "编辑改过，未动",
    "deleted": "编辑已删，未动",
    "duplicate": "重复，未单列",
    "empty": "没有正文，未单列",
}
_BLANKS = str.maketrans({" ": "␣", "\u00a0": "␣", "\u3000": "□", "\t": "⇥", "\n": "↵"})
_TAGS = {"same": "{}", "gone": '<del title="{}">{}</del>', "new": '<ins title="{}">{}</ins>'}
_STYLE = """
:root { color-scheme: light; --line: #d8dbe0; --soft: #5b6472; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 84rem; font: 16px/1.75 "Noto Sans CJK SC", "Source Han Sans SC",
  "PingFang SC", "Microsoft YaHei", sans-serif; color: #1b1f26; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 0; } a { color: #0b57a4; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top;
  padding: .35rem .6rem; border-bottom: 1px solid var(--line); } th { font-weight: 600; white-space: nowrap; }
td { overflow-wrap: anywhere; }
.numbers { display: flex; flex-wrap: wrap; gap: .5rem 2rem; padding: 0; list-style: none; }
.numbers b { font-size: 1.4rem; font-variant-numeric: tabular-nums; margin-right: .3rem; }
article { margin: 2.5rem 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
article > header { padding: .8rem 1rem; background: #f4f6f8; border-bottom: 1px solid var(--line); }
article.is-quarantined > header { background: #fdecea; border-color: #e5a49c; }
.meta { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; margin: .2rem 0 0; }
.reasons { margin: .4rem 0 0; font-weight: 600; color: #8c1d13; }
.flags { margin: 0; padding: .6rem 1rem .6rem 2.2rem; background: #fff8e1; border-bottom: 1px solid var(--line);
  columns: 28rem 3; column-gap: 2.5rem; } .flags li { break-inside: avoid; } .flags b { font-weight: 600; } .flags q { quotes: "“" "”"; }
.sides { display: grid; grid-template-columns: 1fr 1fr; }
.sides > * { padding: .25rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; border-bottom: 1px dotted #eceef1; }
.sides > :nth-child(odd) { border-right: 1px solid var(--line); }
.sides > .head { font-weight: 600; color: var(--soft); font-size: .875rem; border-bottom: 1px solid var(--line); }
del { background: #ffd9d4; color: #7a1a10; text-decoration: line-through; text-decoration-thickness: 1px; }
ins { background: #cdeccf; color: #0f4a1c; text-decoration: none; border-bottom: 2px solid #4b9a58; }
.gap { color: #8c1d13; }
details { padding: .5rem 1rem; } summary { cursor: pointer; color: var(--soft); }
@media (max-width: 45rem) { .sides { grid-template-columns: 1fr; } .sides > :nth-child(odd) { border-right: 0; } }
@media print { article { break-inside: avoid-page; } }
"""


def write_report(outcome: Outcome, store: Store, folder: Path) -> Path:
    """Write the report of an import into ``folder`` and return its first page: ``index.html``."""
    rows = sorted(outcome.rows, key=lambda row: (not row.quarantine, -row.flags, row.title, row.id))
    shown = [row for row in rows if row.fate not in ("duplicate", "empty")]
    for old in folder.glob("items-*.html"):
        old.unlink()
    names = dict[str, str]()
    for number, start in enumerate(range(0, len(shown), PAGE), 1):
        batch = shown[start : start + PAGE]
        names.update({row.id: f"items-{number:04d}.html#{row.id}" for row in batch})
        pieces = (part for row in batch for part in _article(row, store))
        title = f"导入报告：第{number}页"
        body = [f'<h1>{title}</h1><p><a href="index.html">回到总表</a></p>', *pieces]
        write_whole(folder / f"items-{number:04d}.html", _page(title, body))
    first = folder / "index.html"
    write_whole(first, _page("旧网页导入报告", _overview(outcome, rows, names)))
    return first


def _page(title: str, body: Iterable[str]) -> bytes:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    text = "\n".join(body)
    html = f'<!doctype html>\n<html lang="zh-CN"><head>{head}{policy}<style>{_STYLE}</style></head>\n<body>{text}</body></html>\n'
    return html.encode("utf-8", "replace")


def _overview(outcome: Outcome, rows: Sequence[Row], names: dict[str, str]) -> Iterator[str]:
    counts = Counter(row.fate for row in rows)
    numbers = [(outcome.pages, "个网页"), *((counts[fate], label) for fate, label in FATES.items() if counts[fate])]
    numbers += [(sum(1 for row in rows if row.quarantine), "隔离"), (len(outcome.refused), "未读取")]
    yield "<h1>旧网页导入报告</h1>"
    yield '<ul class="numbers">' + "".join(f"<li><b>{count}</b>{label}</li>" for count, label in numbers) + "</ul>"
    yield "<table><thead><tr><th>标题</th><th>结果</th><th>待核对</th><th>来源</th></tr></thead><tbody>"
    yield from (_listed(row, names) for row in rows)
    yield "</tbody></table>"
    if outcome.refused:
        yield "<h2>没有读取的</h2><table><tbody>"
        yield from (f"<tr><td>{escape(one.source)}</td><td>{escape(one.reason)}</td></tr>" for one in outcome.refused)
        yield "</tbody></table>"


def _listed(row: Row, names: dict[str, str]) -> str:
    fate = FATES[row.fate]
    if row.duplicate_of:
        kept = names.get(row.duplicate_of)
        name = escape(row.duplicate_of)
        fate += "：同 " + (f'<a href="{kept}">{name}</a>' if kept else name)
    if row.quarantine:
        fate += f'<div class="reasons">隔离：{escape(quarantine(row.quarantine))}</div>'
    title = escape(row.title)
    linked = f'<a href="{names[row.id]}">{title}</a>' if row.id in names else title
    return f"<tr><td>{linked}</td><td>{fate}</td><td>{row.flags or ''}</td><td>{escape(row.source)}</td></tr>"


def _article(row: Row, store: Store) -> Iterator[str]:
    """One item: what it is, its flags, both texts."""
    record = records.read(store.record(row.id))
    if record is None:
        return
    yield f'<article id="{row.id}"{" class=is-quarantined" if record.quarantine else ""}><header>'
    yield f"<h2>{escape(record.title)}</h2>"
    yield f'<p class="meta">{FATES[row.fate]}　{escape(record.item)}　{escape(record.encoding)}</p>'
    yield from (f'<p class="meta">{escape(one.source)}　{escape(one.url)}</p>' for one in record.origins)
    if record.breadcrumb or record.column:
        trail = " › ".join(record.breadcrumb)
        yield f'<p class="meta">原栏目：{escape(record.column)}　{escape(trail)}</p>'
    for copy in record.copies:
        sources = "、".join(one.source for one in copy.origins)
        yield f'<p class="meta">另有一份相同的：{escape(copy.title)}（{escape(sources)}）</p>'
    if record.quarantine:
        yield f'<p class="reasons">隔离：{escape(quarantine(record.quarantine))}</p>'
    yield "</header>"
    if record.flags:
        yield '<ul class="flags">' + "".join(map(_flag, record.flags)) + "</ul>"
    yield from _sides(record)
    yield from _field_changes(record)
    yield f"<details><summary>文件头</summary><pre>{escape(record.front_matter)}</pre></details></article>"


def _flag(flag: Flag) -> str:
    text = f"<q>{escape(flag.text)}</q>" if flag.text else ""
    suggestion = f"建议：{escape(flag.suggestion)}。" if flag.suggestion else ""
    return f"<li><b>{escape(flag.flag)}</b> {text} {suggestion}{escape(flag.note)}</li>"


def _sides(record: Record) -> Iterator[str]:
    yield '<div class="sides"><div class="head">来源的文字</div><div class="head">恢复后的文字</div>'
    for line in side_by_side(aligned(record)):
        yield f"<div>{_marked(line.source)}</div><div>{_marked(line.result)}</div>"
    yield "</div>"


def _marked(pieces: Iterable[Piece]) -> str:
    return "".join(
        escape(one.text) if one.standing == "same" else _TAGS[one.standing].format(escape(one.rule), _visible(one.text))
        for one in pieces
    )


def _visible(text: str) -> str:
    """A changed text whose line ends can be seen, and whose blanks can where there is nothing else."""
    shown = text.replace("\n", "↵\n") if text.strip() else text.translate(_BLANKS)
    return escape(shown)


def _field_changes(record: Record) -> Iterator[str]:
    changed = [one for one in record.changes if one.field != "text"]
    if changed:
        rows = "".join(
            f"<tr><th>{escape(one.field)}</th><td><del>{escape(one.before)}</del></td><td><ins>{escape(one.after)}</ins></td></tr>"
            for one in changed
        )
        yield f"<table><tbody>{rows}</tbody></table>"
