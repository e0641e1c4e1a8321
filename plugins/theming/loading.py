"""How a page loads on a slow network: bytes, hosts, first and largest paint, shifts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from plugins.theming.browser import View, viewing

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
_PAINTS = """new Promise((done) => {
  const seen = {lcp: 0, cls: 0};
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.lcp = entry.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.cls += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
  const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
  const early = performance.getEntriesByType('resource')
    .filter((entry) => entry.renderBlockingStatus === 'blocking' && entry.responseEnd <= fcp).length;
  setTimeout(() => done({...seen, early}), 300);
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """One cold load: kilobytes on the wire (thousands of bytes), seconds to the largest paint, summed shifts.

    ``blocking`` are the requests the first paint waits for, the page included; ``foreign`` those to other hosts.
    """

    kilobytes: float
    largest_paint: float
    shift: float
    blocking: int
    foreign: int


def load(browser: Browser, url: str, view: View) -> Loading:
    """Load ``url`` with an empty cache on slow 4G (1.6 Mbit/s, 150 ms) and measure it."""
    received: list[float] = []
    asked: list[str] = []
    with viewing(browser, view) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(url, wait_until="networkidle")
        paints: dict[str, Any] = page.evaluate(_PAINTS)
    return Loading(
        kilobytes=sum(received) / 1000,
        largest_paint=paints["lcp"] / 1000,
        shift=round(paints["cls"], 4),
        blocking=1 + paints["early"],
        foreign=sum(urlsplit(one).netloc != urlsplit(url).netloc for one in asked),
    )
