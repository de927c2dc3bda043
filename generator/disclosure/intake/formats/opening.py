"""What a file really is, and whether it may be opened at all; looked at before any library does.

A document comes from anywhere. So nothing in it is run or followed, what it unpacks to is known
before it is unpacked, and no XML may declare a document type.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Container, Iterable
from enum import StrEnum
from pathlib import Path
from typing import IO

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from msgspec import Struct

from disclosure.intake import rules
from disclosure.intake.formats import old_office, signatures
from disclosure.intake.formats.text import decoded
from disclosure.intake.rules import UnreadableError
from disclosure.reading.foreign import is_pointer, pointer

_MEGABYTE = 1_000_000
MAX_BYTES = 100 * _MEGABYTE
MAX_UNPACKED = 200 * _MEGABYTE
MAX_PARTS = 5_000
_MAX_RATIO = 300  # text in XML packs some 20 times
_UNSUSPICIOUS = 5 * _MEGABYTE
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_EXCEL_BEFORE_OLE = (b"\x09\x08", b"\x09\x04", b"\x09\x02")
_SCRIPT = re.compile(r"Scripts/.+[^/]|Basic/[^/]+/(?!script-l[bc]\.xml).+[^/]")  # of OpenDocument
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8", b"BM")


class FileFormat(StrEnum):
    """The formats that can be read, by the usual extension."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "txt"
    XLS = "xls"
    ODS = "ods"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"


#: Those that LibreOffice has to convert, with their names.
OFFICE = {
    FileFormat.DOC: "旧格式的 Word 或 WPS 文字文件（.doc、.wps）",
    FileFormat.RTF: " RTF 文件",
    FileFormat.ODT: " OpenDocument 文本（.odt）",
}
_NAMES = {
    FileFormat.PDF: "PDF",
    FileFormat.DOCX: "Word 文件",
    FileFormat.XLSX: "Excel 工作簿",
    FileFormat.TEXT: "纯文本",
    FileFormat.XLS: "旧格式的 Excel 或 WPS 表格（.xls、.et）",
    FileFormat.ODS: "OpenDocument 表格（.ods）",
    **{kind: name.strip() for kind, name in OFFICE.items()},
}
#: Whose extension must be true; old names are given to all kinds of content, and Office opens them.
_STRICT = {FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX, FileFormat.TEXT}
_OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.spreadsheet": FileFormat.ODS,
    "application/vnd.oasis.opendocument.text": FileFormat.ODT,
}


def kind(file: Path) -> FileFormat:
    """What a file is, by its content.

    Raises:
        UnreadableError: It must not or cannot be opened.
        OSError: It is not there.
    """
    if file.stat().st_size > MAX_BYTES:
        raise UnreadableError(
            rules.TOO_LARGE,
            f"文件超过 {MAX_BYTES // _MEGABYTE} MB，没有读取。",
            "请把文件拆开，或删去其中的图片，另存后再导入。",
        )
    with file.open("rb") as stream:
        start = stream.read(4096)
    found = _kind(file, start)
    stated = file.suffix.lower().removeprefix(".")
    if stated in _STRICT and stated != found:
        raise UnreadableError(
            rules.NOT_WHAT_IT_SAYS,
            f"扩展名是 .{stated}，内容却是“{_NAMES[found]}”。",
            f"请确认是不是要导入的文件；确认无误的，把扩展名改为 .{found} 再导入。",
        )
    return found


def _kind(file: Path, start: bytes) -> FileFormat:
    if is_pointer(start):
        advice = pointer(start, file.name)
        raise UnreadableError(rules.DAMAGED, advice.message, advice.hint)
    if b"%PDF-" in start[:1024]:
        return FileFormat.PDF
    if start.startswith(b"PK"):
        return _package(file)
    if known := signatures.of_bytes(start, file.suffix.lower().removeprefix(".")):
        raise known
    if old := _old(file, start):
        return old
    if start.startswith(_PICTURES):
        raise UnreadableError(
            rules.NO_TEXT,
            "这是图片，没有可以读取的文字。",
            "请先用文字识别（OCR）软件转成文字或可以搜索的 PDF，再导入。",
        )
    if not start.strip():
        raise UnreadableError(rules.DAMAGED, "文件是空的。", "请重新取得原文件。")
    if b"\0" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _text(file)
    raise signatures.unknown()


def _old(file: Path, start: bytes) -> FileFormat | None:
    """What a file of an old Office is; None for any other."""
    if start.startswith(_OLE):
        is_workbook = old_office.kind(file) == old_office.WORKBOOK
        return FileFormat.XLS if is_workbook else FileFormat.DOC
    if start.startswith(_EXCEL_BEFORE_OLE):
        return FileFormat.XLS
    return FileFormat.RTF if start.startswith(_RTF) else None


