"""Findings that the data itself accepts, with a public note: `notes: - {at, rule, note}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from disclosure.checks.subject import DEPARTMENT_TABLE, FieldPath, InFile
from disclosure.model.dataset import DepartmentData
from disclosure.model.diagnostics import Remark
from disclosure.model.evaluations import DepartmentEvaluation, Evaluation
from disclosure.model.notes import Note
from disclosure.model.records import DepartmentTable, Disclosure, Project

_File = Disclosure | Project | Evaluation
#: What has notes of its own: a file, or the department's table in one.
_Noted = _File | DepartmentTable


class AcceptanceSubject(Struct, InFile, frozen=True):
    """A note that names a rule, and what it says of the findings in its file.

    Attributes:
        path: The file, relative to the data folder.
        place: The way to the part of it that has the note; empty for the file.
        position: Which of its notes it is, from 0.
        note: The note.
        used: Whether it accepts a finding.
        known: The title of every rule whose findings can be accepted, by code.
        judged: Whether the rule was looked for in this file at all.
    """

    path: str
    place: FieldPath
    position: int
    note: Note
    used: bool
    known: Mapping[str, str]
    judged: bool

    @property
    def field(self) -> FieldPath:
        """The way to the rule's code in the note."""
        return *self.place, "notes", self.position, "rule"


def noted_files(department: DepartmentData) -> Iterator[tuple[str, _File]]:
    """Every file of a department that can hold notes, with its path."""
    for year in department.years:
        yield year.path, year.disclosure
        if year.result is not None and year.result_path is not None:
            yield year.result_path, year.result
        for project in year.projects:
            yield from ((version.path, version.project) for version in project.versions)
            if project.result is not None and project.result_path is not None:
                yield project.result_path, project.result


class Acceptances:
    """The notes of some files that name a rule, and which findings they accept."""

    def __init__(self, files: Iterable[tuple[str, _File]]) -> None:
        self._noted = {
            path: found for path, record in files if (found := tuple(_with_notes(record)))
        }
        self._used: set[tuple[str, FieldPath, int]] = set()

    def accept(self, remark: Remark) -> bool:
        """Whether a note in the finding's file accepts it; that note is then of use."""
        fitting = set()
        for place, record in self._noted.get(remark.path, ()):
            if remark.field[: len(place)] != place:
                continue
            places = {None, *_places(record, remark.field[len(place) :])}
            fitting |= {
                (remark.path, place, position)
                for position, note in enumerate(record.notes)
                if note.rule == remark.rule.code and note.at in places
            }
        self._used |= fitting
        return bool(fitting)

    def subjects(
        self, known: Mapping[str, str], unjudged: Iterable[str]
    ) -> Iterator[AcceptanceSubject]:
        """Each note that names a rule, once every finding was shown to `accept`.

        Args:
            known: The rules whose findings can be accepted, code → title.
            unjudged: Rules that were not looked for.
        """
        for path, found in self._noted.items():
            for place, record in found:
                for position, note in enumerate(record.notes):
                    if note.rule:
                        used = (path, place, position) in self._used
                        judged = note.rule not in unjudged
                        yield AcceptanceSubject(path, place, position, note, used, known, judged)


def _with_notes(record: _File) -> Iterator[tuple[FieldPath, _Noted]]:
    """What has notes that name a rule: the file, and the department's table in it."""
    parts: list[tuple[FieldPath, _Noted]] = [((), record)]
    if isinstance(record, Disclosure) and record.department_table is not None:
        parts.append(((DEPARTMENT_TABLE,), record.department_table))
    yield from ((place, part) for place, part in parts if any(note.rule for note in part.notes))


def _places(record: _Noted, field: tuple[str | int, ...]) -> Iterator[str]:
    """What a note may call the place: the field, or the row that it stands in."""
    if not field or not isinstance(field[0], str):
        return
    yield field[0]
    if len(field) > 1 and isinstance(field[1], int):
        if field[0] == "indicators" and not isinstance(record, Disclosure):
            yield record.indicator_rows[field[1]].name
        elif field[0] == "objectives" and isinstance(record, Disclosure):
            yield record.objectives[field[1]].name
        elif field[0] == "tasks" and isinstance(record, DepartmentTable | DepartmentEvaluation):
            yield record.tasks[field[1]].name or ""
    elif field[0] == "facts" and len(field) > 1:
        yield str(field[1])
