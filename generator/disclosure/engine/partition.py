"""Cuts items into shares by department, so that a change of one touches its own share only.

The number of shares is a power of two: a department stays in its share until there is twice as
much of everything.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")


def shares(
    items: Iterable[Item], most: int, folder: Callable[[Item], str], size: Callable[[Item], int]
) -> list[list[Item]]:
    """The items in as many shares as hold `most` each, on average; some may be empty.

    Args:
        items: In their order, which they keep within a share.
        most: How much a share may hold.
        folder: Whose item it is: all of one folder are in one share.
        size: How much it is of what is counted.
    """
    whole = list(items)
    total = sum(map(size, whole))
    count = 1
    while total > most * count:
        count *= 2
    found: list[list[Item]] = [[] for _ in range(count)]
    for item in whole:
        found[zlib.crc32(folder(item).encode()) % count].append(item)
    return found
