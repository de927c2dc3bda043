"""What a rule is shown: a part of the data, with what every rule of that kind needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from disclosure.checks.names import Names
from disclosure.compare import ComparedDepartment
from disclosure.model import target
from disclosure.model.dataset import SETTINGS_FILE, DepartmentYear, ProjectVersion, ProjectYear
from disclosure.model.diagnostics import Remark, Rule
from disclosure.model.records import Department, Indicator, Project, SelfEvaluation
from disclosure.model.target import Target

#: The way to a value in a file, such as `("indicators", 0, "target")`.
Field = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ProjectSubject:
    """One published version of a project's target table.

    Attributes:
        department: Whose project it is.
        year: The year it stands in.
        version: The snapshot and its file.
        before: The version before it, or None for the original.
        targets: The target values understood, in the order of the indicators.
        names: The names of all departments and units.
    """

    department: Department
    year: DepartmentYear
    version: ProjectVersion
    before: Project | None
    targets: tuple[Target, ...]
    names: Names

    @property
    def project(self) -> Project:
        """The snapshot."""
        return self.version.project

    @property
    def withdrawn(self) -> bool:
        """Whether this version says that the project was called off."""
        adjustment = self.project.adjustment
        return adjustment is not None and adjustment.kind == "withdrawal"

    def rows(self) -> Iterator[tuple[int, Indicator, Target]]:
        """Each indicator with its position and its target as understood."""
        for position, indicator in enumerate(self.project.indicators):
            yield position, indicator, self.targets[position]

    def remark(self, rule: Rule, field: tuple[str | int, ...], message: str, hint: str) -> Remark:
        """A finding in this version's file."""
        return Remark(rule, self.version.path, field, message, hint)


@dataclass(frozen=True, slots=True)
class ResultSubject:
    """A self-evaluation beside the project that it evaluates."""

    year: DepartmentYear
    project: ProjectYear
    result: SelfEvaluation
    path: str

    def remark(self, rule: Rule, field: tuple[str | int, ...], message: str, hint: str) -> Remark:
        """A finding in the file of the self-evaluation."""
        return Remark(rule, self.path, field, message, hint)


@dataclass(frozen=True, slots=True)
class YearSubject:
    """A department's disclosure of one year, part one and the projects together.

    Attributes:
        department: Whose disclosure it is.
        year: The year and its projects.
        names: The names of all departments and units.
    """

    department: Department
    year: DepartmentYear
    names: Names

    def remark(self, rule: Rule, field: tuple[str | int, ...], message: str, hint: str) -> Remark:
        """A finding in disclosure.yml."""
        return Remark(rule, self.year.path, field, message, hint)


@dataclass(frozen=True, slots=True)
class SettingsSubject:
    """The settings' file.

    Attributes:
        known: The title of every rule that can be switched off, by code.
    """

    known: Mapping[str, str]

    def remark(self, rule: Rule, field: tuple[str | int, ...], message: str, hint: str) -> Remark:
        """A finding in checks.yml."""
        return Remark(rule, SETTINGS_FILE, field, message, hint)


#: A department with all its years compared.
DepartmentSubject = ComparedDepartment


def project_subjects(
    department: Department, year: DepartmentYear, names: Names
) -> Iterator[ProjectSubject]:
    """Every version of every project of a year."""
    for project in year.projects:
        before = None
        for version in project.versions:
            targets = (target.parse(row.target, year.year) for row in version.project.indicators)
            yield ProjectSubject(department, year, version, before, tuple(targets), names)
            before = version.project


def result_subjects(year: DepartmentYear) -> Iterator[ResultSubject]:
    """Every self-evaluation of a year."""
    for project in year.projects:
        if project.result is not None and project.result_path is not None:
            yield ResultSubject(year, project, project.result, project.result_path)
