"""Each table of targets in its form: one that ships, one of the data folder, or a learned one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.forms import capturing, divided_goals, library, templates
from disclosure.forms.filling import fill, fill_lines
from disclosure.forms.form import Form, FormBlock
from disclosure.forms.grid import Grid
from disclosure.forms.matching import Matched, PlacedField, match
from disclosure.forms.values import Values
from disclosure.intake import learning
from disclosure.intake.formats import labels
from disclosure.intake.learning import Printed, field_labels, joined, lines
from disclosure.intake.understanding import (
    blank_lists,
    ellipses,
    filled_in,
    level_rows,
    shared_amounts,
)
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.target_table import TargetTable, lowered
from disclosure.intake.understanding.unread_tables import Unread
from disclosure.model.departments import Department
from disclosure.model.fields import MONEY
from disclosure.model.whitespace import squeezed

_MAX_IN_A_NAME = 3  # times that the name of an indicator says so
_MANY = 20  # names of which one may be odd
#: What the department's own data says, whatever a table prints.
_OF_YEAR = ("year", "department")
_AMOUNTS = re.compile(r"budget\.|amount$|score$|points$")


class ReadTable(Struct, frozen=True):
    """What a table says.

    Attributes:
        number: Which table of targets of the document it is, from 0.
        form: Its form.
        values: What stands in the form's fields, those of the lines around it among them.
        title: Its title where the form has another one.
        is_learned: Whether the form was learned from this document.
        is_exact: Whether the filled form is the printed table.
        is_blank: Whether it is an empty form, which stands for nothing.
        pages: The pages it is on.
        heading: Its title as printed, for reports.
        dotted: How many rows of indicators held no more than dots.
        shared: What to say of amounts that several names share.
    """

    number: int
    form: Form
    values: Values
    title: str | None
    is_learned: bool
    is_exact: bool
    is_blank: bool
    pages: tuple[int, ...] = ()
    heading: str = ""
    dotted: int = 0
    shared: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Its title in a report, without the name of a project."""
        name = squeezed(self.values.texts.get("name", ""))
        return squeezed(self.heading).replace(name, "") or self.form.name


