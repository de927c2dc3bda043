"""The columns of repeated rows: what each means, and when its cells are merged."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from disclosure.forms import templates
from disclosure.forms.grid import FilledCell
from disclosure.intake.formats import labels
from disclosure.intake.learning import (
    column_meanings,
    field_labels,
    goal_cells,
    joined,
    money_times,
    stated_amounts,
    task_fields,
    term_columns,
    value_fields,
    year_heads,
)
from disclosure.intake.learning.cell_map import CellMap, Leaf, RepeatedRows, bare_text
from disclosure.model.whitespace import squeezed

_CODE_AND_NAME = re.compile(
    r"[0-9A-Za-z]{8,40}\s*[-—]\s*\D|[0-9A-Za-z]{15,40}\s*[-—]\s*\S", re.DOTALL
)
#: Points are numbers in the data; a form may print 分 behind each.
_POINTS = {"{points}", "{score}"}
_POINTS_OF = re.compile(r"[0-9]+(?:\.[0-9]+)?分")
_RESULTS = {"points", "score", "actual", "deviation", "improvement"}
#: What has a field of its own in an indicator's target and in its result.
_OF_RESULT = {"level1", "level2", "level3", "target", *_RESULTS}
#: Heads above the names of indicators where a table has no levels.
_NAMES_OF_INDICATORS = {"绩效指标", "年度绩效指标"}
_KINDS = {"", "定量", "定性", "定量指标", "定性指标"}
#: Which way an indicator is better, as some forms say below 指标性质.
_DIRECTIONS = {"", "正向", "反向", "逆向", "正向指标", "反向指标", "逆向指标", "负向指标"}


class LearnedColumn(Struct, frozen=True):
    """A column of repeated rows.

    Attributes:
        leaf: Where it is.
        template: What its cells hold.
        of_project: Whether it says something of a project and not of an indicator.
        joined: Whether its cells hold all indicators of a project.
    """

    leaf: Leaf
    template: str
    of_project: bool = False
    joined: bool = False


def columns(
    sheet: CellMap, region: RepeatedRows, unit: str, *, evaluation: bool
) -> list[LearnedColumn]:
    """What each column of a region holds; `unit` is that of money which amounts state, or ""."""
    if region.each == "tasks":
        named = any(field_labels.task(leaf.head) == "name" for leaf in region.leaves)
        found = _named(region, partial(task_fields.field_of, named=named))
        return [_with_unit(one, sheet.column_cells(region, one.leaf), unit) for one in found]
    if region.each == "parts":
        return _named(region, _part)
    made, used = dict[Leaf, LearnedColumn](), set[str]()
    term, of_term = term_columns.columns_of_term(sheet, region), goal_cells.labels_of_term(sheet)
    known = column_meanings.meanings(sheet, region)
    levels = dict(column_meanings.of_levels(sheet, region, known))
    together = {*column_meanings.shared(sheet, region, known), *levels}
    whole = _leaves_of_whole_table(sheet, region)
    known = {leaf: path for leaf, path in known.items() if leaf not in together}
    split = any(_is_part(sheet, region, leaf, known.get(leaf)) for leaf in region.leaves)
    last = {*term, *_of_levels(region, known), *_before_adjusting(known)}
    money = money_times.of_columns([leaf.head for leaf in region.leaves])
    for leaf in sorted(region.leaves, key=last.__contains__):
        cells = [
            cell
            for cell in sheet.column_cells(region, leaf)
            if cell is not None and cell.row not in region.sums
        ]
        path = known.get(leaf)
        if region.each == "term_indicators" and path == "term_target":
            path = "target"
        if leaf in whole:
            column = _of_whole_table(leaf, cells)
        elif leaf in levels:
            column = _of_level(leaf, levels[leaf])
        else:
            column = _column(leaf, path, cells, region, split=split, evaluation=evaluation)
        column = _free(_indented(_of_time(column, of_term, money), cells), used, term)
        used.update(templates.fields(column.template))
        made[leaf] = column
    listed = [_of_each_row(sheet, region, made[leaf], made) for leaf in region.leaves]
    return _of_projects(listed) if region.each == "projects" else listed


def _with_unit(
    column: LearnedColumn, cells: Sequence[FilledCell | None], unit: str
) -> LearnedColumn:
    """A column of money whose amounts state their unit, or one of words, which are no amounts."""
    said = {bare_text(cell) for cell in cells} - {""}
    if not (said and column.template.startswith("{budget.")):
        return column
    if (behind := stated_amounts.behind(said, unit)) is None:
        return replace(column, template=f"{{other.{field_labels.field_name(column.leaf.head)}}}")
    return replace(column, template=column.template + behind)


def _of_time(
    column: LearnedColumn, of_term: Container[str], money: Mapping[str, str]
) -> LearnedColumn:
    """A column of goals or money as that of the whole term, or of the year, which it is."""
    if column.template == "{goals}" and squeezed(column.leaf.head) in of_term:
        return replace(column, template="{term_goals}")
    if column.of_project and column.leaf.head in money:
        return replace(column, template=f"{{{money[column.leaf.head]}}}")
    return column


def _free(column: LearnedColumn, used: Collection[str], term: Container[Leaf]) -> LearnedColumn:
    """A column with a field that is no other's: the second of two is called by its head."""
    fields, leaf = templates.fields(column.template), column.leaf
    if not any(one in used for one in fields):
        return column
    prefix = "facts" if column.of_project else "other"
    path = f"{prefix}.{field_labels.core(leaf.head) or '栏目'}"
    if leaf in term:
        path = (
            "term_target"
            if fields == ("target",)
            else f"other.实施期{field_labels.field_name(leaf.head)}"
        )
    return LearnedColumn(leaf, f"{{{_unused(path, used)}}}", column.of_project)


