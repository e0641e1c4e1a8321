# ruff: noqa: E402 - run as a script, it finds the project first
"""Measure search beside its peers, in one run: ``python tests/benchmarks/search.py --documents 1000 --peers whoosh,tantivy,fts5``.

Prints CPU seconds of indexing, megabytes, milliseconds of CPU a query, and how well known items are found; then the goals, each
a ratio to the peer beside it. Needs the packages of ``requirements-bench.lock``; a peer that is not installed is left out.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean
from time import process_time

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from corpus import Article, articles
from search_peers import PEERS, TITLES
from search_queries import HELD_OUT, PLAIN_KINDS, Known, queries, reciprocal_rank

from plugins.search.document import SearchDocument
from plugins.search.engine import consider, page_of, proven
from plugins.search.grammar import parse_text
from plugins.search.index import build_index
from plugins.search.store import open_current
from plugins.search.synonyms import Synonym

BY_SOUND_KINDS = ("pinyin", "pinyin, spaced", "wrong character", "initials")  # what no peer answers is timed apart
SYNONYMS = (Synonym(names=("计生协", "计划生育协会")),)


@dataclass
class Measured:
    """What was measured of one engine; CPU seconds, bytes, milliseconds."""

    name: str
    index: float = 0.0
    static: float = 0.0
    size: int = 0
    times: list[float] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)
    ranks: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def at(self, share: float) -> float:
        """Return the time below which ``share`` of the queries stay."""
        return (
            sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * share))] if self.times else float("nan")
        )

    def rank(self, kinds: Sequence[str] = ()) -> float:
        """Return the mean of the kinds' mean reciprocal ranks."""
        chosen = [mean(values) for kind, values in self.ranks.items() if not kinds or kind in kinds]
        return mean(chosen) if chosen else float("nan")

    def row(self) -> str:
        """Return a line of the table."""
        return f"{self.name:26} {self.index:9.2f} {self.size / 1e6:8.1f} {self.at(0.5):8.2f} {self.at(0.95):8.2f} {self.rank():7.3f} {self.rank(PLAIN_KINDS):7.3f}"


def cpu() -> float:
    """Return CPU seconds of this process and its finished children."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def size_of(folder: Path) -> int:
    """Return the bytes of all files in ``folder``."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def document_of(article: Article) -> SearchDocument:
    """Return a generated article as a document."""
    names = (
        "id",
        "url",
        "title",
        "body",
        "section",
        "section_title",
        "type",
        "type_title",
        "date",
        "people",
        "programs",
        "keywords",
        "region",
    )
    return SearchDocument(**{name: getattr(article, name) for name in names})


def ask_all(made: Measured, ask: Callable[[str], list[str]], asked: Sequence[Known]) -> None:
    """Ask every query, keep its time and rank."""
    for known in asked:
        began = process_time()
        found = ask(known.text)
        (made.heard if known.kind in BY_SOUND_KINDS else made.times).append((process_time() - began) * 1000)
        made.ranks[known.kind].append(reciprocal_rank(found, known.gold))


def measure_ours(corpus: Sequence[Article], asked: Sequence[Known], folder: Path) -> Measured:
    """Measure this project: the index, then the static files, one changed article, then queries."""
    made = Measured("this project")
    documents = [document_of(article) for article in corpus]
    began = cpu()
    build_index(documents, folder / "index", synonyms=SYNONYMS)
    made.index = cpu() - began
    began = cpu()
    report = build_index(documents, folder / "index", folder / "static", synonyms=SYNONYMS)
    made.static = cpu() - began
    opened = open_current(folder / "index")
    made.size = size_of(folder / "index" / opened.generation)
    ids = opened.segments[0].ids

    def ask(text: str) -> list[str]:
        query = parse_text(text)
        account = consider(query, opened)
        return [ids[placed.number] for placed in page_of(proven(account, query, opened), account, query, opened)]

    ask_all(made, ask, asked)
    documents[3] = replace(documents[3], title=documents[3].title + "（更正）")
    began = cpu()
    changed = build_index(documents, folder / "index", folder / "static", synonyms=SYNONYMS)
    again = cpu() - began
    print(
        f"static files {size_of(folder / 'static') / 1e6:.1f} MB, {report.files} files, {made.static:.2f} CPU s; one changed article {again:.3f} CPU s, {changed.files} files"
    )
    print(
        f"by sound: p50 {sorted(made.heard)[len(made.heard) // 2]:.2f} ms, p95 {sorted(made.heard)[len(made.heard) * 95 // 100]:.2f} ms"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return made


def measure_peer(name: str, corpus: Sequence[Article], asked: Sequence[Known], folder: Path) -> Measured | None:
    """Measure a peer, or return None if it is not installed."""
    made = Measured(TITLES[name])
    folder.mkdir()
    began = cpu()
    try:
        ask = PEERS[name](corpus, folder)
    except ImportError:
        return None
    made.index = cpu() - began
    made.size = size_of(folder / "pagefind" if name == "pagefind" else folder)
    if ask:
        ask_all(made, ask, asked)
    return made


def goals(ours: Measured, peers: dict[str, Measured]) -> list[tuple[str, float, float]]:
    """Return (goal, ratio, the most it may be) for the peers there are."""
    rows: list[tuple[str, float, float]] = []
    for name, index, size, query in (
        ("whoosh", 1 / 25, 1 / 6, 1 / 10),
        ("tantivy", 1 / 2, 1 / 2, 10.0),
        ("fts5", 0, 0, 1 / 2),
    ):
        if name in peers:
            peer = peers[name]
            rows += [(f"index CPU : {peer.name}", ours.index / peer.index, index)] if index else []
            rows += [(f"packed size : {peer.name}", ours.size / peer.size, size)] if size else []
            rows.append((f"query p95 : {peer.name}", ours.at(0.95) / peer.at(0.95), query))
    if "pagefind" in peers:
        rows.append(("index + static CPU : Pagefind", (ours.index + ours.static) / peers["pagefind"].index, 1 / 5))
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--queries", type=int, default=60, help="of each kind")
    parser.add_argument("--peers", default="whoosh,tantivy,tantivy-or,fts5,pagefind")
    options = parser.parse_args()
    corpus = tuple(articles(options.documents))
    asked = queries(corpus, options.queries, HELD_OUT)
    folder = Path(tempfile.mkdtemp(prefix="search-bench-"))
    try:
        print(
            f"{options.documents} articles, {sum(len(article.body) for article in corpus) / 1e6:.1f} million characters, {len(asked)} queries"
        )
        ours = measure_ours(corpus, asked, folder)
        peers = {}
        for name in filter(None, options.peers.split(",")):
            if found := measure_peer(name, corpus, asked, folder / name):
                peers[name] = found
        print(f"\n{'':26} {'index s':>9} {'MB':>8} {'p50 ms':>8} {'p95 ms':>8} {'MRR':>7} {'plain':>7}")
        for measured in (ours, *peers.values()):
            print(measured.row())
        print("\n" + "\n".join(f"{kind:18} {mean(values):.3f}" for kind, values in ours.ranks.items()))
        print()
        for goal, ratio, most in goals(ours, peers):
            print(f"{goal:44} {ratio:7.3f}  goal {most:6.3f}  {'reached' if ratio <= most else 'NOT reached'}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
