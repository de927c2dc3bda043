"""One document of any format that can be read, to its pieces."""

from __future__ import annotations

import hashlib
from pathlib import Path

from disclosure.intake.formats import docx, opening, pdf, strict, text, xlsx
from disclosure.intake.formats.pieces import Document, Say


def document(file: Path, say: Say) -> Document:
    """A document's pieces, read in this process.

    Raises:
        UnreadableError: It cannot be read.
        OSError: It is not there.
    """
    kind = opening.kind(file)
    remarks: tuple[str, ...] = ()
    with strict.ordinary(file) as readable:
        if kind is opening.FileFormat.PDF:
            pieces, visible, remarks = pdf.read(readable, say)
        elif kind is opening.FileFormat.DOCX:
            pieces, visible, remarks = docx.read(readable, say)
        elif kind is opening.FileFormat.XLSX:
            pieces, visible, remarks = xlsx.read(readable, say)
        else:
            pieces, visible = text.read(readable.read_bytes(), say)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Document(file.name, digest, pieces, visible, remarks)
