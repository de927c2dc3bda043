"""Goals that are divided over several cells under one label, below each other or side by side.

Each cell may have a label or a number of its own: `目标1`, `目标一：`, `（1）`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.forms import divided_goals
from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import CellMap
from disclosure.model.whitespace import squeezed

#: What tells one label from another: where it stands.
Under = tuple[int, int]
#: The place of the label that goals have which are only labelled one by one.
NO_LABEL: Under = (-2, -2)

_PART = re.compile(
    r"(?P<label>(?:年度|总体|绩效|分项|具体|子)*目标)(?:[0-9]{1,2}|[一二三四五六七八九十])[:：]?"
)
_NUMBER = re.compile(r"[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]|[①-⑳])[）)]?[.．、]?")
_SENTENCE = re.compile(r"[，。；;！]")
#: What a goal begins with, and what labels end with.
_DOES = re.compile(
    r"完成|开展|推进|推动|落实|组织|加强|规范|保障|建[成设立好]|做好|做到|提[高升]|培训|培养|确保|实现|改善|促进|增强"
    r"|优化|健全|完善|管好|维护|支持|达到|形成|编制|购置|修缮|办好|开好|争取|力争|降低|减少|扩大|巩固|打造|强化"
)
_LABEL_ENDS = re.compile(
    r"(?:时限|时间|日期|期限|周期|地点|内容|对象|方向|范围|方式|依据|情况|说明|概述|综述|概况|名称|类型|类别|性质|金额|标准|级别|备注|电话"
    r"|单位|部门|科室|人|值|数|分|率|编码|代码)[:：]?$|[:：]$"
)
_YEAR = re.compile(r"年度|当年|本年|全年|20[0-9]{2}年")
_BEGINS_WITH_YEAR = re.compile(r"20[0-9]{2}(?=年)")
_MAX_NAME = 24  # a longer text is no name of anything


def place(label: FilledCell) -> Under:
    """What goals below a label are kept under."""
    return label.row, label.column


def is_label(text: str) -> bool:
    """Whether a text announces goals, or what became of them."""
    return field_labels.label(text) in divided_goals.LISTS


def is_part(text: str) -> bool:
    """Whether a text is the label of one goal of several."""
    return bool(_PART.fullmatch(squeezed(text)))


def without_number(label: FilledCell) -> FilledCell:
    """The label of one goal of several as that of all of them."""
    found = _PART.fullmatch(squeezed(label.text))
    return replace(label, text=found["label"]) if found else label


def is_number(text: str) -> bool:
    """Whether a text is no more than the number of one."""
    return bool(_NUMBER.fullmatch(squeezed(text)))


def is_goal(text: str) -> bool:
    """Whether a text can only be a goal where goals stand: a sentence, or too long for a label."""
    plain = squeezed(text)
    return len(plain) > _MAX_NAME or bool(_SENTENCE.search(plain))


def is_no_goal(text: str) -> bool:
    """Whether a text where a goal stands looks like a label or the number of one."""
    plain = squeezed(text)
    if not plain or is_goal(plain):
        return False
    says = _DOES.match(field_labels.core(plain)) or any(map(str.isdigit, plain))
    return field_labels.is_label(plain) or (bool(_LABEL_ENDS.search(plain)) and not says)


def labels_of_term(sheet: CellMap) -> frozenset[str]:
    """The labels 总体目标 that stand beside or above a label 年度目标 of the same size."""
    labels = [
        cell for row in sheet.rows for cell in row if field_labels.label(cell.text) == "goals"
    ]
    of_year = [cell for cell in labels if _YEAR.search(squeezed(cell.text))]
    general = [cell for cell in labels if cell not in of_year and "总" in cell.text]
    return frozenset(
        squeezed(one.text)
        for one, other in product(general, of_year)
        if (one.row, one.rows) == (other.row, other.rows)
        or (one.column, one.columns) == (other.column, other.columns)
    )


def _labels_before_adjusting(sheet: CellMap) -> frozenset[str]:
    """The labels of goals that hold no more, in a table that has adjusted ones as well."""
    labels = {
        squeezed(cell.text)
        for row in sheet.rows
        for cell in row
        if field_labels.label(cell.text) == "goals"
    }
    adjusted = {label for label in labels if "调整" in label and "调整前" not in label}
    return frozenset(labels - adjusted if adjusted else ())


def _is_of_goal(text: str) -> bool | None:
    """Whether a short text beside a goal is one as well; False for a label, None in doubt."""
    plain = squeezed(text)
    if _LABEL_ENDS.search(plain):
        return False
    return True if _DOES.match(plain) else None


class _Cells(Struct):
    """The cells of one list of goals."""

    under: Under
    cells: list[FilledCell]


class GoalCells(Struct):
    """The cells of a table that hold goals, by their list.

    Attributes:
        found: The lists.
        under: Where the labels stand that have goals already.
        in_row: Whether the row that is being read has a goal already.
        doubtful: Whether nobody can tell if some text is a goal or a label.
        of_term: Labels of goals of the whole term, beside others that say they are of the year.
        adjusted: Labels of goals that others have taken the place of.
        year: The year of the document.
    """

    found: dict[str, _Cells] = field(default_factory=dict)
    under: set[Under] = field(default_factory=set)
    in_row: bool = False
    doubtful: bool = False
    of_term: frozenset[str] = frozenset()
    adjusted: frozenset[str] = frozenset()
    year: str = ""

    def note_labels(self, sheet: CellMap, year: str) -> None:
        """Note which labels of a table are of other goals than those that hold this year."""
        self.year = year
        self.of_term = labels_of_term(sheet)
        self.adjusted = _labels_before_adjusting(sheet)

    def takes(self, text: str) -> bool:
        """Whether a short text beside a goal is one as well; note where nobody can tell."""
        is_goal_too = _is_of_goal(text)
        self.doubtful = self.doubtful or is_goal_too is None
        return bool(is_goal_too)

    def timed(self, path: str, label: str) -> str:
        """The field of goals by their label: of the whole term, or no longer held in this table."""
        if path != "goals":
            return path
        year = _BEGINS_WITH_YEAR.match(squeezed(label))
        is_other = year is not None and self.year not in {"", year[0]}
        if is_other or squeezed(label) in self.adjusted:
            return f"facts.{field_labels.core(label)}"
        return "term_goals" if squeezed(label) in self.of_term else path

    def goes_on(self, path: str, cell: FilledCell, under: Under | None) -> bool:
        """Note a cell; whether it is a further one under the label of the list."""
        if under is None or path not in divided_goals.LISTS:
            return False
        known = self.found.get(path)
        self.under.add(under)
        if known is not None and known.under == under:
            known.cells.append(cell)
            return True
        if known is None or not any(one.text.strip() for one in known.cells):
            self.found[path] = _Cells(under, [cell])
        return False

    def fields(self) -> Iterator[tuple[FilledCell, str]]:
        """The fields of the cells of divided goals; an empty cell before a goal has none.

        A list cannot say that one of its items is empty.
        """
        for path, known in self.found.items():
            if len(known.cells) < 2:
                continue
            last = max((at for at, cell in enumerate(known.cells) if cell.text.strip()), default=-1)
            number = 0
            for at, cell in enumerate(known.cells):
                if at < last and not cell.text.strip():
                    yield cell, ""
                else:
                    number += 1
                    yield cell, f"{{{path}.{number}}}"
