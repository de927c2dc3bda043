"""The data as rows of the open tables, kept by what they belong to. Pure.

Rows hold what `exports.schema.columns` calls values, in the order of their table's columns. An
empty cell is None and never "".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from disclosure.compare import ComparedDepartment, ComparedYears
from disclosure.exports.schema import TABLES, Table, Type, table
from disclosure.exports.schema.columns import Value
from disclosure.exports.writers.changes import change_rows
from disclosure.exports.writers.successions import (
    Origins,
    former_names,
    origins_of,
    predecessors,
    succeeded,
)
from disclosure.model import target
from disclosure.model.dataset import DepartmentYear, ProjectVersion, ProjectYear
from disclosure.model.records import Indicator, Note, Project, SelfEvaluation
from disclosure.model.target import percent
from disclosure.pages.results import Delivered, delivered
from disclosure.pages.versions import version_name
from disclosure.pages.words import ORIGINAL

Row = tuple[Value, ...]

#: Rows by the name of their table; a table without a row may be left out.
Rows = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class ProjectRows:
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
        return together([self.whole, *self.versions.values()])


@dataclass(frozen=True, slots=True)
class YearRows:
    """A department's year: the publication as such, part one, projects by code, what changed.

    `previous` is the year that `changes` looks back to, None in the first.
    """

    year: int
    publication: Rows
    part_one: Rows
    projects: Mapping[str, ProjectRows]
    changes: Rows
    previous: int | None

    def all(self) -> Rows:
        """Everything of the year."""
        projects = [project.all() for project in self.projects.values()]
        return together([self.publication, self.part_one, *projects, self.changes])


@dataclass(frozen=True, slots=True)
class DepartmentRows:
    """A department: who it is, and its years."""

    id: str
    who: Rows
    years: Mapping[int, YearRows]


def together(parts: Iterable[Rows]) -> Rows:
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

    The type of a column is looked at once and not for each of its cells.

    Args:
        of: The table.
        rows: Its rows.
        forms: How a value is written, by its type; the values of others stay as they are.
    """
    columns: list[Iterable[Value]] = []
    cells = [*zip(*rows, strict=True)] or [()] * len(of.columns)  # no row, no column
    for column, values in zip(of.columns, cells, strict=True):
        form = forms.get(column.type)
        columns.append(
            [None if value is None else form(value) for value in values] if form else values
        )
    return zip(*columns, strict=True)


