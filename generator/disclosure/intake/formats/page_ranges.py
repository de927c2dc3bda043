"""Page numbers as reports name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby


def page_ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Pages in their order, those that follow one another as a range: `3`, `5—7`."""
    counted = enumerate(sorted({*numbers}))
    for _, run in groupby(counted, key=lambda pair: pair[1] - pair[0]):
        first, *more = [number for _, number in run]
        yield f"{first}—{more[-1]}" if more else f"{first}"
