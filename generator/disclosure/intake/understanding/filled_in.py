"""Whether anything was filled in in a table, or it is an empty form that stands for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.forms import divided_goals
from disclosure.forms.filling import IS_SUM
from disclosure.forms.values import Values
from disclosure.model.whitespace import squeezed

#: What only shows where something is to be written.
_PLACEHOLDER = re.compile(r"(?:(?:目标|指标|任务)[0-9]{0,2}[：:]|[…⋯]+)*")


def says_something(values: Values) -> bool:
    """Whether anything was filled in; an empty form prints its levels and lines all the same."""
    own = ("name", "code", "purpose", *divided_goals.LISTS, "score")
    has_values = any(_is_said(values.texts.get(path, "")) for path in own) or any(
        _is_said(text)
        for path, text in values.texts.items()
        if path.startswith(("budget.", "funds.")) or divided_goals.list_and_index(path)
    )
    return has_values or any(_tells(item) for items in values.lists.values() for item in items)


def _tells(item: Values) -> bool:
    fields: Iterator[str] = (
        text
        for path, text in item.texts.items()
        if path not in {"level1", "level2", IS_SUM, "weight", "points"}
    )
    return any(map(_is_said, fields)) or any(
        _tells(one) for items in item.lists.values() for one in items
    )


def _is_said(text: str) -> bool:
    """Whether a text says something: `目标1：` and dots only show where it is to be written."""
    return not _PLACEHOLDER.fullmatch(squeezed(text))