class TargetTableReader(Struct):
    """Reads one table after the other; a form learned from one may be that of the next.

    Attributes:
        ledger: The accounts of the document.
        known: What stands in fields of every table of the year: `year`, `department`.
        forms: The forms to try, in order.
        units: The names of the department's units, by code.
        learned: The forms learned so far.
        tables: What was read.
        unread: Tables of targets that no form gives back.
    """

    ledger: Ledger
    known: Mapping[str, str]
    forms: Sequence[Form]
    units: Mapping[str, str] = field(default_factory=dict)
    learned: list[Form] = field(default_factory=list)
    tables: list[ReadTable] = field(default_factory=list)
    unread: list[TargetTable] = field(default_factory=list)

    def read(self, table: TargetTable) -> None:
        """Read a table; one that cannot be read wholly is left for the report."""
        number = len(self.tables)
        chosen = self._known_form(table)
        others = (*filter(None, (table.titled,)), *lowered(table)) if chosen is None else ()
        for other in others:
            if chosen := self._known_form(other):
                table = other
                break
        chosen = chosen or self._learned_form(table)
        if chosen is None and blank_lists.is_blank(table.grid):
            self._add_blank(table)
            return
        if chosen is None:
            self.unread.append(table)
            return
        form, matched, exact = chosen
        matched, headed = level_rows.without(matched)
        matched, dotted = ellipses.without(matched)
        exact = exact and not headed
        form, line_values, title = self._with_lines(form, matched, table)
        line_values = {path: text for path, text in line_values.items() if path not in _OF_YEAR}
        values = replace(matched.values, texts={**line_values, **matched.values.texts})
        is_blank = not filled_in.says_something(values)
        printed = table.printed
        if form not in self.forms and form not in self.learned and not is_blank:
            self.learned.append(form)
        self.tables.append(
            ReadTable(number, form, values, title, form in self.learned, exact, is_blank,
                      table.pages, printed.title or _first(printed.grid), dotted,
                      shared_amounts.doubts(matched, table.grid))
        )  # fmt: skip
        self._account(table, None if is_blank else matched, number)

    def _add_blank(self, table: TargetTable) -> None:
        """Note a list that has no rows."""
        printed = table.printed
        form, number = blank_lists.blank_form(printed), len(self.tables)
        heading = printed.title or _first(printed.grid)
        self.tables.append(
            ReadTable(number, form, Values({}, {}), None, is_learned=False, is_exact=True,
                      is_blank=True, pages=table.pages, heading=heading)
        )  # fmt: skip
        self._account(table, None, number)

    def unread_places(self) -> Iterator[Unread]:
        """What to say of the tables that could not be read."""
        for table in self.unread:
            place = next((text.place for text in table.cell_texts() if text.bare), "")
            yield Unread(table.printed.title or _first(table.grid), table.pages, place)

    def names(self) -> set[str]:
        """The names of the projects that the tables are about."""
        of_tables = [table.values for table in self.tables]
        listed = [one for values in of_tables for one in values.lists.get("projects", ())]
        return {squeezed(one.texts.get("name", "")) for one in (*of_tables, *listed)} - {""}

    def _known_form(self, table: TargetTable) -> tuple[Form, Matched, bool] | None:
        """The form whose filled grid is the table; of several the first that has its title."""
        first = None
        for form in (*self.learned, *self.forms):
            for read in _readable(form, table):
                matched = match(read, table.grid, self._fixed())
                if matched is None or not _amounts_hold(matched):
                    continue
                if _prints_same(fill(read, matched.values), table.grid):
                    first = first or (form, matched, True)
                    if self._has_title(form, matched, table):
                        return form, matched, True
                    break
        return first

    def _has_title(self, form: Form, matched: Matched, table: TargetTable) -> bool:
        """Whether a form prints the title that a table has."""
        texts = {**self.known, **matched.values.texts}
        found = capturing.captured(form.title or "", table.printed.title)
        return found is not None and all(_agrees(texts, *one) for one in found.items())

    def _learned_form(self, table: TargetTable) -> tuple[Form, Matched, bool] | None:
        found = learning.learn(self.printed(table), self.known)
        if found is None or _is_misread(found.matched.values):
            return None
        values = found.matched.values
        said = found.form.kind == "project" and filled_in.says_something(values)
        if said and _is_nobodys(values):
            return None
        return found.form, found.matched, found.exact

    def printed(self, table: TargetTable) -> Printed:
        """A table with the units that a line above it may state."""
        return replace(table.printed, units=self.units)

    def _fixed(self) -> dict[str, str]:
        return {path: text for path, text in self.known.items() if path in _OF_YEAR}

    def _with_lines(
        self, form: Form, matched: Matched, table: TargetTable
    ) -> tuple[Form, dict[str, str], str | None]:
        """The form with the lines around this table, what they say, and the title if it differs."""
        printed = table.printed
        texts = {**self.known, **matched.values.texts}
        titled = _said(form.title or "", printed.title, texts) or _named(form, printed.title, texts)
        line_values = dict(titled)
        around = (form.above, printed.above), (form.below, printed.below)
        for template, line in (pair for lines_ in around for pair in _aligned(*lines_)):
            line_values |= _said(template, line, texts)
        filled = fill_lines(form, Values({**texts, **line_values}))
        if [*map(squeezed, filled.above)] != [*map(squeezed, printed.above)] or [
            *map(squeezed, filled.below)
        ] != [*map(squeezed, printed.below)]:
            form, own = self._other_lines(form, {**texts, **titled}, table)
            line_values = {**titled, **own}  # the title may be all that names the project
            filled = fill_lines(form, Values({**texts, **line_values}))
        same_title = squeezed(filled.title) == squeezed(printed.title)
        return form, line_values, None if same_title else printed.title or None

    def _other_lines(
        self, form: Form, texts: Mapping[str, str], table: TargetTable
    ) -> tuple[Form, dict[str, str]]:
        """The same form with other lines around it, which is a form of its own."""
        names = {path: text for path in ("name", *self.known) if (text := texts.get(path))}
        printed = table.printed
        above = [lines.line(text, names, self.units) for text in printed.above]
        below = [lines.line(text, names, self.units) for text in printed.below]
        line_values = {path: text for _, found in (*above, *below) for path, text in found.items()}
        made: dict[str, object] = {
            "above": tuple(template for template, _ in above),
            "below": tuple(template for template, _ in below),
        }
        if not printed.title or squeezed(printed.title) != squeezed(
            templates.filled(form.title or "", lambda path: texts.get(path, ""))
        ):
            made["title"] = lines.title(printed.title, names)[0] or None
        if unit := _unit_around(table):
            made["money"] = unit
        other = form.model_copy(update={**made, "id": "learned"})
        known = next((one for one in (*self.learned, *self.forms) if alike(one, other)), None)
        return known or other, line_values

    def _account(self, table: TargetTable, matched: Matched | None, number: int) -> None:
        """Say where each text of the table went; one that is blank says nothing."""
        for found in matched.found if matched is not None else ():
            text = table.text_of(found.cell)
            if squeezed(found.text) and self.ledger.is_open(text):
                self.ledger.place(text, found.text, _where(number, found))
        for text in table.cell_texts():
            self.ledger.mark_boilerplate(text)
        for line in table.lines():
            self.ledger.mark_boilerplate(line.source)


def read_all(
    targets: Iterable[TargetTable],
    ledger: Ledger,
    department: Department,
    own: Sequence[Form],
    year: int,
) -> TargetTableReader:
    """Read tables of targets of a department, which has the names of that year."""
    known = {"year": str(year), "department": department.name}
    units = {unit.code: unit.name for unit in department.units}
    forms = [*map(library.shipped, library.known()), *own]
    reader = TargetTableReader(ledger, known, forms, units)
    for target in targets:
        reader.read(target)
    return reader


