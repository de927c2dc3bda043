"""The parts of a workbook's package: which sheets there are, and what belongs to each."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from msgspec import Struct

from disclosure.intake import rules

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DOCUMENT = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TRUE = {"1", "true", "on"}
_EMPTY = re.compile(rb"<c [^<>]*/>|<c [^<>]*>(?:<v ?/>|<v></v>)?</c>")
_NAMELESS = re.compile(rb"<c(?: (?![^<>]*\br=)[^<>]*)?>")


def is_true(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return (value or "").lower() in _TRUE


class Sheet(Struct, frozen=True):
    """A sheet of a workbook.

    Attributes:
        title: Its name.
        is_visible: Whether it is neither hidden nor very hidden.
        part: The name of its part in the package.
    """

    title: str
    is_visible: bool
    part: str


class Package(Struct, frozen=True):
    """A workbook's package.

    Attributes:
        file: The open zip file.
        book: The name of the workbook's own part.
    """

    file: zipfile.ZipFile
    book: str

    def tree(self, part: str) -> Element:
        """A part as a tree; an absent one is damage."""
        try:
            with self.file.open(part) as stream:
                root = ElementTree.parse(stream, forbid_dtd=True).getroot()
        except (KeyError, ElementTree.ParseError):
            raise rules.damaged() from None
        assert root is not None
        return root

    def sheet(self, part: str) -> IO[bytes]:
        """A worksheet's part without the cells that hold nothing, of which there may be a million.

        Where cells are told by their order and not by their names, empty ones count and stay.
        """
        try:
            content = self.file.read(part)
        except KeyError:
            raise rules.damaged() from None
        return io.BytesIO(content if _NAMELESS.search(content) else _EMPTY.sub(b"", content))

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that a part names as related in some way, such as `comments`."""
        return [target for _, type_, target in self._relations(part) if type_ == kind]

    def sheets(self) -> Iterator[Sheet]:
        """The worksheets, in the order of their tabs."""
        parts = {id_: (kind, target) for id_, kind, target in self._relations(self.book)}
        for sheet in self.tree(self.book).iter(f"{MAIN}sheet"):
            kind, part = parts.get(sheet.get(f"{_DOCUMENT}id", ""), ("", ""))
            if kind == "worksheet":
                visible = sheet.get("state", "visible") == "visible"
                yield Sheet(sheet.get("name", ""), visible, part)

    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        found = self.tree(self.book).find(f"{MAIN}workbookPr")
        return found is not None and is_true(found.get("date1904"))

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Identifier, kind and target of what is related to a part."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.file.namelist():
            return
        for found in self.tree(relations):
            kind = found.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, found.get("Target", "")))
            yield found.get("Id", ""), kind, target.lstrip("/")


def opened(file: zipfile.ZipFile) -> Package:
    """The package of a workbook, whichever name its main part has.

    Raises:
        UnreadableError: There is no workbook in it.
    """
    root = Package(file, "xl/workbook.xml")
    named = root.related("", "officeDocument")
    return Package(file, named[0]) if named else root
