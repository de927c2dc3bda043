"""What is known of cells that do not repeat: which are words of the form, which hold a field."""

from __future__ import annotations

from itertools import count

from msgspec import Struct, field

from disclosure.forms import templates
from disclosure.forms.divided_goals import LISTS
from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import coded_names, field_labels, stated_amounts
from disclosure.intake.learning.cell_map import bare_text
from disclosure.intake.learning.columns import lead
from disclosure.model.whitespace import squeezed


class NotedFields(Struct):
    """The fields of a table's cells, each with its value.

    Attributes:
        unit: The unit that amounts of money may state behind them, "" where none.
        templates: The template of each cell, by row and column; a label's is its words.
        values: What stands in each field.
        blank: The empty cells that have a field, by its path.
        labels: The words that announced each field last.
    """

    unit: str = ""
    templates: dict[tuple[int, int], str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    blank: dict[str, FilledCell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def of(self, cell: FilledCell) -> str:
        """The template of a cell."""
        return self.templates[cell.row, cell.column]

    def keep(self, cell: FilledCell, template: str) -> None:
        """Note the template of a cell."""
        self.templates[cell.row, cell.column] = template

    def label(self, cell: FilledCell) -> None:
        """Note that a cell is a label; the points that some labels state are a value."""
        if path := field_labels.label(cell.text):
            self.labels[path] = field_labels.core(cell.text)
        label, points, behind = stated_amounts.points(cell.text)
        self.keep(cell, templates.literal(cell.text))
        path = f"facts.{field_labels.core(label.rstrip('（('))}"
        if points and self.values.setdefault(path, points) == points:
            words = templates.literal(label)
            self.keep(cell, f"{words}{{{path}}}{behind}")

    def value(self, cell: FilledCell, path: str) -> None:
        """Note that a cell is a value; a field that is another's has a name of its own."""
        path, number = path.replace("{", "").replace("}", ""), 2
        base = path
        empty = self.blank.pop(path, None) if cell.text.strip() else None
        if empty is not None and not path.startswith("facts."):
            del self.values[path]  # the field is that of the cell which says something
            self.value(empty, f"facts.{self._printed(path)}")
        is_named = base.startswith(("facts.", "budget.parts.", "funds."))
        other = base if is_named else f"facts.{self._printed(base)}"
        known = squeezed(self.values.get(base, "")) if base in {"name", "code"} else None
        while path in self.values and not (path == base and known == bare_text(cell)):
            path, number = f"{other}{number}", number + 1
        before = "" if path.startswith("facts.") or path in LISTS else lead(cell.text)
        behind = "分" if path == "score" and cell.text.endswith("分") else ""
        if path.startswith("budget."):
            behind = cell.text[len(stated_amounts.without_unit(cell.text, self.unit)) :]
        self.values[path] = cell.text.removeprefix(before).removesuffix(behind)
        if not cell.text.strip():
            self.blank[path] = cell
        self.keep(cell, f"{before}{{{path}}}{behind}")

    def beside(
        self, cell: FilledCell, before: FilledCell | None, around: FilledCell | None
    ) -> None:
        """Note a value that has no label of its own: beside another one, or a section's alone."""
        if not cell.text.strip():
            self.keep(cell, "")
            return
        said = before or around
        name = field_labels.core(said.text) if said is not None else ""
        path = f"facts.{name or '其他'}"
        if before is not None:  # the label has a value already, whatever field that is
            path = next(made for at in count(2) if (made := f"{path}{at}") not in self.values)
        self.value(cell, path)

    def coded(self, cell: FilledCell) -> bool:
        """Take the name of a project that is printed with its code, if no other code is known."""
        template, said = coded_names.split_name(cell.text)
        known = {path: self.values.get(path, text) for path, text in said.items()}
        if not template or known != said:
            return False
        self.values |= said
        self.keep(cell, template)
        return True

    def _printed(self, path: str) -> str:
        """The words of the form for a field: the label last read that announces it."""
        return self.labels.get(path) or path.rpartition(".")[2]
