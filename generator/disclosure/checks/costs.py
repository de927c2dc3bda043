"""The cost indicators of a target table, and which of them cap the whole project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from disclosure.checks.subject import ProjectSubject
from disclosure.model.target import Kind, Sign, Target
from disclosure.model.target_table import Indicator

_WAN = Decimal(10000)
# Costs to society and nature are not paid out of the budget.
_NOT_PAID = re.compile("社会成本|生态|环境成本")
# What is saved, and what is capped over more than this year's budget.
_SAVED = re.compile("节约|节省|降低|减少|压减|结余")
_MORE_THAN_THE_YEAR = re.compile(
    "总投资|概算|总造价|合同总|多年|跨年|分年|[两二三四五]年|累计|[0-9]{4}年?[-—–~～至]"
)
# A price in words, where the cell has no denominator: 每平方米成本 ≤480元.
_UNIT_PRICE = re.compile(r"单价|均价|每|[人户亩次件台车]均|平均|单[个位笔次项家户村件场批台]|标准")
_CAPS = {Sign.AT_MOST, Sign.LESS, Sign.EQUAL, None}


class Cap(Struct, frozen=True):
    """A cost indicator that caps a total.

    Attributes:
        position: Which indicator it is, from 0.
        name: Its third level.
        printed: Its target as printed.
        amount: The cap in 万元.
    """

    position: int
    name: str
    printed: str
    amount: Decimal


def cost_rows(subject: ProjectSubject) -> Iterator[tuple[int, Indicator, Target]]:
    """The rows under 成本指标, in the older and the newer tree, that are paid from the budget."""
    for position, row, target in subject.rows():
        levels = f"{row.level1 or ''} {row.level2 or ''}"
        if "成本" in levels and not _NOT_PAID.search(levels):
            yield position, row, target


def total_caps(subject: ProjectSubject) -> Iterator[Cap]:
    """The cost indicators that cap an amount of this year; none of a withdrawn project."""
    if subject.project.withdrawn:
        return
    for position, row, target in cost_rows(subject):
        amount = _total(target)
        capped = target.sign in _CAPS and is_amount_of_the_year(row, target)
        if amount is not None and capped:
            yield Cap(position, row.name, target.printed, amount)


def is_amount_of_the_year(row: Indicator, target: Target) -> bool:
    """Whether the row is about all that is spent this year on something: no price, no saving."""
    text = f"{row.name} {row.description or ''}"
    other = (_SAVED, _MORE_THAN_THE_YEAR, _UNIT_PRICE)
    return _total(target) is not None and not any(words.search(text) for words in other)


def _total(target: Target) -> Decimal | None:
    """The amount in 万元, if the target is a total of money."""
    if target.kind is not Kind.NUMBER or target.high is None:
        return None
    if target.unit is None or target.before.endswith("每"):
        return None
    if target.unit.quantity == "money":
        return target.high * target.unit.factor / _WAN
    # 38万 under 成本指标 is money.
    return target.high * target.unit.factor / _WAN if target.unit.quantity == "number" else None
