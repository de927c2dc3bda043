"""Rows of a list that were read as projects and may be headings: a body, or a kind of projects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from disclosure.forms.filling import IS_SUM
from disclosure.forms.values import Values
from disclosure.intake.formats import labels
from disclosure.intake.learning import field_labels
from disclosure.intake.understanding import fund_doubts
from disclosure.model.whitespace import squeezed

#: The name of a body, which runs projects and is none.
_BODY = re.compile(rf".*(?:{labels.BODY_ENDS})(?:[(（]?(?:本级|机关)[)）]?)?")
_NUMBER = re.compile(r"facts\.(?:序号|编号)")
_COUNTS = re.compile(r"[0-9]+")
_SUM = re.compile(r"合计|总计|小计")
_ROUNDED = Decimal("0.01")  # of each amount that a sum adds up


def doubts(item: Values) -> Iterator[str]:
    """What is said of projects of a list that are sums by their name, or say no more than money.

    Where others have goals or indicators, such a row is likely to be the sum of some of them if
    it is called as a body is, or is not counted as the others are.
    """
    listed = item.lists.get("projects", ())
    for one in listed:
        if one.texts.get(IS_SUM) and (text := _amount_alone(one)):
            yield f"“{text}”所在的一行像是合计，但没有名称"
    yield from _no_sums(listed)
    projects = [one for one in listed if not one.texts.get(IS_SUM)]
    for one in projects:
        name = squeezed(one.texts.get("name", ""))
        if field_labels.SUMS.fullmatch(field_labels.core(name)):
            yield f"“{name}”读成了项目，但像是合计"
    bare = [one for one in projects if _says_nothing(one)]
    if len(bare) == len(projects):
        return
    counted = any(_COUNTS.fullmatch(_number(one)) for one in projects)
    for one in bare:
        name = squeezed(one.texts.get("name", ""))
        uncounted = counted and not _COUNTS.fullmatch(_number(one))
        if name and (uncounted or _BODY.fullmatch(name)):
            yield f"“{name}”读成了项目，但像是单位或者类别的名称"


def _no_sums(listed: Sequence[Values]) -> Iterator[str]:
    """What was read as sums for it says no more than money, and adds up no rows beside it."""
    money = [fund_doubts.amount(one.texts.get("budget.total", "")) for one in listed]
    projects = [amount or Decimal(0) for one, amount in zip(listed, money, strict=True)
                if not one.texts.get(IS_SUM)]  # fmt: skip
    seen = 0
    for one, stated in zip(listed, money, strict=True):
        if not one.texts.get(IS_SUM):
            seen += 1
            continue
        name = squeezed(one.texts.get("name", ""))
        if stated is None or not name or _SUM.search(name):
            continue
        below = (projects[at] for at in range(seen, len(projects)))
        above = (projects[at] for at in range(seen - 1, -1, -1))
        if not (_adds_up(stated, below) or _adds_up(stated, above)):
            yield f"“{name}”读成了合计，但与旁边各行的合计不符，可能是项目"


def _adds_up(stated: Decimal, amounts: Iterable[Decimal]) -> bool:
    """Whether the first of some amounts add up to a sum, but for what was rounded."""
    total = Decimal(0)
    for number, amount in enumerate(amounts, 1):
        total += amount
        over = total - stated
        if abs(over) <= _ROUNDED * (number + 1):
            return True
        if over > 0:
            break
    return False


def _amount_alone(total: Values) -> str:
    """The amount of a sum that says nothing else, and so is not called by anything."""
    said = {path: text.strip() for path, text in total.texts.items()
            if squeezed(text) and path != IS_SUM}  # fmt: skip
    is_alone = bool(said) and all(path.startswith("budget.") for path in said)
    return next(iter(said.values())) if is_alone else ""


def _says_nothing(project: Values) -> bool:
    said = {path for path, text in project.texts.items() if squeezed(text)}
    others = {path for path in said if not path.startswith("budget.") and not _NUMBER.match(path)}
    return others <= {"name"} and not project.lists.get("indicators")


def _number(project: Values) -> str:
    return next((squeezed(text) for path, text in project.texts.items() if _NUMBER.match(path)), "")
