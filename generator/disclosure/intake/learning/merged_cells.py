"""When the cells of a column are merged with those above them, or left blank below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product

from disclosure.forms import templates
from disclosure.forms.form import FormCell
from disclosure.forms.grid import FilledCell
from disclosure.intake.learning.cell_map import CellMap, RepeatedRows, bare_text
from disclosure.intake.learning.columns import LearnedColumn

#: A field of every table that is never empty: what is merged by it is merged all through.
EVERYWHERE = "department"
#: What is said once beside several entries of a project, each with its own money.
_OF_ENTRIES = {"name", "code"}
#: So many more cells are left blank than are merged where only a page break merges some.
_TIMES = 2
#: The cost of a merged cell that a rule misses; a cell that it merges wrongly costs 1.
_BROKEN = 1000


def merged(
    sheet: CellMap,
    region: RepeatedRows,
    found: Sequence[LearnedColumn],
    projects: Mapping[int, int],
) -> list[FormCell]:
    """The cells of a region's row, with the rule by which the printed ones are merged.

    Args:
        sheet: The table.
        region: The rows.
        found: Its columns.
        projects: Which project each row belongs to, where it is a list.
    """
    texts = _texts(sheet, region, found, projects)
    names = [path for column in found for path in templates.fields(column.template)]
    made = []
    for column in found:
        cells = sheet.column_cells(region, column.leaf)
        rules = _rules(column, names)
        blank = _is_blank(column, cells, projects)
        shared = _inherited(column, cells, texts) if blank else _shared(cells)
        is_empty = any(one and not bare_text(cell) for one, cell in zip(shared, cells, strict=True))
        ways = product(rules, [False, True] if is_empty and not blank else [False])
        best, empty = min(
            ways, key=lambda way: _cost(way[0], shared, texts, projects, empty=way[1])
        )
        made.append(
            FormCell(
                text=column.template or None,
                columns=column.leaf.right - column.leaf.left,
                merge=best,
                blank="blank" if blank and best else None,
                empty="merged" if empty and best else None,
                joined="indicators" if column.joined else None,
            )
        )
    return made


def _texts(
    sheet: CellMap,
    region: RepeatedRows,
    found: Sequence[LearnedColumn],
    projects: Mapping[int, int],
) -> dict[str, list[str]]:
    """What stands in each field, row by row; a blank cell says what stands above it."""
    made: dict[str, list[str]] = {}
    for column in found:
        cells = sheet.column_cells(region, column.leaf)
        texts = [bare_text(cell) for cell in cells]
        if _is_blank(column, cells, projects):
            for at in range(1, len(texts)):
                same = projects.get(at) == projects.get(at - 1)
                same = same and _is_same_category(column, at, made)
                texts[at] = texts[at] or (texts[at - 1] if same else "")
        made |= dict.fromkeys(templates.fields(column.template), texts)
    return made


def _is_same_category(column: LearnedColumn, at: int, texts: Mapping[str, Sequence[str]]) -> bool:
    """Whether a second level stands under the same first level as the one above it."""
    first = texts.get("level1", ()) if "level2" in templates.fields(column.template) else ()
    return at >= len(first) or first[at] == first[at - 1]


def _shared(cells: Sequence[FilledCell | None]) -> list[bool]:
    """Which rows share the cell of the row above."""
    return [at > 0 and cell is cells[at - 1] for at, cell in enumerate(cells)]


def _inherited(
    column: LearnedColumn, cells: Sequence[FilledCell | None], texts: Mapping[str, Sequence[str]]
) -> list[bool]:
    """Which cells are blank and say what stands above them."""
    above = texts[templates.fields(column.template)[0]]
    return [not bare_text(cell) and bool(text) for cell, text in zip(cells, above, strict=True)]


def _is_blank(
    column: LearnedColumn, cells: Sequence[FilledCell | None], projects: Mapping[int, int]
) -> bool:
    """Whether a column of levels or projects prints a text once and leaves cells below it blank."""
    fields = templates.fields(column.template)
    if column.joined or not (
        (column.of_project and projects) or {"level1", "level2"}.intersection(fields)
    ):
        return False
    tall = {id(cell) for cell in cells if cell is None or cell.rows > 1}
    blank = [
        at
        for at, (above, cell) in enumerate(pairwise(cells))
        if not bare_text(cell) and bare_text(above) and projects.get(at) == projects.get(at + 1)
    ]
    return len(blank) > _TIMES * len(tall)


def _rules(column: LearnedColumn, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The rules that may hold for a column, the likeliest first."""
    own = templates.fields(column.template)
    if column.of_project:
        return [("projects",), own, ()]
    levels = [name for name in ("level1", "level2") if name in names]
    rules: list[tuple[str, ...]] = []
    if own and own[0] in levels:
        rules.append(tuple(levels[: levels.index(own[0]) + 1]))
    rules.append(())
    rules += [tuple(levels[:number]) for number in range(1, len(levels) + 1)]
    rules += [own, (*levels[:1], *own), (*levels, *own), ("projects",), (EVERYWHERE,)]
    return list(dict.fromkeys(rules))


def _cost(
    rule: tuple[str, ...],
    shared: Sequence[bool],
    texts: Mapping[str, Sequence[str]],
    projects: Mapping[int, int],
    *,
    empty: bool,
) -> tuple[int, bool]:
    """How badly a rule says which cells are merged with those above them.

    Of two as bad the one is better that can match a merged cell at all.
    """
    everywhere = rule == (EVERYWHERE,) and 2 * sum(shared) < len(shared)
    cost = _BROKEN * len(shared) if everywhere else 0
    for at in range(1, len(shared)):
        expected = bool(rule) and all(
            _same(path, at, texts, projects, empty=empty) for path in rule
        )
        cost += _BROKEN * (shared[at] and not expected) + (expected and not shared[at])
    return cost, any(shared) and not rule


def _same(
    path: str,
    at: int,
    texts: Mapping[str, Sequence[str]],
    projects: Mapping[int, int],
    *,
    empty: bool,
) -> bool:
    if path == EVERYWHERE:
        return True
    same_project = projects.get(at) == projects.get(at - 1)
    if path == "projects":
        return bool(projects) and same_project
    said_here = texts.get(path, ())
    return (
        at < len(said_here)
        and (empty or bool(said_here[at]))
        and said_here[at] == said_here[at - 1]
        and (same_project or path.startswith("facts.") or path in _OF_ENTRIES)
    )
