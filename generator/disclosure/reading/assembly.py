"""Puts the files that hold no error together as one dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from disclosure.forms.form import Form
from disclosure.model.dataset import (
    Dataset,
    DepartmentData,
    DepartmentYear,
    ProjectVersion,
    ProjectYear,
)
from disclosure.model.departments import Department
from disclosure.model.evaluations import DepartmentEvaluation, SelfEvaluation
from disclosure.model.fields import Record
from disclosure.model.records import CheckSettings, Disclosure, Project
from disclosure.model.words import Words
from disclosure.reading.datafile import DataFile
from disclosure.reading.shipped import shipped_words


def assemble(files: Iterable[DataFile], forms: Mapping[str, Record]) -> Dataset:
    """The dataset of the usable files, in its fixed order; `files` are sorted by path.

    `forms` are those of the data folder that were read before; forms among the files go with them.
    """
    usable = sorted((file for file in files if file.usable), key=lambda file: file.place.department)
    forms = {**forms, **{one.id: one for file in usable if isinstance(one := file.record, Form)}}
    departments = groupby(usable, key=lambda file: file.place.department)
    found = tuple(data for _, members in departments for data in _department(list(members), forms))
    settings = (file.record for file in usable if isinstance(file.record, CheckSettings))
    own = (file.record for file in usable if isinstance(file.record, Words))
    words = shipped_words().with_more(next(own, Words()))
    return Dataset(found, next(settings, CheckSettings()), words=words, forms=forms)


def _department(files: list[DataFile], forms: Mapping[str, Record]) -> Iterator[DepartmentData]:
    """The department, if its own file is usable."""
    years = sorted({file.place.year for file in files if file.place.year}, reverse=True)
    for file in files:
        if isinstance(file.record, Department):
            found = (
                _year(file.record, [x for x in files if x.place.year == year]) for year in years
            )
            yield DepartmentData(
                file.record,
                file.place.path,
                tuple(data for some in found for data in some),
                forms,
            )


def _year(department: Department, files: list[DataFile]) -> Iterator[DepartmentYear]:
    """The year, if its part one is usable."""
    own = {
        file.place.path: file.record
        for file in files
        if isinstance(file.record, DepartmentEvaluation)
    }
    for file in files:
        if isinstance(file.record, Disclosure):
            path, result = next(iter(own.items()), (None, None))
            source = file.record.source.file if file.record.source else None
            documents = (one.document for one in files if one.place.path.endswith(f"/{source}"))
            projects = sorted(_projects(files), key=lambda x: (x.current.number, x.current.id))
            yield DepartmentYear(
                file.record.year,
                file.record,
                file.place.path,
                tuple(projects),
                department.as_of(file.record.year),
                result,
                path,
                next(filter(None, documents), None),
            )


def _projects(files: list[DataFile]) -> Iterator[ProjectYear]:
    """Each project with its versions, oldest first, and its self-evaluation."""
    results = {
        file.record.id: (file.record, file.place.path)
        for file in files
        if isinstance(file.record, SelfEvaluation)
    }
    versions: dict[str, list[ProjectVersion]] = {}
    # `<id>` sorts before `<id>@<date>`, and dates sort by age.
    for file in sorted(files, key=lambda file: file.place.stem):
        if isinstance(file.record, Project):
            version = ProjectVersion(file.record, file.place.path)
            versions.setdefault(file.record.id, []).append(version)
    for identifier, snapshots in versions.items():
        result, path = results.get(identifier, (None, None))
        yield ProjectYear(tuple(snapshots), result, path)
