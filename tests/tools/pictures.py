"""Draws the pictures of the guide for publishers: what a terminal shows, and a published page.

`python3 noxfile.py -s pictures`, after a change of what terminals say or of how pages look.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.browser import CHROMIUM_NAMES, FLAGS, INVESTMENT, served
from tests.support.documents import real_document
from tests.support.guide import PICTURES, walk

#: A terminal; its text is put in as text.
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #1d2733 }
pre { margin: 0; padding: 16px 20px; width: 800px; color: #e8edf2; font: 15px/1.6 monospace;
  white-space: pre-wrap; overflow-wrap: anywhere }
</style><pre></pre>"""
#: Which picture shows which step of the guide, and so many lines of it, the command among them.
STEPS = {"import.png": ("导入公开文件", 7), "check.png": ("检查", 15), "push.png": ("发布", 13)}


def main() -> None:
    """Follow the guide and draw."""
    found = next(path for path in map(shutil.which, CHROMIUM_NAMES) if path)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        publisher = walk(Path(scratch), real_document)
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        page = browser.new_page(viewport={"width": 1000, "height": 760}, color_scheme="light")
        for name, (title, most) in STEPS.items():
            page.set_content(TERMINAL)
            command = f"$ {publisher.guide[title].blocks[0][0]}"
            lines = [command, *publisher.shown[title].strip().splitlines()]
            text = "\n".join(lines[:most])
            page.locator("pre").evaluate("(element, text) => { element.textContent = text }", text)
            page.locator("pre").screenshot(path=PICTURES / name)
        first = next((publisher.server.www / "releases").glob("000002-*"))
        with served(first) as address:
            page.goto(address + INVESTMENT)
            page.screenshot(path=PICTURES / "page.png")
        browser.close()


if __name__ == "__main__":
    main()
