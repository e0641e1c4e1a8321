"""Recovery against its peers, in one run: quality on invented pages, and pages a second and core.

    python tests/benchmarks/legacy.py [PEER_PYTHON]

PEER_PYTHON is the interpreter of an environment made from requirements-bench.lock; without it only our own numbers show.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from plugins.legacy_html.document import LegacyDocument  # noqa: E402
from plugins.legacy_html.pipeline import clean  # noqa: E402
from tests.legacy_html.newsroom import Sample, samples  # noqa: E402
from tests.legacy_html.scoring import f1  # noqa: E402

SEEDS = range(10, 16)
KILOBYTES = 90
PEERS = """
import json, sys, time
from pathlib import Path
import lxml.html, trafilatura
from readability import Document
def with_trafilatura(raw):
    return trafilatura.extract(raw, include_comments=False, include_tables=True) or ""
def with_readability(raw):
    return lxml.html.fromstring(Document(raw.decode("gb18030" if b"gb" in raw[:600].lower() else "utf-8", "replace")).summary()).text_content()
out = {}
for name, run in (("trafilatura", with_trafilatura), ("readability-lxml", with_readability)):
    texts, spent = {}, time.process_time()
    for path in sorted(Path(sys.argv[1]).iterdir()):
        try:
            texts[path.name] = run(path.read_bytes())
        except Exception:
            texts[path.name] = ""
    out[name] = {"texts": texts, "seconds": time.process_time() - spent}
print(json.dumps(out))
"""


def heavy(one: Sample) -> bytes:
    """The sample as a page of about 90 kB: scripts, menus, and the markup old editors left."""
    menu = "".join(
        f'<li class="i"><a href="/a/{n}.html" target="_blank" title="栏目{n}">栏目{n}的标题</a></li>'
        for n in range(250)
    )
    script = "<script>var settings = {debug: false, path: '/static/js/'};\n</script>"
    raw = one.html.replace("</body>", f"<ul class='nav'>{menu}</ul></body>").encode(one.encoding, "replace")
    filler = (script * (1 + (KILOBYTES * 1000 - len(raw)) // len(script))).encode()
    return raw.replace(b"</body>", filler + b"</body>", 1) if b"</body>" in raw else raw + filler


def report(name: str, texts: dict[str, str], seconds: float, found: list[Sample]) -> None:
    scores = [f1(texts[one.name], one.gold.text) for one in found]
    good = sum(score >= 0.95 for score in scores) / len(scores)
    print(
        f"{name:18} F1 {mean(scores):.4f}  pages ≥ .95 {good:.1%}  empty {sum(not texts[one.name] for one in found)}  {len(found) / seconds:6.1f} pages/s"
    )


def main() -> None:
    found = samples(SEEDS)
    started = time.process_time()
    texts = {
        one.name: clean(LegacyDocument(source=one.name, raw=one.html.encode(one.encoding, "replace"))).text
        for one in found
    }
    report("xiehui", texts, time.process_time() - started, found)
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as folder:
            for one in found:
                (Path(folder) / one.name).write_bytes(one.html.encode(one.encoding, "replace"))
            output = subprocess.run(
                [sys.argv[1], "-c", PEERS, folder], capture_output=True, text=True, check=True
            ).stdout
        for name, held in json.loads(output.splitlines()[-1]).items():
            report(name, held["texts"], held["seconds"], found)
    pages = [heavy(one) for one in found[::3]]
    started = time.process_time()
    for raw in pages:
        clean(LegacyDocument(source="heavy", raw=raw))
    spent = time.process_time() - started
    print(f"whole pipeline: {len(pages) / spent:.1f} pages of {mean(map(len, pages)) / 1000:.0f} kB a second and core")


if __name__ == "__main__":
    main()
