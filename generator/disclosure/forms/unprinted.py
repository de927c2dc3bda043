"""What a table's data say and its form has no cell for, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from msgspec import Struct

from disclosure.forms import divided_goals
from disclosure.forms.filling import IS_SUM
from disclosure.forms.form import Each, Form
from disclosure.forms.paths import ITEMS
from disclosure.forms.record_values import OF_FORM
from disclosure.forms.values import Values
from disclosure.model.evaluations import Evaluation
from disclosure.model.fields import title_of
from disclosure.model.records import Project
from disclosure.model.target_table import Budget, Fund, Indicator, IndicatorResult, Task

#: What names or places a table or a project in it; the page around it does so as well.
_AROUND = OF_FORM | {"unit", "unit_name", "number", "name", "code", IS_SUM}
#: The same in another way of printing, and never missing by itself.
_DERIVED = frozenset({"goals.numbered"})
#: Lists of whatever a table has, by the fields of the table that they print.
_LISTED = {"facts": "facts.", "parts": "budget.parts.", "funds": "funds."}
#: The fields with free names that items of a list have.
_FREE = {"indicators": ("other.",), "term_indicators": ("other.",),
         "tasks": ("other.", "budget."), "funds": ("other.",)}  # fmt: skip
_OF_TABLES = (Project, Evaluation)
_OF_ITEMS = (Indicator, IndicatorResult, Fund, Task)
#: What no record has a name for, or another one for something else.
_TITLES = {"period": "时点", "amount": "金额", "budget": title_of(Evaluation, "budget")}

#: The list whose items a field belongs to, "" for the table itself; and its path.
_Owned = tuple[str, str]


class Unprinted(Struct, frozen=True):
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
    return tuple(_of_item(form, _owned(form.places), values, "", ""))


def prints(form: Form, of: str, path: str) -> bool:
    """Whether a form has a cell for a field of the table or, where `of` names a list, its items."""
    owned = _owned(form.places)
    places = (path, f"{path}.numbered", f"{path}.1") if path in divided_goals.LISTS else (path,)
    return _is_listed(form, path) or any((of, one) in owned for one in places)


def _of_item(
    form: Form, owned: AbstractSet[_Owned], item: Values, name: str, called: str
) -> Iterator[Unprinted]:
    """What is not printed of an item of the list `name`, and of the items in it."""
    is_table = name in {"", "projects"}
    for path, text in item.texts.items():
        if not text or (name, path) in owned or path in _DERIVED:
            continue
        if (is_table and path in _AROUND) or _is_listed(form, path):
            continue
        if _stands_elsewhere(owned, item, name, path):
            continue
        if path == "name" and text == called:
            continue  # it stands before what else is not printed of the item
        yield Unprinted(called, _title(path, is_table=is_table), text)
    for inner, items in item.lists.items():
        if inner == "funds" and any(path.startswith(_LISTED["funds"]) for path in form.paths):
            continue  # its rows are fields of the table itself
        for number, one in enumerate(items, start=1):
            own = one.texts.get("level3") or one.texts.get("name") or f"第{number}行"
            yield from _of_item(form, owned, one, inner, own)


def _owned(places: frozenset[tuple[tuple[Each, ...], str]]) -> frozenset[_Owned]:
    """The fields of a form with the list whose items they belong to."""
    return frozenset((_owner(lists, path), path) for lists, path in places)


def _owner(lists: tuple[Each, ...], path: str) -> str:
    """The innermost list around a cell whose items have such a field; a project has the rest."""
    for name in reversed(lists):
        if path in ITEMS[name] or path.startswith(_FREE.get(name, ())):
            return name
    return "projects" if "projects" in lists else ""


def _is_listed(form: Form, path: str) -> bool:
    """Whether the form has a list of whatever there is of this kind."""
    return any(path.startswith(free) and one in form.lists for one, free in _LISTED.items())


def _stands_elsewhere(owned: AbstractSet[_Owned], item: Values, name: str, path: str) -> bool:
    """Whether the same stands elsewhere: a target whole or in its parts, money in its funds."""
    if path in {"budget", "spent"}:  # of an evaluation: its first fund says the same
        return any(one.texts[path] == item.texts[path] for one in item.lists.get("funds", ()))
    if path in divided_goals.LISTS:
        return (name, f"{path}.1") in owned or (name, f"{path}.numbered") in owned
    if parted := divided_goals.list_and_index(path):  # one that has no cell where the others have
        return (name, f"{parted[0]}.1") not in owned
    if path == "target":
        return (name, "value") in owned and bool(item.texts.get("value"))
    in_parts = path in {"sign", "value", "unit"} and (name, "target") in owned
    return in_parts and item.texts[path] in item.texts.get("target", "")


def _title(path: str, *, is_table: bool) -> str:
    """What a field is called: by its own name where it has one, else as in the data format."""
    if parted := divided_goals.list_and_index(path):
        path = parted[0]
    kind, _, rest = path.partition(".")
    if kind == "budget" and rest:
        return title_of(Budget, rest)
    if kind == "funds":
        fund, _, column = rest.rpartition(".")
        named, _, other = rest.partition(".other.")
        return f"{named} {other}" if other else f"{fund} {title_of(Fund, column)}"
    if path in _TITLES:
        return _TITLES[path]
    for record in _OF_TABLES if is_table else _OF_ITEMS:
        if path in record.model_fields:
            return title_of(record, path)
    return rest or path
