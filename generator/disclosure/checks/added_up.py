"""What the rows of a column of money add up to, and whether that is the sum they are printed under.

Forms do not say which rows are parts of which. A row counts; a row that those below it add up to
counts once; what may stand beside the sum as well as in it (carried over, 其中, the sum of some of
the others) counts or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from disclosure.model.fields import Amount, MoneyUnit, in_wanyuan

#: How a part is marked that need not be all of what it is a part of.
_WITHIN = re.compile("^其中|[：:].")
_EITHER_WAY = re.compile("结转|结余")
#: What a row is called that holds the sum of others.
SUM_NAME = re.compile("合计|小计|总计|共计")
#: Of more rows the ways to read them are too many to try; no form has so many.
_MAX_ROWS = 24
_MAX_ROWS_EITHER_WAY = 8


class SumRow(Struct, frozen=True):
    """A row with an amount; `first` of those under a sum, where 其中 begins them all."""

    name: str
    amount: Decimal
    first: bool = False

    @property
    def either_way(self) -> bool:
        """Whether it may stand beside the sum as well as in it."""
        within = _WITHIN.search(self.name) and not self.first
        return bool(within or _EITHER_WAY.search(self.name) or SUM_NAME.search(self.name))


def sums(rows: Sequence[SumRow]) -> set[Decimal] | None:
    """All that the rows can add up to; None if they are too many to tell."""
    if len(rows) > _MAX_ROWS or sum(row.either_way for row in rows) > _MAX_ROWS_EITHER_WAY:
        return None
    below: list[list[set[Decimal]]] = [[{Decimal(0)}]]
    for at in range(len(rows) - 1, -1, -1):
        below.insert(0, _from(rows, at, below))
    return below[0][-1]


def _from(
    rows: Sequence[SumRow], start: int, below: Sequence[Sequence[set[Decimal]]]
) -> list[set[Decimal]]:
    """What the rows from a place add up to, up to each place behind it.

    `below` holds the same for the places behind; the first is that of the next row.
    """
    reached: list[set[Decimal]] = [{Decimal(0)}, *(set[Decimal]() for _ in rows[start:])]
    for at, row in enumerate(rows[start:]):
        with_it = {one + row.amount for one in reached[at]}
        reached[at + 1] |= with_it if not row.either_way else with_it | reached[at]
        for length, found in enumerate(below[at]):
            if length and row.amount and row.amount in found:
                reached[at + 1 + length] |= with_it
    return reached


def rounded(amount: Decimal, stated: Amount, unit: MoneyUnit) -> Decimal:
    """An amount with as many decimals, in the document's unit, as a stated sum is printed with."""
    return amount.quantize(last_place(stated, unit), ROUND_HALF_UP)


def last_place(amount: Amount, unit: MoneyUnit) -> Decimal:
    """What one more in the last place that is printed of an amount is, in 万元."""
    _, _, decimals = amount.printed.partition(".")
    last = Decimal(1).scaleb(-len(decimals))
    return in_wanyuan(last) if unit == "元" else last