def _text(file: Path) -> FileFormat:
    try:
        decoded(file.read_bytes())
    except UnicodeDecodeError:
        raise signatures.unknown() from None
    return FileFormat.TEXT


def _package(file: Path) -> FileFormat:
    """The format of a zip file (Word, Excel, OpenDocument), by its directory and parts."""
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            _sizes(parts)
            _no_macros(names)
            open_document = _open_document(package, names)  # with a password no part is XML
            _no_document_types(package, parts)
            _nothing_outside(package, names)
            main = _main(package, names)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError):
        raise rules.damaged() from None
    except ElementTree.ParseError:
        raise rules.damaged() from None
    if main.startswith("word/"):
        return FileFormat.DOCX
    if main.startswith("xl/") and not main.endswith(".bin"):
        return FileFormat.XLSX
    if open_document:
        return open_document
    raise signatures.of_package(names) or signatures.unknown()


def _main(package: zipfile.ZipFile, names: Container[str]) -> str:
    """The name of the part that is the document itself, as the first relations say it."""
    if "_rels/.rels" not in names:
        return ""
    with package.open("_rels/.rels") as stream:
        for _, element in ElementTree.iterparse(stream, forbid_dtd=True):
            if element.get("Type", "").endswith("/officeDocument"):
                return str(element.get("Target", "")).lstrip("/")
    return ""


def _open_document(package: zipfile.ZipFile, names: Container[str]) -> FileFormat | None:
    """Which kind of OpenDocument a zip file says that it is, if it is one that can be read."""
    if "mimetype" not in names or "content.xml" not in names:
        return None
    if "META-INF/manifest.xml" in names:
        with package.open("META-INF/manifest.xml") as stream:
            if any(element.tag.endswith("}encryption-data")
                   for _, element in ElementTree.iterparse(stream, forbid_dtd=True)):  # fmt: skip
                raise rules.encrypted()
    with package.open("mimetype") as stream:
        mimetype = stream.read(200).decode("ascii", "replace")
    return _OPEN_DOCUMENTS.get(mimetype.strip().removesuffix("-template"))


def _sizes(parts: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse what unpacks to too much: known from the directory, before anything is unpacked."""
    parts = list(parts)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError(
            rules.ENCRYPTED, "文件是加密的，没有读取。", "请取消密码并另存，再导入。"
        )
    whole = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _UNSUSPICIOUS and part.file_size > part.compress_size * _MAX_RATIO
        for part in parts
    )
    if swollen or whole > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise UnreadableError(
            rules.BOMB,
            "文件解压后大得不正常，可能有害，没有解压。",
            "请核对文件的来源；确认无误的，用原来的软件打开它，另存一份再导入。",
        )


def _no_macros(names: Iterable[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") or _SCRIPT.fullmatch(name) for name in names):
        raise rules.macros()


class _LittleByLittle(Struct, frozen=True):
    """A part of a package, for a parser that would take 16 kB at a time (decision 0020)."""

    stream: IO[bytes]

    def read(self, _: int = 0, /) -> bytes:
        """The next bytes; none at the end."""
        return self.stream.read(512)


def _no_document_types(package: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse declarations of a document type: no office program writes one, entities need one.

    They can only stand before the first element, so no part is read further than that.
    """
    for part in parts:
        if not part.filename.endswith((".xml", ".rels", ".vml")):
            continue
        with package.open(part) as stream:
            beginning = _LittleByLittle(stream)
            try:
                next(iter(ElementTree.iterparse(beginning, ("start",), forbid_dtd=True)), None)
            except DefusedXmlException:
                raise UnreadableError(
                    rules.ENTITIES,
                    f"文件里的 {part.filename} 有 XML 文档类型声明，可能有害，没有读取。",
                    "Word 和 Excel 不会这样写。请核对文件的来源，用原来的软件另存一份再导入。",
                ) from None


def _nothing_outside(package: zipfile.ZipFile, names: Iterable[str]) -> None:
    """Refuse what would be taken from elsewhere; a hyperlink in the text is only its words."""
    for name in sorted(names):
        if not name.endswith(".rels"):
            continue
        with package.open(name) as stream:
            for _, element in ElementTree.iterparse(stream, forbid_dtd=True):
                outside = element.get("TargetMode") == "External"
                hyperlink = element.get("Type", "").endswith("/hyperlink")
                if element.tag == _RELATIONS and outside and not hyperlink:
                    raise UnreadableError(
                        rules.EXTERNAL,
                        "文件引用了它以外的内容（链接的工作簿、模板、图片或对象），没有读取。",
                        "请用 Word 或 Excel 打开它，断开这些链接并另存，再导入。",
                    )
