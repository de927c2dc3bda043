"""From the data folder to the model: every file read, every finding of every file gathered.

- discovery: which files there are, and what does not belong there
- source: bytes → text with places; characters that no text may contain
- scalars: text → tree over libyaml's events (`syntax` explains what it cannot read)
- validation: tree → the model's values
- form_files: the forms of the data folder, and the forms that files name
- documents: what years were taken from, where it lies beside the data
- placement: each file against its folder, and the files against each other
- assembly: the files without errors → one dataset
- shipped: the synonyms and themes that the program brings with it
- git_history: what git remembers of the files
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as TypedMapping
from itertools import groupby
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from disclosure.forms.library import NO_FORMS
from disclosure.model.dataset import Dataset
from disclosure.model.diagnostics import Diagnostic, Remark, Span, in_reading_order
from disclosure.model.fields import Record
from disclosure.reading.assembly import assemble
from disclosure.reading.datafile import DataFile, read_file
from disclosure.reading.discovery import FilePlace, discover
from disclosure.reading.document_kinds import DOCUMENT
from disclosure.reading.documents import fingerprint, judge_documents, read_document
from disclosure.reading.form_files import judge_forms, judge_names_of_forms
from disclosure.reading.git_history import history
from disclosure.reading.placement import claimed_codes, place
from disclosure.reading.shipped import shipped_words
from disclosure.reading.source import content as text_content
from disclosure.reading.tree import Mapping, Scalar, find

__all__ = [
    "FilePlace",
    "ReadResult",
    "content",
    "discover",
    "history",
    "locate",
    "read",
    "read_files",
    "shipped_words",
]

_DIGIT = re.compile(r"\d")


class ReadResult(Struct, frozen=True):
    """What a data folder holds.

    Attributes:
        dataset: Every file without an error; paths in it are relative to the data folder.
        diagnostics: Every finding, in reading order.
        codes: The project codes that files claim for theirs, each after its year's folder.
        files: Everything that was read, with what `locate` needs.
    """

    dataset: Dataset
    diagnostics: tuple[Diagnostic, ...]
    codes: frozenset[tuple[str, str]]
    files: tuple[DataFile, ...]


def read(data: Path) -> ReadResult:
    """Read a data folder. Whatever is wrong in it becomes a diagnostic, never an exception.

    A file with an error is left out of the dataset; so are the years of a department and the
    projects of a year whose own file has one, though all of them are read for findings.
    """
    places, findings = discover(data)
    forms = read_files(data, [one for one in places if one.kind == "form/1"]).dataset.forms
    found = read_files(data, places, forms)
    dataset = replace(found.dataset, history=history(data))
    every = in_reading_order([*findings, *found.diagnostics])
    return replace(found, dataset=dataset, diagnostics=every)


def read_files(
    data: Path, places: Iterable[FilePlace], forms: TypedMapping[str, Record] = NO_FORMS
) -> ReadResult:
    """Read some files of a data folder, all of a department or none, and judge them together.

    `forms` are those of the data folder, which the files may name.
    """
    folder = _name(data)
    files = [
        (read_document if found.kind == DOCUMENT else read_file)(found, folder) for found in places
    ]
    place(files)
    judge_documents(files)
    judge_forms(files)
    judge_names_of_forms(files, forms)
    findings = in_reading_order(finding for file in files for finding in file.findings)
    return ReadResult(assemble(files, forms), findings, claimed_codes(files), tuple(files))


def content(place: FilePlace) -> bytes:
    """What the findings in a file depend on: its text, or the checksum of a document.

    Raises:
        OSError: It cannot be read.
    """
    return fingerprint(place) if place.kind == DOCUMENT else text_content(place.file)


def locate(
    data: Path, remarks: Iterable[Remark], files: Iterable[DataFile]
) -> Iterator[Diagnostic]:
    """The remarks as findings, file by file: each at its field, or at the file without it.

    `files` are those that were read, so that none is read again to say where a field stands.
    """
    folder = _name(data)
    known = {file.place.path: file for file in files}
    by_file = sorted(remarks, key=lambda remark: remark.path)
    for path, found in groupby(by_file, key=lambda remark: remark.path):
        file = known.get(path)
        for remark in found:
            span = _nearest(file, remark.field) if file else None
            span = span or Span(f"{folder}/{path}")
            if remark.sensitive:
                span = replace(span, excerpt=_DIGIT.sub("*", span.excerpt))
            yield remark.rule.at(span, remark.message, remark.hint)


def _nearest(file: DataFile, field: tuple[str | int, ...]) -> Span | None:
    """Where a field stands; of a target that is printed in columns, the column of the number."""
    span = _place_of(file, field)
    if span is None and field[-1:] == ("target",):
        return _place_of(file, (*field[:-1], "value"))
    return span


def _place_of(file: DataFile, field: tuple[str | int, ...]) -> Span | None:
    """Where a field stands: at its value, or at its name when it holds more than text."""
    root, source = file.root, file.source
    if root is None or source is None or not field:
        return None
    found, parent = find(root, *field), find(root, *field[:-1])
    if isinstance(parent, Mapping) and found and not isinstance(found, Scalar):
        found = parent.entries[str(field[-1])][0]
    return source.span(found.start, found.end) if found else None


def _name(data: Path) -> str:
    """What findings call the data folder."""
    return data.name or data.resolve().name
