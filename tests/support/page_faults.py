"""What is wrong with a page: for everybody (axe-core), on a phone, and as HTML."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.support.browser_kinds import program, required

WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
#: Lays out what is far below, as when a reader comes there: asked for the place of each word, a
#: browser would lay all of it out again for each.
LAY_OUT = """for (const part of document.querySelectorAll("main *"))
    if (getComputedStyle(part).contentVisibility === "auto")
      part.style.contentVisibility = "visible";"""
AXE = f"""async (rules) => {{
  {LAY_OUT}
  const {{ violations }} = await axe.run({{ runOnly: rules, resultTypes: ["violations"] }});
  return violations.flatMap(({{ id, nodes }}) =>
    nodes.map(({{ target, failureSummary }}) => `${{id}}: ${{target}} ${{failureSummary}}`));
}}"""


def violations(page: Page, rules: Mapping[str, object] = WCAG) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=program("axe-core/axe.min.js"))
    found: list[str] = page.evaluate(AXE, rules)
    return found


#: Pixels of phones; of a tablet and a desk, where tables have columns or, where these are many, are
#: cards.
PHONES = (360, 390, 414)
SCREENS = (768, 1280)
#: What is wrong with the tables of a page. A word is what must not be broken: an amount, a
#: code, a name in Latin letters. What is hidden for the eye alone stands behind a clip path.
FAULTS = r"""() => {
  LAY_OUT
  const WORD = /(?<!\w)(?:[+−-](?=\d))?[A-Za-z0-9_]+(?:[.,][A-Za-z0-9_]+)*%?/g;
  const faults = [];
  const wider = document.documentElement.scrollWidth - innerWidth;
  if (wider > 0) faults.push(`the page scrolls sideways by ${wider}px`);
  const isClipped = (element) => {
    for (let each = element; each.localName !== "table"; each = each.parentElement)
      if (getComputedStyle(each).clipPath !== "none") return true;
    return false;
  };
  const broken = (cell) => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (const { 0: word, index } of node.data.matchAll(WORD)) {
        const range = new Range();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) found.push(word);
      }
    }
    return found;
  };
  for (const table of document.querySelectorAll("main table")) {
    const name = table.caption?.textContent ?? table.ariaLabel;
    const { scrollWidth, clientWidth } = table.parentElement;
    if (scrollWidth > clientWidth) faults.push(`${name}: ${scrollWidth}px in ${clientWidth}px`);
    for (const cell of table.querySelectorAll("th, td")) {
      if (!cell.checkVisibility() || isClipped(cell)) continue;
      const say = (fault) => faults.push(`${name}: ${cell.textContent.trim()}: ${fault}`);
      const { left, right } = cell.getBoundingClientRect();
      if (left < 0 || right > innerWidth + 0.5) say(`outside the screen, ${left} to ${right}`);
      if (cell.scrollWidth > cell.clientWidth + 1) say("wider than its cell");
      for (const word of broken(cell)) say(`breaks ${word}`);
    }
    const heads = [...table.querySelectorAll(".steps > th")];
    for (const cell of table.querySelectorAll(".steps > td[data-label]")) {
      const head = heads.find((each) => each.textContent === cell.dataset.label);
      const away = cell.getBoundingClientRect().left - head.getBoundingClientRect().left;
      if (Math.abs(away) > 1) faults.push(`${name}: ${away}px beside ${cell.dataset.label}`);
    }
  }
  return faults;
}""".replace("LAY_OUT", LAY_OUT)


def faults(page: Page, widths: Sequence[int] = PHONES) -> list[str]:
    """What is wrong with the tables of the page that is open, at each width."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}px: {fault}" for fault in page.evaluate(FAULTS)]
    return found


#: Java that compiles quickly rather than well needs half the time, and a larger stack.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss64m")
OPTIONS = ("--errors-only", "--format", "json", "--skip-non-html")


def html_errors(*places: Path) -> list[object]:
    """What the Nu HTML checker finds wrong with pages, or with all pages of folders."""
    java = shutil.which("java") or required("java, which runs the Nu HTML checker, is missing")
    checker = program("vnu-jar/build/dist/vnu.jar")
    finished = subprocess.run(
        [java, *QUICK, "-jar", checker, *OPTIONS, *places],
        capture_output=True,
        text=True,
        check=False,
    )
    found: list[object] = json.loads(finished.stderr)["messages"]
    return found
