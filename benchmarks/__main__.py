"""Run every benchmark, print the ratios, write the figures to `results/latest.json`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.build import build
from benchmarks.comparison import comparison
from benchmarks.harness import Result, measure
from benchmarks.importing import importing
from benchmarks.push import push
from benchmarks.rules import growth, rules

RESULTS = Path(__file__).parent / "results" / "latest.json"
BENCHMARKS = (build, comparison, rules, growth, push, importing)
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
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds (default: 5)")
    rounds = parser.parse_args().rounds
    results = []
    for make in BENCHMARKS:
        with tempfile.TemporaryDirectory() as scratch:
            results.append(measure(make(Path(scratch)), rounds))
        print(_line(results[-1]))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(_figures(results), indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0 if all(result.kept for result in results) else 1


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
    """Everything somebody needs to judge the figures later."""
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
