"""Run the benchmarks, print the ratios, write the figures to `results/`.

`--only scale --pages 4800` measures one size of site against other generators; figures of other
sizes and of other benchmarks stay as they were measured before.
"""

from __future__ import annotations

import argparse
import json
import platform
import signal
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks import scale, scale_report
from benchmarks.book import book
from benchmarks.build import build
from benchmarks.comparison import comparison
from benchmarks.contenders import BASELINES
from benchmarks.forms import forms
from benchmarks.harness import Result, measure
from benchmarks.importing import importing
from benchmarks.push import push
from benchmarks.rules import growth, rules
from benchmarks.search import search

RESULTS = Path(__file__).parent / "results" / "latest.json"
BENCHMARKS = {
    "build": build,
    "compare": comparison,
    "rules": rules,
    "rules-growth": growth,
    "push": push,
    "import": importing,
    "book": book,
    "forms": forms,
    "search": search,
}
SCALE = "scale"
PACKAGES = (
    "budget-disclosure",
    "mkdocs",
    "mkdocs-material",
    "pagefind",
    "pdfplumber",
    "pydantic",
    "pyyaml",
)


def main() -> int:
    """The exit code: 0 when every ratio is within its limit, otherwise 1."""
    names = (*BENCHMARKS, SCALE)
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="which ones")
    parser.add_argument("--rounds", type=int, help="counted rounds (default: 5, of scale 2)")
    parser.add_argument(
        "--pages",
        nargs="+",
        type=int,
        default=scale.SIZES,
        help="project pages of the sites of scale (default: 48 and 1000; a district has 4800)",
    )
    parser.add_argument(
        "--texts",
        nargs="+",
        choices=scale.TEXTS,
        default=["repeated"],
        help="of scale, which texts",
    )
    parser.add_argument(
        "--against",
        nargs="+",
        choices=[one.name for one in BASELINES],
        default=(),
        help="only these",
    )
    parser.add_argument(
        "--full-only", action="store_true", help="of scale, no builds after a change and no steps"
    )
    asked = parser.parse_args()
    # Of a shell that starts us in the background a preview would learn to ignore it, and never end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    kept = [_compare([name for name in asked.only if name != SCALE], asked.rounds or 5)]
    if SCALE in asked.only:
        rounds = asked.rounds or 2
        orders = [
            scale.Order(pages, rounds, asked.full_only, texts, tuple(asked.against))
            for pages in asked.pages
            for texts in asked.texts
        ]
        kept.append(_scale(orders))
    return 0 if all(kept) else 1


def _compare(names: Sequence[str], rounds: int) -> bool:
    """Run the benchmarks of one piece of work against another; whether they keep their limits."""
    results = []
    for name in names:
        with tempfile.TemporaryDirectory() as scratch:
            results.append(measure(BENCHMARKS[name](Path(scratch)), rounds))
        print(_line(results[-1]), flush=True)
    if len(results) == len(BENCHMARKS):
        RESULTS.parent.mkdir(exist_ok=True)
        text = json.dumps(_figures(results), indent=2, ensure_ascii=False)
        RESULTS.write_text(f"{text}\n", "utf-8")
    return all(result.kept for result in results)


def _scale(orders: Sequence[scale.Order]) -> bool:
    """Measure sites; whether they keep their limits."""
    scales, measured = scale_report.load(), list[scale.Scale]()
    # Nothing is removed before the end: for minutes after that ext4 makes new files ten times
    # slower, and the next build would pay for it.
    with tempfile.TemporaryDirectory() as scratch:
        for order in orders:
            place = Path(scratch, f"{order.pages}-{order.texts}")
            place.mkdir()
            found = scale.measure(order, place, _say)
            measured.append(found)
            scales[found.name] = found
            scale_report.save(scales)
            print(f"\n{scale_report.table(found)}\n", flush=True)
    limits = [*scale_report.limits(measured)]
    for limit in limits:
        print(limit)
    return all(limit.kept for limit in limits)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _line(result: Result) -> str:
    asked = result.benchmark
    subject, baseline = median(result.subject_seconds), median(result.baseline_seconds)
    return (
        f"{asked.name}: {result.ratio:.2f} (limit {asked.limit:.2f}, "
        f"{'kept' if result.kept else 'BROKEN'})\n"
        f"  {subject:7.2f} s  {asked.subject_is}\n"
        f"  {baseline:7.2f} s  {asked.baseline_is}"
    )


def _figures(results: list[Result]) -> dict[str, object]:
    """Everything needed to judge the figures later."""
    return {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "packages": {name: version(name) for name in PACKAGES},
        "benchmarks": [
            {
                "name": result.benchmark.name,
                "subject": result.benchmark.subject_is,
                "baseline": result.benchmark.baseline_is,
                "ratio": round(result.ratio, 3),
                "limit": result.benchmark.limit,
                "subject_seconds": [round(seconds, 3) for seconds in result.subject_seconds],
                "baseline_seconds": [round(seconds, 3) for seconds in result.baseline_seconds],
            }
            for result in results
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
