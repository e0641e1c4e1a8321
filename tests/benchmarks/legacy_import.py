"""How fast a scrape is imported: ``python tests/benchmarks/legacy_import.py [--articles 2000]``.

Pages of thirty layouts are made by `newsroom`; what is measured is the whole import, and a second run that finds
nothing to do. Figures are pages per second of processor time (own and children's) and the greatest memory of one process.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from plugins.legacy_html.importing.report_page import write_report  # noqa: E402
from plugins.legacy_html.importing.run import Options, import_legacy  # noqa: E402
from tests.legacy_html.newsroom import samples  # noqa: E402

HOME = "---\ntitle: 首页\ntype: section\nstate: published\n---\n"


def spent() -> float:
    """Return the seconds of processor time of this process and of its children that ended."""
    return sum(
        resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def scrape(folder: Path, count: int) -> int:
    """Write at least ``count`` pages, a folder for each layout, and return their size in bytes."""
    made = size = seed = 0
    while made < count:
        for number, sample in enumerate(samples(range(seed, seed + 1))):
            place = folder / f"site{number}.example.org" / "news" / f"{seed}.html"
            place.parent.mkdir(parents=True, exist_ok=True)
            size += place.write_bytes(sample.html.encode(sample.encoding, "replace"))
            made += 1
        seed += 1
    return size


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--keep", type=Path, help="where to leave scrape, content and report")
    chosen = parser.parse_args()
    root = chosen.keep or Path(tempfile.mkdtemp(prefix="legacy-import-"))
    content = root / "content"
    content.mkdir(parents=True)
    (content / "index.md").write_text(HOME, "utf-8")
    size = scrape(root / "scrape", chosen.articles)
    options = Options(sources=(root / "scrape",), content=content, cache=root / "cache")
    outcome = None
    for name in ("first run", "second run"):
        before = spent()
        outcome = import_legacy(options)
        used = spent() - before
        fates = sorted({row.fate for row in outcome.rows})
        print(
            f"{name}: {outcome.pages / used:.0f} pages per CPU second ({outcome.pages} pages, {size / 1e6:.0f} MB); {fates}"
        )
    before = spent()
    if outcome:
        write_report(outcome, options.store, root / "report")
    print(f"report: {outcome.pages / (spent() - before) if outcome else 0:.0f} pages per CPU second")
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"memory: {most / 1024:.0f} MB in the largest process")
    if not chosen.keep:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
