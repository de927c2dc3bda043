"""Text extracted from a PDF: lines, in which the tables have lost their lines.

Where a form begins is known by its title; `flow` finds its cells again, if that can be done with
certainty. A table of targets of which it cannot be told which texts stand in one row is torn.
Everything else is running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from disclosure.intake.formats import joining, labels, lookalikes
from disclosure.intake.formats.joining import Line
from disclosure.intake.formats.pieces import GridCell, Piece, Say, TablePiece, TextPiece, clean
from disclosure.intake.formats.text import flow
from disclosure.model.whitespace import squeezed

_FORM_FEED = "\f"


def read(data: bytes, say: Say) -> tuple[tuple[Piece, ...], int]:
    """The pieces of an extracted text, and how many characters it shows.

    Raises:
        UnicodeDecodeError: It is neither UTF-8, UTF-16 nor GB 18030.
    """
    say("正在读取文字")
    text = decoded(data)
    pages = text.split(_FORM_FEED)
    lines = [
        Line(line, f"第{number}行", page, joining.width(line))
        for page, number, line in _numbered(pages)
    ]
    visible = sum(len(squeezed(line.text)) for line in lines)
    return tuple(_pieces(lines)), visible


def decoded(data: bytes) -> str:
    """Bytes as text, in one of the encodings that text files have here."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _numbered(pages: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Every line with its page (0 when the text has none) and its number in the file."""
    number = 0
    for page, text in enumerate(pages, 1):
        for line in re.split(r"\r\n|\r|\n", text):
            number += 1
            yield (page if len(pages) > 1 else 0), number, clean(lookalikes.unified(line)).strip()


def _pieces(lines: Sequence[Line]) -> Iterator[Piece]:
    """Running text as paragraphs, each form as a table."""
    widest = joining.widest(lines)
    starts = [at for at, line in enumerate(lines) if _is_title(line.text)]
    ends = [*starts[1:], len(lines)]
    yield from _running(lines[: starts[0] if starts else None], widest)
    forms = [lines[begin + 1 : end] for begin, end in zip(starts, ends, strict=False)]
    for begin, form, found in zip(starts, forms, flow.tables(forms), strict=True):
        yield from _paragraphs([lines[begin]], widest)
        if found:
            yield from _paragraphs(form[: found[0]], widest)
            yield found[1]
        else:
            yield from _running(form, widest)


def _running(lines: Sequence[Line], widest: float) -> Iterator[Piece]:
    """Lines without a form that can be read; from the heads of indicators on, a torn table."""
    begins = next((at for at in range(len(lines)) if flow.begins_torn(lines[at:])), len(lines))
    yield from _paragraphs(lines[:begins], widest)
    if begins < len(lines):
        yield _torn(lines[begins:])


def _torn(lines: Sequence[Line]) -> TablePiece:
    """A table of which only the lines are known."""
    filled = [line for line in lines if squeezed(line.text)]
    cells = (
        GridCell(TextPiece(line.text.strip(), line.place, line.page), row, 0)
        for row, line in enumerate(filled)
    )
    return TablePiece(tuple(cells), 1, drawn=False, torn=True)


def _is_title(text: str) -> bool:
    bare = squeezed(text)
    return bool(labels.TITLE.fullmatch(bare)) and len(bare) <= 80


def _paragraphs(lines: Sequence[Line], widest: float) -> Iterator[TextPiece]:
    for found in joining.paragraphs(lines, widest):
        yield TextPiece(joining.lines(line.text for line in found), found[0].place, found[0].page)
