"""The places of a form's file, where rows hold cells or are blocks of rows."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import ErrorDetails

from disclosure.forms.form import FormBlock, FormCell
from disclosure.model import fields
from disclosure.reading import tree

#: The way to a place in a file.
Loc = tuple[int | str, ...]


def where_written(root: tree.Mapping, details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """What was found in a form, each place named as in the file, and once.

    Where a cell may be a text or more than that, Pydantic tells each possibility's name as well.
    """
    seen: set[Loc] = set()
    for detail in details:
        loc: Loc = ()
        for step in detail["loc"][:-1]:
            if tree.find(root, *loc, step) is not None:
                loc = (*loc, step)
        last = detail["loc"][-1]
        if detail["type"] == "missing" or tree.find(root, *loc, last) is not None:
            loc = (*loc, last)
        if loc and loc not in seen:
            seen.add(loc)
            yield {**detail, "loc": loc}


def of_form(loc: Loc) -> type[fields.Record] | None:
    """The kind of record that stands at a place of a form: rows hold cells, or are blocks."""
    numbers = [isinstance(step, int) for step in loc[-2:]]
    if numbers == [True, True]:
        return FormCell
    return FormBlock if numbers[-1:] == [True] else None
