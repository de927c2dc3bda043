"""Where the lists of what was lowered and of what was missed stand: the one place that knows."""

from __future__ import annotations

from disclosure.pages.addresses import year_list_address
from disclosure.pages.view import PagePlace
from disclosure.pages.year_lists import LOWERED, MISSED


def lowered_list(old: int, new: int, address: str) -> PagePlace:
    """What a department lowered; `address` is that of its comparison of the two years."""
    return PagePlace(f"{new}年比{old}年降低的全部指标", address, "indicators")


def missed_list(year: int, address: str) -> PagePlace:
    """What a department missed; `address` is that of its year."""
    return PagePlace(f"{year}年未达到的全部指标", address, "shortfalls")


def all_lowered(old: int, new: int) -> PagePlace:
    """What all departments lowered."""
    return PagePlace(f"{new}年比{old}年降低的指标", year_list_address(new, LOWERED.name))


def all_missed(year: int) -> PagePlace:
    """What all departments missed."""
    return PagePlace(f"{year}年未达到的指标", year_list_address(year, MISSED.name))
