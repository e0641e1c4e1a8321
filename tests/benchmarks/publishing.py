"""What a publication of a large site costs, and what an edit of it sends: ``inv bench publishing``.

Prints CPU seconds (all processes), files and bytes; every goal is a ratio or a count, so the machine does not matter.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from plugins.domain.dates import CHINA  # noqa: E402
from plugins.publishing.disk import remove_tree  # noqa: E402
from plugins.publishing.history import Commit  # noqa: E402
from plugins.publishing.publish import Built, Publication, Request, Steps, publish  # noqa: E402
from plugins.publishing.targets.address import Place  # noqa: E402
from plugins.publishing.targets.local import LocalTarget  # noqa: E402
from plugins.publishing.targets.s3 import S3Target  # noqa: E402

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)
TEXT = "".join(chr(0x4E00 + place * 37 % 5000) for place in range(2000))


def cpu() -> float:
    """Return the CPU seconds of this process and its children."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def write_site(folder: Path, articles: int) -> None:
    for number in range(articles):
        write_article(folder, number, "")
    links = "".join(f'<a href="/news/{number}/">{number}</a>' for number in range(min(articles, 20)))
    (folder / "index.html").write_text(page("首页", links), "utf-8")


def write_article(folder: Path, number: int, change: str) -> None:
    place = folder / f"news/{number}/index.html"
    place.parent.mkdir(parents=True, exist_ok=True)
    start = number * 13 % 1900
    place.write_text(page(f"第 {number} 篇{change}", f"<p>{TEXT[start:]}{TEXT[:start]}</p>"), "utf-8")


def page(title: str, body: str) -> str:
    return f'<!doctype html>\n<html lang="zh-CN"><head><title>{title}</title></head><body>{body}</body></html>\n'


def measured(what: str, work: Callable[[], Publication]) -> Publication:
    """Run ``work``, print its CPU and wall time and what it sent, return what came of it."""
    before, start = cpu(), time.monotonic()
    done = work()
    sent = len(done.delivery.sent)
    print(
        f"{what:<28} {cpu() - before:7.2f} CPU s  {time.monotonic() - start:6.1f} s  {sent:>6} 个文件送出  {len(done.purge)} 个地址刷新"
    )
    return done


def disk_use(folder: Path) -> int:
    """Return the bytes that ``folder`` takes, a file with several names counted once."""
    blocks = {(s.st_dev, s.st_ino): s.st_blocks for s in (path.lstat() for path in folder.rglob("*"))}
    return sum(blocks.values()) * 512


def bench_local(work: Path, articles: int) -> None:
    output, site = work / "output", work / "site"
    write_site(output, articles)
    steps = Steps(check=lambda: (), build=lambda: Built(www=output))
    place = Place(target=LocalTarget(root=site), store=site)
    request = Request(
        commit=Commit(hash="c" * 40, time=NOW), moment=NOW, cache=work / "cache", url="https://example.org", keep=6
    )
    measured(f"首次发布 {articles} 篇", lambda: publish(steps, place, request))
    once = disk_use(site)
    measured("没有变化", lambda: publish(steps, place, request))
    for number in range(1, 6):
        write_article(output, number, "改")
        measured(f"改了一篇（第 {number} 次）", lambda: publish(steps, place, request))
    print(f"6 次发布占 {disk_use(site) / once:.2f} 个版本的空间（目标 < 4）")


def bench_s3(work: Path, articles: int) -> None:
    if not all(importlib.util.find_spec(name) for name in ("boto3", "moto", "flask_cors")):
        print("没有 boto3 或 moto，跳过对象存储")
        return
    import boto3

    os.environ |= {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        endpoint = f"http://127.0.0.1:{port}"
        for _ in range(200):
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port))):
                break
            time.sleep(0.05)
        boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket="site")
        place = Place(target=S3Target(bucket="site", endpoint=endpoint, region="us-east-1"), store=work / "store")
        output = work / "output"
        steps = Steps(check=lambda: (), build=lambda: Built(www=output))
        request = Request(
            commit=Commit(hash="c" * 40, time=NOW), moment=NOW, cache=work / "cache", url="https://example.org"
        )
        measured(f"对象存储：首次 {articles} 篇", lambda: publish(steps, place, request))
        write_article(output, 7, "又改")
        done = measured("对象存储：改了一篇", lambda: publish(steps, place, replace(request, confirmed=True)))
        print(f"送出：{'、'.join(done.delivery.sent)}，共 {done.delivery.size / 1e3:.0f} kB")
    finally:
        server.terminate()
        server.wait(10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    articles = parser.parse_args().articles
    work = Path(tempfile.mkdtemp(prefix="xiehui-bench-"))
    try:
        bench_local(work, articles)
        bench_s3(work, articles)
    finally:
        remove_tree(work)


if __name__ == "__main__":
    main()
