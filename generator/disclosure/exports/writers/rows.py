"""The data as rows of the open tables, kept by what they belong to. Pure.

Rows hold what `exports.schema.columns` calls values, in the order of their table's columns. An
empty cell is None and never "".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from disclosure.compare import ComparedDepartment, ComparedYears
from disclosure.compare.code_lists import ORIGINAL
from disclosure.exports.schema import TABLES, Table, Type
from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.change_rows import pair_rows, table_lines
from disclosure.exports.writers.department_table_rows import whole_department_rows
from disclosure.exports.writers.form_rows import (
    FilePart,
    amount,
    budget_values,
    cell_rows,
    form_values,
    indicator_parts,
    indicator_values,
)
from disclosure.exports.writers.result_rows import result_rows
from disclosure.exports.writers.row import Row, exact, note_rows, numbered_rows, row_of, text_rows
from disclosure.exports.writers.succession_rows import (
    Origins,
    former_names,
    origins_of,
    predecessors,
    succeeded,
)
from disclosure.model.dataset import DepartmentYear, ProjectVersion, ProjectYear
from disclosure.model.records import Project
from disclosure.pages.versions import version_name

#: Rows by the name of their table; a table without a row may be left out.
Rows = Mapping[str, Sequence[Row]]


class ProjectRows(Struct, frozen=True):
    """A project in a year.

    Attributes:
        whole: What it is as a project, and its self-evaluation.
        versions: What each version of its table says, by the version's name.
        current: The name of the version in force.
        chain: The first code of the project through the years.
    """

    whole: Rows
    versions: Mapping[str, Rows]
    current: str
    chain: str

    def all(self) -> Rows:
        """Everything of the project."""
        return merged([self.whole, *self.versions.values()])


class YearRows(Struct, frozen=True):
    """A department's year: the publication as such, part one, projects by code, what changed.

    `previous` is the year that `changes` looks back to, None in the first; `chains` are the
    projects by their first code through the years.
    """

    year: int
    publication: Rows
    part_one: Rows
    projects: Mapping[str, ProjectRows]
    changes: Rows
    previous: int | None
    chains: Mapping[str, Sequence[ProjectRows]]

    def all(self) -> Rows:
        """Everything of the year."""
        projects = [project.all() for project in self.projects.values()]
        return merged([self.publication, self.part_one, *projects, self.changes])


class DepartmentRows(Struct, frozen=True):
    """A department: who it is, and its years."""

    id: str
    who: Rows
    years: Mapping[int, YearRows]


def merged(parts: Iterable[Rows]) -> Rows:
    """The rows of several parts, table by table, in the order of the tables."""
    found: dict[str, list[Row]] = {one.name: [] for one in TABLES}
    for part in parts:
        for name, rows in part.items():
            found[name] += rows
    return {name: rows for name, rows in found.items() if rows}


def converted(
    of: Table, rows: Iterable[Row], forms: Mapping[Type, Callable[[Any], Value]]
) -> Iterator[Row]:
    """The rows of a table with their values in another form; empty cells stay empty.

    The type of a column is looked at once and not for each of its cells, and so is a value that
    stands in many of them; but not a number, because 150 and 150.00 are equal.

    Args:
        of: The table.
        rows: Its rows.
        forms: How a value is written, by its type; the values of others stay as they are.
    """
    columns: list[Iterable[Value]] = []
    cells = [*zip(*rows, strict=True)] or [()] * len(of.columns)  # no row, no column
    for column, values in zip(of.columns, cells, strict=True):
        form = forms.get(column.type)
        if form is None:
            columns.append(values)
        elif column.type is Type.DECIMAL:
            columns.append([None if value is None else form(value) for value in values])
        else:
            known = {value: form(value) for value in dict.fromkeys(values) if value is not None}
            columns.append(map(known.get, values))
    return zip(*columns, strict=True)


def department_rows(
    compared: ComparedDepartment, years: Collection[int] | None = None
) -> DepartmentRows:
    """Everything of a department, or of some of its years."""
    data, who = compared.data, compared.data.department
    key: dict[str, Value] = {"department_id": who.id}
    comparisons = {pair.new.year: pair for pair in compared.years}
    return DepartmentRows(
        who.id,
        {
            "departments": (
                row_of(
                    "departments",
                    department_id=who.id,
                    name=who.name,
                    code=who.code,
                    region_code=who.region.code,
                    region_name=who.region.name,
                    contact=who.contact,
                ),
            ),
            "units": tuple(
                row_of("units", department_id=who.id, unit_code=one.code, unit_name=one.name)
                for one in who.units
            ),
            "former_names": numbered_rows(key, "former_names", former_names(who)),
            "department_successions": numbered_rows(key, "department_successions", succeeded(who)),
        },
        {
            year.year: _year(compared, year, comparisons.get(year.year))
            for year in data.years
            if years is None or year.year in years
        },
    )


def _year(
    compared: ComparedDepartment, year: DepartmentYear, pair: ComparedYears | None
) -> YearRows:
    key: dict[str, Value] = {"department_id": compared.data.department.id, "year": year.year}
    disclosure = year.disclosure
    notes = note_rows(key, year.path, "disclosure", disclosure.notes)
    projects = {one.current.id: _project(compared, year, one) for one in year.projects}
    chains: dict[str, list[ProjectRows]] = defaultdict(list)
    for one in projects.values():
        chains[one.chain].append(one)
    return YearRows(
        year=year.year,
        publication={"disclosures": (_disclosure(key, year),)},
        part_one=merged(
            [
                {
                    "objectives": tuple(
                        row_of("objectives", **key, number=number, **dict(objective))
                        for number, objective in enumerate(disclosure.objectives, start=1)
                    ),
                    "safeguards": tuple(
                        row_of("safeguards", **key, number=number, safeguard=text)
                        for number, text in enumerate(disclosure.safeguards, start=1)
                    ),
                    "notes": tuple(notes),
                },
                *whole_department_rows(key, year),
            ]
        ),
        projects=projects,
        changes=_all_changes(key, pair) if pair else {},
        previous=pair.old.year if pair else None,
        chains=dict(chains),
    )


def _disclosure(key: Mapping[str, Value], year: DepartmentYear) -> Row:
    disclosure, source = year.disclosure, year.disclosure.source
    return row_of(
        "disclosures",
        **key,
        department_name=year.department.name,
        approved=disclosure.approved,
        published=disclosure.published,
        source_title=source.title if source else None,
        source_file=source.file if source else None,
        source_sha256=source.sha256 if source else None,
        source_page=source.page if source else None,
        total=exact(disclosure.total),
        plan_heading=disclosure.plan_heading,
        overall_goal=disclosure.overall_goal,
    )


def _all_changes(key: Mapping[str, Value], pair: ComparedYears) -> Rows:
    """What changed in the projects, and in the table of the whole department."""
    lines = table_lines(pair)
    columns = ("indicator", "field", "old", "new", "change", "explanation", "size_percent", "days")
    changed: list[Mapping[str, Value]] = [
        {
            "previous_year": pair.old.year,
            **dict(zip((*columns, "notes"), line, strict=True)),
        }
        for line in lines
    ]
    return {
        "changes": tuple(_changes(key, pair)),
        "department_changes": numbered_rows(key, "department_changes", changed),
    }


def _changes(key: Mapping[str, Value], pair: ComparedYears) -> Iterator[Row]:
    for number, row in enumerate(pair_rows(pair), start=1):
        yield row_of(
            "changes",
            **key,
            number=number,
            previous_year=pair.old.year,
            fate=str(row.kind),
            previous_codes=row.old_codes,
            previous_names=row.old_names,
            codes=row.new_codes,
            names=row.new_names,
            indicator=row.indicator,
            field=row.field,
            old=row.old,
            new=row.new,
            change=row.change,
            explanation=row.explanation,
            size_percent=row.size,
            days=row.days,
            notes=row.notes,
            previous_departments=row.old_departments,
            departments=row.new_departments,
            previous_department_names=row.old_department_names,
            department_names=row.new_department_names,
            previous_budget=row.old_budget,
            budget=row.new_budget,
            budget_percent=row.budget_growth,
        )


def _project(
    compared: ComparedDepartment, year: DepartmentYear, project: ProjectYear
) -> ProjectRows:
    current = project.current
    chain = compared.chain_of(year.year, current.id).first_id
    key: dict[str, Value] = {
        "department_id": compared.data.department.id,
        "year": year.year,
        "code": current.code,
        "project_id": current.id,
    }
    origins = origins_of(compared, year, current.id)
    row = row_of(
        "projects",
        **key,
        **_form(current),
        version=version_name(current),
        versions=len(project.versions),
        withdrawn=project.withdrawn,
        chain=chain,
    )
    whole: list[Rows] = [{"projects": (row,)}]
    if project.result:
        whole += result_rows(key, project, project.result, year.year)
    return ProjectRows(
        merged(whole),
        {
            version_name(version.project): _version(key, project, version, year.year, origins)
            for version in project.versions
        },
        version_name(current),
        chain,
    )


def _form(project: Project) -> dict[str, Value]:
    """The head of the form."""
    return {
        "name": project.name,
        "unit_code": project.unit,
        "number": project.number,
        "purpose": project.purpose,
        "source_page": project.page,
        **form_values(project),
        **budget_values(project.budget),
    }


def _version(
    key: Mapping[str, Value],
    project: ProjectYear,
    version: ProjectVersion,
    year: int,
    origins: Origins,
) -> Rows:
    """Everything that one version of the table says; `origins` are of the version in force."""
    shown, adjustment = version.project, version.project.adjustment
    place = {**key, "version": version_name(shown)}
    row = row_of(
        "versions",
        **place,
        sequence=1 + next(i for i, one in enumerate(project.versions) if one is version),
        current=shown is project.current,
        kind=adjustment.kind if adjustment else ORIGINAL,
        date=adjustment.date if adjustment else None,
        reason=adjustment.reason if adjustment else None,
        document=adjustment.document if adjustment else None,
        **_form(shown),
        predecessors_stated=shown.continues is not None,
    )
    return {
        "versions": (row,),
        "predecessors": numbered_rows(place, "predecessors", predecessors(shown, origins)),
        "notes": tuple(note_rows(place, version.path, "project", shown.notes)),
        **_table(place, version, year),
    }


def _table(place: Mapping[str, Value], version: ProjectVersion, year: int) -> Rows:
    """The plan, the goals, the indicators and what only the form has a name for."""
    shown = version.project
    plan: list[Mapping[str, Value]] = [
        {"period": period, **amount("amount", value)}
        for period, value in shown.spending_plan.items()
    ]
    indicators = [indicator_values(indicator, year) for indicator in shown.indicator_rows]
    of_term = [indicator_values(indicator, year) for indicator in shown.term_indicators]
    parts = [
        FilePart("project", 0, shown.facts, shown.budget),
        *indicator_parts(shown.indicator_rows, "indicator"),
        *indicator_parts(shown.term_indicators, "term_indicator"),
    ]
    return {
        "spending_plan": numbered_rows(place, "spending_plan", plan),
        "goals": text_rows(place, "goals", "goal", shown.goals),
        "term_goals": text_rows(place, "term_goals", "goal", shown.term_goals),
        "indicators": numbered_rows(place, "indicators", indicators),
        "term_indicators": numbered_rows(place, "term_indicators", of_term),
        **cell_rows(place, version.path, shown.money, parts),
    }
