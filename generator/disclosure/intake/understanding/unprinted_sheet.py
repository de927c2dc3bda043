"""The last sheet of our own workbook: what the data files say and no table of it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from disclosure.exports.forms.unprinted_rows import EXPLANATION, HEADS, NOTHING
from disclosure.forms.unprinted_fields import BELOW, PLAN
from disclosure.intake.formats.pieces import GridCell, Piece, TablePiece, TextPiece
from disclosure.intake.understanding.ledger import Ledger
from disclosure.model.whitespace import squeezed

#: Fields whose own fields have names of the publisher, in which a point is no end of a part.
_FREE = ({*BELOW} - {"budget"}) | {PLAN}
_FILE = re.compile(r"disclosure\.yml|(?:projects|results)/[0-9A-Za-z@-]+\.yml")


class UnprintedSheet(Struct, frozen=True):
    """What the sheet says.

    Attributes:
        files: The fields of each file, by its path below the year's folder.
        taken: The texts that a file takes in, each with the way to its field.
        others: The other texts of the sheet.
    """

    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    taken: tuple[tuple[TextPiece, tuple[str, ...]], ...] = ()
    others: tuple[TextPiece, ...] = ()

    def account(self, ledger: Ledger) -> None:
        """Say where each text went."""
        for text, way in self.taken:
            ledger.place(text, text.text, ("unprinted", *way))
        for text in self.others:
            ledger.mark_boilerplate(text)


def taken_from(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], UnprintedSheet]:
    """The pieces of a document without the sheet, and what it says; without one, all pieces."""
    for piece in pieces:
        if isinstance(piece, TablePiece) and piece.sheet and (rows := _rows(piece)):
            return tuple(one for one in pieces if one is not piece), _read(piece, rows)
    return tuple(pieces), UnprintedSheet()


def _rows(piece: TablePiece) -> Sequence[Sequence[GridCell]]:
    """The rows below the heads; none where the sheet is another one."""
    rows = [row for row in piece.rows() if any(cell.bare for cell in row)]
    if len(rows) < 2 or [cell.bare for cell in rows[0] if cell.bare] != [squeezed(EXPLANATION)]:
        return ()
    return rows[2:] if [cell.bare for cell in rows[1]][: len(HEADS)] == [*HEADS] else ()


def _read(piece: TablePiece, rows: Sequence[Sequence[GridCell]]) -> UnprintedSheet:
    files: dict[str, Any] = {}
    taken: list[tuple[TextPiece, tuple[str, ...]]] = []
    for row in rows:
        by_column = {cell.column: cell.text for cell in row}
        file, way, said = (by_column.get(at) for at in (0, 1, len(HEADS) - 1))
        if file is None or way is None or not _FILE.fullmatch(file.bare):
            continue
        steps = (file.bare, *_steps(way.text.strip()))
        _put(files, steps, (said.text if said else "") or None)
        if said and said.bare:
            taken.append((said, steps))
    placed = {id(text) for text, _ in taken}
    others = tuple(cell.text for cell in piece.cells if id(cell.text) not in placed)
    return UnprintedSheet(
        {file: _listed(fields) for file, fields in files.items()}, tuple(taken), others
    )


def _steps(way: str) -> Iterator[str]:
    """The parts of a way; what follows a field with free names is one of them, points and all."""
    while way:
        step, _, way = way.partition(".")
        yield step
        if step in _FREE and way:
            yield way
            return


def _put(fields: dict[str, Any], steps: Sequence[str], text: str | None) -> None:
    for step in steps[:-1]:
        inner = fields.setdefault(step, {})
        if not isinstance(inner, dict):
            return  # a way that goes on below a text
        fields = inner
    fields.setdefault(steps[-1], text)


def _listed(value: Any) -> Any:
    """The same with lists where items were counted."""
    if value == NOTHING:
        return []
    if not isinstance(value, dict):
        return value
    made = {key: one if key in _FREE else _listed(one) for key, one in value.items()}
    if made and all(key.isdecimal() for key in made):
        return [made[key] for key in sorted(made, key=int)]
    return made
