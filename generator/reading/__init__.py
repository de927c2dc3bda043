"""From the data folder to the model: every file read, every finding of every file gathered.

- files: which files there are, and what does not belong there
- source: bytes → text with places; characters that no text may contain
- scalars: text → tree over libyaml's events (`syntax` explains what it cannot read)
- shape: tree → the model's values
- placement: each file against its folder, and the files against each other
- assembly: the files without errors → one dataset
- recorded: when each file came into the repository
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.dataset import Dataset
from generator.diagnostics import Diagnostic, Remark, Span, in_reading_order
from generator.reading.assembly import assemble
from generator.reading.datafile import read_file
from generator.reading.files import discover
from generator.reading.placement import place
from generator.reading.recorded import recorded
from generator.reading.scalars import parse
from generator.reading.source import Source, load
from generator.reading.tree import find

__all__ = ["Reading", "locate", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a data folder holds.

    Attributes:
        dataset: Every file without an error; paths in it are relative to the data folder.
        diagnostics: Every finding, in reading order.
    """

    dataset: Dataset
    diagnostics: tuple[Diagnostic, ...]


def read(data: Path) -> Reading:
    """Read a data folder. Whatever is wrong in it becomes a diagnostic, never an exception.

    A file with an error is left out of the dataset; so are the years of a department and the
    projects of a year whose own file has one, though all of them are read for findings.
    """
    folder = _name(data)
    places, findings = discover(data)
    files = [read_file(found, folder) for found in places]
    place(files)
    found_in_files = (finding for file in files for finding in file.findings)
    dataset = replace(assemble(files), recorded=recorded(data))
    return Reading(dataset, in_reading_order([*findings, *found_in_files]))


def locate(data: Path, remark: Remark) -> Diagnostic:
    """The remark as a finding in its file: at the field, or at the file when it is not there."""
    path = f"{_name(data)}/{remark.path}"
    source = load(data / remark.path, path)
    span = _place_of(source, remark) if isinstance(source, Source) else None
    return remark.rule.at(span or Span(path), remark.message, remark.hint)


def _place_of(source: Source, remark: Remark) -> Span | None:
    root, _ = parse(source)
    found = find(root, *remark.field) if root else None
    return source.span(found.start, found.end) if found else None


def _name(data: Path) -> str:
    """What findings call the data folder."""
    return data.name or data.resolve().name
