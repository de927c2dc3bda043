"""Prints books: as a Word document, and as a page that a browser prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from disclosure.forms.grid import FilledCell
from tests.support.books import Book, OtherTable, PageBreak, PrintedForm

_WIDE = 8  # columns; a wider table takes a page on its side
_TWIPS = 9_600  # the width of a table in twentieths of a point


def word(file: Path, book: Book) -> Path:
    """The book as a Word document."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(book.size)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
    for piece in book.pieces:
        if isinstance(piece, str):
            document.add_paragraph(piece)
        elif isinstance(piece, PageBreak):
            document.add_page_break()  # type: ignore[no-untyped-call]  # python-docx is half typed
        else:
            body = document.element.body
            body.insert(len(body) - 1, parse_xml(_word_table(piece, book)))  # before the section's
            document.add_paragraph()  # or the next table would go on in this one
    document.save(str(file))
    return file


def _word_table(piece: OtherTable | PrintedForm, book: Book) -> str:
    """A table in Word's own words: python-docx needs a minute to merge the cells of a book."""
    heads = piece.heads if isinstance(piece, PrintedForm) else 0
    rows, columns = _rows(piece), _columns(piece)
    widths = [_TWIPS * one // sum(columns) for one in columns]
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in
                      ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = []
    for number, row in enumerate(_covered(rows, len(widths))):
        head = "<w:tblHeader/>" if number < heads else ""
        # LibreOffice cuts such a row beside a merged cell all the same, and prints no rest of it.
        splits = book.rows_break or any(cell.rows > 1 for cell in row)
        whole = "" if splits else "<w:cantSplit/>"
        cells = "".join(_word_cell(cell, number, widths) for cell in row)
        made.append(f"<w:tr><w:trPr>{whole}{head}</w:trPr>{cells}</w:tr>")
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblLayout w:type='fixed'/><w:tblBorders>{borders}"
        f"</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"
    )


def _word_cell(cell: FilledCell, row: int, widths: Sequence[int]) -> str:
    width = sum(widths[cell.column : cell.column + cell.columns])
    begins = "w:val='restart'" if cell.row == row else ""
    merge = f"<w:vMerge {begins}/>" if cell.rows > 1 else ""
    texts = cell.text.split("\n") if cell.row == row else [""]
    paragraphs = "".join(
        f"<w:p><w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>" for text in texts
    )
    return (
        f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/><w:gridSpan w:val='{cell.columns}'/>"
        f"{merge}</w:tcPr>{paragraphs}</w:tc>"
    )


def _rows(piece: OtherTable | PrintedForm) -> Sequence[Sequence[FilledCell]]:
    if isinstance(piece, PrintedForm):
        return piece.grid.rows
    return [[FilledCell(text, number, column) for column, text in enumerate(row)]
            for number, row in enumerate(piece.rows)]  # fmt: skip


def _columns(piece: OtherTable | PrintedForm) -> Sequence[int]:
    """How wide the columns are, against each other."""
    if isinstance(piece, OtherTable):
        return (1,) * len(piece.rows[0])
    same = len(piece.form.widths) == piece.grid.columns
    return piece.form.widths if same else (1,) * piece.grid.columns


def _covered(rows: Sequence[Sequence[FilledCell]], width: int) -> Iterator[tuple[FilledCell, ...]]:
    """The cells that cover each row, from left to right, each once."""
    at = {(row, column): cell for cells in rows for cell in cells
          for row in range(cell.row, cell.row + cell.rows)
          for column in range(cell.column, cell.column + cell.columns)}  # fmt: skip
    for number in range(len(rows)):
        covering = (at[number, column] for column in range(width))
        yield tuple({id(cell): cell for cell in covering}.values())


_STYLE = """
@page {{ size: A4 {side}; margin: 2cm 1.8cm }}
body {{ font: {size}pt/1.5 'Noto Serif CJK SC' }}
h1 {{ break-before: page; font-size: 1em; margin: 0 }}
p {{ margin: 0 0 .4em }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; margin-bottom: 1em }}
td {{ border: 1px solid #000; padding: 2px 4px; white-space: pre-line; overflow-wrap: anywhere;
  height: 1.5em /* or the lines between empty rows run into each other */ }}
tr {{ break-inside: {rows} }}
"""


def html(book: Book) -> str:
    """The book as a page."""
    wide = any(piece.grid.columns > _WIDE for piece in book.targets)
    style = _STYLE.format(
        side="landscape" if wide else "portrait",
        size=book.size,
        rows="auto" if book.rows_break else "avoid",
    )
    parts = [f"<meta charset='utf-8'><style>{style}</style>"]
    for piece in book.pieces:
        if isinstance(piece, str):
            parts.append(f"<p>{escape(piece)}</p>")
        elif isinstance(piece, PageBreak):
            parts.append("<h1></h1>")
        else:
            parts.append(_table(piece))
    return "\n".join(parts)


def _table(piece: OtherTable | PrintedForm) -> str:
    columns = _columns(piece)
    groups = "".join(f"<col style='width:{one * 100 / sum(columns):.2f}%'>" for one in columns)
    rows = ["<tr>" + "".join(map(_cell, row)) + "</tr>" for row in _rows(piece)]
    heads = piece.heads if isinstance(piece, PrintedForm) else 0
    head = f"<thead>{''.join(rows[:heads])}</thead>" if heads else ""
    return f"<table>{groups}{head}<tbody>{''.join(rows[heads:])}</tbody></table>"


def _cell(cell: FilledCell) -> str:
    return f"<td rowspan={cell.rows} colspan={cell.columns}>{escape(cell.text)}</td>"
