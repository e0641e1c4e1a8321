"""Draw every SVG of this folder as a PNG in the folder that uses it: ``python content/_drawings/render.py``."""

from pathlib import Path
from shutil import which

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
USED_IN = {
    "family-home": "news",
    "sunflower": "news",
    "youth": "news",
    "reading": "news",
    "heart-hands": "programs",
    "calendar": "events",
    "bridge": "about",
}

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    for name, section in USED_IN.items():
        page.set_content(f"<body style='margin:0'>{(HERE / f'{name}.svg').read_text('utf-8')}")
        target = HERE.parent / section / "pictures" / f"{name}.png"
        target.parent.mkdir(exist_ok=True)
        page.screenshot(path=target)
    browser.close()
