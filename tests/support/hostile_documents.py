"""Makes files that must not or cannot be read: each maker writes one below a folder."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import openpyxl

from tests.support import documents
from tests.support.workbooks import Sheet, workbook

_DOCX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{}</w:body></w:document>"
)
_GROWING = (f'<!ENTITY a{at} "' + f"&a{at - 1};".replace("-1", "") * 10 + '">' for at in range(12))
_ENTITIES = '<!DOCTYPE a [<!ENTITY a "哈哈哈哈">' + "".join(_GROWING) + "]>"


def relations(*found: tuple[str, str, bool]) -> str:
    """The part that names related parts: kind, target, whether it lies outside."""
    mode = {True: ' TargetMode="External"', False: ""}
    inner = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"{mode[outside]}/>'
        for at, (kind, target, outside) in enumerate(found)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inner}</Relationships>'


def package(file: Path, parts: dict[str, str | bytes], *, level: int = 6) -> Path:
    """A Word document of these parts, beside those that every one has."""
    base = {
        "[Content_Types].xml": _DOCX_TYPES,
        "_rels/.rels": relations(("officeDocument", "word/document.xml", False)),
        "word/document.xml": _BODY.format(""),
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as made:
        for name, content in {**base, **parts}.items():
            made.writestr(name, content)
    return file


def pdf(file: Path, pages: Iterable[bytes], *, more: str = "", trailer: str = "") -> Path:
    """A PDF whose pages have these contents; `more` goes into each page's dictionary."""
    contents = list(pages)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, content in enumerate(contents):
        page = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R"
            f"/Resources<</Font<</F 3 0 R>>>>{more}>>"
        )
        objects.append(page.encode())
        packed = zlib.compress(content)
        head = f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n".encode()
        objects.append(head + packed + b"\nendstream")
    return write_pdf(file, objects, trailer)


def write_pdf(file: Path, objects: Iterable[bytes], trailer: str = "") -> Path:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(places) + 1
    end = (
        f"xref\n0 {count}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{len(made)}\n%%EOF"
    )
    file.write_bytes(made + end.encode())
    return file


def half(file: Path) -> Path:
    """The file, of which only the first half has arrived."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    return file


def without_end(file: Path) -> Path:
    """A PDF that lacks its last bytes; every page of it can still be found."""
    content = pdf(file, [_WORDS] * 3).read_bytes()
    file.write_bytes(content[:-10])
    return file


def without_a_page(file: Path) -> Path:
    """A PDF that says it has one page more than it has."""
    content = pdf(file, [_WORDS] * 3).read_bytes()
    file.write_bytes(content.replace(b"/Count 3", b"/Count 4"))
    return file


def scratched(file: Path) -> Path:
    """A PDF of two pages, of which the second cannot be unpacked."""
    content = pdf(file, [_WORDS, _WORDS + b" "]).read_bytes()
    packed = zlib.compress(_WORDS + b" ")
    file.write_bytes(content.replace(packed, b"!" * len(packed)))
    return file


def large(file: Path) -> Path:
    """A PDF of which one hundred megabytes are nothing."""
    with file.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(100_000_001)
    return file


def encrypted_office(file: Path) -> Path:
    """What Office writes for a document with a password: an OLE file with one large stream."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    file.write_bytes(head + "Root Entry EncryptedPackage".encode("utf-16-le") + bytes(4096))
    return file


