from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

KEYS = (
    "source encoding kind title kicker subtitle authors source_name date column breadcrumb images text markdown html review "
    "quarantine changes removed sha256"
)


def run(*arguments: str, stdin: bytes = b"") -> bytes:
    command = [sys.executable, "-m", "plugins.legacy_html", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=True).stdout


def test_one_line_of_json_a_page_in_the_order_of_the_files(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.htm" for number in range(10)]
    for number, file in enumerate(files):
        file.write_text(f"<h1>第{number}次年会召开</h1><p>年会今天开幕，代表们来到会场。</p>", "utf-8")
    missing = tmp_path / "missing.htm"
    lines = run("clean", *map(str, files), str(missing)).decode().splitlines()
    pages = [json.loads(line) for line in lines]
    assert [page["title"] for page in pages] == [*(f"第{number}次年会召开" for number in range(10)), ""]
    assert all(set(KEYS.split()) <= page.keys() for page in pages)
    assert pages[-1]["review"][0]["flag"] == "unreadable"


def test_standard_input_in_every_format() -> None:
    page = "<h1>年会召开</h1><p>年会今天开幕，代表们来到会场。</p>".encode("gb18030")
    assert json.loads(run("clean", "-", stdin=page))["text"] == "年会今天开幕，代表们来到会场。"
    assert run("clean", "--format", "markdown", stdin=page).decode().endswith("\n年会今天开幕，代表们来到会场。\n")
    assert run("clean", "--format", "html", stdin=page).decode() == "<p>年会今天开幕，代表们来到会场。</p>\n"
    assert run("sanitize", stdin="<p onclick=x>年会</p>".encode()).decode() == "<p>年会</p>"


def test_any_bytes_end_well_and_pelican_stays_out() -> None:
    assert json.loads(run("clean", stdin=bytes(range(256))))["sha256"]
    code = "import sys, plugins.legacy_html.__main__; raise SystemExit('pelican' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
