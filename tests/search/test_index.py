from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import whoosh.index
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.qparser import QueryParser
from whoosh.query import And, Not, Or, Prefix, Term

from plugins.search.characters import RUN, closed, fold
from plugins.search.codec import ReadOnlyIndexError
from plugins.search.document import SearchDocument
from plugins.search.engine import answer, consider
from plugins.search.grammar import QueryError, parse_text
from plugins.search.index import build_index
from plugins.search.records import decode, encode
from plugins.search.store import (
    IndexDamagedError,
    IndexMissingError,
    current_name,
    open_current,
    open_generation,
    verify,
)

HAN = "计生协会健康教育服务示例县镇村"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_whoosh_opens_the_index_and_queries_it(site) -> None:  # type: ignore[no-untyped-def]
    index = whoosh.index.open_dir(str(site.index))
    with index.searcher() as searcher:
        assert searcher.doc_count() == 400
        parsed = QueryParser("content", index.schema).parse("计生协 培训")
        found = {hit["id"] for hit in searcher.search(parsed, limit=None)}
        expected = {
            a.id
            for a in site.articles
            if all(p in f"{a.title}\n{a.body}\n{a.keywords}{a.region}" for p in ("计生", "生协", "培训"))
        }
        assert found == expected
        news = searcher.search(And([Term("title", "健康"), Term("section", "news")]), limit=None)
        assert {hit["id"] for hit in news} == {a.id for a in site.articles if "健康" in a.title and a.section == "news"}
        either = Or([Term("id", "a000001"), Term("id", "a000002")])
        assert {hit["title"] for hit in searcher.search(either)} == {site.articles[1].title, site.articles[2].title}
        assert len(searcher.search(Not(Term("section", "news")), limit=None)) == sum(
            a.section != "news" for a in site.articles
        )
        assert len(searcher.search(Prefix("section", "gra"), limit=None)) == sum(
            a.section == "grassroots" for a in site.articles
        )
        assert searcher.document(id="a000007")["url"] == site.articles[7].url
        assert searcher.reader().doc_frequency("content", "计生") == len(site.corpus.find("计生").docs)
    with pytest.raises(ReadOnlyIndexError):
        index.reader().segment().delete_document(0)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_every_stretch_of_two_characters_finds_its_text(site, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    number = data.draw(st.integers(0, len(site.articles) - 1))
    article = site.articles[number]
    text = data.draw(st.sampled_from((article.title, article.body)))
    start = data.draw(st.integers(0, len(text) - 2))
    piece = text[start : start + data.draw(st.integers(2, 60))].replace("\n", " ").replace("“", " ").replace("”", " ")
    if sum(map(len, RUN.findall(closed(fold(piece))))) < 2:
        return
    account = consider(parse_text(piece), site.corpus)
    assert article.id in {site.corpus.segments[0].ids[at] for at in account.ranking.docs}


DOCUMENTS = st.lists(
    st.builds(
        SearchDocument, id=st.sampled_from("abcdefgh"), url=st.just("/x/"), title=st.text(HAN, max_size=8), body=st.text(HAN + "，。2a ", max_size=40),
        date=st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 5)), section=st.sampled_from(("news", "notices", "")), people=st.sampled_from(((), ("甲某",))),
    ),
    unique_by=lambda document: document.id, max_size=8,
)  # fmt: skip


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS, st.text(HAN + "2a ", min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_an_index_that_grew_answers_as_a_new_one(tmp_path_factory, first, second, third, words) -> None:  # type: ignore[no-untyped-def]
    grown, new = tmp_path_factory.mktemp("grown"), tmp_path_factory.mktemp("new")
    for documents in (first, second, third):
        build_index(documents, grown)
    build_index(third, new, full=True)
    one, other = (answer(parse_text(words), open_current(folder)) for folder in (grown, new))
    assert replace(one, took_ms=0, generation="", featured=()) == replace(other, took_ms=0, generation="", featured=())


def test_the_same_documents_give_the_same_bytes(site, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code = (
        "import sys, pathlib; sys.path[:0] = ['tests/benchmarks', 'tests/search']; import corpus; from conftest import document_of\n"
        "from plugins.search.index import build_index\n"
        "folder = pathlib.Path(sys.argv[1]); documents = [document_of(a) for a in corpus.articles(60)]\n"
        "build_index(documents if sys.argv[2] == 'a' else documents[::-1], folder / 'index', folder / 'static')"
    )
    trees = []
    for name, seed, zone in (("a", "1", "UTC"), ("b", "2", "Asia/Shanghai")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / name), name],
            check=True,
            env=environment,
            cwd=Path(__file__).parents[2],
        )
        trees.append(tree(tmp_path / name))
    assert trees[0] == trees[1]


