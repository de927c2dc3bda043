"""What target tables hold, whatever their form: money, tasks, goals, indicators, facts.

An empty cell of a form is `None`, never invented. All money is in 万元 (10,000 yuan) once it is
read; every amount remembers how it was printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import Field

from disclosure.model.fields import IN_WANYUAN, Money, NonEmptyText, Points, Record

#: What stands in a column of signs beside a target without a number: no part of its wording.
QUALITATIVE_SIGNS = frozenset({"定性"})

_OR_EMPTY = f"{IN_WANYUAN[:-1]}；原表为空写 ~。"
_FACTS = "其他栏目: 内容；栏目名称按原表，顺序按原表，空白的写 ~。"


class Budget(Record):
    """Money of a project, a task or a department, in 万元, each amount as printed."""

    total: Money | None = Field(
        None, title="预算数", description=f"{IN_WANYUAN}原表没有总额的不写。"
    )
    fiscal: Money | None = Field(None, title="其中：财政资金", description=_OR_EMPTY)
    other: Money | None = Field(None, title="其他资金", description=_OR_EMPTY)
    term_total: Money | None = Field(
        None, title="实施期总额", description=f"项目全部年度的总额；{IN_WANYUAN}"
    )
    parts: Mapping[NonEmptyText, Money | None] = Field(
        default_factory=dict,
        title="其他资金来源或支出",
        description="原表另外列出的各项金额，栏目名称: 金额；顺序按原表，空白的写 ~。",
    )

    @property
    def counted(self) -> Decimal | None:
        """What sums and comparisons count, in 万元: the printed total.

        Where a form prints no total, what it prints of fiscal and other money; None where it
        prints neither.
        """
        if self.total is not None:
            return self.total
        printed = [amount for amount in (self.fiscal, self.other) if amount is not None]
        return sum(printed, Decimal(0)) if printed else None


def joined(sign: str | None, value: str | None, unit: str | None) -> str | None:
    """The parts of a target as one text; None without a value."""
    if not value:
        return None
    return (sign if sign and sign not in QUALITATIVE_SIGNS else "") + value + (unit or "")


def _target_of_parts(fields: Mapping[str, Any]) -> str | None:
    """A target that is printed in columns: sign, value and unit in one text."""
    sign, value, unit = (fields.get(name) for name in ("sign", "value", "unit"))
    return joined(sign, value, unit)


class Indicator(Record):
    """One row of the target table."""

    level1: NonEmptyText | None = Field(
        None, title="一级指标", description="如 产出指标；原表没有的不写。"
    )
    level2: NonEmptyText | None = Field(None, title="二级指标", description="如 数量指标。")
    level3: NonEmptyText | None = Field(
        None, title="三级指标", description="指标名称；原表这一行没有填写指标的写 ~。"
    )
    description: NonEmptyText | None = Field(None, title="绩效指标描述", description="按原表填写。")
    sign: NonEmptyText | None = Field(
        None, title="符号", description="原表单独一栏的符号或性质，如 ≥、定性。"
    )
    value: NonEmptyText | None = Field(
        None, title="数值", description="原表单独一栏的指标值，不含单位。"
    )
    unit: NonEmptyText | None = Field(None, title="单位", description="原表单独一栏的计量单位。")
    target: NonEmptyText | None = Field(
        default_factory=_target_of_parts,
        title="指标值",
        description=(
            "连同符号和单位按原表填写；以 > = % 等符号开头时请加英文引号。"
            "原表分栏填写符号、数值、单位的，写 sign、value、unit，不写这一项。"
        ),
    )
    basis: NonEmptyText | None = Field(None, title="指标值确定依据", description="按原表填写。")
    weight: NonEmptyText | None = Field(None, title="权重", description="权重或分值，按原表填写。")
    direction: NonEmptyText | None = Field(None, title="指标方向", description="如 正向、反向。")
    kind: NonEmptyText | None = Field(None, title="指标类型", description="如 定量、定性。")
    term_target: NonEmptyText | None = Field(
        None, title="实施期指标值", description="整个实施期的指标值，按原表填写。"
    )
    other: Mapping[NonEmptyText, NonEmptyText | None] = Field(
        default_factory=dict,
        title="其他栏目",
        description="原表另外的栏目，栏目名称: 内容，如 是否核心指标: 是。",
    )
    apart: tuple[NonEmptyText, ...] = Field(
        (),
        title="不与上行合并的栏目",
        description="内容与上一行相同、原表却没有合并的栏目，如 level1；一般不用写。",
    )

    @property
    def name(self) -> str:
        """The third level; "" in a row that names no indicator."""
        return self.level3 or ""


class Task(Record):
    """One of the year's main tasks in a department's table."""

    name: NonEmptyText | None = Field(None, title="任务名称", description="按原表填写。")
    content: NonEmptyText | None = Field(None, title="主要内容", description="按原表填写。")
    budget: Budget | None = Field(None, title="任务金额", description=IN_WANYUAN)
    goal: NonEmptyText | None = Field(None, title="期望达到的目标", description="按原表填写。")
    other: Mapping[NonEmptyText, NonEmptyText | None] = Field(
        default_factory=dict, title="其他栏目", description=_FACTS
    )


class Fund(Record):
    """A row of the money in an evaluation, every cell as printed: `100%`, `--`, `88.40`."""

    name: NonEmptyText = Field(title="资金名称", description="如 年度资金总额、其中：财政拨款。")
    initial: NonEmptyText | None = Field(None, title="年初预算数", description="按原表填写。")
    budget: NonEmptyText | None = Field(None, title="全年预算数", description="按原表填写。")
    spent: NonEmptyText | None = Field(None, title="全年执行数", description="按原表填写。")
    points: NonEmptyText | None = Field(None, title="分值", description="按原表填写。")
    rate: NonEmptyText | None = Field(None, title="执行率", description="按原表填写。")
    score: NonEmptyText | None = Field(None, title="得分", description="按原表填写。")
    other: Mapping[NonEmptyText, NonEmptyText | None] = Field(
        default_factory=dict, title="其他栏目", description=_FACTS
    )


class IndicatorResult(Record):
    """What became of one indicator; matched to it by the name of its third level.

    The target and the levels stand here as the evaluation prints them, which may not be what was
    published.
    """

    level1: NonEmptyText | None = Field(
        None, title="一级指标", description="自评表上的，按原表填写。"
    )
    level2: NonEmptyText | None = Field(
        None, title="二级指标", description="自评表上的，按原表填写。"
    )
    level3: NonEmptyText | None = Field(
        None, title="三级指标", description="与目标表中的三级指标名称一致；没有填写的写 ~。"
    )
    target: NonEmptyText | None = Field(
        None, title="自评表上的指标值", description="连同符号和单位按自评表填写。"
    )
    actual: NonEmptyText | None = Field(None, title="实际完成值", description="按自评表填写。")
    points: Points | None = Field(None, title="分值", description="单位：分。")
    score: Points | None = Field(None, title="得分", description="单位：分。")
    deviation: NonEmptyText | None = Field(None, title="偏差原因分析", description="按自评表填写。")
    improvement: NonEmptyText | None = Field(None, title="改进措施", description="按自评表填写。")
    other: Mapping[NonEmptyText, NonEmptyText | None] = Field(
        default_factory=dict, title="其他栏目", description=_FACTS
    )
    apart: tuple[NonEmptyText, ...] = Field(
        (),
        title="不与上行合并的栏目",
        description="内容与上一行相同、原表却没有合并的栏目；一般不用写。",
    )

    @property
    def name(self) -> str:
        """The third level; "" in a row that names no indicator."""
        return self.level3 or ""


_Row = TypeVar("_Row", Indicator, IndicatorResult)


def named_rows(rows: Sequence[_Row]) -> tuple[tuple[int, _Row], ...]:
    """The rows that name an indicator, each with its position among all rows, from 0.

    Forms also print rows without one.
    """
    return tuple((at, row) for at, row in enumerate(rows) if row.level3 is not None)


#: The field for rows of the whole term that stand apart from those of the year.
TERM_INDICATORS: Any = Field(
    (),
    title="实施期绩效指标",
    description="原表把整个实施期（中期、长期）的指标与年度指标分开列的才写，每行一项；"
    "同一行里另有一栏的，写在该行的 term_target。",
)
#: The field for what a form prints about the whole and no other field means.
FACTS: Any = Field(default_factory=dict, title="其他栏目", description=_FACTS)
