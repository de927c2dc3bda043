"""What the page of all targets loads before it shows its first lines, and how soon it answers.

    python -m benchmarks.finder --projects 4800 --slow 4      prints the figures

So many projects in each of two years, on a processor so many times slower. The time of a step runs
from a choice until its first lines are drawn: as the first thing on a page that was just opened,
where the box or choice has had the focus for a moment as with every reader, and once the data are
there; as it passed with the processor slowed down, and as the page's thread worked, times so many,
which other work on the machine does not change. Of some rounds the shortest counts.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks import district, target_rows
from benchmarks.lighthouse import FLAGS, served
from benchmarks.search import Counting
from disclosure.site.target_files import year_files

#: Up to so many projects the first view takes so many bytes and an answer so many milliseconds;
#: beyond, up to ten times as many projects, the first view takes at most twice as many bytes.
DISTRICT = 4_800
MAX_BYTES = 300_000
MAX_MILLISECONDS = 100

#: What is asked for, one after the other: controls and what is chosen there.
STEPS = (
    ("change", "looser"),
    ("sort", "money"),
    ("change", ""),
    ("sort", "achieved"),
    ("sort", "order"),
    ("sort", ""),
    ("version", "all"),
    ("moved", "1"),
    ("least", "1000"),
    ("most", "2000"),
    ("version", ""),
    ("department", "990101-001"),
    ("department", ""),
    ("kind", "数量"),
    ("q", "培训"),
    ("q", "培训 教师"),
    ("q", ""),
    ("kind", ""),
)

#: What is chosen as the first thing on a page that was just opened, when no other data are there.
FIRST_STEPS = tuple(
    step
    for step in dict.fromkeys(STEPS)
    if step[1] and step not in {("sort", "order"), ("q", "培训 教师")}
)

#: Addresses of the first view: by itself, as other pages lead to it, and as readers share it.
VIEWS = {
    "by itself": "",
    "lowered": "?year=2024&change=looser",
    "missed": "?year=2023&outcome=not-met",
    "of a department": "?year=2024&department=990101-001&change=same",
    "an amount": "?year=2024&least=1000&most=2000",
    "two choices": "?year=2024&change=looser&moved=1",
    "a choice and an amount": "?year=2024&change=looser&least=1000",
    "a word": "?year=2024&q=培训",
}

#: Only what the page itself works is counted, whatever else runs.
THREAD = {"timeDomain": "threadTicks"}

READY = "() => document.querySelector('.finder [aria-busy=false]') !== null"

#: Notes how long the longest task takes from now on.
WATCH = """
() => {
  window.longest = 0;
  new PerformanceObserver((list) => {
    window.longest = Math.max(window.longest, ...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: "longtask" });
}
"""

#: The time from a choice until its first lines are drawn; nothing looks at the page meanwhile.
CHOOSE = """
async ([name, value]) => {
  const control = document.getElementById(`finder-${name}`);
  const region = document.querySelector(".finder [aria-busy]");
  const drawn = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
  await drawn();
  const answered = new Promise((go) => {
    const seen = new MutationObserver(() => region.ariaBusy === "false" && go());
    seen.observe(region, { attributeFilter: ["aria-busy"] });
  });
  const started = performance.now();
  control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  await answered;
  await drawn();
  return performance.now() - started;
}
"""

#: So long a reader opens the list of a choice or types before there is something to answer.
MILLISECONDS_OF_FOCUS = 1_500


def write_site(scratch: Path, projects: int) -> Path:
    """The site of a small district, with the targets of a large one."""
    district.write_site(scratch, target_rows.SAMPLE)
    command = [sys.executable, "-m", "disclosure", "-C", str(scratch), "build"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    site = scratch / "site"
    for year, departments in target_rows.years_of(scratch / "data", projects):
        for name, content in year_files(year, departments):
            (site / name).parent.mkdir(exist_ok=True)
            (site / name).write_bytes(content)
    return site


def measured(site: Path, slow: int, rounds: int) -> dict[str, Any]:
    """Bytes of each view; milliseconds of the longest task while data come, and of each step."""
    with served(site, Counting) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS.split()
        )
        bytes_ = {
            name: _bytes(browser.new_page(), f"{root}targets/{asked}")
            for name, asked in VIEWS.items()
        }
        first = [[_first(browser, root, slow, step) for step in FIRST_STEPS] for _ in range(rounds)]
        alone = [
            [_work_alone(browser, root, step) * slow for step in FIRST_STEPS] for _ in range(rounds)
        ]
        page, session = _slow_page(browser, slow)
        _open(page, f"{root}targets/")
        page.evaluate(WATCH)
        page.locator("#finder-change").focus()
        _rest(page)
        longest = page.evaluate("() => window.longest")
        passed = [[page.evaluate(CHOOSE, step) for step in STEPS] for _ in range(rounds)]
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        session.send("Performance.enable", THREAD)
        worked = [[_work(page, session, step) * slow for step in STEPS] for _ in range(rounds)]
        browser.close()
    return {
        "bytes": bytes_,
        "longest task while data come": round(longest),
        "first": _shortest(FIRST_STEPS, first),
        "first, worked": _shortest(FIRST_STEPS, alone),
        "passed": _shortest(STEPS, passed),
        "worked": _shortest(STEPS, worked),
    }


def _slow_page(browser: Browser, slow: int) -> tuple[Page, CDPSession]:
    page = browser.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    return page, session


def _first(browser: Browser, root: str, slow: int, step: tuple[str, str]) -> float:
    """Milliseconds until a choice is answered that is the first one on the page."""
    page, _ = _slow_page(browser, slow)
    _open(page, f"{root}targets/")
    _focus(page, step)
    time: float = page.evaluate(CHOOSE, step)
    page.close()
    return time


def _work_alone(browser: Browser, root: str, step: tuple[str, str]) -> float:
    """The same, as the page's processor worked for it."""
    page, session = _slow_page(browser, 1)
    _open(page, f"{root}targets/")
    _focus(page, step)
    session.send("Performance.enable", THREAD)
    time = _work(page, session, step)
    page.close()
    return time


def _focus(page: Page, step: tuple[str, str]) -> None:
    page.locator(f"#finder-{step[0]}").focus()
    page.wait_for_timeout(MILLISECONDS_OF_FOCUS)


def _work(page: Page, session: CDPSession, step: tuple[str, str]) -> float:
    """Milliseconds that the page's processor worked for an answer, whatever else runs."""
    before = _ticks(session)
    page.evaluate(CHOOSE, step)
    return 1_000 * (_ticks(session) - before)


def _ticks(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def _shortest(
    steps: Sequence[tuple[str, str]], rounds: Sequence[Sequence[float]]
) -> dict[str, int]:
    """Of each step; whatever else runs on the machine only ever adds to a time."""
    return {
        f"{name}={value}": round(min(times))
        for (name, value), times in zip(steps, zip(*rounds, strict=True), strict=True)
    }


def _bytes(page: Page, address: str) -> int:
    Counting.sent.clear()
    _open(page, address)
    size = sum(size for _, size in Counting.sent)
    page.close()
    return size


def _open(page: Page, address: str) -> None:
    page.goto(address, timeout=0)  # a busy machine is slow, not wrong
    page.wait_for_function(READY, timeout=0)
    _rest(page)


def _rest(page: Page) -> None:
    """Wait until nothing more is asked for."""
    sent = -1
    while len(Counting.sent) != sent:
        sent = len(Counting.sent)
        page.wait_for_timeout(1_000)


def main() -> int:
    """The exit code: 0 when bytes and times keep their limits, otherwise 1."""
    parser = argparse.ArgumentParser(prog="benchmarks.finder", description=__doc__)
    parser.add_argument("--projects", type=int, default=4_800, help="in each year (default: 4800)")
    parser.add_argument("--slow", type=int, default=4, help="how many times slower a processor")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = write_site(Path(folder, "district"), asked.projects)
        figures = measured(site, asked.slow, asked.rounds)
    result = {"projects": asked.projects, "slow": asked.slow, **figures}
    print(json.dumps(result, indent=2, ensure_ascii=False))
    large = asked.projects > DISTRICT
    first = (size for view, size in figures["bytes"].items() if view != "a word")
    kept = max(first) <= MAX_BYTES * (2 if large else 1)
    soon = max(figures["worked"].values()) <= MAX_MILLISECONDS
    return 0 if kept and (soon or large) else 1


if __name__ == "__main__":
    sys.exit(main())
