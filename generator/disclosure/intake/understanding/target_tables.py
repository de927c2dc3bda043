"""The tables of targets in a document, each with its title and the lines around it.

A table is one of targets if it has heads of indicators. On a worksheet the lines around a table
are rows as well; anywhere else they are the paragraphs next to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.forms.capturing import captured, has_words
from disclosure.forms.form import Form
from disclosure.forms.grid import FilledCell, Grid
from disclosure.forms.matching import match
from disclosure.intake.formats import labels
from disclosure.intake.formats.pieces import GridCell, Piece, TablePiece, TextPiece
from disclosure.intake.learning import field_labels, lines, project_columns, regions
from disclosure.intake.learning.cell_map import CellMap
from disclosure.intake.understanding import (
    blank_lists,
    cut_rows,
    forms_in_one,
    sheet_tables,
    table_lines,
)
from disclosure.intake.understanding.table_lines import is_heading, is_line, is_title
from disclosure.intake.understanding.target_table import (
    SurroundingLine,
    TargetTable,
    grid_table,
)
from disclosure.model.whitespace import squeezed

_ABOUT = re.compile(r"绩效|目标|申报|自评|评价|项目")
_KINDS = {"产出指标", "效益指标", "满意度指标", "成本指标"}
_CALLED = re.compile(
    r"[^。：:]{0,30}(?:绩效目标|绩效自评|自评)(?:申报|审批|批复|情况|结果)?"
    r"(?:一览|汇总|明细|公开|分解)?表.{0,12}"
)
_OF_PROJECT = {"name", "code", "goals", "term_goals", "department"}
_MAX_LINES = 5
_MIN_HEADS, _MAX_HEAD = 3, 20  # of a list, and the characters of one


class FoundTables(Struct, frozen=True):
    """What is to be seen of tables in a document.

    Attributes:
        targets: The tables of targets, in order.
        doubtful: Tables that are about targets by their words, with no heads that are known.
        others: Tables about something else, each with what stands right above it.
    """

    targets: tuple[TargetTable, ...]
    doubtful: tuple[TargetTable, ...]
    others: tuple[tuple[TablePiece, TextPiece | None], ...]


class _Finder(Struct):
    pieces: Sequence[Piece]
    forms: Sequence[Form] = ()
    targets: list[TargetTable] = field(default_factory=list)
    doubtful: list[TargetTable] = field(default_factory=list)
    others: list[tuple[TablePiece, TextPiece | None]] = field(default_factory=list)
    used: set[TextPiece] = field(default_factory=set)

    def find(self) -> FoundTables:
        for at, piece in enumerate(self.pieces):
            if not isinstance(piece, TablePiece):
                continue
            parts = _parts(piece) if piece.drawn else ()
            made = [part for part in parts if self._is_target(part, at)]
            if not made:
                self._without_heads(piece, at)
            for number, part in enumerate(made):
                first, last = number == 0, number == len(made) - 1
                self.targets.append(self._with_lines(part, at, first=first, last=last))
        return FoundTables(tuple(self.targets), tuple(self.doubtful), tuple(self.others))

    def _is_target(self, part: TargetTable, at: int) -> bool:
        """Whether a table has heads of indicators, or the department has a form for it."""
        grid = part.grid
        if regions.repeated_rows(CellMap(grid)) and (
            _is_about_projects(grid) or self._is_titled(part, at)
        ):
            return True
        known = project_columns.has_project_columns(CellMap(grid)) or blank_lists.is_blank(grid)
        return known or any(match(form, grid) for form in self.forms)

    def _is_titled(self, part: TargetTable, at: int) -> bool:
        """Whether the title of a table allows that it is one of targets."""
        above = part.title.source if part.title else self._right_above(at)
        return above is None or bool(_ABOUT.search(above.bare))

    def _without_heads(self, piece: TablePiece, at: int) -> None:
        """Note a table without heads of indicators."""
        above = self._right_above(at)
        table = grid_table([*piece.rows()])
        if piece.drawn and _is_about_targets(table.grid, above):
            title = SurroundingLine(above, above.text) if above else None
            self.doubtful.append(self._on_pages(table, title, (), (), piece))
        else:
            self.others.append((piece, above))

    def _right_above(self, at: int) -> TextPiece | None:
        """The title above a table that is not about targets, or the heading of its chapter."""
        above: list[TextPiece] = []
        for piece in reversed(self.pieces[:at]):
            if isinstance(piece, TablePiece) or len(above) == _MAX_LINES:
                break
            above.append(piece)
        titles = [text for text in above if is_title(text.text) or is_heading(text.text)]
        short = [text for text in titles if len(text.bare) <= table_lines.MAX_LINE]
        return short[0] if short else None

    def _with_lines(self, table: TargetTable, at: int, *, first: bool, last: bool) -> TargetTable:
        """The table with the paragraphs around it that belong to it."""
        piece = self.pieces[at]
        assert isinstance(piece, TablePiece)
        named = any(field_labels.label(cell.text) == "name" for cell in table.grid.cells())
        above = [*self._above(at, named=named)] if first else []
        own = _has_title(table.grid) or table.title is not None
        title = None if own else self._title([*above, *table.above])
        kept = [line for line in (*above, *table.above) if line is not title]
        if own:
            kept = [line for line in kept if not is_title(line.text)]
        below = [*table.below, *(self._below(at) if last else ())]
        self.used |= {line.source for line in (*kept, *below)}
        return self._on_pages(table, table.title or title, kept, below, piece)

    @staticmethod
    def _on_pages(
        table: TargetTable,
        title: SurroundingLine | None,
        above: Sequence[SurroundingLine],
        below: Sequence[SurroundingLine],
        piece: TablePiece,
    ) -> TargetTable:
        begun = {text.page for text in table.cell_texts()}
        pages = tuple(sorted({*begun, piece.last_page} - {0}))
        titled = replace(table.titled, pages=pages, piece=piece) if table.titled else None
        made = replace(table, title=title, above=tuple(above), below=tuple(below))
        return replace(made, pages=pages, piece=piece, titled=titled)

    def _above(self, at: int, *, named: bool) -> Iterator[SurroundingLine]:
        """The lines right above a table, from top to bottom; `named` if it names its project."""
        found: list[TextPiece] = []
        for piece in reversed(self.pieces[:at]):
            if _is_edge(piece):
                continue
            if not isinstance(piece, TextPiece) or piece in self.used or len(found) == _MAX_LINES:
                break
            chapter = table_lines.CHAPTER.fullmatch(piece.bare)
            known = is_line(piece.text) or self._is_printed(piece.text, "title", "above")
            titled = named or any(is_title(one.text) for one in found)
            headed = not titled and lines.HEADED.fullmatch(piece.text.strip()) is not None
            known = known or headed
            if piece.out_of_flow or not known or chapter:
                break
            found.append(piece)
            number = table_lines.NUMBER.fullmatch(piece.bare)
            titled = is_title(piece.text) or self._is_printed(piece.text, "title")
            if titled and not number and len(found) > 1:
                before = self._number_above(piece)
                found += [before] if before else []
                break
        for text in reversed(found):
            yield from _split(text)

    def _number_above(self, title: TextPiece) -> TextPiece | None:
        """The number of a table right above its title."""
        at = next(number for number, piece in enumerate(self.pieces) if piece is title)
        above = next((one for one in reversed(self.pieces[:at]) if not _is_edge(one)), None)
        if not isinstance(above, TextPiece) or above in self.used:
            return None
        return above if table_lines.NUMBER.fullmatch(above.bare) else None

    def _below(self, at: int) -> Iterator[SurroundingLine]:
        """The remarks right below a table."""
        remark = table_lines.REMARK
        last = ""
        for piece in self.pieces[at + 1 :]:
            if _is_edge(piece):
                continue
            if (
                not isinstance(piece, TextPiece)
                or piece.out_of_flow
                or not (
                    table_lines.REMARK.fullmatch(piece.text)
                    or remark.fullmatch(piece.text)
                    or table_lines.goes_on(last, piece.text)
                    or self._is_printed(piece.text, "below")
                )
            ):
                break
            remark, last = table_lines.NEXT_REMARK, piece.bare
            yield SurroundingLine(piece, piece.text)

    def _title(self, lines: Sequence[SurroundingLine]) -> SurroundingLine | None:
        """The title among the lines above a table: that of a form, or the last that looks so."""
        of_forms = (line for line in lines if self._is_printed(line.text, "title"))
        return next(of_forms, None) or _title(lines)

    def _is_printed(self, text: str, *around: Literal["title", "above", "below"]) -> bool:
        """Whether a form of the department prints a line around its table, whatever its words."""
        by_place = (
            {"title": _titles(form), "above": form.above, "below": form.below}
            for form in self.forms
        )
        templates = (one for places in by_place for place in around for one in places[place])
        return any(has_words(one) and captured(one, text) is not None for one in templates)


def _titles(form: Form) -> Iterator[str]:
    """What a form prints as its title, above its table or as the first row."""
    if form.title:
        yield form.title
    first = form.rows[0] if form.rows else ()
    if isinstance(first, tuple) and len(first) == 1 and first[0].columns == form.columns:
        yield first[0].text or ""


def find_tables(
    pieces: Sequence[Piece], repeated: Iterable[TextPiece], forms: Sequence[Form] = ()
) -> FoundTables:
    """The tables of targets among the pieces of a document, and the other tables.

    Args:
        pieces: The pieces; each table is in one.
        repeated: Those that pages print once more of the table before them.
        forms: The department's own forms, whose heads need not be known.
    """
    return _Finder(pieces, forms, used={*repeated}).find()


def _is_about_projects(grid: Grid) -> bool:
    """Whether a table has levels, or labels of a project or department; statistics have none."""
    texts = [cell.text for cell in grid.cells() if cell.text.strip()]
    return any(
        field_labels.column(text) in {"level1", "level2"}
        or field_labels.label(text) in _OF_PROJECT
        or cut_rows.is_category(squeezed(text))
        for text in texts
    )


def _is_about_targets(grid: Grid, above: TextPiece | None) -> bool:
    """Whether a table names kinds of indicators, or is called a table of targets."""
    texts = [squeezed(cell.text) for cell in grid.cells() if cell.text.strip()]
    kinds = {text for text in texts if text.endswith("指标") and cut_rows.is_category(text)}
    first = texts[0] if texts else ""
    called = [first, *([above.bare] if above else [])]
    listed = any(map(_heads_goals, grid.rows))
    return len(kinds) > 1 or listed or any(_CALLED.fullmatch(name) for name in called)


def _heads_goals(row: Sequence[FilledCell]) -> bool:
    """Whether a row is heads, one of them above the goals of what is listed below."""
    texts = [squeezed(cell.text) for cell in row if cell.text.strip()]
    headed = len(texts) >= _MIN_HEADS and all(len(text) <= _MAX_HEAD for text in texts)
    return headed and any(
        "绩效" in text and field_labels.label(text) in {"goals", "term_goals"} for text in texts
    )


def _is_edge(piece: Piece) -> bool:
    if not isinstance(piece, TextPiece):
        return False
    number = bool(piece.page and labels.PAGE_NUMBER.fullmatch(piece.bare))
    # Titles, units and numbers stand above tables on several pages.
    stated = labels.money_unit(piece.text) or table_lines.NUMBER.fullmatch(piece.bare)
    kept = is_title(piece.text) or stated is not None
    at_edge = piece.edge and not kept
    return at_edge or piece.out_of_flow or number or not piece.bare


def _split(text: TextPiece) -> Iterator[SurroundingLine]:
    """The lines in a paragraph that sets several side by side."""
    for part in table_lines.MONEY_BEHIND.split(text.text):
        yield SurroundingLine(text, part)


def _title(lines: Sequence[SurroundingLine]) -> SurroundingLine | None:
    """The title among the lines above a table: the last that looks like one."""
    found = [line for line in lines if is_title(line.text)]
    about = [line for line in found if _ABOUT.search(line.text)]
    return next(reversed(about or found), None)


def _has_title(grid: Grid) -> bool:
    """Whether the first row of a table is its title."""
    first = [cell for cell in grid.rows[0] if cell.text.strip()] if grid.rows else []
    wide = len(grid.rows[0]) == 1 if grid.rows else False
    return wide and len(first) == 1 and is_title(first[0].text) and "表" in first[0].text


def _parts(table: TablePiece) -> Iterator[TargetTable]:
    """The tables of a worksheet, with the lines around them that are rows of it."""
    rows = [*table.rows()]
    cut = sheet_tables.cut(rows) if table.sheet else [(0, len(rows))]
    for begin, end in cut:
        for part in forms_in_one.split_forms(rows[begin:end]):
            yield _without_lines(part) if table.sheet else grid_table(part)


def _without_lines(rows: Sequence[Sequence[GridCell]]) -> TargetTable:
    """A table of a worksheet without the rows around it."""
    begin, end = 0, len(rows)
    while begin < end and sheet_tables.are_lines(rows[begin]):
        begin += 1
    while end > begin and (_is_remark(rows[end - 1]) or _is_paragraph(rows[end - 1])):
        end -= 1
    above = [
        SurroundingLine(cell.text, cell.text.text)
        for row in rows[:begin]
        for cell in row
        if cell.bare
    ]
    below = [
        SurroundingLine(cell.text, cell.text.text)
        for at, row in enumerate(rows[end:])
        if not _is_paragraph(row) or (at and _goes_on(row))
        for cell in row
        if cell.bare
    ]
    above = [part for line in above for part in _split(line.source)]
    title = _title(above)
    kept = tuple(line for line in above if line is not title)
    made = grid_table(rows[begin:end])
    return TargetTable(
        made.grid, made.texts, title, kept, tuple(below),
        titled=_titled(rows[:end], title, below), rows=rows[begin:end],
    )  # fmt: skip


def _goes_on(row: Sequence[GridCell]) -> bool:
    """Whether a paragraph below a remark is the next item of it."""
    return bool(table_lines.NEXT_REMARK.fullmatch(row[0].text.text))


def _titled(
    rows: Sequence[Sequence[GridCell]],
    title: SurroundingLine | None,
    below: Sequence[SurroundingLine],
) -> TargetTable | None:
    """A table of a worksheet that begins with the row of its title."""
    if title is None:
        return None
    at = next(n for n, row in enumerate(rows) if any(cell.text is title.source for cell in row))
    made = grid_table(rows[at:])
    above = [part for row in rows[:at] for cell in row if cell.bare for part in _split(cell.text)]
    return replace(made, above=tuple(above), below=tuple(below))


def _is_paragraph(row: Sequence[GridCell]) -> bool:
    """Whether a row holds a text that neither belongs to the table nor is a remark on it."""
    said = [cell for cell in row if cell.bare]
    if len(said) != 1 or said[0] is not row[0] or any(cell.columns > 1 for cell in row[1:]):
        return False
    text = said[0].text.text
    known = cut_rows.is_category(said[0].bare) or field_labels.is_label(text)
    return not known and not table_lines.REMARK.fullmatch(text)


def _is_remark(row: Sequence[GridCell]) -> bool:
    filled = [cell for cell in row if cell.bare]
    alone = len(filled) == 1 and (len(row) == 1 or len(row) == len([*row]))
    return not filled or (
        alone
        and filled[0] is row[0]
        and bool(table_lines.REMARK.fullmatch(filled[0].text.text))
        and (filled[0].columns > 1 or len(row) > 1)
    )