def _of_level(leaf: Leaf, level: str) -> LearnedColumn:
    """A column of the weights or points of a level, which its indicators have together."""
    name = field_labels.without_brackets(leaf.head).replace("{", "").replace("}", "")
    return LearnedColumn(leaf, f"{{other.{level}{name}}}")


def _leaves_of_whole_table(sheet: CellMap, region: RepeatedRows) -> set[Leaf]:
    """The columns left of the indicators that say something once, beside all of them.

    So the money and goal of a department stand beside all of its indicators.
    """
    levels = [leaf.left for leaf in region.leaves if field_labels.column(leaf.head) == "level1"]
    if region.each != "indicators" or not levels:
        return set()
    found = {
        leaf
        for leaf in region.leaves
        if leaf.left < levels[0]
        and (cell := sheet.at(region.first, leaf.left)) is not None
        and (cell.row, cell.rows) == (region.first, region.end - region.first)
    }
    told = {field_labels.label(leaf.head) for leaf in found}
    return found if told & {"goals", "term_goals"} and "budget.total" in told else set()


def _of_whole_table(leaf: Leaf, cells: Sequence[FilledCell]) -> LearnedColumn:
    """A column that says something of the whole table."""
    amounts = not field_labels.is_code(leaf.head) and all(
        value_fields.is_amount_of_money(cell.text) for cell in cells
    )
    kind = "budget.parts" if amounts else "facts"
    path = f"{kind}.{field_labels.field_name(leaf.head)}"
    return LearnedColumn(leaf, f"{{{field_labels.label(leaf.head) or path}}}", of_project=True)


def _of_levels(region: RepeatedRows, known: Mapping[Leaf, str]) -> Iterator[Leaf]:
    """The columns of weights or points left of the names: those of a level, not of a row."""
    names = [leaf.left for leaf, path in known.items() if path == "level3"]
    yield from (
        leaf
        for leaf in region.leaves
        if known.get(leaf) in {"weight", "points"} and names and leaf.left < names[0]
    )


def _of_each_row(
    sheet: CellMap, region: RepeatedRows, column: LearnedColumn, found: Mapping[Leaf, LearnedColumn]
) -> LearnedColumn:
    """A column that counts the rows of a list, and not its projects, says nothing of a project."""
    if not (column.of_project and column.template.startswith("{facts.")):
        return column
    names = [one.leaf for one in found.values() if one.template in {"{name}", "{code}"}]
    rows = [
        ([sheet.at(row, leaf.left) for leaf in names], bare_text(sheet.at(row, column.leaf.left)))
        for row in range(region.first, region.end)
        if row not in region.sums
    ]
    changes = any(
        one != other
        and [*map(bare_text, above)] == [*map(bare_text, below)]
        and (other or above == below)  # a blank below a text says something where names are merged
        for (above, one), (below, other) in pairwise(rows)
    )
    path = column.template[len("{facts.") : -1]
    return LearnedColumn(column.leaf, f"{{other.{path}}}") if changes and any(names) else column


