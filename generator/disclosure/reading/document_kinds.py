"""Which documents may be published beside the data, and what a file of each kind begins with.

Browsers show or save these and run nothing in them. HTML and SVG are not among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

#: What a document is as a file of the data folder, beside the `schema:` lines of the others.
DOCUMENT = "document"

#: As large as a push to a server may bring a file, unless its owner says otherwise.
MAX_BYTES = 20_000_000

_PACKED, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: By how their names end; text may begin with anything.
BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".ofd": (_PACKED,),
    ".docx": (_PACKED,),
    ".xlsx": (_PACKED,),
    ".doc": (_OLE,),
    ".xls": (_OLE,),
    ".wps": (_OLE, _PACKED),
    ".et": (_OLE, _PACKED),
    ".txt": (b"",),
}


def kind_of(name: str) -> str:
    """How a file's name ends, in small letters."""
    return PurePosixPath(name).suffix.lower()


def is_document(name: str) -> bool:
    """Whether a file of this name may be a document."""
    return kind_of(name) in BEGINNINGS
