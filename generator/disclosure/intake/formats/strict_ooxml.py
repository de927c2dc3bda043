"""Strict Open XML documents, as the ordinary ones that every reader knows.

“Strict Open XML” says the same with other names: each namespace, and each kind of relation, has
another address (ISO/IEC 29500-1 beside 29500-4). So a copy with the usual addresses is read.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STRICT = b"http://purl.oclc.org/ooxml/"
_ADDRESS = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)(/\w+)?")
#: Those whose name, and not only whose address, is another.
_RENAMED = {b"/extendedProperties": b"/extended-properties",
            b"/customProperties": b"/custom-properties"}  # fmt: skip
_XML = (".xml", ".rels", ".vml")


def is_strict(package: zipfile.ZipFile) -> bool:
    """Whether the package's first relations have the addresses of Strict Open XML."""
    return "_rels/.rels" in package.namelist() and _STRICT in package.read("_rels/.rels")


@contextmanager
def ordinary(file: Path) -> Iterator[Path]:
    """The file itself, or a copy with the usual addresses if it is Strict Open XML."""
    if not zipfile.is_zipfile(file):
        yield file
        return
    with zipfile.ZipFile(file) as package:
        if not is_strict(package):
            yield file
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / file.name
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as made:
                for part in package.infolist():
                    content = package.read(part)
                    made.writestr(part.filename, _renamed(content)
                                  if part.filename.endswith(_XML) else content)  # fmt: skip
            yield copy


def _renamed(content: bytes) -> bytes:
    return _ADDRESS.sub(_usual, content)


def _usual(found: re.Match[bytes]) -> bytes:
    inner = found[2] or b""
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006" + _RENAMED.get(inner, inner)
