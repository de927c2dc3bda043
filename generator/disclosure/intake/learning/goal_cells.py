"""Goals that are divided over several cells under one label, below each other or side by side.

Each cell may have a label or a number of its own: `目标1`, `目标一：`, `（1）`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from disclosure.forms import divided_goals
from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels
from disclosure.model.whitespace import squeezed

#: What tells one label from another: where it stands.
Under = tuple[int, int]
#: The place of the label that goals have which are only labelled one by one.
NO_LABEL: Under = (-2, -2)

_PART = re.compile(
    r"(?P<label>(?:年度|总体|绩效|分项|具体|子)*目标)(?:[0-9]{1,2}|[一二三四五六七八九十])[:：]?"
)
_NUMBER = re.compile(r"[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]|[①-⑳])[）)]?[.．、]?")
_SENTENCE = re.compile(r"[，。；;！]")
_MAX_NAME = 24  # a longer text is no name of anything


def is_label(text: str) -> bool:
    """Whether a text announces goals, or what became of them."""
    return field_labels.label(text) in divided_goals.LISTS


def is_part(text: str) -> bool:
    """Whether a text is the label of one goal of several."""
    return bool(_PART.fullmatch(squeezed(text)))


def without_number(label: FilledCell) -> FilledCell:
    """The label of one goal of several as that of all of them."""
    found = _PART.fullmatch(squeezed(label.text))
    return replace(label, text=found["label"]) if found else label


def is_number(text: str) -> bool:
    """Whether a text is no more than the number of one."""
    return bool(_NUMBER.fullmatch(squeezed(text)))


def is_goal(text: str) -> bool:
    """Whether a text can only be a goal where goals stand: a sentence, or too long for a label."""
    plain = squeezed(text)
    return len(plain) > _MAX_NAME or bool(_SENTENCE.search(plain))


@dataclass(slots=True)
class _Cells:
    """The cells of one list of goals."""

    under: Under
    cells: list[FilledCell]


@dataclass(slots=True)
class GoalCells:
    """The cells of a table that hold goals, by their list.

    Attributes:
        found: The lists.
        under: Where the labels stand that have goals already.
    """

    found: dict[str, _Cells] = field(default_factory=dict)
    under: set[Under] = field(default_factory=set)

    def goes_on(self, path: str, cell: FilledCell, under: Under | None) -> bool:
        """Note a cell; whether it is a further one under the label of the list."""
        if under is None or path not in divided_goals.LISTS:
            return False
        known = self.found.get(path)
        self.under.add(under)
        if known is not None and known.under == under:
            known.cells.append(cell)
            return True
        if known is None or not any(one.text.strip() for one in known.cells):
            self.found[path] = _Cells(under, [cell])
        return False

    def fields(self) -> Iterator[tuple[FilledCell, str]]:
        """The fields of the cells of divided goals; an empty cell before a goal has none.

        A list cannot say that one of its items is empty.
        """
        for path, known in self.found.items():
            if len(known.cells) < 2:
                continue
            last = max((at for at, cell in enumerate(known.cells) if cell.text.strip()), default=-1)
            number = 0
            for at, cell in enumerate(known.cells):
                if at < last and not cell.text.strip():
                    yield cell, ""
                else:
                    number += 1
                    yield cell, f"{{{path}.{number}}}"
