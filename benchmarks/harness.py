"""Measures one piece of work against another, turn by turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from msgspec import Struct


class Benchmark(Struct, frozen=True):
    """What is compared with what.

    Attributes:
        name: Short and stable, for the JSON.
        subject_is: The work in question, in words.
        baseline_is: What it is compared with, in words.
        subject: Does the work once.
        baseline: Does the other work once.
        limit: The highest ratio that is acceptable.
    """

    name: str
    subject_is: str
    baseline_is: str
    subject: Callable[[], None]
    baseline: Callable[[], None]
    limit: float


class Result(Struct, frozen=True):
    """What was measured: seconds of each round, in order."""

    benchmark: Benchmark
    subject_seconds: tuple[float, ...]
    baseline_seconds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times as long as the baseline the subject takes, by the medians."""
        return median(self.subject_seconds) / median(self.baseline_seconds)

    @property
    def kept(self) -> bool:
        """Whether the ratio is within the limit."""
        return self.ratio <= self.benchmark.limit


def measure(benchmark: Benchmark, rounds: int) -> Result:
    """Baseline and subject in turn, so that a slow minute of the machine hits both.

    A first round of both goes uncounted: it fills the caches.
    """
    subject, baseline = [], []
    for _ in range(1 + rounds):
        baseline.append(_seconds(benchmark.baseline))
        subject.append(_seconds(benchmark.subject))
    return Result(benchmark, tuple(subject[1:]), tuple(baseline[1:]))


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
