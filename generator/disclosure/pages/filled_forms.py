"""The printed tables of a year, as views: what the data say, in the form that the document has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.forms import divided_goals
from disclosure.forms.form import Form
from disclosure.forms.grid import FilledCell
from disclosure.forms.library import form_of
from disclosure.forms.record_values import (
    PLAN_HEADING,
    TableContext,
    department_values,
    evaluation_values,
    list_values,
    project_values,
)
from disclosure.forms.values import Values
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.model.evaluations import DepartmentEvaluation, Evaluation
from disclosure.model.records import DepartmentTable, Project, ProjectList
from disclosure.model.target_table import Indicator
from disclosure.pages.form_table import FormTable, form_table
from disclosure.pages.public_notes import Notes, PublicNote, number_notes, year_notes

#: The fields that a note of the data may be about, by the field of a form that it is printed at.
_PLACES = {
    "name": "name", "purpose": "purpose", "plan_heading": "spending_plan",
    "goals": "goals", "goals.numbered": "goals", "term_goals": "term_goals",
    "budget.total": "budget", "budget.fiscal": "budget", "budget.other": "budget",
}  # fmt: skip
#: Where the note on an indicator stands: at the first of these that the form prints.
_OF_ROW = ("target", "value", "actual", "level3")


def project_form(data: DepartmentData, year: DepartmentYear, project: Project) -> FormTable:
    """The table of a project; one that was printed in a list has its own rows of that list."""
    form = form_of(project.form, "project", data.forms)
    context = TableContext(year.department, year.disclosure)
    notes = number_notes(project.notes)
    if form.kind == "projects":
        made = _list_of(year, form).model_copy(update={"sums": ()})
        at = _Notes(form, {0: notes}, {0: _names(project)})
        values = list_values(made, [project], context, form)
        return form_table(form, values, at if notes.all else None, made.title)
    at = _Notes(form, {-1: notes}, {-1: _names(project)})
    values = project_values(project, context, form)
    return form_table(form, values, at if notes.all else None, project.title)


def department_form(data: DepartmentData, year: DepartmentYear) -> FormTable | None:
    """The target table of the whole department; None where the document has none."""
    table = year.disclosure.department_table
    if table is None:
        return None
    form = form_of(table.form, "department", data.forms)
    notes = number_notes(table.notes, len(year.disclosure.notes))
    at = _Notes(form, {-1: notes}, {-1: _names(table)}, [task.name for task in table.tasks])
    values = department_values(table, TableContext(year.department, year.disclosure), form)
    return form_table(form, values, at if notes.all else None, table.title)


class ListTable(Struct, frozen=True):
    """A table that lists several projects.

    Attributes:
        table: The filled form.
        notes: The notes on all its projects, numbered through.
        projects: The projects in it.
        changed: Whether one of them is not as first published.
    """

    table: FormTable
    notes: tuple[PublicNote, ...]
    projects: tuple[Project, ...]
    changed: bool


def list_tables(
    data: DepartmentData, year: DepartmentYear, *, in_force: bool
) -> tuple[ListTable, ...]:
    """The lists of projects of a year: as first published, or with the versions in force."""
    members: dict[str, list[Project]] = {}
    changed: set[str] = set()
    for one in year.projects:
        shown = _shown(one, in_force=in_force)
        form = form_of(shown.form, "project", data.forms) if shown.form else None
        if form is not None and form.kind == "projects":
            members.setdefault(form.id, []).append(shown)
            if len(one.versions) > 1:
                changed.add(form.id)
    return tuple(
        _list_table(data, year, projects, changed=form_id in changed)
        for form_id, projects in members.items()
    )


def year_part(year: DepartmentYear, part: range, *, in_force: bool) -> DepartmentYear:
    """A year with some of its projects, for lists that are cut: each sum stays where it stands.

    A sum that stands before no project of its list ends the list, and so stands on the part with
    the last of these projects. `in_force` says which versions the lists show.
    """
    shown = [_shown(one, in_force=in_force) for one in year.projects]

    def cut(made: ProjectList) -> ProjectList:
        members = {one.id: at for at, one in enumerate(shown) if one.form == made.form}
        last = max(members.values(), default=part.start)
        sums = tuple(one for one in made.sums if members.get(one.before or "", last) in part)
        return made.model_copy(update={"sums": sums})

    lists = tuple(map(cut, year.disclosure.project_lists))
    disclosure = year.disclosure.model_copy(update={"project_lists": lists})
    return replace(year, projects=year.projects[part.start : part.stop], disclosure=disclosure)


def _shown(project: ProjectYear, *, in_force: bool) -> Project:
    return project.current if in_force else project.versions[0].project


def _list_table(
    data: DepartmentData, year: DepartmentYear, projects: Sequence[Project], *, changed: bool
) -> ListTable:
    form = form_of(projects[0].form, "projects", data.forms)
    made = _list_of(year, form)
    notes = numbered_through(projects)
    places = _places(made, projects)
    rows = {place: _names(one) for place, one in places}
    by_item = {place: notes[one.id] for place, one in places}
    values = list_values(made, projects, TableContext(year.department, year.disclosure), form)
    at = _Notes(form, by_item, rows)
    noted = tuple(note for one in projects for note in notes[one.id].all)
    return ListTable(
        form_table(form, values, at if noted else None, made.title), noted, tuple(projects), changed
    )


def _places(made: ProjectList, projects: Sequence[Project]) -> list[tuple[int, Project]]:
    """Each project with its place among the items of the list, where sums stand as well."""
    place, found = 0, []
    for project in projects:
        place += sum(one.before == project.id for one in made.sums)
        found.append((place, project))
        place += 1
    return found


def numbered_through(projects: Sequence[Project]) -> Mapping[str, Notes]:
    """The notes of several projects by their ids, with numbers that no two of them share."""
    found: dict[str, Notes] = {}
    first = 0
    for project in projects:
        found[project.id] = number_notes(project.notes, first, project.name)
        first += len(project.notes)
    return found


def evaluation_form(
    data: DepartmentData, year: DepartmentYear, found: Evaluation, name: str, *, whole: bool
) -> FormTable:
    """A self-evaluation, of a project or of the `whole` department, which is called `name`."""
    form = form_of(found.form, "department-evaluation" if whole else "evaluation", data.forms)
    notes = number_notes(found.notes)
    tasks = found.tasks if isinstance(found, DepartmentEvaluation) else ()
    rows = {-1: {"indicators": [row.level3 for row in found.indicator_rows]}}
    at = _Notes(form, {-1: notes}, rows, [task.name for task in tasks])
    values = evaluation_values(found, name, TableContext(year.department, year.disclosure), form)
    return form_table(form, values, at if notes.all else None, found.title)


class YearTables(Struct, frozen=True):
    """The printed tables of a year that are of no single project.

    Attributes:
        department: The target table of the whole department; None where there is none.
        department_notes: The notes on it, numbered after those of part one.
        lists: The lists of projects, as first published.
        evaluation: The self-evaluation of the whole department; None before it is published.
        evaluation_notes: The notes on that.
        evaluation_published: When it was published; "" where that is not known.
    """

    department: FormTable | None
    department_notes: tuple[PublicNote, ...]
    lists: tuple[ListTable, ...]
    evaluation: FormTable | None
    evaluation_notes: tuple[PublicNote, ...]
    evaluation_published: str


def year_tables(data: DepartmentData, year: DepartmentYear) -> YearTables:
    """The printed tables of a department's year."""
    result, name = year.result, year.department.name
    return YearTables(
        department=department_form(data, year),
        department_notes=year_notes(year.disclosure).all[len(year.disclosure.notes) :],
        lists=list_tables(data, year, in_force=False),
        evaluation=evaluation_form(data, year, result, name, whole=True) if result else None,
        evaluation_notes=number_notes(result.notes).all if result else (),
        evaluation_published=str(result.published or "") if result else "",
    )


