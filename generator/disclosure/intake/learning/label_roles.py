"""What a label in a row stands for: the words beside it, or labels that follow it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import CellMap, bare_text

_STATES_UNIT = re.compile(r".+[（(](?:万元|元)[)）]")
_MAX_NAME = 24  # a longer text is no label of money
#: Labels of what a project is, beside which the words for money are no labels.
_OF_KIND = ("性质", "方式", "类型", "类别", "属性", "分类")
#: Labels that may be heads of kinds of money as well, or say where all of it comes from.
_OF_SOURCE = ("来源", "渠道")
#: What stands beside 资金来源 as another head: 金额, 预算数, 合计.
_HEADS_OF_MONEY = re.compile(r"金额|[数额计]$|预算$|万元|[(（]元[)）]")

#: What stands above the kinds of money, by which it is divided below.
_DIVIDES = re.compile(r"按(?:收入|支出)(?:性质|来源|类型)分类?")


def beside_sum(
    sheet: CellMap, label: FilledCell | None, section: FilledCell | None
) -> FilledCell | None:
    """The section of a sum: the label right before it that reaches over what it adds up.

    So 合计 stands beside 财政拨款, above 其中：中央 and 市级.
    """
    if label is None or not field_labels.SUMS.fullmatch(field_labels.core(label.text)):
        return section
    before = sheet.at(label.row, label.column - 1) if label.column else None
    if before is None or before.row != label.row or before.rows == 1:
        return section
    known = field_labels.label(before.text) or ""
    return before if known in field_labels.PARTS_OF_MONEY else section


def divide_money(*cells: FilledCell) -> bool:
    """Whether cells say how the money below them is divided: 按收入性质分 beside 按支出性质分."""
    return all(_DIVIDES.fullmatch(field_labels.core(cell.text)) for cell in cells)


def names_row(following: Sequence[FilledCell]) -> bool:
    """Whether a cell below a head names its row: amounts follow it."""
    return bool(following) and all(
        not one.text or field_labels.is_amount(one.text) for one in following
    )


def is_parent(pending: FilledCell, cell: FilledCell, following: Sequence[FilledCell]) -> bool:
    """Whether a label stands for several that follow it, of which the next cell is one."""
    if not following or len(bare_text(cell)) > _MAX_NAME:
        return False
    amount = field_labels.is_amount(following[0].text)
    of_money = field_labels.is_money_label(pending.text)
    stated = amount and bool(_STATES_UNIT.fullmatch(bare_text(cell)))
    return pending.rows > 1 or of_money or stated or (amount and len(following) % 2 == 1)


def awaits_words(
    label: FilledCell | None, cell: FilledCell, following: Sequence[FilledCell]
) -> bool:
    """Whether a label waits for words that may look like a label: a name, or what something is.

    Args:
        label: The label.
        cell: The words.
        following: What stands behind them.
    """
    if label is None or field_labels.label(label.text) == "name":
        return label is not None
    is_amount = bool(following) and field_labels.is_amount(following[0].text)
    if label.rows > 1 or is_amount:
        return False
    name = field_labels.core(label.text)
    is_head = bool(_HEADS_OF_MONEY.search(bare_text(cell)))
    is_source = name.endswith(_OF_SOURCE) and not is_head and _are_pairs(following)
    is_sum = bool(field_labels.SUMS.fullmatch(field_labels.core(cell.text)))
    return is_source or (name.endswith(_OF_KIND) and not is_sum)


def _are_pairs(cells: Sequence[FilledCell]) -> bool:
    """Whether cells are labels, each with a value beside it; also where there are none."""
    labels_ = [field_labels.is_label(one.text) for one in cells]
    return labels_ == [True, False] * (len(cells) // 2)


def of_adjusting(
    label: FilledCell, first: FilledCell, following: Sequence[FilledCell]
) -> FilledCell:
    """The label that 调整前 or 调整后 is for, behind the one that its row begins with."""
    name = field_labels.core(label.text)
    if name not in {"调整前", "调整后"} or label is first:
        return label
    if not following or not following[0].text.strip() or field_labels.is_label(following[0].text):
        return label  # it is the head of what stands below it
    return replace(label, text=first.text if name == "调整后" else f"{name}：{first.text}")
