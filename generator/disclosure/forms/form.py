"""`form/1`: the grid of an official form as printed, with its labels and its fields.

    schema: form/1
    id: fujian-project
    kind: project
    title: 项目绩效目标表
    columns: 5
    rows:
    - [项目名称, {text: "{name}", columns: 4}]
    - rows:
      - [{text: 绩效目标指标, rows: block}, 一级指标, 二级指标, 三级指标, 指标值]
      - each: indicators
        rows:
        - - {text: "{level1}", merge: [level1]}
          - {text: "{level2}", merge: [level1, level2]}
          - "{level3}"
          - "{target}"

A row lists the cells that begin in it, from left to right. The paths of fields are those of
`disclosure.forms.values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from disclosure.forms import templates
from disclosure.model.fields import FormId, NonEmptyText, Number, Record

#: What a form is of. `projects` is one table that lists several.
Kind = Literal["project", "projects", "department", "evaluation", "department-evaluation"]
#: What a block or a cell can be repeated for.
Each = Literal[
    "indicators", "term_indicators", "tasks", "plan", "funds", "parts", "facts", "projects"
]  # fmt: skip
_LISTS = (
    "indicators 指标；term_indicators 实施期指标；tasks 任务；plan 支出计划的时点；funds 资金；"
    "parts 表样没有另列的金额；facts 表样没有另列的栏目；projects 项目"
)
#: Which items of a list of projects rows are for: the projects, or the sums between them.
Of = Literal["project", "sum"]


class FormCell(Record):
    """A cell of a form: its text, the rows and columns it takes, when it is merged with others."""

    text: NonEmptyText | None = Field(
        None,
        title="内容",
        description="照原表写栏目；{name} 等花括号里的是要填的内容；没有字的写 ~。",
    )
    rows: Number | Literal["block", "outer"] = Field(
        1,
        title="占几行",
        description="占的行数；block 表示一直到本组最后一行，outer 表示一直到外面一组的最后一行。",
    )
    columns: Number = Field(1, title="占几列", description="占的列数。")
    merge: tuple[NonEmptyText, ...] = Field(
        (),
        title="合并条件",
        description="重复的行里，这几项都与上一行相同时合并成一格；projects 表示每个项目一格。",
    )
    each: Each | None = Field(
        None, title="横向重复", description=f"这一格对其中每一项从左到右重复：{_LISTS}。"
    )
    joined: Each | None = Field(
        None,
        title="格内重复",
        description=f"这一格的文字在格内逐项接着写：{_LISTS}。",
    )

    blank: Literal["blank"] | None = Field(
        None,
        title="相同时空白",
        description="写 blank：合并条件都与上一行相同时不合并，这一格空着（原表只在第一行印）。",
    )
    empty: Literal["merged"] | None = Field(
        None,
        title="空格合并",
        description="写 merged：空着的也算与上一行相同，几行的空格合并成一格。",
    )

    @property
    def fields(self) -> tuple[str, ...]:
        """The paths of the fields in it; none for a label."""
        return templates.fields(self.text) if self.text else ()


def _cell(value: object) -> object:
    """A cell that is only a text may be written as that text."""
    return FormCell(text=value) if isinstance(value, str) or value is None else value


Cell = Annotated[FormCell, BeforeValidator(_cell)]
Row = tuple[Cell, ...]


class FormBlock(Record):
    """Rows that belong together: repeated for each item of a list, or beside one tall cell."""

    each: Each | None = Field(
        None, title="纵向重复", description=f"这一组行对其中每一项重复一次：{_LISTS}。"
    )
    of: Of | None = Field(
        None,
        title="只用于",
        description="多个项目一张的表里：project 这一组行只用于项目，sum 只用于合计、小计。",
    )
    needs: NonEmptyText | None = Field(
        None,
        title="有内容才印",
        description="这一项（如 term_goals、tasks）没有内容时，这一组行不印；每张表都印的不写。",
    )
    rows: tuple[RowOrBlock, ...] = Field(title="行", description="从上到下。")


def _row_or_block(value: object) -> str:
    """A block is written as fields, a row as a list of cells."""
    return "block" if isinstance(value, Mapping | FormBlock) else "row"


RowOrBlock = Annotated[
    Annotated[Row, Tag("row")] | Annotated[FormBlock, Tag("block")], Discriminator(_row_or_block)
]
FormBlock.model_rebuild()


class Form(Record):
    """A form; `data/forms/<id>.yml` for those that do not ship with the program."""

    schema_: Literal["form/1"] = Field(
        alias="schema", title="文件类型", description="固定写 form/1。"
    )
    id: FormId = Field(title="表样标识", description="与文件名相同。")
    name: NonEmptyText = Field(
        title="表样名称", description="给填报人员看的名称，如 福建省项目绩效目标表。"
    )
    kind: Kind = Field(
        title="表的种类",
        description="project 一个项目一张；projects 多个项目一张；department 部门整体；"
        "evaluation 项目自评；department-evaluation 部门自评。",
    )
    title: NonEmptyText | None = Field(
        None, title="表名", description="印在表格上方的表名；表名在表格第一行里的写 ~。"
    )
    above: tuple[NonEmptyText, ...] = Field(
        (), title="表上各行", description="表名以外印在表格上方的文字。"
    )
    below: tuple[NonEmptyText, ...] = Field(
        (), title="表下各行", description="印在表格下方的文字。"
    )
    money: Literal["万元", "元"] | None = Field(
        None, title="金额单位", description="表上写明的金额单位；没有写明的写 ~。"
    )
    orientation: Literal["portrait", "landscape"] = Field(
        "portrait", title="纸张方向", description="原表横着印的写 landscape。"
    )
    columns: Number = Field(title="列数", description="整张表的列数，合并的格按所占的列数计。")
    widths: tuple[Number, ...] = Field(
        (), title="列宽", description="各列的相对宽度，个数与列数相同；不写则按内容。"
    )
    printed: Mapping[NonEmptyText, Mapping[NonEmptyText, NonEmptyText]] = Field(
        default_factory=dict,
        title="印法",
        description="有的内容在表上另有印法，如 level1: {产出指标: 1-产出指标}；没有列的照印。",
    )
    rows: tuple[RowOrBlock, ...] = Field(title="行", description="从上到下。")

    def cells(self) -> Iterator[FormCell]:
        """Every cell, row by row."""
        yield from cells_of(self.rows)

    @cached_property
    def places(self) -> frozenset[tuple[tuple[Each, ...], str]]:
        """The fields that it prints, each with the lists that its cell is repeated for.

        The outermost list stands first; the lines around the table are repeated for none.
        """
        around = (self.title or "", *self.above, *self.below)
        lines = (((), path) for line in around for path in templates.fields(line))
        return frozenset((*lines, *_places(self.rows, ())))

    @cached_property
    def paths(self) -> frozenset[str]:
        """The fields that its cells and the lines around it print."""
        return frozenset(path for _, path in self.places)

    @cached_property
    def lists(self) -> frozenset[str]:
        """The lists that it repeats rows or cells for."""
        return frozenset(_lists(self.rows))

    @cached_property
    def flexible(self) -> bool:
        """Whether its columns depend on what there is: cells side by side, rows left out."""
        return "plan" in self.lists or _needs_any(self.rows)


def cells_of(rows: Iterable[Row | FormBlock]) -> Iterator[FormCell]:
    """Every cell of some rows, row by row."""
    for row in rows:
        yield from cells_of(row.rows) if isinstance(row, FormBlock) else row


def _places(
    rows: tuple[Row | FormBlock, ...], lists: tuple[Each, ...]
) -> Iterator[tuple[tuple[Each, ...], str]]:
    for row in rows:
        if isinstance(row, FormBlock):
            yield from _places(row.rows, (*lists, row.each) if row.each else lists)
            continue
        for cell in row:
            inner = tuple(one for one in (cell.each, cell.joined) if one is not None)
            yield from (((*lists, *inner), path) for path in cell.fields)


def _needs_any(rows: tuple[Row | FormBlock, ...]) -> bool:
    blocks = [row for row in rows if isinstance(row, FormBlock)]
    return any(block.needs or _needs_any(block.rows) for block in blocks)


def _lists(rows: tuple[Row | FormBlock, ...]) -> Iterator[str]:
    for row in rows:
        if isinstance(row, FormBlock):
            yield from filter(None, (row.each,))
            yield from _lists(row.rows)
        else:
            for cell in row:
                yield from filter(None, (cell.each, cell.joined))