def is_printed(found: Evaluation) -> bool:
    """Whether an evaluation holds more than what this site compares: a table as it was printed."""
    rows = any(row.level1 or row.target or row.other for row in found.indicator_rows)
    goals = found.goals or found.goals_actual
    return bool(found.form or found.funds or goals or found.facts or rows)


#: When the spending plan of an empty form is looked at, as on the forms of 2024.
PERIODS = ("3月底", "6月底", "10月底", "12月底")


def empty_form(
    form: Form, texts: Mapping[str, str], last: Sequence[Indicator], empty_rows: int
) -> FormTable:
    """The form of a project of which only `texts` are known, to be filled in.

    Args:
        form: The form.
        texts: What is known, by the paths of fields.
        last: Indicators of last year, whose names are given again.
        empty_rows: How many rows without a name follow.
    """
    names = ("level1", "level2", "level3")
    rows = [Values({name: getattr(row, name) or "" for name in names}) for row in last]
    rows += [Values(dict.fromkeys(names, ""))] * empty_rows
    plan = tuple(Values({"period": period, "amount": ""}) for period in PERIODS)
    lists = {"indicators": tuple(rows), "plan": plan}
    known = {"plan_heading": PLAN_HEADING, "money": form.money or "万元", **texts}
    if form.kind == "projects":
        return form_table(form, Values(known, {"projects": (Values(known, lists),)}))
    return form_table(form, Values(known, lists))


