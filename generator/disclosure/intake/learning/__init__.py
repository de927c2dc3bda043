"""A table that no known form fits → a form of its own, and what stands in its fields.

A form is learned, not programmed: from the words of the table, where its cells stand and what
repeats. What was learned must give the table back cell by cell, and every cell must have its
place; where a rule about merged cells or a meaning does not, the plainer one is taken.

- field_labels: what heads and labels mean
- cell_map, regions, time_blocks: the table by its columns, the rows in it that repeat, and which
  of them are of the whole term
- wide_cells: cells that are merged across columns of repeated rows
- column_meanings, columns, joined, task_fields, year_heads: what the columns of repeated rows hold
- project_columns: tables that no form can say, for their projects stand side by side
- labelled_values, noted_fields, value_fields, money_times: labels and values in all other rows
- cell_statements, stated_amounts: labels with their values in one cell, amounts with their unit
- coded_names, row_numbers: codes within names, numbers that count the rows of a form
- matrix_heads: heads that nobody knows above numbers
- form_building, lines, widths: the form's rows, the lines around them, how wide its columns are
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from disclosure.forms import faults, templates
from disclosure.forms.filling import fill
from disclosure.forms.form import Form, FormBlock, FormCell, Kind, cells_of
from disclosure.forms.grid import Grid
from disclosure.forms.matching import Matched, match
from disclosure.intake.formats import labels
from disclosure.intake.learning import (
    columns,
    field_labels,
    form_building,
    joined,
    lines,
    merged_cells,
    money_times,
    project_columns,
    regions,
    stated_amounts,
    term_columns,
    wide_cells,
    year_heads,
)
from disclosure.intake.learning.cell_map import (
    MONEY_UNITS,
    CellMap,
    RepeatedRows,
    bare_text,
)
from disclosure.intake.learning.columns import LearnedColumn
from disclosure.intake.learning.labelled_values import LabelledValues
from disclosure.intake.learning.noted_fields import NotedFields
from disclosure.intake.learning.widths import orientation, widths
from disclosure.model.whitespace import squeezed

#: What a form is called whose table has no title.
_NAMES: Mapping[Kind, str] = {
    "project": "项目绩效目标表",
    "projects": "项目绩效目标一览表",
    "department": "部门整体绩效目标表",
    "evaluation": "项目绩效自评表",
    "department-evaluation": "部门整体绩效自评表",
}

__all__ = ["LearnedForm", "Printed", "learn"]


class Printed(Struct, frozen=True):
    """A table with the lines around it.

    Attributes:
        grid: The table.
        title: Its title, "" where none was printed above it.
        above: The other lines above it.
        below: The lines below it.
        units: The names of the department's units by code, one of which a line may state.
    """

    grid: Grid
    title: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)


class LearnedForm(Struct, frozen=True):
    """A form learned from a table.

    Attributes:
        form: The form; its id is given later.
        matched: What the table says in it.
        exact: Whether the filled form is the table again, cell by cell.
    """

    form: Form
    matched: Matched
    exact: bool


def learn(printed: Printed, known: Mapping[str, str]) -> LearnedForm | None:
    """The form of a table of targets; None where it is none, or no form gives it back.

    Args:
        printed: The table with the lines around it.
        known: What stands in fields of every table of the year, such as `year`, `department`.
    """
    sheet = CellMap(wide_cells.split_cells(printed.grid))
    found = regions.repeated_rows(sheet)
    if not found or project_columns.has_project_columns(sheet):
        return None
    for region in found:
        year = known.get("year", "")
        region.leaves = year_heads.of_region(sheet, region, year)
    learner = _Learner(sheet, found, printed, known)
    return learner.learned()


class _Learner(Struct):
    sheet: CellMap
    regions: Sequence[RepeatedRows]
    printed: Printed
    known: Mapping[str, str]
    department: str = ""
    is_named_above: bool = False
    printed_levels: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def evaluation(self) -> bool:
        """Whether the table evaluates: it has actual values, or says so in its title."""
        heads = {field_labels.column(leaf.head) for leaf in regions.main_of(self.regions).leaves}
        return "actual" in heads or "自评" in self.printed.title

    def learned(self) -> LearnedForm | None:
        noted = NotedFields(self._unit_of_amounts())
        single_rows = LabelledValues(
            self.sheet, self.regions, self.evaluation, noted, self.known.get("year", "")
        )
        single_rows.read()
        values = single_rows.noted.values
        if single_rows.goals.doubtful or _names_two(values) or self._is_in_doubt():
            return None
        blocks = {region.first: self._block(region) for region in self.regions}
        paths = self._paths(blocks)
        kind = self._kind(single_rows)
        names = self._names(single_rows, kind)
        rename = _renamed({*values, *paths}, self.known.get("year", ""))
        self.department = values.get("department", "")
        cells = {at: self._cell(template, rename, names, kind)
                 for at, template in single_rows.noted.templates.items()}  # fmt: skip
        made = form_building.FormBuilder(
            self.sheet, {region.first: region for region in self.regions}, blocks, cells
        )
        form = self._form(kind, made.rows(), names)
        fixed = {path: text for path, text in self.known.items() if path in {"year", "department"}}
        matched = match(form, Grid(self.sheet.width, self.sheet.rows), fixed)
        if matched is None:
            return None
        filled = fill(form, matched.values)
        if not _says_the_same(filled, self.printed.grid) or any(faults.wrong_rows(form)):
            return None
        return LearnedForm(form, matched, filled.prints_same(self.printed.grid))

    def _is_in_doubt(self) -> bool:
        """Whether indicators stand side by side or in two parts, or amounts have two units.

        No form says a list of evaluated projects, nor an evaluation of the whole term.
        """
        beside = any(map(self._is_side_by_side, self.regions))
        others = {"projects", "term_indicators"}.intersection(one.each for one in self.regions)
        return (
            beside
            or (bool(others) and self.evaluation)
            or len(self._units()) > 1
            or regions.others_below(self.sheet, self.regions)
            or regions.projects_below(self.sheet, self.regions)
        )

    def _is_side_by_side(self, region: RepeatedRows) -> bool:
        """Whether two indicators stand in one row, and not one of the term and one of the year."""
        names = [field_labels.core(leaf.head) for leaf in region.leaves
                 if field_labels.column(leaf.head) == "level3"]  # fmt: skip
        return len({*names}) < len(names) and not term_columns.columns_of_term(self.sheet, region)

    def _paths(self, blocks: Mapping[int, FormBlock]) -> set[str]:
        """The fields that repeated rows have."""
        return {
            path
            for block in blocks.values()
            for cell in cells_of(block.rows)
            for path in templates.fields(cell.text or "")
        }

    def _block(self, region: RepeatedRows) -> FormBlock:
        found = columns.columns(
            self.sheet, region, self._unit_of_amounts(), evaluation=self.evaluation
        )
        if region.each == "projects" and not any(column.joined for column in found):
            projects = _projects(self.sheet, region, found)
        else:
            projects = {}
        cells = merged_cells.merged(self.sheet, region, found, projects)
        if any(column.joined for column in found):
            self._number_levels(region, found)
        return form_building.block(region, cells, self._sum(region, cells))

    def _number_levels(self, region: RepeatedRows, found: Sequence[LearnedColumn]) -> None:
        """Take the numbers before the names of levels for the form's way of printing them."""
        column = next(column for column in found if column.joined)
        items = (
            item
            for cell in self.sheet.column_cells(region, column.leaf)
            if cell is not None and cell.text.strip()
            for item in joined.items(column.template, cell.text)
        )
        self.printed_levels = joined.numbered_levels(items)

    def _sum(self, region: RepeatedRows, cells: Sequence[FormCell]) -> tuple[FormCell, ...] | None:
        """The row of a sum among the projects of a list."""
        if not region.sums:
            return None
        rows = [self.sheet.rows[number] for number in sorted(region.sums)]
        return form_building.sum_row(region.leaves, cells, rows)

    def _kind(self, single_rows: LabelledValues) -> Kind:
        title = self.printed.title + "".join(self.printed.above) + self._first_row()
        whole = "整体" in title or any(region.each == "tasks" for region in self.regions)
        values = single_rows.noted.values
        of_project = "项目" in title and not re.search("部门|单位", title)
        whole = whole or ("name" not in values and "department" in values and not of_project)
        if self.evaluation:
            return "department-evaluation" if whole else "evaluation"
        if any(region.each == "projects" for region in self.regions):
            return "projects"
        return "department" if whole and "name" not in values else "project"

    def _first_row(self) -> str:
        cells = self.sheet.rows[0] if self.sheet.rows else ()
        return bare_text(cells[0]) if len(cells) == 1 else ""

    def _names(self, single_rows: LabelledValues, kind: Kind) -> dict[str, str]:
        """The names that may stand within a title or a cell."""
        name = single_rows.noted.values.get("name", "") if kind in {"project", "evaluation"} else ""
        if kind in {"project", "evaluation"} and not name:
            found = labels.TITLE.search(squeezed(self.printed.title))
            name = lines.name_in(found["name"]) if found else ""
            self.is_named_above = True
            name = "" if self._names_whose(name) else name
        known = {"name": name, **self.known}
        return {path: text for path, text in known.items() if text}

    def _names_whose(self, name: str) -> bool:
        """Whether a name in a title is no more than whose the table is, and of which year."""
        rest = name.replace(squeezed(self.known.get("department", "")), "")
        return not rest or bool(labels.YEAR_LINE.fullmatch(rest))

    def _cell(
        self, template: str, rename: Mapping[str, str], names: Mapping[str, str], kind: Kind
    ) -> str:
        """A cell's template; a title within the table holds names as one above it does."""
        fields = templates.fields(template)
        if fields == ("department",) and kind != "projects":
            said_here = squeezed(self.department)
            same_name = said_here == squeezed(self.known.get("department", ""))
            return template if same_name else "{facts.部门名称}"
        for path in fields:
            template = template.replace(f"{{{path}}}", f"{{{rename.get(path, path)}}}")
        plain = "".join(part.words for part in templates.parts(template))
        if not fields and len(plain) > len("项目绩效目标表") and "表" in plain:
            return lines.template(plain, names)
        return template

    def _form(self, kind: Kind, rows: tuple[object, ...], names: Mapping[str, str]) -> Form:
        units = self.printed.units
        above = [lines.line(text, names, units)[0] for text in self.printed.above]
        below = [lines.line(text, names, units)[0] for text in self.printed.below]
        wide = widths(self.printed.grid)
        return Form.model_validate(
            {
                "schema": "form/1",
                "id": "learned",
                "name": self._name(names) or _NAMES[kind],
                "kind": kind,
                "title": lines.title(self.printed.title, names, names=self.is_named_above)[0]
                or None,
                "above": tuple(above),
                "below": tuple(below),
                "money": self._money() or self._unit_of_amounts() or None,
                "columns": self.sheet.width,
                "orientation": orientation(wide),
                "widths": wide,
                "printed": self.printed_levels,
                "rows": rows,
            }
        )

    def _name(self, names: Mapping[str, str]) -> str:
        """What the form is called: the printed title without the names that change."""
        title = squeezed(self.printed.title) or self._first_row()
        return re.sub(r"\{[^{}]*\}[.．、]?年?度?", "", lines.title(title, names)[0])

    def _money(self) -> str | None:
        """The unit of money that the labels state, or else a line around them or any cell."""
        around = (*self.printed.above, self.printed.title, *self.printed.below)
        cells = (cell.text for row in self.sheet.rows for cell in row)
        stated = (labels.money_unit(text) for text in (*around, *cells))
        return next((unit for unit in (*self._units(), *stated) if unit), None)

    def _unit_of_amounts(self) -> str:
        """The unit that amounts state behind them, where nothing else says another."""
        unit = stated_amounts.unit(self.sheet, self.regions)
        return unit if self._money() in {None, unit} else ""

    def _units(self) -> set[str]:
        """The units of money that the labels of the table state, and the heads of its money."""
        texts = (cell.text for row in self.sheet.rows for cell in row)
        listed = (region for region in self.regions if region.each != "indicators")
        heads = (leaf.head for region in listed for leaf in region.leaves)
        said = (*heads, *filter(field_labels.is_label, texts))
        beside = stated_amounts.beside(self.sheet, self.regions)
        below = {
            bare_text(cell).strip("()（）")
            for region in self.regions
            for row in region.heads()
            if self.sheet.states_units(row)
            for cell in self.sheet.rows[row]
        }
        beside |= below & MONEY_UNITS
        return beside | {unit for unit in map(labels.money_unit, said) if unit}


