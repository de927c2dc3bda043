"""Word documents: paragraphs and tables in order, merged cells as the form shows them.

Everything that shows text is taken: also text boxes, notes, and the heads and feet of pages. What
the document does not show, or no longer means, is given as texts of their own, which nobody
interprets, so that a person decides. A second reading, which knows nothing of this one, says
whether anything was left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree
from lxml import html as html_parser
from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.intake import rules
from disclosure.intake.formats import embedded, labels
from disclosure.intake.formats.docx import second_reading
from disclosure.intake.formats.docx.line import ParagraphLine
from disclosure.intake.formats.docx.look import RunStyles, Unseen, row_unseen
from disclosure.intake.formats.docx.numbering import Numbers
from disclosure.intake.formats.docx.paragraph_reader import ParagraphReader, chosen, prompt
from disclosure.intake.formats.labels import Role
from disclosure.intake.formats.pieces import GridCell, Piece, Say, TablePiece, TextPiece, clean
from disclosure.intake.formats.text import decoded
from disclosure.model.whitespace import squeezed

_NAMES = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注",
          "endnotes": "尾注", "comments": "批注"}  # fmt: skip
_EDGES = {"header", "footer"}
_ASIDE = {RT.HEADER, RT.FOOTER, RT.FOOTNOTES, RT.ENDNOTES, RT.COMMENTS}
_WHOLE = {qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:altChunk")}
_WRAPPERS = {qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:moveTo"), qn("w:smartTag")}
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MAX_CELLS = 500_000

#: An element, and why nothing of it is shown if nothing is.
_Found = tuple[etree._Element, Unseen | None]  # noqa: SLF001 - the only name of lxml's type


def read(file: Path, say: Say) -> tuple[tuple[Piece, ...], int, tuple[str, ...]]:
    """The pieces of a Word document, how many characters it holds, and remarks.

    Raises:
        UnreadableError: It is no Word document, or its tables are too large.
    """
    say("正在读取 Word 文件")
    try:
        opened = docx.Document(str(file))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError):
        raise rules.damaged() from None
    styles = RunStyles(opened.styles.element)
    numbers = Numbers(_numbering(opened.part), styles)
    main = _Story(opened.part, opened.element, styles, numbers)
    stories = {_path(opened.part): main}
    pieces = [*main.blocks(opened.element.body, "")]
    for related in _aside(opened.part):
        root = etree.fromstring(related.blob, etree.XMLParser(resolve_entities=False))
        story = stories[_path(related)] = _Story(related, root, styles, numbers)
        pieces += story.outside_body(root, _kind(_path(related)))
    remarks = [remark for story in stories.values() for remark in story.remarks]
    visible = sum(story.character_count for story in stories.values())
    for path, there in second_reading.parts(file):
        read_texts = stories[path].words.read_texts if path in stories else {}
        found = [*_lost(path, there, read_texts)]
        pieces += found
        visible += sum(len(text.bare) for text in found)
        if twice := second_reading.surplus(there, read_texts):
            remarks.append(f"{_label(path)}有 {twice} 个字重复读取，请对照原文核对。")
    return tuple(pieces), visible, (*remarks, *embedded.in_package(file))


def _lost(
    path: str, there: second_reading.Paragraphs, read_texts: Mapping[int, Counter[str]]
) -> Iterator[TextPiece]:
    """What only the second reading sees."""
    for number, text in second_reading.lost(there, read_texts):
        yield _unseen(f"{_label(path)}第{number}段", Unseen.LOST, text)


def _unseen(place: str, why: Unseen, text: str) -> TextPiece:
    return TextPiece(text, f"{place}，{why.value}", out_of_flow=True, hidden=why is not Unseen.LOST)


def _path(part: Part) -> str:
    return str(part.partname).removeprefix("/")


def _kind(path: str) -> str:
    return next((kind for kind in _NAMES if kind in path), "")


def _label(path: str) -> str:
    return _NAMES.get(_kind(path), path)


def _numbering(part: Part) -> etree._Element | None:
    """The lists of a document, if it has any; python-docx would make some up."""
    found = (rel.target_part for rel in part.rels.values()
             if not rel.is_external and rel.reltype == RT.NUMBERING)  # fmt: skip
    return next((each.element for each in found), None)


def _aside(part: Part) -> list[Part]:
    """Heads, feet, notes and comments, each once, in a fixed order."""
    found = {_path(rel.target_part): rel.target_part for rel in part.rels.values()
             if not rel.is_external and rel.reltype in _ASIDE}  # fmt: skip
    return [found[name] for name in sorted(found)]


def _children(parent: etree._Element, why: Unseen | None) -> Iterator[_Found]:
    """The blocks of a body, those within content controls and insertions included."""
    for element in parent:
        if element.tag in _WHOLE:
            yield element, why
        elif element.tag == qn("w:sdt"):
            yield from _children(element, why or prompt(element))
        elif element.tag in _WRAPPERS:
            yield from _children(element, why)
        elif element.tag == _ALTERNATIVES:
            for branch in chosen(element):
                yield from _children(branch, why)


def _rows(table: etree._Element, why: Unseen | None) -> Iterator[_Found]:
    return ((row, why or row_unseen(row)) for row, why in _children(table, why)
            if row.tag == qn("w:tr"))  # fmt: skip


def _cells(row: etree._Element, why: Unseen | None) -> Iterator[_Found]:
    for cell, hidden in _children(row, why):
        if cell.tag == qn("w:tc"):
            deleted = cell.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None
            yield cell, hidden or (Unseen.DELETED if deleted else None)


def _paragraphs(
    parent: etree._Element, why: Unseen | None, without: Container[etree._Element] = ()
) -> Iterator[_Found]:
    """Every paragraph below an element, those of tables included, but for text boxes.

    Args:
        parent: The element.
        why: Why nothing of it is shown, if nothing is.
        without: Tables below it whose paragraphs are not meant.
    """
    for element, hidden in _children(parent, why):
        if element.tag == qn("w:p"):
            yield element, hidden
        elif element.tag == qn("w:tbl") and element not in without:
            for row, row_hidden in _rows(element, hidden):
                for cell, cell_hidden in _cells(row, row_hidden):
                    yield from _paragraphs(cell, cell_hidden)


def _tables_of_indicators(cell: etree._Element) -> Iterator[etree._Element]:
    """The tables right within a cell that have the heads of indicators."""
    for element, hidden in _children(cell, None):
        if element.tag == qn("w:tbl") and hidden is None:
            cells = [cell for row, why in _rows(element, None) for cell, _ in _cells(row, why)]
            roles = {labels.role("".join(each.itertext(qn("w:t")))) for each in cells}
            if len(roles & {Role.LEVEL1, Role.LEVEL2, Role.LEVEL3, Role.VALUE}) > 1:
                yield element


class _Story:
    """One part of a document: its body, a head, a foot, the notes.

    Attributes:
        words: Reads its paragraphs.
        remarks: What could not be read, in Chinese.
        character_count: How many characters its paragraphs were read to.
    """

    def __init__(
        self, part: Part, root: etree._Element, styles: RunStyles, numbers: Numbers
    ) -> None:
        """Begin to read a part."""
        self._part = part
        self.words = ParagraphReader(root, styles, numbers)
        self.remarks: list[str] = []
        self.character_count = 0

    def blocks(
        self, parent: etree._Element, within: str, why: Unseen | None = None
    ) -> Iterator[Piece]:
        """The paragraphs and tables below an element, in order."""
        paragraphs = tables = 0
        begun: list[etree._Element] = []
        for element, hidden in _children(parent, why):
            if element.tag == qn("w:p"):
                paragraphs += 1
                begun.append(element)
                if not self.words.ends_open(element):
                    yield from self._paragraph(begun, f"{within}第{paragraphs}段", hidden)
                    begun = []
            elif element.tag == qn("w:tbl"):
                tables += 1
                yield from self._table(element, f"{within}第{tables}个表", hidden)
            elif element.tag == qn("w:altChunk"):
                yield from self._chunk(element)
        if begun:
            yield from self._paragraph(begun, f"{within}第{paragraphs}段", why)

    def outside_body(self, root: etree._Element, kind: str) -> Iterator[TextPiece]:
        """Every paragraph of a head, a foot, notes or comments."""
        name = _NAMES[kind]
        why = Unseen.COMMENT if kind == "comments" else None
        inner = [root] if kind in _EDGES else [*root]
        found = (each for part in inner for each in _paragraphs(part, None))
        for number, (paragraph, hidden) in enumerate(found, 1):
            for piece in self._paragraph([paragraph], f"{name}第{number}段", hidden):
                for text in [piece] if isinstance(piece, TextPiece) else _texts(piece):
                    yield replace(text, edge=kind in _EDGES, hidden=text.hidden or why is not None,
                                  out_of_flow=text.out_of_flow or kind not in _EDGES)  # fmt: skip

    def _line(
        self, paragraphs: list[etree._Element], place: str, why: Unseen | None
    ) -> ParagraphLine:
        line = self.words.line(paragraphs, why)
        self.character_count += sum(
            len(squeezed(each)) for each in (line.text, *(t for _, t in line.unseen))
        )
        self.remarks += [f"{place}{remark}，请对照原文核对。" for remark in line.remarks]
        return line

    def _paragraph(
        self, elements: list[etree._Element], place: str, why: Unseen | None
    ) -> Iterator[Piece]:
        line = self._line(elements, place, why)
        marks = _marks([line])
        for part in line.text.split("\n"):
            if squeezed(part):
                yield TextPiece(part.strip(), place, numbers=marks)
                marks = ()
        yield from self._around(line, place)

    def _around(self, line: ParagraphLine, place: str) -> Iterator[Piece]:
        """What stands in text boxes, and what is not shown."""
        for box, why in line.boxes:
            yield from self.blocks(box, f"{place}的文本框", why)
        for reason, text in line.unseen:
            yield _unseen(place, reason, text)

    def _chunk(self, element: etree._Element) -> Iterator[TextPiece]:
        """Another document that Word takes in when it opens this one."""
        related = self._part.rels.get(element.get(qn("r:id")))
        part = None if related is None or related.is_external else related.target_part
        kind = part.content_type if part is not None else ""
        if part is None or kind not in {"text/html", "application/xhtml+xml", "text/plain"}:
            self.remarks.append("文件里嵌入了另一份文档（altChunk），其中的文字没有读取，"
                                "请用 Word 打开它，另存一份再导入。")  # fmt: skip
            return
        content = decoded(part.blob)
        if kind != "text/plain":
            content = html_parser.fromstring(part.blob).text_content()
        for number, text in enumerate(filter(squeezed, clean(content).split("\n")), 1):
            self.character_count += len(squeezed(text))
            yield TextPiece(text.strip(), f"嵌入的文档第{number}段", out_of_flow=True)

    def _table(self, element: etree._Element, place: str, why: Unseen | None) -> Iterator[Piece]:
        """A table as a grid, and after it what stands in text boxes or is not shown."""
        grid = _GridBuilder()
        around: list[Piece] = []
        for row, hidden in _rows(element, why):
            column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            for cell, reason in _cells(row, hidden):
                here = f"{place}第{grid.row + 1}行第{column + 1}列"
                covered = grid.covers(cell, column)
                text, outside = self._cell(
                    cell, here, reason or (Unseen.COVERED if covered else None)
                )
                around += outside
                if hidden is None:
                    column = grid.add(cell, column, text, covered=covered)
            grid.end_row(column, shown=hidden is None)
        if len(grid.cells) == 1 and any(isinstance(one, TablePiece) for one in around):
            yield from _lines_of(grid.cells[0].text)  # it only sets the table within it apart
        else:
            yield TablePiece(tuple(grid.cells), grid.width)
        yield from around

    def _cell(
        self, cell: etree._Element, place: str, why: Unseen | None
    ) -> tuple[TextPiece, list[Piece]]:
        """The paragraphs of a cell, and what is beside: also a table within it."""
        lines: list[ParagraphLine] = []
        around: list[Piece] = []
        begun: list[etree._Element] = []
        inner = [*_tables_of_indicators(cell)] if why is None else []
        found = [*_paragraphs(cell, why, {*inner})]
        for at, (paragraph, hidden) in enumerate(found, 1):
            begun.append(paragraph)
            if at < len(found) and self.words.ends_open(paragraph):
                continue
            lines.append(self._line(begun, place, hidden))
            around += self._around(lines[-1], place)
            begun = []
        for number, table in enumerate(inner, 1):
            around += self._table(table, f"{place}里的第{number}个表", None)
        shown = filter(None, (line.text.strip() for line in lines))
        return TextPiece("\n".join(shown), place, numbers=_marks(lines)), around


class _GridBuilder(Struct):
    """A grid while its cells are read: `gridSpan` joins columns, `vMerge` rows.

    Attributes:
        cells: What there is so far.
        row: The row that is being read.
        width: How many columns there are so far.
    """

    cells: list[GridCell] = field(default_factory=list)
    row: int = 0
    width: int = 0
    _open: dict[int, int] = field(default_factory=dict)

    def covers(self, cell: etree._Element, column: int) -> bool:
        """Whether a cell goes on with the one above or before it, so that its text is not shown."""
        if _goes_on(cell, "w:hMerge"):
            return bool(self.cells) and self.cells[-1].row == self.row
        return _goes_on(cell, "w:vMerge") and column in self._open

    def add(self, cell: etree._Element, column: int, text: TextPiece, *, covered: bool) -> int:
        """Add a cell; the column after it."""
        span = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
        if covered and _goes_on(cell, "w:hMerge"):
            last = self.cells[-1]
            self.cells[-1] = replace(last, columns=last.columns + span)
        elif covered:
            above = self.cells[self._open[column]]
            self.cells[self._open[column]] = replace(above, rows=self.row - above.row + 1)
        else:
            self._open[column] = len(self.cells)
            self.cells.append(GridCell(text, self.row, column, 1, span))
        if len(self.cells) > _MAX_CELLS or column > _MAX_CELLS:
            raise rules.damaged()
        return column + span

    def end_row(self, column: int, *, shown: bool) -> None:
        """Go on with the next row, if this one is shown."""
        self.row += shown
        self.width = max(self.width, column)


def _goes_on(cell: etree._Element, name: str) -> bool:
    merge = cell.find(f"{qn('w:tcPr')}/{qn(name)}")
    return merge is not None and merge.get(qn("w:val"), "continue") != "restart"


def _number(element: etree._Element | None, otherwise: int) -> int:
    value = element.get(qn("w:val"), "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 5 else otherwise


def _marks(lines: list[ParagraphLine]) -> tuple[str, ...]:
    """The numbers of the outermost level among some paragraphs, or its bullets."""
    found = [line.number for line in lines if line.number is not None and line.number.text]
    first = min(found, key=lambda number: number.level, default=None)
    return tuple(number.text for number in found if first and
                 (number.level, number.bullet) == (first.level, first.bullet))  # fmt: skip


def _lines_of(text: TextPiece) -> Iterator[TextPiece]:
    """The lines of a cell that only frames a table, as paragraphs above it."""
    for line in filter(squeezed, text.text.split("\n")):
        yield TextPiece(line, text.place)


def _texts(table: TablePiece | TextPiece) -> list[TextPiece]:
    return [cell.text for cell in table.cells] if isinstance(table, TablePiece) else [table]
