"""One document of any format that can be read, to its pieces."""

from __future__ import annotations

import hashlib
from pathlib import Path

from disclosure.intake.formats import (
    docx,
    libreoffice,
    ods,
    opening,
    pdf,
    strict_ooxml,
    text,
    xls,
    xlsx,
)
from disclosure.intake.formats.opening import FileFormat
from disclosure.intake.formats.pieces import Document, Piece, ReaderRemark, Say

_READERS = {
    FileFormat.PDF: pdf.read,
    FileFormat.DOCX: docx.read,
    FileFormat.XLSX: xlsx.read,
    FileFormat.XLS: xls.read,
    FileFormat.ODS: ods.read,
}


def document(file: Path, say: Say) -> Document:
    """A document's pieces, read in this process.

    Raises:
        UnreadableError: It cannot be read.
        OSError: It is not there.
    """
    kind = opening.kind(file)
    if kind in opening.OFFICE:
        with libreoffice.as_word(file, kind, say) as made:
            opening.kind(made)  # which looks at it as at any other
            found = _read(made, FileFormat.DOCX, say)
    else:
        found = _read(file, kind, say)
    pieces, visible, remarks = found
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Document(file.name, digest, pieces, visible, remarks)


def _read(
    file: Path, kind: FileFormat, say: Say
) -> tuple[tuple[Piece, ...], int, tuple[ReaderRemark, ...]]:
    with strict_ooxml.ordinary(file) as readable:
        if kind is FileFormat.TEXT:
            return *text.read(readable.read_bytes(), say), ()
        return _READERS[kind](readable, say)
