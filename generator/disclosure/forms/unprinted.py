"""What a table's data say and its form has no cell for, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.forms.form import Form
from disclosure.forms.values import Values
from disclosure.model.target_table import Budget, Fund, Indicator, IndicatorResult, Task

#: Fields that say the same in another way: one of them printed is enough.
_SAME = (
    frozenset({"goals", "goals.numbered"}),
    frozenset({"target", "value", "sign", "unit"}),
)
#: Fields that place a table or name it, which the page around it does as well.
_AROUND = frozenset(
    {"money", "year", "plan_heading", "department", "place", "unit", "unit_name", "number",
     "name", "code", "is_sum"}
)  # fmt: skip
#: Lists of whatever a table has, by the fields of the table that they print.
_LISTED = {"facts": "facts.", "parts": "budget.parts.", "funds": "funds."}
_RECORDS = (Indicator, IndicatorResult, Fund, Task)


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A text that no cell of the form holds.

    Attributes:
        of: The item of a list that it belongs to, "" for the table itself.
        title: What it is, in Chinese, as the form or the data call it.
        text: The text as written in the data.
    """

    of: str
    title: str
    text: str


def unprinted(form: Form, values: Values) -> tuple[Unprinted, ...]:
    """Every text of a table that its form does not print, in the order of the data."""
    return tuple(_of_item(form, values, ""))


def _of_item(form: Form, item: Values, name: str) -> Iterator[Unprinted]:
    paths = form.paths
    for path, text in item.texts.items():
        if text and path not in paths and path not in _AROUND and not _said(path, form):
            yield Unprinted(name, _title(path), text)
    for list_name, items in item.lists.items():
        if list_name == "funds" and any(path.startswith("funds.") for path in paths):
            continue  # its rows are fields of the table itself
        for number, one in enumerate(items, start=1):
            own = one.texts.get("level3") or one.texts.get("name") or f"第{number}行"
            yield from _of_item(form, one, own)


def _said(path: str, form: Form) -> bool:
    """Whether the form prints the same in another field, or in a list of whatever there is."""
    if any(path.startswith(named) and name in form.lists for name, named in _LISTED.items()):
        return True
    return any(path in same and not same.isdisjoint(form.paths) for same in _SAME)


def _title(path: str) -> str:
    """What a field is called: by its own name where it has one, else as in the data format."""
    if path.startswith("funds."):
        name, _, column = path.removeprefix("funds.").rpartition(".")
        return f"{name} {_title(column)}"
    for free in ("facts.", "other.", "budget.parts."):
        if path.startswith(free):
            return path.removeprefix(free)
    field = path.removeprefix("budget.")
    for record in (Budget, *_RECORDS) if path.startswith("budget.") else _RECORDS:
        known = record.model_fields.get(field)
        if known is not None and known.title:
            return known.title
    return _OF_TABLES.get(path, path)


_OF_TABLES = {
    "purpose": "资金用途", "goals": "绩效目标", "goals.numbered": "绩效目标",
    "goals_actual": "目标实际完成情况", "term_goals": "实施期目标", "budget": "全年预算数",
    "spent": "全年执行数", "score": "总分", "period": "时点", "amount": "金额",
}  # fmt: skip
