"""What the columns of repeated rows are: by their heads, or else by what stands in them.

The levels of indicators have the same names nearly everywhere, whatever their columns are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows, bare_text
from disclosure.model import indicator_levels as levels

_SECOND = frozenset(name for inner in levels.TREE.values() for name in inner)
_SECOND_STEMS = {name.removesuffix("指标") for name in _SECOND}
_LEVELS = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标"}
_WEIGHTS = {"weight", "points", "score"}
_MAX_HEAD = 14
#: What heads above indicators are about, whatever else they say.
_HEAD = re.compile(r"指标|目标|值|标准")
_NO_HEAD = re.compile(r"[≥≤＞＜<>=＝。；0-9]")
_TARGET = re.compile(r"[≥≤＞＜<>＝=]|[0-9]")


def is_category(text: str) -> bool:
    """Whether a text is the name of a first or second level."""
    name = levels.plain(text)
    return name in levels.TREE or name in _SECOND


def by_categories(sheet: CellMap) -> tuple[int, int] | None:
    """The heads above the first name of a level, and the row behind them; none may be printed.

    Only the table of a project that names it goes without heads: else it is the rest of another.
    """
    for number, row in enumerate(sheet.rows):
        first = [cell for cell in row if levels.plain(cell.text) in levels.TREE]
        if len(first) > 1:
            return None
        if first and number and _are_heads(sheet.rows[number - 1], row):
            return number - 1, number
        if first:
            above = (cell for one in sheet.rows[:number] for cell in one)
            named = any(field_labels.label(cell.text) == "name" for cell in above)
            return (number, number) if named else None
    return None


def _are_heads(row: Sequence[FilledCell], below: Sequence[FilledCell]) -> bool:
    """Whether a row is heads, by its words or because it has a cell for each one below it."""
    texts = [bare_text(cell) for cell in row]
    return (
        len(texts) > 2
        and all(0 < len(text) <= _MAX_HEAD and not _NO_HEAD.search(text) for text in texts)
        and not any(map(is_category, texts))
        and (sum(bool(_HEAD.search(text)) for text in texts) > 1 or _stands_above(row, below))
    )


def _stands_above(row: Sequence[FilledCell], below: Sequence[FilledCell]) -> bool:
    same = [(cell.column, cell.columns) for cell in row] == [
        (cell.column, cell.columns) for cell in below
    ]
    return same and not any(field_labels.is_label(cell.text) for cell in row)


def meanings(sheet: CellMap, region: RepeatedRows) -> dict[Leaf, str]:
    """The field of each column of indicators that is known."""
    found = {leaf: path for leaf in region.leaves if (path := _by_heads(leaf))}
    texts = {
        leaf: {text for cell in sheet.column_cells(region, leaf) if (text := bare_text(cell))}
        for leaf in region.leaves
    }
    names = [leaf.left for leaf, path in found.items() if path in {"level1", "level2", "level3"}]
    found = {
        leaf: path
        for leaf, path in found.items()
        if path != "unit" or not names or leaf.left > min(names)  # else it is of a body
    }
    if "level2" not in found.values():
        classes = (leaf for leaf, path in found.items() if path == "kind")
        found |= {leaf: "level2" for leaf in classes if any(map(is_second, texts[leaf]))}
    if "sign" not in found.values():
        signs = (leaf for leaf in region.leaves if leaf not in found and _are_signs(texts[leaf]))
        found |= dict.fromkeys(signs, "sign")
    if "level1" in found.values():
        return found
    for path, leaf in _by_content(region, texts):
        if path not in found.values() and found.get(leaf, "kind") == "kind":
            found[leaf] = path
    return found


def of_levels(
    sheet: CellMap, region: RepeatedRows, known: Mapping[Leaf, str]
) -> Iterator[tuple[Leaf, str]]:
    """The columns of weights or points that are those of a level, each with the level's name.

    Such a column stands right behind the level, or has a cell beside all of its indicators.
    """
    begins = {path: _begins(sheet, region, leaf, inherited=path != "level3")
              for leaf, path in known.items() if path in _LEVELS}  # fmt: skip
    named = (leaf for leaf in region.leaves if field_labels.is_name_of_project(leaf.head))
    for leaf in named:
        begins = {path: rows | _begins(sheet, region, leaf, inherited=True)
                  for path, rows in begins.items()}  # fmt: skip
    if "level1" in begins and "level2" in begins:
        begins["level2"] |= begins["level1"]
    lefts = {path: leaf.left for leaf, path in known.items() if path in _LEVELS}
    number = sum(path in {"weight", "points"} for path in known.values())
    for leaf in (one for one, path in known.items() if path in _WEIGHTS):
        own = _begins(sheet, region, leaf, inherited=False)
        before = [path for path, left in lefts.items() if left < leaf.left]
        behind = max(before, key=lambda path: lefts[path], default="level3")
        for level in ("level1", "level2") if behind == "level3" else (behind,):
            rows = begins.get(level, set())
            is_shared = len(rows) < len(begins.get("level3", rows))
            if own == rows and (is_shared or (behind != "level3" and number > 1)):
                yield leaf, _LEVELS[level]
                break


def without_level(head: str) -> str:
    """What a column of weights or points is called without the level whose they are."""
    return next((head.removeprefix(one) for one in _LEVELS.values() if head.startswith(one)), head)


def _begins(sheet: CellMap, region: RepeatedRows, leaf: Leaf, *, inherited: bool) -> set[int]:
    """The rows in which a text of a column begins; a level that is said again goes on."""
    found: set[int] = set()
    before = ""
    for row, cell in enumerate(sheet.column_cells(region, leaf), start=region.first):
        text = bare_text(cell)
        if cell is None or cell.row != row or not text or (inherited and text == before):
            continue
        before = text
        found.add(row)
    return found


def shared(sheet: CellMap, region: RepeatedRows, known: Mapping[Leaf, str]) -> Iterator[Leaf]:
    """The columns of weights or points of which one is that of several indicators together."""
    names = [leaf for leaf, path in known.items() if path == "level3"]
    for leaf in (one for one, path in known.items() if path in {"weight", "points"}):
        cells = {id(cell): cell for cell in sheet.column_cells(region, leaf) if cell is not None}
        for cell in cells.values():
            below = {id(sheet.at(row, name.left)) for name in names
                     for row in range(cell.row, cell.row + cell.rows)}  # fmt: skip
            if bare_text(cell) and len(below) > 1:
                yield leaf
                break


def _are_signs(texts: set[str]) -> bool:
    """Whether all that stands in a column are signs, whatever its head says."""
    return bool(texts - {"定性"}) and texts <= field_labels.CHOICE_SIGNS


def is_second(text: str) -> bool:
    """Whether a text below 指标类别 names a second level, with or without 指标 behind it."""
    return levels.plain(text).removesuffix("指标") in _SECOND_STEMS


def _by_heads(leaf: Leaf) -> str | None:
    """The field that the heads of a column name: 内容 or 调整后 below 指标值 is the value."""
    is_value = field_labels.column(leaf.parent) == "target" and leaf.head in {"内容", "值"}
    is_value = is_value or (leaf.head == "值" and "指标" in leaf.parent)
    if is_value:
        return "target"
    return field_labels.column(leaf.head) or field_labels.column(leaf.head + leaf.parent)


def _by_content(region: RepeatedRows, texts: dict[Leaf, set[str]]) -> Iterator[tuple[str, Leaf]]:
    """Columns by what stands in them: first and second levels, names behind them, then targets."""
    first = next((leaf for leaf in region.leaves if _all(texts[leaf], levels.TREE)), None)
    if first is None:
        return
    yield "level1", first
    behind = [leaf for leaf in region.leaves if leaf.left > first.left]
    if behind and _all(texts[behind[0]], _SECOND):
        yield "level2", behind.pop(0)
    if not behind:
        return
    yield "level3", behind[0]
    stated = (leaf for leaf in behind[1:] if any(map(_TARGET.search, texts[leaf])))
    if (target := next(stated, None)) is not None:
        yield "target", target


def _all(
    texts: set[str], names: Sequence[str] | frozenset[str] | dict[str, tuple[str, ...]]
) -> bool:
    return bool(texts) and all(levels.plain(text) in names for text in texts)
