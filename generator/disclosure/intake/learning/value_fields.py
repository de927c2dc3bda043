"""The field of a value in a row that does not repeat: by its label, the head above, the section."""

from __future__ import annotations

import re
from itertools import pairwise

from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels, score_rows
from disclosure.intake.learning.cell_map import CellMap, HeadAbove, bare_text
from disclosure.model.fields import MONEY
from disclosure.model.whitespace import squeezed

#: What a label that only names a kind of money, or a unit, does not say by itself.
_GENERAL = {"金额", "合计", "总计", "小计"}
YEAR = re.compile(r"(?:19|20)[0-9]{2}年度?")
#: What names all money of a project where an amount stands beside it.
_ALL_MONEY = re.compile(
    r"(?=.*(?:资金|经费|预算|金额))(?!.*年度?$)(?:项目|本?年度?|当年|全年|专项|政策|申报|申请|批复|核定|审核|评审|安排|补助|拨款|总|拟|投入"
    r"|预算|经费|资金|金额)*(?:数额?|额度?|规模|投入|需求|总[额计]|合计)?"
)
#: A label over several rows of money.
_ABOUT_MONEY = re.compile(
    r"(?:项目|分?年度|本年度?|当年|预算|专项|部门|收入|收支|申[报请]|下达|补助)*(?:资金|经费|预算|金额)(?:申请|支出|收入|来源|情况|构成|安排|需求|规模|执行)*"
)
#: Money of the year before, but not what is left of it for this year.
_LAST_YEAR = re.compile(r"(?:上一?年|去年|前年)度?(?!.*(?:结转|结余|剩余))")
_WORDS_OF_MONEY = ("资金", "金额", "拨款", "预算", "支出", "收入", "经费", "万元")
#: What a label of a part of the money ends with where it does not say that it is money.
_KINDS_OF_MONEY = (
    "转移支付",
    "补助",
    "补贴",
    "安排",
    "配套",
    "自筹",
    "财力",
    "投入",
    "债券",
    "贷款",
)
_MONEY = frozenset({"initial", "budget", "spent", "rate"})
_NO_MONEY = ("单位", "部门", "情况", "依据", "说明", "理由", "内容", "名称", "方式", "类型", "期限",
             "分值", "用途", "来源", "人", "电话", "代码", "编码", "备注", "分类", "科目",
             "人数", "个数", "编制", "编制数",
             "年度", "周期", "率", "权重", "占比", "比例", "比重", "进度")  # fmt: skip


def of_value(
    text: str,
    label: FilledCell | None,
    head: str = "",
    section: FilledCell | None = None,
    *,
    evaluation: bool,
    is_of_rows: bool = False,
) -> str:
    """The field of a value.

    Args:
        text: The value.
        label: The label beside it.
        head: The head above it.
        section: The label left of its row that reaches over several.
        evaluation: Whether the table is an evaluation.
        is_of_rows: Whether the head above is one of the repeated rows.
    """
    name = field_labels.core(label.text) or "其他" if label is not None else ""
    above = field_labels.core(head)
    path = None
    if evaluation:
        is_sum = bool(field_labels.SUMS.fullmatch(name)) and bool(above) and not is_of_rows
        called = field_labels.core(section.text) if section is not None else ""
        path = _of_evaluation(name, above, called, is_sum=is_sum)
    if path is None and above and above not in _GENERAL:
        is_within_money = section is not None and is_about_money(section)
        path = _below(name, above, is_within_money=is_within_money)
        if path is None and is_amount_of_money(text):
            path = _of_kind_of_money(name, above)
        if name == "金额" and path == f"facts.{name}{above}" and is_amount_of_money(text):
            path = f"budget.parts.{above}"
    path = path or of_label(text, name or above, label, section)
    if evaluation and text.strip() and path.startswith("budget."):
        return f"facts.{name or above}"  # of which time the money is, only the printed words say
    return path


def _of_evaluation(name: str, above: str, section: str, *, is_sum: bool) -> str | None:
    """The field of money or points in an evaluation, by its row and its column.

    Money in a row without a label is called as the section is, and so is money whose label says
    what it is as a head would. `is_sum` is for the sum of the money, which is none of points.
    """
    column = field_labels.fund(above) if above else None
    if not above and section and field_labels.fund(name) in _MONEY:
        return f"funds.{section}.{field_labels.fund(name)}"
    if score_rows.is_score_row(name) and not (is_sum and column):
        is_score = not above or "score" in {column, field_labels.column(above)}
        return "score" if is_score else f"facts.{name}{above}"
    name = name or section
    return f"funds.{name}.{column}" if column and name else None