def _list_of(year: DepartmentYear, form: Form) -> ProjectList:
    """What the year says of the list with this form; nothing but the form where it is silent."""
    lists = (one for one in year.disclosure.project_lists if one.form == form.id)
    return next(lists, None) or ProjectList(form=form.id, money=form.money or "万元")


#: The names of the indicators of a table, by the list that they are in.
_RowNames = Mapping[str, Sequence[str | None]]


def _names(table: Project | DepartmentTable) -> _RowNames:
    return {
        "indicators": [row.level3 for row in table.indicator_rows],
        "term_indicators": [row.level3 for row in table.term_indicators],
    }


class _Notes(Struct):
    """Gives the notes on a cell; a note on a field stands at the first cell that prints it.

    Attributes:
        form: The form.
        by_item: The notes by the place of a project in its list; -1 for a table of its own.
        rows: The names of the indicators by the same, and by the list that they are in.
        tasks: The names of the tasks.
    """

    form: Form
    by_item: Mapping[int, Notes]
    rows: Mapping[int, _RowNames]
    tasks: Sequence[str | None] = ()
    noted: set[tuple[int, str]] = field(default_factory=set)

    def __call__(self, cell: FilledCell) -> tuple[int, ...]:
        """The numbers of the notes on a cell."""
        if not cell.fields:
            return ()
        item = next((place for name, place in cell.items if name == "projects"), -1)
        notes = self.by_item.get(item)
        if notes is None:
            return ()
        inner = [one for one in cell.items if one[0] != "projects"]
        if not inner:
            return self._of_fields(cell.fields, item, notes)
        name, place = inner[-1]
        if name in self.rows[item]:
            return self._of_row(cell.fields, self.rows[item][name][place], notes)
        if name == "tasks" and "name" in cell.fields:
            return notes.at(self.tasks[place] or "")
        return ()

    def _of_fields(self, fields: Sequence[str], item: int, notes: Notes) -> tuple[int, ...]:
        found: list[int] = []
        for path in fields:
            parted = divided_goals.list_and_index(path)
            place = _PLACES.get(parted[0] if parted else path) or path.partition("facts.")[2]
            if place and (item, place) not in self.noted:
                self.noted.add((item, place))
                found += notes.at(place)
        if "place" in fields:  # all indicators stand in one cell
            names = self.rows[item]["indicators"]
            found += (number for name in names for number in notes.at(name or ""))
        return tuple(found)

    def _of_row(self, fields: Sequence[str], name: str | None, notes: Notes) -> tuple[int, ...]:
        printed = (path for path in _OF_ROW if path in self.form.paths)
        return notes.at(name or "") if next(printed, None) in fields else ()
