# ruff: noqa: E402 - run as a script, it finds the project first
"""Load the search service as nginx would: ``python tests/benchmarks/search_service.py --documents 2000 --requests 100000``.

Real gunicorn, 16 connections kept alive by wrk (Debian's ``wrk``), held-out queries of all kinds in turn. Prints requests a second
with one worker and with two, how much later the slowest of a hundred answers comes than the middle one, the processor time of
a request, and what memory does over many requests. The goals are those of RELIABILITY.md: 1.6, 4, and five in a hundred.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from corpus import articles
from search import SYNONYMS, document_of
from search_queries import HELD_OUT, queries

from plugins.search.index import build_index

ROOT = Path(__file__).parents[2]
ADDRESS = "127.0.0.1:8765"
CONNECTIONS = 16
IN_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
SCRIPT = """
local paths, at = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function() at = at %% #paths + 1; return wrk.format("GET", paths[at]) end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of wrk found: requests, requests a second, middle and slowest of a hundred answers (ms), answers that failed."""

    requests: int
    rate: float
    middle: float
    slow: float
    failed: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument(
        "--requests", type=int, default=0, help="how many to ask while memory is watched; 0: not at all"
    )
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("需要 wrk：apt-get install wrk")
    folder = Path(tempfile.mkdtemp(prefix="search-service-"))
    try:
        corpus = tuple(articles(options.documents))
        build_index(map(document_of, corpus), folder / "index", synonyms=SYNONYMS)
        paths = [f"/search.json?q={quote(known.text)}" for known in queries(corpus, 15, HELD_OUT)]
        (folder / "paths").write_text("\n".join(paths) + "\n", "ascii")
        (folder / "ask.lua").write_text(SCRIPT % (folder / "paths"), "utf-8")
        rates = {}
        for workers in (1, 2):
            with serving(folder / "index", workers) as server:
                wrk(folder, 3)
                before = seconds_of(server)
                load = wrk(folder, options.seconds)
                spent = (seconds_of(server) - before) / load.requests * 1000
                rates[workers] = load.rate
                print(
                    f"{workers} worker(s): {load.rate:7.0f} requests/s, {spent:.2f} CPU ms a request, p50 {load.middle:.1f} ms, "
                    f"p99 {load.slow:.1f} ms, p99/p50 {load.slow / load.middle:.1f}, failed {load.failed}"
                )
                if workers == 2 and options.requests:
                    watch(server, folder, options.requests, load.rate)
        print(f"two workers / one: {rates[2] / rates[1]:.2f}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(index: Path, workers: int) -> Iterator[int]:
    """Serve ``index`` as long as the block runs; gives the number of the parent process."""
    command = [sys.executable, "-m", "plugins.search", "serve", "--index", str(index), "--bind", ADDRESS]
    process = subprocess.Popen([*command, "--workers", str(workers)], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                urlopen(f"http://{ADDRESS}/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def wrk(folder: Path, seconds: int) -> Load:
    """Ask for ``seconds`` from all connections."""
    command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency", "--timeout", "10s"]
    said = subprocess.run(
        [*command, "-s", str(folder / "ask.lua"), f"http://{ADDRESS}"], capture_output=True, text=True, check=True
    ).stdout
    times = {
        share: float(value) * IN_MS[unit] for share, value, unit in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s)", said)
    }
    total = re.search(r"(\d+) requests in", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    assert total and rate, said
    return Load(int(total[1]), float(rate[1]), times["50"], times["99"], int(failed[1]) if failed else 0)


def watch(server: int, folder: Path, requests: int, rate: float) -> None:
    """Print the memory of all processes before and after some ``requests``."""
    first = memory_of(server)
    done = 0
    while done < requests:
        done += wrk(folder, max(1, min(30, round((requests - done) / rate)))).requests
        print(
            f"  after {done:7} requests {memory_of(server):.1f} MB ({memory_of(server) / first - 1:+.1%})", flush=True
        )


def family(server: int) -> list[int]:
    """Return the numbers of a process and its children."""
    return [server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]


def seconds_of(server: int) -> float:
    """Return the processor seconds of a process and its children."""
    fields = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in family(server)]
    return sum(int(own[11]) + int(own[12]) for own in fields) / os.sysconf("SC_CLK_TCK")


def memory_of(server: int) -> float:
    """Return the megabytes of a process and its children, shared pages counted once."""
    texts = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in family(server)]
    return sum(int(line.split()[1]) for text in texts for line in text.splitlines() if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
