"""What every reader of documents gives: the text of a document, piece by piece, in order.

A piece is a paragraph or a table; a table is a grid of cells that may be merged. Which format the
document had is no longer to be seen, so that one interpreter serves them all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator

from msgspec import Struct, field

from disclosure.model.whitespace import squeezed
from disclosure.reading.source import is_hidden

#: Stands for a character that is seen and cannot be read.
LOST = "\ufffd"

#: Told what is being read, such as `第 3 页，共 200 页`.
Say = Callable[[str], None]


def after(text: str, beginning: str) -> str:
    """A text without its beginning, which is given without white space."""
    left = len(squeezed(beginning))
    for at, char in enumerate(text):
        if left == 0:
            return text[at:].strip()
        left -= not char.isspace()
    return ""


def clean(text: str) -> str:
    """Text that the data may hold: whatever no reader sees is left out, odd spaces are plain.

    A character that was lost (U+FFFD) stays, because it is seen; the check will ask for it. One for
    private use is lost as well, only its font knew what it is; so is half a surrogate pair.
    """
    for odd, plain in (("\t", " "), ("\u00a0", " "), ("\u3000", " "), ("\r", "\n")):
        text = text.replace(odd, plain)
    if text.replace("\n", "").isprintable():
        return text
    known = (LOST if is_private(char) else char for char in text)
    return "".join(char for char in known if char == LOST or not is_hidden(char))


def is_private(char: str) -> bool:
    """Whether Unicode says of no such character what it is: one for private use, half a pair."""
    return unicodedata.category(char) in {"Co", "Cs"}


class Recognised(Struct, frozen=True, eq=False):
    """What a machine read in a picture.

    Attributes:
        text: Its characters without white space.
        certain: How certain each of them is, from 0 to 1.
        picture: What was seen, as PNG.
    """

    text: str
    certain: tuple[float, ...]
    picture: bytes


class TextPiece(Struct, frozen=True, eq=False):
    """A paragraph, or what stands in one cell.

    Attributes:
        text: Its words, lines joined; a line break parts paragraphs.
        place: Where it stands, in Chinese, such as `第3页第5行`.
        page: The page, from 1; 0 where the format knows none.
        edge: Whether it stands at the upper or lower edge of the page, as a running head does.
        numbers: The numbers or bullets that the format itself sets before its paragraphs, those
            of the outermost level in order. Each stands in the text, at the beginning of a line.
        mark: Whether it is a small raised mark, which refers to a note.
        out_of_flow: Whether it is no part of the running text, such as a note, a watermark, an
            error value or what only a second reading sees. It is listed and never interpreted.
        hidden: Whether the document does not show it, so that no draft may hold it either.
        recognised: What of it was read in pictures, in order; together it is the whole text.
        unrelated: Whether its page shows no sign of targets: it is set aside and not interpreted.
    """

    text: str
    place: str
    page: int = 0
    edge: bool = False
    numbers: tuple[str, ...] = ()
    mark: bool = False
    out_of_flow: bool = False
    hidden: bool = False
    recognised: tuple[Recognised, ...] = ()
    unrelated: bool = False

    @property
    def bare(self) -> str:
        """Its characters without white space."""
        return squeezed(self.text)

    @property
    def unnumbered(self) -> str:
        """The same without a number that the format sets before it."""
        return self.bare.removeprefix(squeezed(self.numbers[0]) if self.numbers else "")


class GridCell(Struct, frozen=True, eq=False):
    """A cell of a grid.

    Attributes:
        text: What stands in it.
        row: The row where it begins.
        column: The column where it begins.
        rows: How many rows it covers.
        columns: How many columns it covers.
        free_characters: How many more fit on its last line; None where that is not known.
        ended: Whether a line closes it at the end of its page, where others are left open; None
            where all cells are closed, as most programs print them though they go on.
    """

    text: TextPiece
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    free_characters: float | None = None
    ended: bool | None = None

    @property
    def bare(self) -> str:
        """Its characters without white space."""
        return self.text.bare


class TablePiece(Struct, frozen=True, eq=False):
    """A grid, its cells in reading order; a merged cell is there once.

    Attributes:
        cells: Every cell that has a place in the grid, also the empty ones.
        width: How many columns there are.
        paged: Whether a page may have cut it, so that a cell of the last page may go on here.
        sheet: Whether it is all that stands on a worksheet, where titles and the lines around a
            table take rows as well.
        drawn: Whether its cells have borders; where not, they were told apart by gaps.
        borders: Where the borders of its columns are on the page; empty where that is not known.
        torn: Whether nobody can tell which of its texts stand in one row: it is not read.
        last_page: The page it ends on, which may hold no more than the rest of a text that begins
            on another; 0 where it was not put together.
    """

    cells: tuple[GridCell, ...]
    width: int
    paged: bool = False
    sheet: bool = False
    drawn: bool = True
    borders: tuple[float, ...] = ()
    torn: bool = False
    last_page: int = 0

    def rows(self) -> Iterator[tuple[GridCell, ...]]:
        """The cells that begin in each row, from left to right."""
        by_row: dict[int, list[GridCell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for number in sorted(by_row):
            yield tuple(sorted(by_row[number], key=lambda cell: cell.column))


Piece = TextPiece | TablePiece


class PageRemark(Struct, frozen=True):
    """What a reader has to say of a page, which matters only where targets stand on it.

    Attributes:
        page: The page.
        text: What it says, in Chinese.
    """

    page: int
    text: str


ReaderRemark = str | PageRemark


class Document(Struct, frozen=True):
    """A document that was read.

    Attributes:
        name: The file's name.
        sha256: The checksum of its bytes.
        pieces: Everything in it, in reading order.
        visible: How many characters, without white space, the reader counted in the file itself
            before it made pieces of them.
        remarks: What the reader has to say about it or a page of it, in Chinese.
    """

    name: str
    sha256: str
    pieces: tuple[Piece, ...]
    visible: int
    remarks: tuple[ReaderRemark, ...] = field(default=())

    def said(self, pages: Collection[int] | None = None) -> Iterator[str]:
        """Every remark; where pages are given, of those about one page only theirs."""
        for remark in self.remarks:
            if isinstance(remark, str):
                yield remark
            elif pages is None or remark.page in pages:
                yield remark.text

    def texts(self) -> Iterator[TextPiece]:
        """Every text, those of cells included."""
        for piece in self.pieces:
            if isinstance(piece, TextPiece):
                yield piece
            else:
                yield from (cell.text for cell in piece.cells)

    def tables(self) -> Iterator[TablePiece]:
        """Every table."""
        yield from (piece for piece in self.pieces if isinstance(piece, TablePiece))

    def held(self) -> int:
        """How many characters, without white space, the pieces hold."""
        return sum(len(text.bare) for text in self.texts())
