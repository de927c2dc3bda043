"""The whole data folder, put together: departments, their years, their projects.

Everything is in a fixed order (departments by id, years newest first, projects by their
number in the document, versions oldest first), so that the same data gives the same site.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Department, Disclosure, Project, SelfEvaluation


@dataclass(frozen=True, slots=True)
class ProjectVersion:
    """One snapshot of a project's target table and the file it stands in.

    Attributes:
        project: The snapshot; `project.adjustment` is None for the original.
        path: The YAML file, relative to the data folder, with `/` between the parts.
    """

    project: Project
    path: str


@dataclass(frozen=True, slots=True)
class ProjectYear:
    """A project in one year: every published version, and its self-evaluation if there is one.

    Attributes:
        versions: Oldest first, at least one; the last is in force.
        result: The self-evaluation, or None.
        result_path: Its YAML file, relative to the data folder, or None.
    """

    versions: tuple[ProjectVersion, ...]
    result: SelfEvaluation | None = None
    result_path: str | None = None

    @property
    def current(self) -> Project:
        """The version in force."""
        return self.versions[-1].project


@dataclass(frozen=True, slots=True)
class DepartmentYear:
    """A department's disclosure of one year: part one, and part two's projects by number."""

    year: int
    disclosure: Disclosure
    path: str
    projects: tuple[ProjectYear, ...]


@dataclass(frozen=True, slots=True)
class DepartmentData:
    """A department and its years, newest first."""

    department: Department
    path: str
    years: tuple[DepartmentYear, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """All departments, by id."""

    departments: tuple[DepartmentData, ...]
