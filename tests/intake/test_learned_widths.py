"""How wide the columns of a learned form are."""

from __future__ import annotations

from disclosure.forms.grid import FilledCell, Grid
from disclosure.intake.learning.widths import orientation, widths


def grid(*rows: tuple[str, ...]) -> Grid:
    """A table without merged cells."""
    cells = [
        tuple(FilledCell(text, number, column) for column, text in enumerate(row))
        for number, row in enumerate(rows)
    ]
    return Grid(len(rows[0]), tuple(cells))


def test_a_column_is_as_wide_as_its_texts_need() -> None:
    """A sign takes little, an amount stands whole on a line, a goal has most room."""
    sign, amount, goal = widths(grid(("≥", "131,350,000.000000", "保障系统连续运行" * 10)))
    assert sign < amount < goal
    assert amount > len("131,350,000.000000") / 2


def test_a_title_within_the_table_widens_nothing() -> None:
    """A cell over all columns asks for none; one over two shares among them what they lack."""
    title = FilledCell("很长的表名" * 20, 0, 0, columns=3)
    plain = grid(("甲", "乙", "丙")).rows
    assert widths(Grid(3, ((title,), *plain))) == widths(Grid(3, plain))
    both = FilledCell("很长的内容" * 20, 0, 0, columns=2)
    first, second, third = widths(Grid(3, ((both,), *plain)))
    assert first == second > third


def test_what_upright_paper_has_no_room_for_is_laid_sideways() -> None:
    """Eleven columns with long goals are landscape, three are not."""
    narrow = grid(("甲", "乙", "丙"))
    wide = grid(("保障系统连续运行" * 3,) * 11)
    assert orientation(widths(narrow)) == "portrait"
    assert orientation(widths(wide)) == "landscape"