def _before_adjusting(known: Mapping[Leaf, str]) -> Iterator[Leaf]:
    """The columns of targets that no longer hold, beside those that were adjusted."""
    targets = [leaf for leaf, path in known.items() if path == "target"]
    adjusted = [leaf for leaf in targets if "调整" in leaf.head and "调整前" not in leaf.head]
    yield from (leaf for leaf in targets if adjusted and leaf not in adjusted)


def _of_projects(found: Sequence[LearnedColumn]) -> list[LearnedColumn]:
    """The columns of a list; where none is of indicators, all say something of a project."""
    others = [column for column in found if not column.of_project]
    if any(column.joined or not column.template.startswith("{other.") for column in others):
        return [*found]
    return [
        column
        if column.of_project
        else LearnedColumn(column.leaf, f"{{facts.{column.template[7:-1]}}}", of_project=True)
        for column in found
    ]


def _column(
    leaf: Leaf,
    path: str | None,
    cells: Sequence[FilledCell],
    region: RepeatedRows,
    *,
    split: bool,
    evaluation: bool,
) -> LearnedColumn:
    """What one column of indicators holds, or of projects with their indicators."""
    texts = {bare_text(cell) for cell in cells}
    is_name = _heads_names(leaf, region)
    if (path == "level3" or is_name) and (linked := joined.linked_column(cells, region.leaves)):
        return LearnedColumn(leaf, linked)
    listed = region.each == "projects"
    if path == "unit" and listed and _is_body(texts):
        path = None
    if path is not None:
        named = _indicator(path, texts, split=split, evaluation=evaluation)
        named = f"other.{field_labels.field_name(leaf.head)}" if named == f"other.{path}" else named
        return LearnedColumn(leaf, f"{{{named}}}")
    if listed and (made := joined.template(cells)) and joined.lists_indicators(leaf, made):
        return LearnedColumn(leaf, made, joined=True)
    of_project = _of_project(leaf, cells) if listed and not is_name else None
    if listed and not of_project and year_heads.is_money_of_year(leaf, cells, region):
        of_project = f"{{budget.parts.{field_labels.field_name(leaf.head)}}}"
    if of_project:
        return LearnedColumn(leaf, of_project, of_project=True)
    return LearnedColumn(leaf, _unknown(leaf, cells, texts, names=is_name))


def _heads_names(leaf: Leaf, region: RepeatedRows) -> bool:
    """Whether a head stands above the names of indicators where none is called 三级指标."""
    name = field_labels.without_number(field_labels.core(leaf.head))
    named = any(field_labels.column(one.head) == "level3" for one in region.leaves)
    return name in _NAMES_OF_INDICATORS and not named


def _unknown(leaf: Leaf, cells: Sequence[FilledCell], texts: set[str], *, names: bool) -> str:
    """What a column holds whose head says nothing known."""
    if texts == {squeezed(leaf.head)} or (not leaf.head and len(texts) == 1):
        return templates.literal(cells[0].text)
    if names and texts - {""}:
        return "{level3}"
    has_unit = labels.money_unit(leaf.head)  # which need not be that of the table
    name = squeezed(leaf.head).strip("{}") if has_unit else field_labels.field_name(leaf.head)
    return f"{{other.{name}}}"


def _indented(column: LearnedColumn, cells: Sequence[FilledCell]) -> LearnedColumn:
    """The same with the spaces that the form prints before every text of the column."""
    if column.joined or not templates.fields(column.template):
        return column
    said = [cell.text.strip() for cell in cells if cell.text.strip()]
    if column.template in _POINTS and said and all(map(_POINTS_OF.fullmatch, said)):
        return LearnedColumn(column.leaf, f"{column.template}分")
    before = {lead(cell.text) for cell in cells if cell.text.strip()}
    if len(before) == 1 and (spaces := before.pop()):
        return LearnedColumn(column.leaf, spaces + column.template, column.of_project)
    return column


def lead(text: str) -> str:
    """The spaces before a text."""
    return text[: len(text) - len(text.lstrip(" "))]


