"""Compares units of measurement: whether two can count the same thing."""

from __future__ import annotations

from disclosure.model.target import MeasureUnit

# 延米 are metres and 课时 hours, 分 and 倍 say what % says: these differ from nothing for sure.
_EITHER = {"延米", "亩次", "车公里", "课时", "学时", "节", "分", "倍", "M", "人天"}
_FAMILIES = {
    "points": "share",
    "months": "time",
    "workdays": "time",
}
_PEOPLE = frozenset({"人", "名", "位"})
_EVENTS = frozenset({"次", "场", "场次", "批次"})


def differ(first: MeasureUnit, second: MeasureUnit) -> bool:
    """Whether two units measure different things beyond doubt; denominators do not matter.

    Amounts and shares differ, people and events differ; 个 and 家 may count the same.
    """
    one, other = _quantity(first), _quantity(second)
    if not one or not other:
        return False
    if one.startswith("count:") and other.startswith("count:"):
        return _people_and_events(one, other) or _people_and_events(other, one)
    if one.startswith("count:") or other.startswith("count:"):
        return True
    return _FAMILIES.get(one, one) != _FAMILIES.get(other, other)


def _quantity(unit: MeasureUnit) -> str:
    """What is measured, without the denominator; empty where that is open (万, 分)."""
    quantity = unit.quantity.partition("/")[0]
    if quantity == "number" or quantity.removeprefix("count:") in _EITHER:
        return ""
    return quantity


def _people_and_events(one: str, other: str) -> bool:
    return one.removeprefix("count:") in _PEOPLE and other.removeprefix("count:") in _EVENTS