def department_rows(compared: ComparedDepartment) -> DepartmentRows:
    """Everything of a department."""
    data, who = compared.data, compared.data.department
    comparisons = {pair.new.year: pair for pair in compared.years}
    return DepartmentRows(
        who.id,
        {
            "departments": (
                _row(
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
                _row("units", department_id=who.id, unit_code=one.code, unit_name=one.name)
                for one in who.units
            ),
            "former_names": _numbered({"department_id": who.id}, "former_names", former_names(who)),
            "department_successions": _numbered(
                {"department_id": who.id}, "department_successions", succeeded(who)
            ),
        },
        {year.year: _year(compared, year, comparisons.get(year.year)) for year in data.years},
    )


def _row(of: str, /, **values: Value) -> Row:
    """A row of a table, from its values by the names of the columns; all must be there."""
    columns = table(of).columns
    if len(values) != len(columns):
        raise ValueError(f"{of}: {values.keys() ^ {column.name for column in columns}}")
    return tuple(None if values[one.name] == "" else values[one.name] for one in columns)


def _year(
    compared: ComparedDepartment, year: DepartmentYear, pair: ComparedYears | None
) -> YearRows:
    key: dict[str, Value] = {"department_id": compared.data.department.id, "year": year.year}
    disclosure = year.disclosure
    notes = _notes(key, year.path, "disclosure", disclosure.notes)
    return YearRows(
        year=year.year,
        publication={"disclosures": (_disclosure(key, year),)},
        part_one={
            "objectives": tuple(
                _row("objectives", **key, number=number, **dict(objective))
                for number, objective in enumerate(disclosure.objectives, start=1)
            ),
            "safeguards": tuple(
                _row("safeguards", **key, number=number, safeguard=text)
                for number, text in enumerate(disclosure.safeguards, start=1)
            ),
            "notes": tuple(notes),
        },
        projects={
            project.current.code: _project(compared, year, project) for project in year.projects
        },
        changes={"changes": tuple(_changes(key, pair))} if pair else {},
        previous=pair.old.year if pair else None,
    )


def _disclosure(key: Mapping[str, Value], year: DepartmentYear) -> Row:
    disclosure, source = year.disclosure, year.disclosure.source
    return _row(
        "disclosures",
        **key,
        department_name=year.department.name,
        approved=disclosure.approved,
        published=disclosure.published,
        source_title=source.title if source else None,
        source_file=source.file if source else None,
        source_sha256=source.sha256 if source else None,
        total=disclosure.total,
        plan_heading=disclosure.plan_heading,
        overall_goal=disclosure.overall_goal,
    )


def _changes(key: Mapping[str, Value], pair: ComparedYears) -> Iterator[Row]:
    rows = (row for change in pair.changes for row in change_rows(change))
    for number, row in enumerate(rows, start=1):
        yield _row(
            "changes",
            **key,
            number=number,
            previous_year=pair.old.year,
            fate=str(row.fate),
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
        )


def _project(
    compared: ComparedDepartment, year: DepartmentYear, project: ProjectYear
) -> ProjectRows:
    current = project.current
    chain = compared.chain_of(year.year, current.code).first_code
    key: dict[str, Value] = {
        "department_id": compared.data.department.id,
        "year": year.year,
        "code": current.code,
    }
    origins = origins_of(compared, year, current.code)
    row = _row(
        "projects",
        **key,
        **_form(current),
        version=version_name(current),
        versions=len(project.versions),
        withdrawn=project.withdrawn,
        chain=chain,
    )
    whole: dict[str, Sequence[Row]] = {"projects": (row,)}
    if project.result:
        whole |= _result(key, project, project.result, year.year)
    return ProjectRows(
        whole,
        {
            version_name(version.project): _version(key, project, version, year.year, origins)
            for version in project.versions
        },
        version_name(current),
        chain,
    )


def _form(project: Project) -> dict[str, Value]:
    """The head of the form."""
    budget = project.budget
    return {
        "name": project.name,
        "unit_code": project.unit,
        "number": project.number,
        "budget_total": budget.total,
        "budget_fiscal": budget.fiscal,
        "budget_other": budget.other,
        "purpose": project.purpose,
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
    row = _row(
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
    plan: list[Mapping[str, Value]] = [
        {"period": period, "amount": amount} for period, amount in shown.spending_plan.items()
    ]
    indicators = [_indicator(indicator, year) for indicator in shown.indicators]
    return {
        "versions": (row,),
        "predecessors": _numbered(place, "predecessors", predecessors(shown, origins)),
        "spending_plan": _numbered(place, "spending_plan", plan),
        "goals": _list(place, "goals", "goal", shown.goals),
        "indicators": _numbered(place, "indicators", indicators),
        "notes": tuple(_notes(place, version.path, "project", shown.notes)),
    }


def _numbered(
    key: Mapping[str, Value], name: str, items: Iterable[Mapping[str, Value]]
) -> tuple[Row, ...]:
    return tuple(
        _row(name, **key, number=number, **item) for number, item in enumerate(items, start=1)
    )


def _list(
    key: Mapping[str, Value], name: str, column: str, texts: Iterable[str]
) -> tuple[Row, ...]:
    return _numbered(key, name, [{column: text} for text in texts])


def _indicator(indicator: Indicator, year: int) -> dict[str, Value]:
    """A row of the form as printed, and what its target was understood to say."""
    read = target.parse(indicator.target, year)
    return {
        **dict(indicator),
        "target_kind": str(read.kind),
        "target_sign": str(read.sign) if read.sign else None,
        "target_low": read.low,
        "target_high": read.high,
        "target_unit": read.unit.printed if read.unit else None,
        "target_start": read.start,
        "target_deadline": read.deadline,
        "target_meaning": target.meaning(read),
    }


def _result(
    key: Mapping[str, Value], project: ProjectYear, result: SelfEvaluation, year: int
) -> dict[str, Sequence[Row]]:
    """The self-evaluation; each of its rows with the indicator that it speaks of."""
    row = _row(
        "results",
        **key,
        published=result.published,
        budget=result.budget,
        spent=result.spent,
        score=result.score,
    )
    rows: list[Mapping[str, Value]] = [
        {
            **dict(item.row),
            "indicator": None if item.position is None else item.position + 1,
            "outcome": item.outcome.key if item.outcome else None,
            "outcome_reason": item.outcome.reason if item.outcome else None,
            **_distance(item),
        }
        for item in delivered(project, year)
    ]
    return {
        "results": (row,),
        "indicator_results": _numbered(key, "indicator_results", rows),
        "notes": tuple(_notes(key, project.result_path or "", "result", result.notes)),
    }


def _distance(item: Delivered) -> dict[str, Value]:
    """How far the actual value is from its target, and from the target as first published."""
    outcome, first = item.outcome, item.first
    achieved = outcome.achieved if outcome else None
    return {
        "achieved_percent": None if achieved is None else percent.rounded(achieved),
        "days_late": outcome.days if outcome else None,
        "first_target": first.target if first else None,
        "first_outcome": first.outcome.key if first else None,
        "first_outcome_reason": first.said if first else None,
    }


def _notes(key: Mapping[str, Value], path: str, noted: str, notes: Iterable[Note]) -> Iterator[Row]:
    for number, note in enumerate(notes, start=1):
        place = {"code": None, "version": None, **key}
        yield _row("notes", **place, file=path, number=number, noted=noted, **dict(note))