def of_label(text: str, name: str, label: FilledCell | None, section: FilledCell | None) -> str:
    """The field of a value by the label beside it."""
    path = field_labels.label(name)
    if path is not None and path.startswith("budget.") and not may_be_amount(text):
        return f"facts.{name}"
    if path is None and _LAST_YEAR.match(name):
        return f"facts.{name}"  # no part of this year's money
    is_part = section is not None and (is_about_money(section) or says_part(section))
    if path is None and not is_part and is_all_money(name) and text.strip():
        return "budget.total" if may_be_amount(text) else f"facts.{name}"
    around = label or section
    if path is None and around and is_money(around, section) and may_be_amount(text):
        within = field_labels.core(section.text) if section is not None and name in _GENERAL else ""
        return f"budget.parts.{within}{name}"
    return path or f"facts.{name}"


def is_all_money(name: str) -> bool:
    """Whether a label names all money of a project."""
    return bool(_ALL_MONEY.fullmatch(field_labels.without_footnote(name)))


def heading_of(sheet: CellMap, cell: FilledCell, label: FilledCell | None) -> FilledCell | None:
    """The heading alone in its row above the head of a value: 资金来源 above 合计, 财政拨款."""
    if label is not None or cell.row < 2:
        return None
    above = sheet.rows[cell.row - 2]
    return above[0] if len(above) == 1 and is_about_money(above[0]) else None


def section_of(
    sheet: CellMap,
    cell: FilledCell,
    label: FilledCell | None,
    section: FilledCell | None,
    *,
    evaluation: bool,
) -> FilledCell | None:
    """The label of the section, or the one of money with which the row begins.

    A row of an evaluation may begin with one kind of its money: 年度预算, 90.00, 执行数, 88.20.
    """
    first = sheet.rows[cell.row][0]
    is_first = label is not None and label.column == first.column
    own = not is_first or (evaluation and field_labels.fund(first.text) in _MONEY)
    begins = cell is not first and own and (is_about_money(first) or says_part(first))
    return section or (first if begins else None)


def is_about_money(label: FilledCell) -> bool:
    """Whether a label announces several amounts of a project's money."""
    return bool(_ABOUT_MONEY.fullmatch(field_labels.without_brackets(label.text)))


def announces_money(label: FilledCell) -> bool:
    """Whether a label is that of the project's money, of one sum or of several amounts."""
    return is_about_money(label) or field_labels.label(label.text) == "budget.total"


def of_sum(
    sheet: CellMap,
    label: FilledCell | HeadAbove | None,
    section: FilledCell | None,
    text: str,
    path: str,
) -> str:
    """The field of a sum beside a label of the project's money: all of it, but for several years.

    Args:
        sheet: The table.
        label: What stands beside or above the sum.
        section: The label left of its row that reaches over several.
        text: The sum.
        path: Its field where nothing says otherwise.
    """
    if section is None or label is None:
        return path
    if not field_labels.SUMS.fullmatch(field_labels.core(label.text)):
        return path
    part = field_labels.label(section.text)
    if part in field_labels.PARTS_OF_MONEY and text.strip() and may_be_amount(text):
        return part or path
    if not (announces_money(section) and text.strip() and may_be_amount(text)):
        return path
    rows = sheet.rows[section.row : section.row + section.rows]
    years = any(YEAR.fullmatch(squeezed(cell.text)) for row in rows for cell in row)
    return path if years else "budget.total"


def of_sum_of_money(
    sheet: CellMap, label: FilledCell | None, head: HeadAbove | None, cell: FilledCell, path: str
) -> str:
    """The field of a sum of kinds of money, or of what the money is for: all of it.

    A sum below 金额 is that where no label of the table says what all of the money is.
    """
    if head is not None and field_labels.core(head.text) != "金额":
        return path
    path = _of_sum_of_sources(sheet, label, cell.text, path)
    is_sum = label is not None and bool(field_labels.SUMS.fullmatch(field_labels.core(label.text)))
    if not is_sum or path.startswith("budget.") or not cell.text.strip():
        return path
    labelled = (field_labels.label(one.text) for row in sheet.rows for one in row)
    is_all = may_be_amount(cell.text) and "budget.total" not in labelled
    return "budget.total" if is_all and _is_below_amount(sheet, cell) else path


def _is_below_amount(sheet: CellMap, cell: FilledCell) -> bool:
    """Whether nothing but amounts stands between a cell and the head 金额 above it."""
    for row in range(cell.row - 1, -1, -1):
        above = sheet.at(row, cell.column)
        if above is None or (above.column, above.columns) != (cell.column, cell.columns):
            return False
        if field_labels.core(above.text) == "金额":
            return row < cell.row - 1
        if not field_labels.is_amount(above.text):
            return False
    return False