def some(count: int) -> list[SearchDocument]:
    return [
        SearchDocument(id=f"d{at}", url=f"/d{at}/", title=f"示例标题{at}", body=f"正文内容{at}，甲乙丙丁。")
        for at in range(count)
    ]


def test_one_change_rewrites_a_few_files(tmp_path: Path) -> None:
    documents = some(300)
    build_index(documents, tmp_path / "index", tmp_path / "static")
    before = tree(tmp_path / "static")
    changed = [replace(documents[5], title="改过的标题"), *documents[:5], *documents[6:]]
    report = build_index(changed, tmp_path / "index", tmp_path / "static")
    after = tree(tmp_path / "static")
    (stem,) = {name.split("/")[0] for name in before if name.endswith("columns.bin")}
    changed_record = next(name for name in before if name.startswith(f"{stem}/r/") and name not in after)
    assert (report.added, report.removed, report.rebuilt) == (1, 1, False)
    assert {name for name in before if before[name] != after.get(name)} == {"current.json", changed_record}
    assert len(after) - len(before) < 40
    corpus = open_current(tmp_path / "index")
    assert [hit.id for hit in answer(parse_text("改过的标题"), corpus).hits][:1] == ["d5"]
    with whoosh.index.open_dir(str(tmp_path / "index")).searcher() as searcher:
        assert searcher.doc_count() == 300


def test_what_is_no_longer_public_is_gone(tmp_path: Path) -> None:
    documents = some(200)
    build_index(documents, tmp_path / "index")
    build_index(documents[1:], tmp_path / "index")
    assert not answer(parse_text("“示例标题0”"), open_current(tmp_path / "index")).total
    assert "d0" not in {hit.id for hit in answer(parse_text("示例标题"), open_current(tmp_path / "index")).hits}


def test_three_generations_are_kept_and_one_content_has_one_name(tmp_path: Path) -> None:
    names = [build_index(some(count), tmp_path / "index").generation for count in (1, 2, 3, 4, 5)]
    assert {path.name for path in (tmp_path / "index").glob("g-*")} == set(names[2:])
    assert build_index(some(5), tmp_path / "index").generation == names[4] == current_name(tmp_path / "index")


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="id"):
        build_index([*some(2), *some(1)], tmp_path / "index")


@pytest.mark.parametrize("damage", ["cut", "zero", "flip", "delete", "manifest"])
@pytest.mark.parametrize("extension", ["pst", "rec", "arr", "toc", "json"])
def test_damage_is_refused_and_the_next_build_mends_it(tmp_path: Path, damage: str, extension: str) -> None:
    index = tmp_path / "index"
    name = build_index(some(30), index).generation
    path = next((index / name).glob(f"*.{extension}"))
    content = path.read_bytes()
    if damage == "delete":
        path.unlink()
    elif damage == "manifest":
        (index / name / "MANIFEST.sha256").write_text("", "utf-8")
    else:
        middle = len(content) // 2
        changed = {
            "cut": content[:middle],
            "zero": bytes(len(content)),
            "flip": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        }
        path.write_bytes(changed[damage])
    with pytest.raises(IndexDamagedError):
        verify(index / name)
    with pytest.raises(IndexDamagedError):
        open_generation(index, name)
    build_index(some(31), index)
    assert open_current(index).count == 31


def test_an_index_of_another_format_is_refused_and_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("plugins.search.segment.FORMAT", 1)
        build_index(some(30), tmp_path)
    with pytest.raises(IndexDamagedError, match="重新建立"):
        open_current(tmp_path)
    assert build_index(some(30), tmp_path).rebuilt
    assert open_current(tmp_path).count == 30


@pytest.mark.parametrize("text", ["计生协", "ḿ", "龴龻", "\ue5e5", "︐", "𠀀😀", "ﷺ", "", "\x80é¥"])
def test_a_text_is_kept_as_it_is(text: str) -> None:
    assert decode(encode(text)) == text