def _names_two(values: Mapping[str, str]) -> bool:
    """Whether a table names another project below the first."""
    facts = {path.removeprefix("facts.").rstrip("0123456789"): text
             for path, text in values.items() if path.startswith("facts.")}  # fmt: skip
    return any(text.strip() and field_labels.label(name) == "name" for name, text in facts.items())


def _renamed(paths: set[str], year: str) -> dict[str, str]:
    """A sum of several years where none of the year is printed is the sum."""
    of_year = any(money_times.says_money_of_year(path, year or "[0-9]{4}") for path in paths)
    if "budget.term_total" in paths and "budget.total" not in paths and not of_year:
        return {"budget.term_total": "budget.total"}
    return {}


def _projects(
    sheet: CellMap, region: RepeatedRows, found: Sequence[LearnedColumn]
) -> dict[int, int]:
    """Which project each row of a list belongs to."""
    names = [column for column in found if {"name", "code"} & {*templates.fields(column.template)}]
    own = [
        column
        for column in found
        if {"budget.total", "goals"} & {*templates.fields(column.template)}
    ]
    made: dict[int, int] = {}
    project, before = -1, None
    for at in range(region.end - region.first):
        cells = [sheet.at(region.first + at, column.leaf.left) for column in names]
        tall = any(cell is not None and cell.rows > 1 for cell in cells)
        here = tuple(map(id, cells)) if tall else tuple(map(bare_text, cells))
        if not tall and before is not None and not any(here):
            here = before  # blank below the name of the same project
        if tall and here == before and _begins_entry(sheet, own, region.first + at):
            before = None  # the same name beside the money and goal of another unit
        project += here != before
        made[at], before = project, here
    return made


def _begins_entry(sheet: CellMap, own: Sequence[LearnedColumn], row: int) -> bool:
    """Whether both the money and the goal of a project begin in a row."""
    cells = [sheet.at(row, column.leaf.left) for column in own]
    return len(cells) > 1 and all(
        cell is not None and cell.row == row and bool(bare_text(cell)) for cell in cells
    )


def _says_the_same(one: Grid, other: Grid) -> bool:
    """Whether two grids hold the same texts, wherever their cells are merged."""
    return {bare_text(cell) for cell in one.cells()} - {""} == {
        bare_text(cell) for cell in other.cells()
    } - {""}
