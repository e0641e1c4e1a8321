# ruff: noqa: E402 - run as a script, it finds the project first
"""Count what a browser fetches for a first query, and how well it answers: ``python tests/benchmarks/search_bytes.py --documents 10000``.

Real Chromium, the published script, static files only, nothing cached between queries; bytes as they lie on the disk, which is
what travels, since they are deflated already. Needs Chromium and the packages of ``requirements-test.lock``.
"""

from __future__ import annotations

import argparse
import http.server
import shutil
import sys
import tempfile
import threading
from collections import defaultdict
from pathlib import Path
from statistics import mean

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from corpus import articles
from playwright.sync_api import sync_playwright
from search import SYNONYMS, document_of
from search_queries import HELD_OUT, queries, reciprocal_rank

from plugins.search.engine import answer
from plugins.search.grammar import parse_text
from plugins.search.index import build_index
from plugins.search.store import open_current
from plugins.theming.scripts import join_modules, minified

SCRIPTS = Path(__file__).parents[2] / "theme" / "static" / "js"
GOAL = 64_000
ASK = """async (text) => {
  const { Files, answer, facets, around } = globalThis.plan;
  const files = await new Files("/search-index/").open();
  const found = await answer(new URLSearchParams({ q: text }), files);
  await around(text, files);
  if (files.about.facets) await facets(found.numbers, files);
  return found.hits.map(({ id }) => id);
}"""


def what(path: str) -> str:
    """Return what the file ``path`` of the static index holds."""
    folder, _, name = path.partition("/")
    if folder == "tables":
        return "tables"
    if name.startswith("b/"):
        return "long lists" if "-" in name else "buckets"
    if name.startswith("r/"):
        return "rests of texts" if "t" in name else "records"
    return "phrases" if name.startswith("lexicon/") else "columns and pointer"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=15, help="of each kind")
    options = parser.parse_args()
    corpus = tuple(articles(options.documents))
    asked = queries(corpus, options.queries, HELD_OUT)
    folder = Path(tempfile.mkdtemp(prefix="search-bytes-"))
    fetched: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

        def log_message(self, *_: object) -> None:
            if self.path.startswith("/search-index/"):
                fetched.append(self.path.removeprefix("/search-index/"))

    try:
        build_index(map(document_of, corpus), folder / "index", folder / "search-index", synonyms=SYNONYMS)
        plan = join_modules(SCRIPTS / "search-plan.js").removesuffix("}")
        (folder / "plan.js").write_text(
            minified([plan + "globalThis.plan = { Files, answer, facets, around };}"])[0], "utf-8"
        )
        (folder / "index.html").write_text('<!doctype html><script src="/plan.js"></script>', "utf-8")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        opened = open_current(folder / "index")
        ranks: list[float] = []
        served: list[float] = []
        sizes: dict[str, list[int]] = defaultdict(list)
        shares: dict[str, int] = defaultdict(int)
        heaviest: list[tuple[int, str, str, dict[str, list[int]]]] = []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
            for known in asked:
                fetched.clear()
                ranks.append(reciprocal_rank(page.evaluate(ASK, known.text), known.gold))
                served.append(
                    reciprocal_rank([hit.id for hit in answer(parse_text(known.text), opened).hits], known.gold)
                )
                own = {path: (folder / "search-index" / path).stat().st_size for path in fetched}
                sizes[known.kind].append(sum(own.values()))
                parts: dict[str, list[int]] = defaultdict(list)
                for path, size in own.items():
                    parts[what(path)].append(size)
                    shares[what(path)] += size
                heaviest.append((sum(own.values()), known.kind, known.text, parts))
            browser.close()
        server.shutdown()
        print(f"\n{options.documents} articles, {len(asked)} first queries; kB")
        for kind, fetches in sizes.items():
            print(f"{kind:20} mean {mean(fetches) / 1000:6.1f}  worst {max(fetches) / 1000:6.1f}")
        print("\nthe heaviest, with the files of each kind and their kB")
        for size, kind, text, parts in sorted(heaviest, key=lambda row: -row[0])[:12]:
            print(f"{size / 1000:6.1f} {kind:16} {text}")
            print(
                "       "
                + ", ".join(f"{name} {len(files)}: {sum(files) / 1000:.1f}" for name, files in sorted(parts.items()))
            )
        print("\nmean " + ", ".join(f"{name} {size / len(asked) / 1000:.1f}" for name, size in sorted(shares.items())))
        every = sorted(size for fetches in sizes.values() for size in fetches)
        p50, p95 = every[len(every) // 2], every[len(every) * 95 // 100]
        over = sum(size > GOAL for size in every)
        print(
            f"p50 {p50 / 1000:.1f}, p95 {p95 / 1000:.1f}, worst {every[-1] / 1000:.1f}; over {GOAL / 1000:.0f} kB: {over} of {len(every)}"
        )
        print(f"mean reciprocal rank: browser {mean(ranks):.4f}, service {mean(served):.4f}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
