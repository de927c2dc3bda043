"""What a rule is shown: a part of the data, with what every rule of that kind needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from disclosure.checks.names import Names
from disclosure.compare import ComparedDepartment, as_project
from disclosure.model import target
from disclosure.model.dataset import SETTINGS_FILE, DepartmentYear, ProjectVersion, ProjectYear
from disclosure.model.departments import Department
from disclosure.model.diagnostics import Remark, Rule
from disclosure.model.evaluations import Evaluation
from disclosure.model.records import Project
from disclosure.model.target import Target
from disclosure.model.target_table import Indicator, named_rows

#: The field of a year's part one that holds the table of the whole department.
DEPARTMENT_TABLE = "department_table"

#: The way to a value in a file, such as `("indicators", 0, "target")`.
FieldPath = tuple[str | int, ...]


class _HasPath(Protocol):
    @property
    def path(self) -> str: ...

    @property
    def within(self) -> FieldPath: ...


class InFile:
    """A subject that is one data file, at its `path` relative to the data folder.

    `within` is the way to the part of the file that it is; empty for the whole file.
    """

    __slots__ = ()

    @property
    def within(self) -> FieldPath:
        """See above."""
        return ()

    def remark(
        self: _HasPath,
        rule: Rule,
        field: FieldPath,
        message: str,
        hint: str,
        *,
        sensitive: bool = False,
    ) -> Remark:
        """A finding in the subject's file; `sensitive` as in `Remark`."""
        return Remark(rule, self.path, (*self.within, *field), message, hint, sensitive)


class ProjectSubject(Struct, InFile, frozen=True):
    """One published version of a project's target table.

    Attributes:
        department: Whose project it is.
        year: The year it stands in.
        version: The snapshot and its file.
        before: The version before it, or None for the original.
        targets: What `rows` gives, made once for all rules.
        names: The names of all departments and units.
    """

    department: Department
    year: DepartmentYear
    version: ProjectVersion
    before: Project | None
    targets: tuple[tuple[int, Indicator, Target], ...]
    names: Names

    @property
    def project(self) -> Project:
        """The snapshot."""
        return self.version.project

    @property
    def path(self) -> str:
        """The version's file, relative to the data folder."""
        return self.version.path

    def rows(self) -> Sequence[tuple[int, Indicator, Target]]:
        """Each indicator with its position in the file and its target as understood."""
        return self.targets


class TableSubject(ProjectSubject, frozen=True):
    """The target table of the whole department, which rules see as a project's (`as_project`)."""

    @property
    def within(self) -> FieldPath:
        """The table's place in the year's file."""
        return (DEPARTMENT_TABLE,)


class TermSubject(ProjectSubject, frozen=True):
    """The targets of the whole term of a table, which rules see as those of the year.

    Attributes:
        place: The way to the table in its file.
    """

    place: FieldPath = ()

    @property
    def within(self) -> FieldPath:
        """The table's place in the file."""
        return self.place

    def remark(
        self, rule: Rule, field: FieldPath, message: str, hint: str, *, sensitive: bool = False
    ) -> Remark:
        """A finding in a row of the term."""
        at = ("term_indicators", *field[1:])
        return super().remark(rule, at, message, hint, sensitive=sensitive)


class ResultSubject(Struct, InFile, frozen=True):
    """A self-evaluation beside the project that it evaluates, or beside the department's table."""

    year: DepartmentYear
    project: ProjectYear
    result: Evaluation
    path: str

    def place_of(self, sum_name: str) -> FieldPath:
        """Where the evaluation states a sum: in its own field, or in the first row of its funds."""
        is_own = sum_name in self.result.model_fields_set or not self.result.funds
        return (sum_name,) if is_own else ("funds", 0, sum_name)


class YearSubject(Struct, InFile, frozen=True):
    """A department's disclosure of one year, part one and the projects together.

    Attributes:
        department: Whose disclosure it is.
        year: The year and its projects.
        names: The names of all departments and units.
    """

    department: Department
    year: DepartmentYear
    names: Names

    @property
    def path(self) -> str:
        """The year's disclosure.yml, relative to the data folder."""
        return self.year.path


class SettingsSubject(Struct, InFile, frozen=True):
    """The settings' file.

    Attributes:
        known: The title of every rule that can be switched off, by code.
    """

    known: Mapping[str, str]

    @property
    def path(self) -> str:
        """The file, relative to the data folder."""
        return SETTINGS_FILE


#: A department with all its years compared.
DepartmentSubject = ComparedDepartment


def project_subjects(
    department: Department, year: DepartmentYear, names: Names
) -> Iterator[ProjectSubject]:
    """Every version of every project of a year."""
    for project in year.projects:
        before = None
        for version in project.versions:
            targets = _targets(version, year)
            yield ProjectSubject(department, year, version, before, targets, names)
            before = version.project


def table_subjects(
    department: Department, year: DepartmentYear, names: Names
) -> Iterator[TableSubject]:
    """The table of the whole department, if the year has one."""
    for version in _department_table(year):
        yield TableSubject(department, year, version, None, _targets(version, year), names)


def term_subjects(table: ProjectSubject) -> Iterator[TermSubject]:
    """The targets of the whole term, if a table has any; without its goals, which it shows."""
    rows = table.project.term_indicators
    if rows:
        update = {"indicator_rows": rows, "term_indicators": (), "goals": ()}
        version = replace(table.version, project=table.project.model_copy(update=update))
        targets = _targets(version, table.year)
        yield TermSubject(
            table.department, table.year, version, None, targets, table.names, table.within
        )


def _department_table(year: DepartmentYear) -> Iterator[ProjectVersion]:
    table = year.disclosure.department_table
    if table is not None:
        yield ProjectVersion(as_project(table, year.department.name), year.path)


def _targets(
    version: ProjectVersion, year: DepartmentYear
) -> tuple[tuple[int, Indicator, Target], ...]:
    return tuple(
        (position, row, target.parse(row.target, year.year))
        for position, row in named_rows(version.project.indicator_rows)
    )


def result_subjects(year: DepartmentYear) -> Iterator[ResultSubject]:
    """Every self-evaluation of a year; the department's own where there is a table to it."""
    for version in _department_table(year):
        if year.result is not None and year.result_path is not None:
            yield ResultSubject(year, ProjectYear((version,)), year.result, year.result_path)
    for project in year.projects:
        if project.result is not None and project.result_path is not None:
            yield ResultSubject(year, project, project.result, project.result_path)
