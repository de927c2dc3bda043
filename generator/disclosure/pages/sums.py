"""Sums over departments of records that hold numbers only.

One function for counts and money, so that a field that is added to a record is added up as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

_T = TypeVar("_T", bound=Struct)


def added(kind: type[_T], parts: Iterable[_T]) -> _T:
    """The record whose every field is the sum of that field in all parts; its default in none."""
    found, zero = tuple(parts), kind()
    return kind(
        **{
            name: sum((getattr(one, name) for one in found), start=getattr(zero, name))
            for name in kind.__struct_fields__
        }
    )
