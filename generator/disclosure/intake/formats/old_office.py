"""What an OLE file is: a workbook or text of an old Office, or a new one behind a password."""

from __future__ import annotations

from pathlib import Path

import olefile

from disclosure.intake import rules
from disclosure.intake.formats import signatures

WORKBOOK, DOCUMENT = "Workbook", "WordDocument"
_STREAMS = {"Workbook": WORKBOOK, "Book": WORKBOOK, "WordDocument": DOCUMENT}
_MACROS = {"macros", "_vba_project_cur", "vba"}
_SLIDES = "PowerPoint Document"
_ENCRYPTED = "EncryptedPackage"
_BEGINNING = 2_000_000  # bytes; the directory of an encrypted document stands there
_FLAGS, _HAS_PASSWORD = 10, 0x0100  # in the head of a text


def kind(file: Path) -> str:
    """Whether a file is a `WORKBOOK` or `DOCUMENT`, by the names of its streams.

    Raises:
        UnreadableError: It is neither, is damaged, has a password or macros.
    """
    with file.open("rb") as stream:
        if _ENCRYPTED.encode("utf-16-le") in stream.read(_BEGINNING):
            raise rules.encrypted()
    try:
        with olefile.OleFileIO(str(file)) as package:
            names = {entry[0] for entry in package.listdir(storages=True)}
            found = next((kind for name, kind in _STREAMS.items() if name in names), None)
            head = package.openstream(DOCUMENT).read(_FLAGS + 2) if found == DOCUMENT else b""
    except (OSError, IndexError, ValueError):
        raise rules.damaged() from None
    if _MACROS & {name.lower() for name in names}:
        raise rules.macros()
    if int.from_bytes(head[_FLAGS:], "little") & _HAS_PASSWORD:
        raise rules.encrypted()
    if found is None:
        raise signatures.presentation() if _SLIDES in names else signatures.unknown()
    return found