def encrypted_parts(file: Path) -> Path:
    """A package whose parts are encrypted one by one, as their entries in the directory say."""
    content = bytearray(package(file, {}).read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    file.write_bytes(content)
    return file


def liar(file: Path) -> Path:
    """A bomb whose directory says that it is small."""
    package(file, {"word/document.xml": b" " * 30_000_000})
    content = file.read_bytes().replace((30_000_000).to_bytes(4, "little"), b"\x10\0\0\0")
    file.write_bytes(content)
    return file


def formulas(file: Path) -> Path:
    """A workbook of formulas that nobody has calculated."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["预算数", "=150*1"])
    book.save(file)
    return file


def crowded(file: Path) -> Path:
    """A workbook with more numbers on a sheet than can be read."""
    cells = [f"<c><v>{number}</v></c>" for number in range(500_001)]
    rows = "".join(f"<row>{''.join(cells[at : at + 100])}</row>" for at in range(0, 500_001, 100))
    return workbook(file, [Sheet("表", rows)])


def linked_workbook(file: Path) -> Path:
    """A workbook that takes values from another one."""
    book = openpyxl.Workbook()
    book.save(file)
    with zipfile.ZipFile(file, "a") as made:
        made.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            relations(("externalLinkPath", "https://example.com/x.xlsx", True)),
        )
    return file


def written(content: str | bytes) -> Callable[[Path], Path]:
    """A maker of a file with this content."""

    def make(file: Path) -> Path:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return make


def other_package(file: Path) -> Path:
    """A zip file that is neither a document nor a workbook."""
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("readme.txt", "x")
    return file


def parts(file: Path, names: Iterable[str]) -> Path:
    """A zip file whose parts have these names."""
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "<a/>")
    return file


def open_document(file: Path, inner: str, more: Mapping[str, str] | None = None) -> Path:
    """An OpenDocument spreadsheet with one sheet, of which this is the XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{inner}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, text in {"content.xml": content, **(more or {})}.items():
            made.writestr(name, text)
    return file


_ROWS = (
    '<table:table-row table:number-rows-repeated="{}">'
    '<table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p>'
    "</table:table-cell></table:table-row>"
)
_IMAGE = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
_WORDS = b"BT /F 12 Tf 72 700 Td (Page) Tj ET"
_LOCK = "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{}>/U<{}>>>".format(
    "41" * 32, "42" * 32
)

#: Each bad file: its name, and what makes it.
MAKERS: dict[str, Callable[[Path], Path]] = {
    "加密.pdf": lambda file: pdf(file, [_WORDS], trailer=_LOCK),
    "加密.docx": encrypted_office,
    "逐件加密.docx": encrypted_parts,
    "不完整.pdf": lambda file: half(pdf(file, [_WORDS])),
    "不完整.docx": lambda file: half(documents.real_document(file)),
    "不完整.xlsx": lambda file: half(documents.real_workbook(file)),
    "没有结尾.pdf": without_end,
    "少一页.pdf": without_a_page,
    "内容损坏.pdf": scratched,
    "空.pdf": written(""),
    "只有开头.pdf": written("%PDF-1.7\n"),
    "过大.pdf": large,
    "页数过多.pdf": lambda file: pdf(file, [b""] * 2001),
    "炸弹.docx": lambda file: package(
        file, {"word/document.xml": b" " * 250_000_000}, level=1
    ),
    "高压缩.docx": lambda file: package(file, {"word/media/a.png": bytes(50_000_000)}, level=9),
    "谎报大小.docx": liar,
    "部件过多.docx": lambda file: package(file, {f"word/{at}.bin": b"" for at in range(5001)}),
    "单元格过多.xlsx": crowded,
    "层层嵌套.docx": lambda file: package(
        file, {"word/document.xml": _BODY.format("<w:p>" * 100_000 + "</w:p>" * 100_000)}
    ),
    "文字.xlsx": written("第一部分\n部门整体绩效目标\n"),
    "文档.pdf": documents.real_document,
    "旧格式.doc": written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    "程序.exe": written(b"MZ\0\0" + bytes(range(256)) * 4),
    "照片.jpg": written(b"\xff\xd8\xff\xe0" + bytes(200)),
    "压缩包.zip": other_package,
    "宏.docx": lambda file: package(file, {"word/vbaProject.bin": b"x"}),
    "外部模板.docx": lambda file: package(
        file,
        {"word/_rels/document.xml.rels": relations(
            ("attachedTemplate", "file://host/share/x.dotm", True))},
    ),
    "外部工作簿.xlsx": linked_workbook,
    "实体.docx": lambda file: package(
        file, {"word/document.xml": _ENTITIES + _BODY.format("<w:p>&a11;</w:p>")}
    ),
    "实体UTF16.docx": lambda file: package(
        file,
        {"word/document.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + _ENTITIES
                               + _BODY.format("<w:p>&a11;</w:p>")).encode("utf-16")},
    ),
    "扫描.pdf": lambda file: pdf(file, [_IMAGE, _IMAGE]),
    "没有计算.xlsx": formulas,
    "网页.xls": written("<html><head><meta charset=utf-8></head><table><tr><td>1</td></table>"),
    "网页.doc": written(
        "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body>1</body></html>"
    ),
    "网页UTF16.xls": written("<table><tr><td>项目名称</td></tr></table>".encode("utf-16")),
    "逗号.csv": written("项目编码,项目名称\n1,示例\n".encode("gb18030")),
    "制表符.xls": written("项目编码\t项目名称\n1\t示例\n".encode("utf-16")),
    "表格2003.xls": written(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    ),
    "版式.ofd": lambda file: parts(file, ["OFD.xml", "Doc_0/Document.xml"]),
    "演示.dps": lambda file: parts(file, ["ppt/presentation.xml"]),
    "开放.odp": lambda file: parts(file, ["mimetype", "content.xml"]),
    "炸弹.ods": lambda file: open_document(file, _ROWS.format(1_000_000)),
    "加密.ods": lambda file: open_document(
        file, "", {"META-INF/manifest.xml": '<m:m xmlns:m="urn:m"><m:encryption-data/></m:m>',
                   "content.xml": "\1\2\3"}),
    "宏.ods": lambda file: open_document(file, "", {"Basic/Standard/Module1.xml": "<a/>"}),
    "不完整.ods": lambda file: half(open_document(file, _ROWS.format(1))),
    "半截.xls": written(b"\x09\x08\x10\0\0\x06\x05\0" + bytes(40)),
    "二进制.xlsb": lambda file: parts(file, ["xl/workbook.bin"]),
    "几个文件.zip": lambda file: parts(file, ["公开.docx", "附件/公开.xlsx"]),
    "别的文件.docx": lambda file: documents.simple_word(file, ["关于放假的通知", "放假三天。"]),
}  # fmt: skip
