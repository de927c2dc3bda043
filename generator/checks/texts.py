"""Every text of a file, with the way to it, for rules that read whatever people wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from generator.checks.subject import (
    DepartmentSubject,
    ProjectSubject,
    ResultSubject,
    YearSubject,
)
from generator.model import Record

Field = tuple[str | int, ...]
Subject = ProjectSubject | ResultSubject | YearSubject | DepartmentSubject

# Codes and checksums have their own grammar, and no one writes anything else into them.
_CODES = frozenset({"schema_", "id", "code", "unit", "continues", "sha256"})


def texts(subject: Subject) -> Iterator[tuple[str, Field, str]]:
    """The path, field and content of every text in the subject's own file, codes left out."""
    path, record = _file(subject)
    for field, text in _walk(record, ()):
        yield path, field, text


def _file(subject: Subject) -> tuple[str, Record]:
    match subject:
        case ProjectSubject():
            return subject.version.path, subject.project
        case ResultSubject():
            return subject.path, subject.result
        case YearSubject():
            return subject.year.path, subject.year.disclosure
        case DepartmentSubject():
            return subject.data.path, subject.data.department
        case _:
            assert_never(subject)


def _walk(value: object, field: Field) -> Iterator[tuple[Field, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _walk(item, (*field, position))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield (*field, key), key
            yield from _walk(item, (*field, key))
    elif isinstance(value, Record):
        for name, item in value:
            if name not in _CODES:
                yield from _walk(item, (*field, name))
