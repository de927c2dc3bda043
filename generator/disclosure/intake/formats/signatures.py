"""What a file is that cannot be imported, told by its content, and what to do with it.

Many systems export a web page or lines of text and name them .xls or .doc; Excel and Word open
them, after asking. So does a clerk, who then saves them in a format that can be imported.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from disclosure.intake import rules
from disclosure.intake.rules import UnreadableError

_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|meta|style|div|script|center|form)\b", re.IGNORECASE
)
_MAIL = re.compile(r"(?:MIME-Version|Content-Type|From|Subject|Date):\s", re.IGNORECASE)
_WORD, _EXCEL = "Word 或 WPS 文字", "Excel 或 WPS 表格"
_SHEETS = frozenset({"xls", "xlsx", "xlsm", "xlt", "et", "ett", "csv", "tsv"})
#: What can be imported, in words.
READABLE = (
    " PDF、Word（.docx、.doc）、Excel（.xlsx、.xls）、WPS（.wps、.et）、"
    "OpenDocument（.odt、.ods）、RTF 和从 PDF 提取的文字（.txt）"
)
#: By the beginning of a file's bytes.
_BYTES = (
    (b"ID;P", "SYLK 表格（.slk）", _EXCEL, ".xlsx"),
    (b"\x31\xbe", "旧格式的 Word 或 Write 文件", _WORD, ".docx"),
)
_SLIDES = ("演示文稿（.pptx、.dps）", "PowerPoint 或 WPS 演示", "PDF")
#: By a part of a zip file's directory, in lower case.
_PACKAGES = (
    ("ofd.xml", "OFD 版式文件（.ofd）", "OFD 阅读器或者 WPS", "PDF"),
    ("xl/workbook.bin", "二进制的 Excel 工作簿（.xlsb）", _EXCEL, ".xlsx"),
    ("ppt/presentation.xml", *_SLIDES),
    ("content.xml", "OpenDocument 文件（.odp、.odg 等）", "LibreOffice 或 WPS", "PDF"),
)  # fmt: skip
#: By words near the beginning of XML.
_XML = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "XML 格式的电子表格（Excel 2003）", _EXCEL,
     ".xlsx"),
    ("schemas.microsoft.com/office/word/2003/wordml", "XML 格式的 Word 文件", _WORD, ".docx"),
    ("schemas.microsoft.com/office/2006/xmlPackage", "XML 格式的 Word 文件", _WORD, ".docx"),
    ("urn:oasis:names:tc:opendocument", "XML 格式的 OpenDocument 文件", "LibreOffice",
     ".docx 或 .xlsx"),
    ("http://schemas.uof.org", "UOF 文件", "WPS", ".docx 或 .xlsx"),
)  # fmt: skip


def of_bytes(start: bytes, extension: str) -> UnreadableError | None:
    """What a file is that is neither a zip file nor a PDF, if it is known and cannot be read.

    Args:
        start: Its first bytes.
        extension: The one of its name, in lower case and without the dot.
    """
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, what, program, format_ in _BYTES:
        if bare.startswith(beginning):
            return _is(what, program, format_)
    return _of_text(_decoded(start), extension)


def of_package(names: Collection[str]) -> UnreadableError | None:
    """What a zip file is, by the names of its parts, if it is known and cannot be read."""
    lowered = {name.lower() for name in names}
    for part, what, program, format_ in _PACKAGES:
        if part in lowered:
            return _is(what, program, format_)
    inside = [name for name in names if name.lower().endswith((".pdf", ".docx", ".xlsx", ".doc",
                                                               ".xls", ".wps", ".et"))]  # fmt: skip
    if inside:
        return UnreadableError(
            rules.KIND,
            f"这是压缩包，里面有 {len(inside)} 个文件。",
            "请解压，再导入里面的文件。",
        )
    return None


def presentation() -> UnreadableError:
    """Slides are no document that can be read."""
    return _is(*_SLIDES)


def unknown() -> UnreadableError:
    """A file of which nobody here knows what it is."""
    return UnreadableError(rules.KIND, "不认识这种文件。", f"可以导入的是{READABLE}。")


def _of_text(text: str, extension: str) -> UnreadableError | None:
    program, format_ = (_EXCEL, ".xlsx") if extension in _SHEETS else (_WORD, ".docx")
    if "<" in text[:200]:
        for words, what, better, into in _XML:
            if words in text:
                return _is(what, better, into)
        if _PAGE.search(text):
            return _is("网页（HTML）", program, format_)
        if text.startswith("<?xml"):
            return UnreadableError(
                rules.KIND, "这是 XML 文件，不能导入。", f"可以导入的是{READABLE}。"
            )
    if _MAIL.match(text) and "content-type:" in text.lower():
        return _is("网页（MHTML，也叫单个文件网页）", program, format_)
    if extension in _SHEETS and (separator := _separator(text)):
        return _is(f"用{separator}分隔的文字（CSV）", _EXCEL, ".xlsx")
    return None


def _separator(text: str) -> str:
    """What parts the columns, if most lines have it."""
    lines = [line for line in text.splitlines() if line.strip()]
    for char, name in (("\t", "制表符"), (",", "逗号"), (";", "分号"), ("|", "竖线")):
        if lines and sum(char in line for line in lines) * 2 >= len(lines):
            return name
    return ""


def _decoded(start: bytes) -> str:
    """The first characters of a text, in any of its usual encodings."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = start[: len(start) // 2 * 2].decode("utf-16", "replace")
    else:
        text = start.decode("utf-8", "replace")
        if "\ufffd" in text[:-3]:
            text = start.decode("gb18030", "replace")
    return text.removeprefix("\ufeff").lstrip()


def _is(what: str, program: str, format_: str) -> UnreadableError:
    into = f"另存为 {format_}" if format_.startswith(".") else f"另存或者导出为 {format_}"
    return UnreadableError(
        rules.KIND,
        f"这是{_apart(what).rstrip()}，不能直接导入。",
        f"请用{_apart(program)}打开它，{into}，再导入。",
    )


def _apart(words: str) -> str:
    """Words with a space where Latin letters would touch Chinese ones."""
    before = " " if words[0].isascii() else ""
    after = " " if words[-1].isascii() and words[-1].isalnum() else ""
    return f"{before}{words}{after}"