def _is_part(sheet: CellMap, region: RepeatedRows, leaf: Leaf, path: str | None) -> bool:
    """Whether a column holds the sign or the unit of values, and not bodies or directions."""
    texts = {bare_text(cell) for cell in sheet.column_cells(region, leaf)}
    bodies = region.each == "projects" and _is_body(texts)
    no_part = bodies or _turn(texts) or _says_kind(texts)
    return path in {"sign", "unit"} and not no_part


def _says_kind(texts: set[str]) -> bool:
    """Whether texts say that an indicator is counted or described; some signs are 定性 as well."""
    return texts <= _KINDS and ("定性" not in texts or "定量" in texts)


def _turn(texts: set[str]) -> bool:
    """Whether texts say which way an indicator is better."""
    return bool(texts - {""}) and texts <= _DIRECTIONS


def _is_body(texts: Iterable[str]) -> bool:
    """Whether what stands below 单位 names bodies and not units of measurement."""
    return any(len(text) > 8 or text.endswith(("局", "委", "办", "中心")) for text in texts)


def _indicator(path: str, texts: set[str], *, split: bool, evaluation: bool) -> str:
    """The field of an indicator; some heads mean one thing here and another there."""
    choices = field_labels.CHOICE_SIGNS.intersection(texts)
    if path == "sign" and _turn(texts):
        path = "direction"
    if path == "sign" and _says_kind(texts):
        path = "kind"
    if path in {"kind", "direction"} and choices - {"定性"}:
        path = "sign"
    if path == "target" and split and not evaluation:
        return "value"
    if path in _RESULTS and not evaluation:
        return "weight" if path in {"points", "score"} else f"other.{path}"
    if evaluation and path not in _OF_RESULT:
        return "points" if path == "weight" else f"other.{_CHINESE.get(path, path)}"
    return path


_CHINESE = {"sign": "符号", "unit": "单位", "basis": "依据", "description": "说明", "kind": "类型",
            "direction": "方向", "term_target": "实施期指标值", "weight": "权重"}  # fmt: skip


def _of_project(leaf: Leaf, cells: Sequence[FilledCell]) -> str | None:
    """What a column says of a project; None where it is one of the indicators."""
    path = field_labels.label(leaf.head)
    if path is None and field_labels.is_name_of_project(leaf.head):
        path = "name"
    if path == "name" and any(_CODE_AND_NAME.match(cell.text) for cell in cells):
        coded = (_CODE_AND_NAME.match(cell.text) for cell in cells if cell.text)
        return "{code}-{name}" if all(coded) else "{name}"
    if path == "department":
        path = None
    tall = any(cell.rows > 1 for cell in cells)
    named = field_labels.column(leaf.head) is None
    if path is not None:
        return f"{{{path}}}"
    money = all(field_labels.is_amount(cell.text) for cell in cells if cell.text)
    name = field_labels.core(leaf.head)
    all_above = value_fields.is_all_money(field_labels.core(leaf.parent))
    is_sum = name in {"总计", "合计"} or (name == "小计" and all_above)
    if money and (is_sum or value_fields.is_all_money(name)):
        return "{budget.total}"
    if money and any(word in head_text(leaf) for word in ("资金", "拨款", "金额", "预算", "收入")):
        return f"{{budget.parts.{field_labels.field_name(leaf.head)}}}"
    if tall or (named and field_labels.is_label(leaf.head)):
        return f"{{facts.{field_labels.field_name(leaf.head)}}}"
    return None


def head_text(leaf: Leaf) -> str:
    """All that the heads above a column say."""
    return field_labels.core(leaf.parent) + field_labels.core(leaf.head)


def _named(region: RepeatedRows, path_of: Callable[[Leaf, int], str]) -> list[LearnedColumn]:
    found = []
    used: set[str] = set()
    for at, leaf in enumerate(region.leaves):
        path = path_of(leaf, at)
        path = _unused(
            path if path not in used else f"other.{field_labels.field_name(leaf.head)}", used
        )
        used.add(path)
        found.append(LearnedColumn(leaf, f"{{{path}}}"))
    return found


def _part(_leaf: Leaf, at: int) -> str:
    return ("name", "amount")[at]


def _unused(path: str, used: Collection[str]) -> str:
    number, made = 2, path
    while made in used:
        made, number = f"{path}{number}", number + 1
    return made