def test_half_a_surrogate_becomes_a_question_mark() -> None:
    assert decode(encode("计\ud800生")) == "计?生"


def test_what_follows_a_term_in_most_documents_is_neither_kept_nor_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("packing", "plan"):
        monkeypatch.setattr(f"plugins.search.{module}.LONG", 4)
    names = ["甲乙丙", "甲乙丁", "甲乙丙", "甲乙戊", "甲乙己", "庚丙辛"]
    documents = [SearchDocument(id=name + str(at), url="/", title="", body=name) for at, name in enumerate(names)]
    build_index(documents, tmp_path)
    corpus = open_current(tmp_path)
    assert set((corpus.find("甲乙").loads >> 4).tolist()) == {15}
    assert 15 not in (corpus.find("庚丙").loads >> 4).tolist()
    ranking = consider(parse_text("甲乙壬"), corpus).ranking
    assert not len(ranking.docs) or (ranking.claims == 1.0).all()
    assert answer(parse_text("甲乙丁"), corpus).hits[0].id == "甲乙丁1"


def test_no_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"plugins\.search build"):
        open_current(tmp_path)


@pytest.mark.parametrize("documents", [[], some(1), [SearchDocument(id="a", url="/a/", title="")]])
def test_tiny_indexes(tmp_path: Path, documents: Sequence[SearchDocument]) -> None:
    build_index(documents, tmp_path / "index", tmp_path / "static")
    corpus = open_current(tmp_path / "index")
    assert corpus.count == len(documents)
    for words in ("标题", "biaoti", "“标题”"):
        assert answer(parse_text(words), corpus).total == (1 if documents and documents[0].title else 0), words


def test_long_lists_are_cut_for_the_browser_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.search.packing.SMALL_SITE", 1_000)
    monkeypatch.setattr("plugins.search.packing.CUT", 700)
    build_index(some(1_500), tmp_path / "index", tmp_path / "static")
    corpus = open_current(tmp_path / "index")
    assert corpus.find("示例").docs.tolist() == list(range(1_500))
    stem = corpus.segments[0].stem
    lists = {path.name for path in (tmp_path / "static" / stem / "b").rglob("*-*.bin")}
    assert 0 < len(lists) <= 30


def test_a_query_that_cannot_be_parsed_says_so() -> None:
    with pytest.raises(QueryError):
        parse_text("计" * 101)


def text_of(folder: Path) -> str:
    """Return everything that is stored below ``folder``, inflated where it is deflated."""
    found = []
    for content in tree(folder).values():
        try:
            found.append(zlib.decompressobj(-15).decompress(content))
        except zlib.error:
            found.append(content)
    return b"".join(found).decode("utf-8", "replace")


def test_nothing_of_a_withdrawn_document_stays_on_disk(tmp_path: Path) -> None:
    documents = [*some(300), SearchDocument(id="secret", url="/secret/", title="机密标题", body="不可再见的话。")]
    index, static = tmp_path / "index", tmp_path / "static"
    build_index(documents, index, static)
    build_index([replace(documents[0], title="别的标题"), *documents[1:]], index, static)
    assert "secret" in text_of(static)
    build_index(documents[:-1], index, static)
    assert "secret" not in text_of(static) + text_of(index)
    assert len(list(index.glob("g-*"))) == 1


def test_an_addition_that_is_withdrawn_leaves_nothing_either(tmp_path: Path) -> None:
    documents, index, static = some(300), tmp_path / "index", tmp_path / "static"
    build_index(documents, index, static)
    build_index([*documents, SearchDocument(id="secret", url="/secret/", title="机密标题")], index, static)
    report = build_index(documents, index, static)
    assert not report.rebuilt
    assert "secret" not in text_of(static) + text_of(index)


def test_what_was_taken_out_of_a_text_is_not_in_the_static_files(tmp_path: Path) -> None:
    documents, index, static = some(300), tmp_path / "index", tmp_path / "static"
    build_index([replace(documents[0], body="电话写错了页。"), *documents[1:]], index, static)
    first = tree(static)
    build_index(documents, index, static)
    assert "电话写错了页" not in text_of(static)
    build_index([replace(documents[0], body="电话写错了页。"), *documents[1:]], index, static)
    again = tree(static)
    assert {name: again.get(name) for name in first if name != "current.json"} == {
        name: content for name, content in first.items() if name != "current.json"
    }
