"""Rows that do not repeat: which cells are labels, which are values, and what the values are.

A cell is a label by its words, by a colon, or because it stands left of a value; heads that stand
above values make a small matrix with the labels left of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from disclosure.forms import templates
from disclosure.forms.divided_goals import LISTS
from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import (
    cell_statements,
    field_labels,
    goal_cells,
    label_roles,
    matrix_heads,
    money_times,
    score_rows,
    stated_amounts,
    value_fields,
)
from disclosure.intake.learning.cell_map import CellMap, HeadAbove, RepeatedRows, bare_text
from disclosure.intake.learning.goal_cells import GoalCells, Under
from disclosure.intake.learning.noted_fields import NotedFields

_MAX_LABEL = 60  # a longer text is no label wherever it stands


class LabelledValues(Struct):
    """Reads the rows that do not repeat.

    Attributes:
        sheet: The table.
        regions: The rows that repeat, which are not read here.
        evaluation: Whether the table is an evaluation.
        noted: The fields found so far.
        year: The year of the document.
        heads: Heads that stand above what follows.
        waiting: The label alone in its row whose value is the next row.
        row_label: The label of the row that is being read.
        section: The label left of it that reaches over several rows.
        goals: The cells of goals.
        goals_label: The label of goals that the cells of the row are under.
        term_money: Labels of sums of the whole term.
    """

    sheet: CellMap
    regions: Sequence[RepeatedRows]
    evaluation: bool
    noted: NotedFields
    year: str = ""
    heads: list[HeadAbove] = field(default_factory=list)
    indicator_heads: list[HeadAbove] = field(default_factory=list)
    waiting: FilledCell | None = None
    row_label: FilledCell | None = None
    section: FilledCell | None = None
    goals: GoalCells = field(default_factory=GoalCells)
    goals_label: FilledCell | None = None
    term_money: frozenset[str] = frozenset()

    def read(self) -> None:
        """Read every row that is in no region."""
        self.goals.note_labels(self.sheet, self.year)
        self.term_money = money_times.sums_of_term(self.sheet)
        repeated = {row for one in self.regions for row in range(one.first, one.end)}
        heads = {row for one in self.regions for row in one.heads()}
        matrices = matrix_heads.heads_by_row(self.sheet, repeated | heads)
        for cell in self.sheet.numbers.values():
            self.noted.keep(cell, templates.literal(cell.text))
        for number, row in enumerate(map(self.sheet.without_number, range(len(self.sheet.rows)))):
            if number in repeated:
                region = next(one for one in self.regions if one.first <= number < one.end)
                self.heads = region.heads_above()
                self.indicator_heads = self.heads if region.each == "indicators" else []
            elif number in matrices:
                self._matrix(row, matrices[number])
            elif number in heads:
                self._all_labels(row)
            elif row:
                self._row(number, row)
        for cell, template in self.goals.fields():
            self.noted.keep(cell, template)

    def _all_labels(self, row: Sequence[FilledCell]) -> None:
        self.heads, self.waiting = [], None
        counts = bool(row) and self.sheet.counts_columns(row[0].row)
        for cell in row:
            if field_labels.is_amount(cell.text) and not counts:
                self._value(cell, "facts.其他")
            else:
                self._label(cell)

    def _matrix(self, row: Sequence[FilledCell], heads: list[HeadAbove]) -> None:
        """Read a row of heads whose words nobody knows; a label left of them may reach lower."""
        self._all_labels(row)
        self.section = row[0] if row and row[0].rows > 1 else self.section
        self.heads = heads

    def _label(self, cell: FilledCell) -> None:
        """Note that a cell is a label; the points that some labels state are a value."""
        if not (goal_cells.is_part(cell.text) or goal_cells.is_number(cell.text)):
            self.goals_label = cell if goal_cells.is_label(cell.text) else None
        self.noted.label(cell)

    def _value(self, cell: FilledCell, path: str, under: Under | None = None) -> None:
        """Note that a cell is a value; a field that is another's already gets a name of its own.

        Goals under the label `under` that has some already are further goals.
        """
        if path == "name" and self.noted.coded(cell):
            return
        self.goals.in_row = self.goals.in_row or path in LISTS
        if self.goals.goes_on(path, cell, under):
            return
        self.noted.value(cell, path)

    def _row(self, number: int, row: Sequence[FilledCell]) -> None:
        section = self.sheet.section(number)
        if above := self._goals_above(row):
            section = above
            self._label(row[0])
            row = row[1:]
        if self.sheet.leaves_section(self.section, number) and not self._divides_section(row[0]):
            self.heads = [head for head in self.heads if head.of_region or head.end]
        self.section = row[0] if row[0].rows > 1 else section
        cells = list(row)
        if len(cells) == 1 and cells[0].columns > 1 and section is None:
            if not self._says(cells[0], None):
                self._alone(cells[0])
            return
        self.heads = [head for head in self.heads if self.sheet.reaches(head, number)]
        pending: FilledCell | None = None
        self.row_label, self.goals.in_row = None, False
        self.goals_label = next(
            (one for one in (section, self.waiting) if one and goal_cells.is_label(one.text)), None
        )
        unused: list[FilledCell] = []
        for at, cell in enumerate(cells):
            following = cells[at + 1 :]
            if self._states(cell, section) or self._says(cell, pending):
                pending = None
            elif self._is_label(cell, pending, following, section):
                self._label(cell)
                pending = self.row_label = label_roles.of_adjusting(cell, cells[0], following)
                unused = [*unused, pending]
            else:
                self._beside(cell, pending, section)
                if pending is not None:
                    unused = [one for one in unused if one is not pending]
                pending = None
        self._stand_above(number, unused, cells)

    def _goals_above(self, row: Sequence[FilledCell]) -> FilledCell | None:
        """The label of goals above, where a row counts a further goal beside a blank cell."""
        goes_on = len(row) > 1 and not row[0].text.strip() and goal_cells.is_part(row[1].text)
        return self.goals_label if goes_on else None

    def _divides_section(self, first: FilledCell) -> bool:
        """Whether a row has a part of the money of the section that ends above it."""
        section = self.section
        return (
            section is not None
            and first.column == section.column
            and first.row == section.row + section.rows
            and value_fields.says_part(first)
            and (
                value_fields.is_about_money(section)
                or value_fields.is_all_money(field_labels.core(section.text))
            )
        )

    def _states(self, cell: FilledCell, section: FilledCell | None) -> bool:
        """Take a cell that holds labels and their amounts: `财政拨款：30.00`."""
        return self._holds(
            cell, cell_statements.amounts(cell, section, self.noted.unit, self._taken)
        )

    def _says(self, cell: FilledCell, pending: FilledCell | None) -> bool:
        """Take a cell that holds both a label and its words: `项目名称：甲项目`."""
        row = self.sheet.rows[cell.row]
        return self._holds(cell, cell_statements.words(cell, row, pending, self._taken))

    def _taken(self, cell: FilledCell, path: str) -> str:
        """Note that a part of a cell is a value; the template that stands for it."""
        self._value(cell, path)
        return self.noted.of(cell)

    def _holds(self, cell: FilledCell, template: str) -> bool:
        """Note the template of a cell that holds labels with their values, if there is one."""
        if template:
            self.noted.keep(cell, template)
        return bool(template)

    def _stand_above(
        self, number: int, unused: Sequence[FilledCell], cells: Sequence[FilledCell]
    ) -> None:
        """Labels without values are heads of what stands below them."""
        below = [cell for cell in unused if cell.rows == 1 and number + 1 < len(self.sheet.rows)]
        if len(below) > 1 or (below and len(below) == len([one for one in cells if one.text])):
            self.heads = [
                HeadAbove(one.text, one.column, one.column + one.columns) for one in below
            ]
        if self.goals_label is not self.waiting:
            self.waiting = None

    def _alone(self, cell: FilledCell) -> None:
        """A row of one cell: a heading, or the text below one."""
        label, self.waiting = self.waiting, None
        if label is not None and (
            goal_cells.place(label) not in self.goals.under or goal_cells.is_goal(cell.text)
        ):
            self._value(
                cell,
                value_fields.of_value(cell.text, label, evaluation=self.evaluation),
                goal_cells.place(label),
            )
            self.waiting = label
        elif goal_cells.is_label(cell.text):
            self._label(cell)
            self.waiting = cell
        elif len(bare_text(cell)) > _MAX_LABEL:
            self._value(cell, "facts.其他")
        else:
            self._label(cell)

    def _is_label(
        self,
        cell: FilledCell,
        pending: FilledCell | None,
        following: Sequence[FilledCell],
        section: FilledCell | None,
    ) -> bool:
        """Whether a cell is a label, by its words or else by what stands around it."""
        if not cell.text.strip() or any(head.of_values for head in self.heads):
            return False
        known = field_labels.is_label(cell.text) or self._is_of_one_goal(cell.text, following)
        if known and not label_roles.awaits_words(pending, cell, following):
            return True
        is_goal = self.goals_label is not None and (not following or goal_cells.is_goal(cell.text))
        is_long = len(bare_text(cell)) > _MAX_LABEL
        if field_labels.is_amount(cell.text) or is_long or is_goal:
            return False
        if pending is not None:
            return label_roles.is_parent(pending, cell, following)
        head = self._head(cell) if self.row_label is not None else None
        if (
            self._says_head(cell, following)
            or self._is_further_goal(cell, following)
            or (head is not None and (head.end is not None or not following))
        ):
            return False
        speaks = section is not None and field_labels.label(section.text) is not None
        return bool(following) or (not speaks and (self.row_label is not None or section is None))

    def _is_further_goal(self, cell: FilledCell, following: Sequence[FilledCell]) -> bool:
        """Whether a short text stands beside a goal as another one does; note where in doubt."""
        beside = self.goals.in_row and self.goals_label is not None and bool(following)
        return beside and self.goals.takes(cell.text)

    def _says_head(self, cell: FilledCell, following: Sequence[FilledCell]) -> bool:
        """Whether a cell is what the head above it announces, and no label of its row."""
        head = self._head(cell)
        if head is not None and goal_cells.is_part(head.text):
            return True
        path = field_labels.label(head.text) if head is not None else None
        if path in LISTS and following and goal_cells.is_no_goal(cell.text):
            return False
        return path is not None and not label_roles.names_row(following)

    def _beside(
        self, cell: FilledCell, pending: FilledCell | None, section: FilledCell | None
    ) -> None:
        """Say what a value is: by the label beside it, the head above it, or the section."""
        if pending is not None and label_roles.divide_money(pending, cell):
            self.noted.label(cell)
            return
        head = self._head(cell)
        if self.evaluation and score_rows.is_empty_sum(self.row_label, cell, head):
            self.noted.keep(cell, "")
            return
        label = pending or (self.row_label if head is not None else None)
        if label is None and head is None:
            label = self._label_around(cell, section)
        if label is None and head is None:
            self.noted.beside(cell, self.row_label, section)
            return
        label, head, under = self._of_goals(label, head)
        label = money_times.of_this_year(label, self.year)
        head = money_times.of_this_year(head, self.year)
        path = self._path(cell, label, head, money_times.of_this_year(section, self.year))
        words = next((one.text for one in (head, label) if one is not None and one.text), "")
        if words:
            self.noted.labels.setdefault(path, field_labels.core(words))
        self._value(cell, self.goals.timed(path, words), under)

    def _path(
        self,
        cell: FilledCell,
        label: FilledCell | None,
        head: HeadAbove | None,
        section: FilledCell | None,
    ) -> str:
        """The field of a value that has a label, a head or both."""
        section = label_roles.beside_sum(self.sheet, label, section)
        heading = value_fields.heading_of(self.sheet, cell, label) if head else None
        around = heading or value_fields.section_of(
            self.sheet, cell, label, self.section, evaluation=self.evaluation
        )
        above = head.text if head is not None else ""
        path = value_fields.of_value(
            stated_amounts.without_unit(cell.text, self.noted.unit),
            label,
            above,
            section or around,
            evaluation=self.evaluation,
            is_of_rows=head is not None and head.of_region,
        )
        path = self._timed(cell, label, head, section or around, path)
        path = value_fields.of_sum_of_rows(self.sheet, label, head, path)
        if not self.evaluation:
            path = value_fields.of_sum_of_money(self.sheet, label, head, cell, path)
        if self.evaluation:
            return score_rows.of_only_score(self.sheet, label, head, cell, path)
        of_all = head is not None and field_labels.SUMS.fullmatch(field_labels.core(head.text))
        if label and head and not of_all:
            return path
        around = money_times.of_this_year(around, self.year)
        return value_fields.of_sum(self.sheet, label or head, around, cell.text, path)

    def _timed(
        self,
        cell: FilledCell,
        label: FilledCell | None,
        head: HeadAbove | None,
        announced: FilledCell | None,
        path: str,
    ) -> str:
        """The field of money by the time and the source that its label and head say."""
        if label is not None:
            path = value_fields.of_one_source(self.sheet, label, path)
        if label is not None and self.evaluation and not (head and head.text):
            path = value_fields.of_fund(self.sheet, label, cell.text, path)
        elif label is not None:
            only = "budget.total" not in self.noted.values and not self.term_money
            path = money_times.of_term(
                self.sheet, label, path, self.term_money, self.year, is_only_term=only
            )
        path = money_times.of_years(self.heads, head, label, path, self.year)
        if label is None and announced is not None and value_fields.announces_money(announced):
            path = money_times.of_years_alone(self.heads, head, cell.text, path, self.year)
        return path

    def _label_around(self, cell: FilledCell, section: FilledCell | None) -> FilledCell | None:
        """The label that speaks for a cell beside which none stands."""
        if self.goals_label and cell.text.strip() and not field_labels.is_amount(cell.text):
            return self.goals_label
        alone = len(self.sheet.rows[cell.row]) == 1  # so that the section can only speak of it
        known = section is not None and field_labels.label(section.text) is not None
        return section if alone or (known and cell.text.strip()) else None

    def _of_goals(
        self, label: FilledCell | None, head: HeadAbove | None
    ) -> tuple[FilledCell | None, HeadAbove | None, Under | None]:
        """The label and head that say what a value is, without those of single goals.

        The third is what further goals would have to be under.
        """
        if head is not None and goal_cells.is_part(head.text):
            label, head = self.goals_label or label, None
        elif label is not None and self._is_of_one_goal(label.text, [label]):
            label = (
                None
                if head is not None and field_labels.label(head.text) in LISTS
                else self.goals_label
            )
        elif label and not (head or self.section) and goal_cells.is_part(label.text):
            return goal_cells.without_number(label), None, goal_cells.NO_LABEL
        if head is not None:
            return label, head, (-1, head.left)
        return label, head, goal_cells.place(label) if label is not None else None

    def _is_of_one_goal(self, text: str, following: Sequence[FilledCell]) -> bool:
        """Whether a text is the label or number of one goal of those under another label."""
        return self.goals_label is not None and (
            goal_cells.is_part(text) or (bool(following) and goal_cells.is_number(text))
        )

    def _head(self, cell: FilledCell) -> HeadAbove | None:
        name = field_labels.core(self.row_label.text) if self.row_label is not None else ""
        heads = [*self.heads, *self.indicator_heads]  # a wide cell above a sum may cut the former
        return score_rows.head_above(name, cell, heads)
