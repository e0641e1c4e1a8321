"""Score the recovery of damaged pages: ``python -m tests.benchmarks.legacy_damage [--variants N] [--gold DIR --pages DIR]``.

Generated damage needs nothing; hand-made gold of real pages lies outside the project (``LEGACY_GOLD``, ``LEGACY_PAGES``).
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.legacy_html.damage.generator import Variant, variant, web_variant
from tests.legacy_html.damage.scorer import mean
from tests.legacy_html.damage.trial import Trial, attempt, gold_of, of_variant

GOAL = 0.995


def main() -> None:
    """Print the scores of both trials."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--web", action="store_true", help="the pages as HTML")
    parser.add_argument("--show", type=int, default=5, help="how many failures to print")
    parser.add_argument("--gold", type=Path, default=Path(os.environ.get("LEGACY_GOLD", "")))
    parser.add_argument("--pages", type=Path, default=Path(os.environ.get("LEGACY_PAGES", "")))
    options = parser.parse_args()
    if options.gold != Path():
        _real(options.gold, options.pages)
    if options.variants:
        _generated(options.first, options.variants, options.show, web_variant if options.web else variant)


def _real(gold: Path, pages: Path) -> None:
    for path in sorted(gold.glob("*.json")):
        source = next(pages.glob(f"{path.stem}.*"))
        trial = attempt(source.read_bytes(), gold_of(path), source.name)
        told = trial.score
        print(
            f"{path.stem}  folded {told.folded:.5f}  strict {told.strict:.5f}  undone {trial.is_undone}  {'; '.join(told.wrong) or 'all right'}"
        )


def _generated(first: int, count: int, show: int, make: Callable[[int], Variant]) -> None:
    started, trials = time.process_time(), list[tuple[int, tuple[str, ...], Trial]]()
    wrong = Counter[str]()
    for seed in range(first, first + count):
        made = make(seed)
        trial = of_variant(made)
        trials.append((seed, made.kinds, trial))
        wrong.update(entry.partition(":")[0] for entry in trial.score.wrong)
    folded = [trial.score.folded for _, _, trial in trials]
    strict = [trial.score.strict for _, _, trial in trials]
    print(f"{count} variants: folded {mean(folded):.5f}, strict {mean(strict):.5f}")
    print(
        f"  at {GOAL} or more: {mean([score >= GOAL for score in strict]):.4f}; undone: {mean([trial.is_undone for _, _, trial in trials]):.4f}"
    )
    print(
        f"  wrong: {dict(wrong) or 'nothing'}; {time.process_time() - started:.1f} s of CPU with generating and scoring"
    )
    failures = [entry for entry in trials if entry[2].score.strict < GOAL or entry[2].score.wrong]
    for seed, kinds, trial in failures[:show]:
        print(f"  {seed}  {trial.score.strict:.4f}  {', '.join(kinds)}  {'; '.join(trial.score.wrong)[:300]}")


if __name__ == "__main__":
    main()
