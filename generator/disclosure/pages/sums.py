"""Sums over departments of records that hold numbers only.

One function for counts and money, so that a field that is added to a record is added up as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_T = TypeVar("_T", bound="DataclassInstance")


def added(kind: type[_T], parts: Iterable[_T]) -> _T:
    """The record whose every field is the sum of that field in all parts; its default in none."""
    found, zero = tuple(parts), kind()
    names = (each.name for each in fields(kind))
    return kind(
        **{
            name: sum((getattr(one, name) for one in found), start=getattr(zero, name))
            for name in names
        }
    )
