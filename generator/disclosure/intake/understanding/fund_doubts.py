"""Money that cannot be what it was read as: an increase, a row of the project's money, a fact.

The increase stands where the budget after it should, the row among the indicators. A fact is what
stands beside a label of money and is no amount as the data takes it: 2.50 in wide digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from disclosure.forms.values import Values
from disclosure.intake.learning import field_labels
from disclosure.model.fields import MONEY
from disclosure.model.whitespace import squeezed

_FIELD = re.compile(r"funds\.(?P<name>.+)\.(?P<column>budget|spent|rate)")
_RATE = re.compile(r"(?P<rate>[0-9]+(?:\.[0-9]+)?)[%％]")
#: So much more was spent than the budget that a rate of no more than all cannot be of both.
_TIMES = Decimal("1.5")
_ALL = 100
#: What is an amount to a reader, in whatever digits, with its unit or a word before it.
_FIGURES = re.compile(
    r"(?:大?约|近|超过?|不超过|不低于)?[¥￥]?[-－]?\d[\d.．,，]*[余多]?(?:万元|元|万)?"
)
#: What a department's money is called.
_OF_DEPARTMENT = ("支出", "收入", "收入合计", "支出合计", "预算", "资金")
#: The amounts of a row of an evaluation's money.
_AMOUNTS = ("initial", "budget", "spent")


def doubts(item: Values) -> Iterator[str]:
    """What is said against the money of a table or a project."""
    yield from _of_adjusting(item)
    for path, text in item.texts.items():
        name = path.removeprefix("facts.")
        is_part = field_labels.label(name) in field_labels.PARTS_OF_MONEY
        is_money = field_labels.is_money_label(name) or name.endswith(_OF_DEPARTMENT)
        if path != name and is_money and _is_odd(text, with_unit=is_part):
            yield f"“{name}”（“{text.strip()}”）没有读成金额"
    for row in _rows(item):
        name = squeezed(row.get("name", ""))
        if _FIGURES.fullmatch(name) and not name[0].isdigit():  # those are said with the others
            yield f"“{name}”读成了资金的名称，但像是金额"
        odd = (text for key in _AMOUNTS if _is_odd(text := row.get(key, "")))
        yield from (f"“{text.strip()}”没有读成金额" for text in odd)


def _is_odd(text: str, *, with_unit: bool = False) -> bool:
    """Whether a text is an amount to a reader and none as the data takes it.

    One `with_unit` behind it is odd where others of its table have none.
    """
    plain = squeezed(text)
    said = plain if with_unit else plain.rstrip("万元")
    return _FIGURES.fullmatch(plain) is not None and amount(said) is None


def _of_adjusting(item: Values) -> Iterator[str]:
    """What is said against the adjusted budgets of an evaluation.

    Below 调整预算 some forms print what was added or taken back, and not the budget after it.
    """
    for row in _rows(item):
        budget, spent = amount(row.get("budget", "")), amount(row.get("spent", ""))
        rate = _RATE.fullmatch(row.get("rate", "").strip())
        is_all = rate is not None and Decimal(rate["rate"]) <= _ALL
        too_much = spent is not None and budget is not None and spent > budget * _TIMES
        if budget is not None and (budget < 0 or (budget > 0 and too_much and is_all)):
            yield f"“{row['budget'].strip()}”读成了全年预算数，但可能是调整（增减）的数"
            return


def _rows(item: Values) -> Iterator[Mapping[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for path, text in item.texts.items():
        if found := _FIELD.fullmatch(path):
            rows.setdefault(found["name"], {})[found["column"]] = text
    yield from ({"name": name, **row} for name, row in rows.items())
    yield from (one.texts for one in item.lists.get("funds", ()))


def amount(text: str) -> Decimal | None:
    """The amount that a text is; None where it is none."""
    found = re.fullmatch(MONEY, text.strip(), re.ASCII)
    return Decimal(text.strip().replace(",", "")) if found else None


def label_of_row(row: Mapping[str, str]) -> str:
    """The label of money that a row of indicators is called by; "" for all others.

    An indicator without levels may be called so, but its target has a sign or a unit.
    """
    if level1 := squeezed(row.get("level1", "")):
        return level1 if field_labels.is_money_label(level1) else ""
    name, target = squeezed(row.get("level3", "")), row.get("target", "").strip()
    is_amount = re.fullmatch(MONEY, target, re.ASCII) is not None
    return name if is_amount and field_labels.is_money_label(name) else ""
