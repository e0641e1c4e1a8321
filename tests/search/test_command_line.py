from __future__ import annotations

import json
from pathlib import Path

import pytest
from invoke import Context

from plugins.search import tasks
from plugins.search.__main__ import main

LINES = [
    {
        "id": 1,
        "url": "/a/",
        "title": "示例县计生协换届",
        "body": "大会在县城召开。",
        "section": "news",
        "type": "news_item",
        "date": "2026-11-20",
    },
    {"id": 2, "url": "/b/", "title": "通知", "body": "示例县的培训班。", "keywords": ["培训"], "date": None},
]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    lines = tmp_path / "documents.jsonl"
    lines.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES), "utf-8")
    (tmp_path / "synonyms.json").write_text('[["计生协", "计划生育协会"]]', "utf-8")
    arguments = [
        "build",
        "--documents",
        str(lines),
        "--index",
        str(tmp_path / "index"),
        "--static",
        str(tmp_path / "static"),
    ]
    assert main([*arguments, "--synonyms", str(tmp_path / "synonyms.json"), "--hot-words", "培训，计生协"]) == 0
    return tmp_path


def test_query_as_json(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["query", "计划生育协会", "换届", "--index", str(built / "index"), "--json", "--limit", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) >= {"query", "total", "took_ms", "hits", "facets", "suggestion"}
    assert [(hit["id"], hit["url"], hit["section"], hit["type"], hit["date"]) for hit in found["hits"]] == [
        ("1", "/a/", "news", "news_item", "2026-11-20")
    ]


def test_query_for_people(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "peixun", "--index", str(built / "index")]) == 0
    assert "您要找的是不是：培训" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["query", "计生", "--index", "NOWHERE"], "plugins.search build"), (["query", "计" * 101, "--index", "INDEX"], "100个字"), (["build", "--documents", "NOWHERE", "--index", "INDEX"], "找不到文件")],
)  # fmt: skip
def test_what_can_be_mended_is_said(
    built: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    places = {"NOWHERE": str(built / "nowhere"), "INDEX": str(built / "index")}
    assert main([places.get(argument, argument) for argument in arguments]) == 2
    assert said in capsys.readouterr().err


def test_tasks(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = str(built / "index")
    tasks.explain(Context(), "计生协 换届", index=index)
    tasks.stats(Context(), index=index)
    with pytest.raises(SystemExit, match="0"):
        tasks.query(Context(), "培训", index=index)
    shown = capsys.readouterr().out
    assert "标题里原样出现" in shown and "2篇文档" in shown and "示例县的【培训】班" in shown
    with pytest.raises(SystemExit, match=r"plugins\.search build"):
        tasks.stats(Context(), index=str(built / "nowhere"))
