"""The texts that people wrote in a file, and those that say what is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from disclosure.checks.acceptance import noted_files
from disclosure.checks.subject import (
    DEPARTMENT_TABLE,
    FieldPath,
    InFile,
    ProjectSubject,
    YearSubject,
)
from disclosure.model.dataset import DepartmentData
from disclosure.model.fields import Record
from disclosure.model.records import Project
from disclosure.model.target import Kind
from disclosure.model.target_table import Indicator, joined

# Codes and checksums have their own grammar, and no one writes anything else into them.
_CODES = frozenset(
    {"schema_", "id", "code", "continues", "sha256", "form", "money", "before", "apart"}
    | {"text"}  # where a document's text comes from
)


class TextSubject(Struct, InFile, frozen=True):
    """A file with everything that people wrote in it.

    Attributes:
        path: The file, relative to the data folder.
        region: The code of the department's region.
        texts: Every text and the way to it, codes left out.
    """

    path: str
    region: str
    texts: tuple[tuple[FieldPath, str], ...]

    @property
    def whole(self) -> str:
        """All texts, to see whether any of them has something; nothing goes on over lines."""
        return "\n".join([text for _, text in self.texts])


def text_subjects(department: DepartmentData) -> Iterator[TextSubject]:
    """Every file of a department."""
    region = department.department.region.code or ""
    yield TextSubject(department.path, region, _texts(department.department))
    for path, record in noted_files(department):
        yield TextSubject(path, region, _texts(record))


def _texts(record: Record) -> tuple[tuple[FieldPath, str], ...]:
    found: list[tuple[FieldPath, str]] = []
    _walk(record, (), found)
    return tuple(found)


def _walk(value: object, field: FieldPath, found: list[tuple[FieldPath, str]]) -> None:
    """Add each text in a value; a generator for each level would take most of the time."""
    if isinstance(value, str):
        found.append((field, value))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            _walk(item, (*field, position), found)
    elif isinstance(value, Record):
        names = type(value).model_fields
        for name, item in vars(value).items():
            if item is not None and name not in _CODES and not _is_said_elsewhere(value, name):
                _walk(item, (*field, names[name].alias or name), found)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            found.append(((*field, key), key))
            _walk(item, (*field, key), found)


def _is_said_elsewhere(value: Record, name: str) -> bool:
    """Whether a field is no text of its own: a project's unit, a target that is made of parts.

    The unit of an indicator is text.
    """
    if isinstance(value, Indicator):
        return name == "target" and value.target == joined(value.sign, value.value, value.unit)
    return name == "unit" and isinstance(value, Project)


def aims(subject: ProjectSubject | YearSubject) -> Iterator[tuple[FieldPath, str]]:
    """The texts that say what is to be done this year: no bases, reasons and notes."""
    return _of_part_one(subject) if isinstance(subject, YearSubject) else _of_project(subject)


def _of_project(subject: ProjectSubject) -> Iterator[tuple[FieldPath, str]]:
    project = subject.project
    yield ("name",), project.name
    # Names are often said again as the purpose: one finding is enough.
    if project.purpose and project.purpose != project.name:
        yield ("purpose",), project.purpose
    for position, goal in enumerate(project.goals):
        yield ("goals", position), goal
    for position, row, target in subject.rows():
        yield ("indicators", position, "level3"), row.name
        if row.description and row.description != row.name:
            yield ("indicators", position, "description"), row.description
        if target.kind is Kind.WORDS:
            yield ("indicators", position, "target"), target.printed


def _of_part_one(subject: YearSubject) -> Iterator[tuple[FieldPath, str]]:
    disclosure = subject.year.disclosure
    yield ("overall_goal",), disclosure.overall_goal or ""
    for position, objective in enumerate(disclosure.objectives):
        yield ("objectives", position, "name"), objective.name
        yield ("objectives", position, "goal"), objective.goal
        yield ("objectives", position, "indicators"), objective.indicators or ""
    for position, safeguard in enumerate(disclosure.safeguards):
        yield ("safeguards", position), safeguard
    for position, task in enumerate(table.tasks if (table := disclosure.department_table) else ()):
        for name in ("name", "content", "goal"):
            yield (DEPARTMENT_TABLE, "tasks", position, name), getattr(task, name) or ""