def _readable(form: Form, table: TargetTable) -> Iterator[Form]:
    """A form, and the same without its empty rows: a table is read without them."""
    yield form
    if table.piece is None:
        return
    rows = tuple(
        row for row in form.rows if isinstance(row, FormBlock) or any(cell.text for cell in row)
    )
    if len(rows) < len(form.rows):
        yield form.model_copy(update={"rows": rows})


def _where(number: int, found: PlacedField) -> tuple[str | int, ...]:
    items = (part for item in found.items for part in item)
    path = divided_goals.list_and_index(found.path) or (found.path,)
    return ("table", number, *items, *path)


def _prints_same(one: Grid, other: Grid) -> bool:
    """Whether both print the same, also where a page draws columns that no cell begins in."""
    return one.without_unused_columns().prints_same(other.without_unused_columns())


def _unit_around(table: TargetTable) -> str | None:
    """The unit of money that the lines around a table state, where no label in it states one."""
    texts = (cell.text for cell in table.grid.cells())
    if any(labels.money_unit(text) for text in texts if field_labels.is_label(text)):
        return None
    around = (labels.money_unit(line.text) for line in table.lines())
    return next((unit for unit in around if unit), None)


def _aligned(templates_: Sequence[str], printed: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each printed line with the template it was printed with; a form may leave lines out."""
    left = iter(templates_)
    for line in printed:
        template = next((one for one in left if _prints(one, line)), None)
        if template is not None:
            yield template, line


def _prints(template: str, line: str) -> bool:
    """Whether a form prints a line so; the number of a table is nothing else, such as a unit."""
    if template == lines.TABLE_NUMBER and not lines.is_number(line):
        return False
    return capturing.captured(template, line) is not None


def _said(template: str, line: str, texts: Mapping[str, str]) -> dict[str, str]:
    """What a line says that is not known yet; nothing where it contradicts what is."""
    found = capturing.captured(template, line) or {}
    if not all(_agrees(texts, *one) for one in found.items()):
        return {}
    return {path: text for path, text in found.items() if path not in texts}


def _named(form: Form, title: str, texts: Mapping[str, str]) -> dict[str, str]:
    """The name in a title that is not that of the form, where nothing else names the project."""
    found = labels.TITLE.fullmatch(squeezed(title))
    if "name" in texts or "name" not in templates.fields(form.title or "") or found is None:
        return {}
    return {"name": name} if (name := lines.name_in(found["name"])) else {}


def _agrees(texts: Mapping[str, str], path: str, text: str) -> bool:
    return path not in texts or squeezed(texts[path]) == squeezed(text)


def alike(one: Form, other: Form) -> bool:
    """Whether two forms print the same whatever they are called."""
    named = {"id": "", "name": ""}
    return one.model_copy(update=named) == other.model_copy(update=named)


def _is_misread(values: Values) -> bool:
    """Whether heads were taken for a project, or lists of indicators for the names of some.

    One such name among many is the document's own: it is said where the table is doubted.
    """
    items = [*_items(values)]
    names = [name for item in items if (name := item.texts.get("level3", ""))]
    wrong = [name for name in names if holds_several(name)]
    headed = any(field_labels.label(item.texts.get("name", "")) == "name" for item in items)
    return headed or (bool(wrong) and len(wrong) * _MANY >= len(names))


def holds_several(name: str) -> bool:
    """Whether the name of an indicator is a list of several, or holds its target."""
    return name.count("指标") > _MAX_IN_A_NAME or joined.states_target(name)


def _items(values: Values) -> Iterator[Values]:
    yield values
    for items in values.lists.values():
        for item in items:
            yield from _items(item)


def _is_nobodys(values: Values) -> bool:
    """Whether indicators stand alone, so that nothing tells whose they are."""
    told = ("name", "code", "purpose", "budget.", "facts.")
    return "indicators" in values.lists and not any(
        text.strip() and (path.startswith(told) or divided_goals.list_and_index(path))
        for path, text in values.texts.items()
    )


def _amounts_hold(matched: Matched) -> bool:
    """Whether whatever stands for an amount is one, so that no word is taken for money."""
    return all(
        not found.text.strip()
        or not _AMOUNTS.search(found.path)
        or _is_of_fund(found)
        or bool(re.fullmatch(MONEY, found.text.strip(), re.ASCII))
        for found in matched.found
    )


def _is_of_fund(found: PlacedField) -> bool:
    """Whether it is a cell of the money of an evaluation, which may say `--` or `100%`."""
    return found.path.startswith("funds.") or any(name == "funds" for name, _ in found.items)


def _first(grid: Grid) -> str:
    """What stands alone in the first row that is not blank."""
    said = ([cell for cell in row if cell.text.strip()] for row in grid.rows)
    cells = next(filter(None, said), [])
    return cells[0].text if len(cells) == 1 else ""
