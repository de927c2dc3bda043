"""Where the tables of a worksheet begin and end, and which of its rows are lines around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.forms import divided_goals
from disclosure.intake.formats.pieces import GridCell
from disclosure.intake.learning import field_labels
from disclosure.intake.understanding import table_lines
from disclosure.intake.understanding.table_lines import is_line, is_title


def cut(rows: Sequence[Sequence[GridCell]]) -> Iterator[tuple[int, int]]:
    """Where tables begin and end that stand one below the other: a title begins the next one."""
    begins = [0]
    inside = False
    for number, row in enumerate(rows):
        filled = [cell for cell in row if cell.bare]
        alone = len(filled) == 1 and is_title(filled[0].text.text) and len(filled[0].bare) > 4
        if inside and alone and _is_of_table(filled[0], rows[begins[-1] : number]):
            continue
        if inside and alone and (filled[0].columns > 1 or len(row) > 1):
            begins.append(_with_number(rows, number))
            inside = False
        elif not are_lines(row):
            inside = True
    yield from zip(begins, [*begins[1:], len(rows)], strict=True)


def _with_number(rows: Sequence[Sequence[GridCell]], title: int) -> int:
    """Where a table begins whose title may have its number above it: 附件2-2."""
    above = title - 1
    while above > 0 and not any(cell.bare for cell in rows[above]):
        above -= 1
    said = [cell for cell in rows[above] if cell.bare]
    numbered = len(said) == 1 and table_lines.NUMBER.fullmatch(said[0].bare)
    return above if numbered else title


def _is_of_table(cell: GridCell, above: Sequence[Sequence[GridCell]]) -> bool:
    """Whether a cell alone in its row stands within a table that has no heads yet.

    It is the label of goals, or has such a label above it and says that indicators follow, or of
    which time they are.
    """
    texts = [one.text.text for row in above for one in row]
    if field_labels.is_time_label(cell.bare) and any(map(field_labels.label, texts)):
        return True
    said = texts if "指标" in cell.bare else [cell.text.text]
    is_project = any(field_labels.label(text) in divided_goals.LISTS for text in said)
    return is_project and not any(map(field_labels.column, texts))


def are_lines(row: Sequence[GridCell]) -> bool:
    """Whether a row of a worksheet holds lines around a table and no cells of it."""
    filled = [cell for cell in row if cell.bare]
    if any(cell.rows > 1 for cell in row):
        return False
    return all(is_line(cell.text.text) and not _is_named(cell) for cell in filled)


def _is_named(cell: GridCell) -> bool:
    """Whether a cell is a label of the table itself."""
    stated = table_lines.STATED.fullmatch(cell.bare) or table_lines.NUMBER.fullmatch(cell.bare)
    return field_labels.is_label(cell.text.text) and not stated
