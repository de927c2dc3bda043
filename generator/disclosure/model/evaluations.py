"""Self-evaluations, of a project and of a whole department, in `results/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import Field

from disclosure.model.fields import (
    IN_WANYUAN,
    Amount,
    Date,
    FormId,
    Money,
    MoneyUnit,
    NonEmptyText,
    Points,
    ProjectCode,
    ProjectId,
    Record,
    amount_in,
    code_as_id,
)
from disclosure.model.notes import UNPROOFREAD, Note
from disclosure.model.target_table import FACTS, Fund, IndicatorResult, Task, named_rows


def _of_first_fund(cell: str) -> Callable[[Mapping[str, Any]], Amount | None]:
    """A cell of the funds' first row, which is the whole sum; None where it holds no amount."""

    def found(fields: Mapping[str, Any]) -> Amount | None:
        text = getattr(fields["funds"][0], cell) if fields.get("funds") else None
        return amount_in(text or "", fields.get("money", "万元"))

    return found


class Evaluation(Record):
    """What the self-evaluation of a project and that of a whole department have in common."""

    schema_: str = Field(alias="schema")
    form: FormId | None = Field(None, title="表样", description="表样的标识；不写按默认的表样。")
    title: NonEmptyText | None = Field(
        None, title="表名", description="按原表填写；与表样的表名相同的不写。"
    )
    name: NonEmptyText | None = Field(
        None, title="名称", description="自评表上的项目或部门名称；与目标表一致的可以不写。"
    )
    published: Date | None = Field(None, title="公开日期", description="自评结果公开的日期。")
    money: MoneyUnit = Field("万元", title="金额单位", description="原表的金额单位：万元或元。")
    funds: tuple[Fund, ...] = Field(
        (), title="资金", description="自评表的各行资金，第一行是总额；每格按原表填写。"
    )
    budget: Money | None = Field(
        default_factory=_of_first_fund("budget"),
        title="全年预算数",
        description=f"{IN_WANYUAN}写了 funds 的可以不写。",
    )
    spent: Money | None = Field(
        default_factory=_of_first_fund("spent"),
        title="全年执行数",
        description=f"{IN_WANYUAN}写了 funds 的可以不写。",
    )
    score: Points | None = Field(None, title="总分", description="单位：分。")
    goals: tuple[NonEmptyText, ...] = Field(
        (), title="预期目标", description="自评表上的，每格一项。"
    )
    goals_actual: tuple[NonEmptyText, ...] = Field(
        (), title="目标实际完成情况", description="自评表上的，每格一项。"
    )
    indicator_rows: tuple[IndicatorResult, ...] = Field(
        (),
        alias="indicators",
        title="指标完成情况",
        description="每个三级指标一项，可以只填一部分。",
    )
    facts: Mapping[NonEmptyText, NonEmptyText | None] = FACTS
    notes: tuple[Note, ...] = Field((), title="公开注释", description="对自评结果的公开说明。")
    unproofread: tuple[NonEmptyText, ...] = UNPROOFREAD

    @property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """The rows that name an indicator; forms also print empty ones."""
        return tuple(row for _, row in named_rows(self.indicator_rows))


class SelfEvaluation(Evaluation):
    """A project's self-evaluation, published the year after: `results/<id>.yml`."""

    schema_: Literal["result/1"] = Field(
        alias="schema", title="文件类型", description="固定写 result/1。"
    )
    code: ProjectCode | None = Field(
        None, title="项目编码", description="与目标表一致；没有编码的写 ~，文件名与目标表一致。"
    )
    id: ProjectId = Field(
        default_factory=code_as_id,
        title="项目标识",
        description="就是文件名（不含 .yml），可以不写。",
    )


class DepartmentEvaluation(Evaluation):
    """The self-evaluation of a whole department: `results/department.yml`."""

    schema_: Literal["department-result/1"] = Field(
        alias="schema", title="文件类型", description="固定写 department-result/1。"
    )
    tasks: tuple[Task, ...] = Field((), title="年度主要任务", description="顺序按原表。")
