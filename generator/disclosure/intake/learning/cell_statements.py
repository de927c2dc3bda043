"""Cells that hold both a label and what it announces: `项目名称：甲项目`, `财政拨款：30.00`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from disclosure.forms import templates
from disclosure.forms.grid import FilledCell
from disclosure.intake.formats import labels
from disclosure.intake.learning import (
    field_labels,
    goal_cells,
    lines,
    stated_amounts,
    value_fields,
)
from disclosure.intake.learning.cell_map import bare_text

#: What a cell may say behind its own label, whatever stands beside it.
_SAID = {"name", "code", "goals", "term_goals", "goals_actual"}
#: A label and its words in one cell.
_WORDS = re.compile(
    r"(?P<label>\s*[^：:。；，\n]{2,16}[：:])(?P<gap>\s*)(?P<value>\S.*)", re.DOTALL
)
#: What a cell may say so beside a score: `自评等级：优`.
_OF_SCORE = re.compile(r"(?:自评|评价|绩效)?(?:等级|等次|结论)[:：]")
#: What a cell says alone in its row below a table: who filled it in, and when.
_OF_WHOM = re.compile(
    r"(?:(?:(?:单位|部门|项目)?(?:负责|经办|审核|联系)|填[报表]|自评|评价)人|制表人?|联系(?:电话|方式)"
    r"|填[报表](?:日期|时间))[:：]"
)
#: What a remark begins with, which is no label of a fact.
_REMARK = re.compile(r"备?注[0-9]?|说明|其中")
_COLON = re.compile(r"[:：]")
#: Notes a value of a cell under a path, and gives the template that stands for it.
_Take = Callable[[FilledCell, str], str]


def amounts(cell: FilledCell, section: FilledCell | None, unit: str, take: _Take) -> str:
    """The template of a cell of labels and their amounts: `财政拨款：30.00`; "" for any other."""
    if stated_amounts.is_unit(cell.text) or labels.MONEY_LINE.fullmatch(bare_text(cell)):
        return templates.literal(cell.text)
    stated = stated_amounts.labelled(cell.text)
    if any(found["unit"] not in {"", unit} for found in stated):
        return ""
    template = ""
    for found in stated:
        name = field_labels.core(found["label"])
        path = value_fields.of_label(found["amount"], name, cell, section)
        made = take(replace(cell, text=found["amount"]), path)
        words = templates.literal(found["before"] + found["label"] + found["gap"])
        template += words + made + found["unit"] + found["behind"]
    return template


def words(
    cell: FilledCell, row: Sequence[FilledCell], pending: FilledCell | None, take: _Take
) -> str:
    """The template of a cell that holds a label and its words: `项目名称：甲项目`; "" for others.

    A label without a field counts where its row has nothing but such cells. Beside a label that
    waits for words, a cell counts where another says what became of the goal that it says, or
    all cells of the row have a colon: `单位负责人：`, `填报人：张三`.
    """
    found = _WORDS.fullmatch(cell.text)
    if found is None or goal_cells.is_part(found["label"].strip()):
        return ""
    waits = pending is not None and bare_text(pending)[-1:] in {":", "："} and _are_statements(row)
    if pending is not None and not (waits or _tell_results(row)):
        return ""
    if named := lines.NUMBERED.fullmatch(cell.text):
        number = take(replace(cell, text=named["number"]), "facts.项目序号")
        made = take(replace(cell, text=named["name"]), "name")
        return f"{named['before']}{number}{named['behind']}{made}"
    path = field_labels.label(found["label"])
    if path not in _SAID:
        of_score = _OF_SCORE.fullmatch(found["label"].strip())
        of_whom = _OF_WHOM.fullmatch(found["label"].strip()) and not _COLON.search(found["value"])
        if not (of_score or of_whom or _are_statements(row)) or labels.money_unit(cell.text):
            return ""
        path = f"facts.{field_labels.core(found['label'])}"
    made = take(replace(cell, text=found["value"]), path)
    return templates.literal(found["label"] + found["gap"]) + made


def _tell_results(row: Sequence[FilledCell]) -> bool:
    """Whether cells of a row say what a goal was and what became of it, each with its label."""
    found = (_WORDS.fullmatch(cell.text) for cell in row)
    said = {field_labels.label(one["label"]) for one in found if one}
    return {"goals", "goals_actual"} <= said


def _are_statements(row: Sequence[FilledCell]) -> bool:
    """Whether a row holds several statements, and nothing else: `填表人：张三`, `单位：万元`."""
    said = [cell for cell in row if bare_text(cell)]
    return len(said) > 1 and all(map(_states, said))


def _states(cell: FilledCell) -> bool:
    """Whether a cell is a label with its words, or one that waits for them to be written."""
    name, colon, _ = bare_text(cell).replace(":", "：").partition("：")
    return bool(colon) and 1 < len(name) <= 16 and not _REMARK.match(name)