def _of_sum_of_sources(sheet: CellMap, label: FilledCell | None, text: str, path: str) -> str:
    """The field of a sum below kinds of money that stand below their heading: all of it.

    So 合计 stands below 财政拨款 and 自筹资金, and these below 资金来源, with 金额 beside it.
    """
    is_sum = label is not None and bool(field_labels.SUMS.fullmatch(field_labels.core(label.text)))
    if label is None or not is_sum or not text.strip() or not may_be_amount(text):
        return path
    for row in range(label.row - 1, -1, -1):
        above = sheet.at(row, label.column)
        if above is None or above.column != label.column:
            return path
        if is_about_money(above):
            return "budget.total" if row < label.row - 1 else path
        if not is_money(above, None):
            return path
    return path


def of_sum_of_rows(
    sheet: CellMap, label: FilledCell | None, head: HeadAbove | None, path: str
) -> str:
    """The field of the sum of repeated rows: no total where the table states one elsewhere.

    Nor is 项目经费 all of the money beside 支出预算合计.
    """
    if label is None or not path.startswith("budget."):
        return path
    name = field_labels.core(label.text)
    guessed = field_labels.label(name) is None and is_all_money(name)
    if head is None and path == "budget.total" and guessed:
        return f"budget.parts.{name}" if _states_total(sheet) else path
    if head is None or not head.of_region:
        return path
    return f"facts.{name}{field_labels.core(head.text)}" if _states_total(sheet) else path


def _states_total(sheet: CellMap) -> bool:
    """Whether a label of the table says what all of the money is."""
    return any(
        field_labels.label(one.text) == "budget.total"
        and bare_text(other)[:1].isdigit()
        and field_labels.is_amount(other.text)
        for row in sheet.rows
        for one, other in pairwise(row)
    )


def of_fund(sheet: CellMap, label: FilledCell, text: str, path: str) -> str:
    """The field of a kind of money in an evaluation, below the label that says which money it is.

    So 其中：财政拨款 stands below 预算数 and once more below 执行数, with its amount beside it.
    """
    if field_labels.fund(label.text) or not may_be_amount(text):
        return path
    for row in range(label.row - 1, -1, -1):
        above = sheet.at(row, label.column)
        if above is None or above.column != label.column:
            return path
        column = field_labels.fund(above.text)
        if column in _MONEY - {"rate"}:
            return f"funds.{field_labels.core(label.text)}.{column}"
        if not (bare_text(above) and is_money(above, None)):
            return path
    return path


def of_one_source(sheet: CellMap, label: FilledCell, path: str) -> str:
    """The field of a kind of money of which there are several: 财政资金（中央）, （省级）."""
    if path not in {"budget.fiscal", "budget.other"}:
        return path
    name, kind = field_labels.core(label.text), field_labels.without_brackets(label.text)
    others = {
        field_labels.core(cell.text)
        for row in sheet.rows
        for cell in row
        if field_labels.without_brackets(cell.text) == kind
    }
    return f"budget.parts.{name}" if name != kind and others - {name, kind} else path


def _below(name: str, above: str, *, is_within_money: bool) -> str | None:
    """The field of a value below a head that says more than that it is money."""
    path = field_labels.label(name) or ""
    if path.startswith("budget.") and field_labels.fund(above) == "initial":
        return path  # beside it stands what was spent so far
    if not name and (is_all_money(above) or is_within_money):
        return None
    if name in {"", *_GENERAL} or field_labels.SUMS.fullmatch(name):
        return field_labels.label(above) or f"facts.{name}{above}"
    return f"facts.{name}：{above}" if not field_labels.label(above) else None


def _of_kind_of_money(name: str, above: str) -> str | None:
    """The field of an amount beside what it is for and below where it is from."""
    source = field_labels.label(above)
    if source not in {"budget.fiscal", "budget.other"} or name == above or not name:
        return None
    whole = field_labels.label(name)
    if whole == "budget.total":
        return source
    return None if whole else f"budget.parts.{name}：{above}"


def is_amount_of_money(text: str) -> bool:
    """Whether a text is an amount as the data takes it."""
    return bool(text.strip()) and may_be_amount(text)


def may_be_amount(text: str) -> bool:
    """Whether a text is an amount as the data takes it, or nothing."""
    return not text.strip() or re.fullmatch(MONEY, text.strip(), re.ASCII) is not None


def says_part(label: FilledCell) -> bool:
    """Whether a label, or those behind it in its row, says what is a part of the money."""
    return bare_text(label).startswith("其中")


def is_money(label: FilledCell, section: FilledCell | None) -> bool:
    """Whether what stands beside a label is money, by the words around it."""
    if field_labels.without_brackets(label.text).endswith(_NO_MONEY):
        return False
    around = bare_text(label) + bare_text(section)
    is_part = field_labels.core(label.text).endswith(_KINDS_OF_MONEY)
    is_part = is_part or any(one and says_part(one) for one in (label, section))
    return is_part or any(word in around for word in _WORDS_OF_MONEY)
