"""The field of a value in a row that does not repeat: by its label, the head above, the section."""

from __future__ import annotations

import re

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import bare_text
from disclosure.model.fields import MONEY

#: What a label that only names a kind of money, or a unit, does not say by itself.
_GENERAL = {"金额", "合计", "总计", "小计"}
_NO_MONEY = ("单位", "部门", "情况", "依据", "说明", "理由", "内容", "名称", "方式", "类型", "期限",
             "分值", "用途", "来源", "人", "电话", "代码", "编码", "备注",
             "年度", "周期")  # fmt: skip


def of_value(
    text: str,
    label: FilledCell | None,
    head: str = "",
    section: FilledCell | None = None,
    *,
    evaluation: bool,
) -> str:
    """The field of a value.

    Args:
        text: The value.
        label: The label beside it.
        head: The head above it.
        section: The label left of its row that reaches over several.
        evaluation: Whether the table is an evaluation.
    """
    name = field_labels.bare(label.text) or "其他" if label is not None else ""
    above = field_labels.bare(head)
    path = _of_evaluation(name, above) if evaluation else None
    if path is None and above and above not in _GENERAL:
        path = _below(name, above)
    path = path or of_label(text, name, label, section)
    if evaluation and text.strip() and path.startswith("budget."):
        return f"facts.{name}"  # of which time the money is, only the printed words say
    return path


def _of_evaluation(name: str, above: str) -> str | None:
    """The field of money or points in an evaluation, by its row and its column."""
    column = field_labels.fund(above) if above else None
    if is_score_row(name):
        is_score = not above or "score" in {column, field_labels.column(above)}
        return "score" if is_score else f"facts.{name}{above}"
    return f"funds.{name}.{column}" if column and name else None


def of_label(text: str, name: str, label: FilledCell | None, section: FilledCell | None) -> str:
    """The field of a value by the label beside it."""
    path = field_labels.label(name)
    if path is not None and path.startswith("budget.") and not _may_be_amount(text):
        return f"facts.{name}"
    if path is None and label and _is_money(label, section) and _may_be_amount(text):
        within = field_labels.bare(section.text) if section is not None and name in _GENERAL else ""
        return f"budget.parts.{within}{name}"
    return path or f"facts.{name}"


def is_score_row(name: str) -> bool:
    """Whether a label is that of the sum of points and scores."""
    return bool(field_labels.SCORE_ROWS.match(name))


def _below(name: str, above: str) -> str | None:
    """The field of a value below a head that says more than that it is money."""
    if name in {"", *_GENERAL} or field_labels.SUMS.fullmatch(name):
        return field_labels.label(above) or f"facts.{name}{above}"
    return f"facts.{name}：{above}" if not field_labels.label(above) else None


def _may_be_amount(text: str) -> bool:
    """Whether a text is an amount as the data takes it, or nothing."""
    return not text.strip() or re.fullmatch(MONEY, text.strip(), re.ASCII) is not None


def _is_money(label: FilledCell, section: FilledCell | None) -> bool:
    """Whether what stands beside a label is money, by the words around it."""
    if field_labels.bare(label.text).endswith(_NO_MONEY):
        return False
    around = bare_text(label) + bare_text(section)
    return any(word in around for word in ("资金", "金额", "拨款", "预算", "支出", "收入", "万元"))
