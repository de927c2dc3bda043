"""Format 1: what a department publishes, as frozen values.

The field titles and explanations are Chinese because editors show them to the publisher
(`disclosure schema` writes them as JSON Schema). All money is in 万元 (10,000 yuan), as
on most official forms; a file that says `money: 元` is converted when it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from disclosure.model.departments import Department
from disclosure.model.evaluations import DepartmentEvaluation, SelfEvaluation
from disclosure.model.fields import (
    IN_WANYUAN,
    Date,
    DigitCode,
    FormId,
    Money,
    MoneyUnit,
    NonEmptyText,
    Number,
    ProjectCode,
    ProjectId,
    ProjectReference,
    Record,
    Year,
    code_as_id,
)
from disclosure.model.notes import UNPROOFREAD, Note
from disclosure.model.target_table import (
    FACTS,
    TERM_INDICATORS,
    Budget,
    Indicator,
    Task,
    named_rows,
)
from disclosure.model.words import Words


class Source(Record):
    """The document the data was taken from; lying beside `disclosure.yml`, it is published."""

    title: NonEmptyText | None = Field(None, title="文件标题", description="公开文件的标题。")
    file: NonEmptyText | None = Field(
        None, title="文件名", description="公开文件的文件名；与本文件放在一起的，网站提供下载。"
    )
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, title="SHA-256 校验值", description="公开文件的 SHA-256 校验值，64 位小写十六进制。"
    )
    text: Literal["recognised"] | None = Field(
        None,
        title="文字来源",
        description="recognised：公开文件是扫描件，文字由机器识别；文字取自文件本身的不写。",
    )
    page: Number | None = Field(
        None, title="页码", description="绩效目标从公开文件的第几页开始，按 PDF 的页数。"
    )


class Objective(Record):
    """One 分项绩效目标 of part one."""

    name: NonEmptyText = Field(title="名称", description="分项名称，不含序号。")
    goal: NonEmptyText = Field(title="绩效目标", description="分项的绩效目标。")
    indicators: NonEmptyText | None = Field(
        None, title="绩效指标", description="分项的绩效指标，按原文填写。"
    )


class DepartmentTable(Record):
    """The target table of a whole department, in a year's `disclosure.yml`."""

    form: FormId | None = Field(
        None, title="表样", description="表样的标识；不写按部门默认的表样。"
    )
    title: NonEmptyText | None = Field(
        None, title="表名", description="按原表填写；与表样的表名相同的不写。"
    )
    money: MoneyUnit = Field("万元", title="金额单位", description="原表的金额单位：万元或元。")
    budget: Budget | None = Field(None, title="部门预算", description=IN_WANYUAN)
    tasks: tuple[Task, ...] = Field((), title="年度主要任务", description="顺序按原表。")
    goals: tuple[NonEmptyText, ...] = Field((), title="年度总体目标", description="原表每格一项。")
    term_goals: tuple[NonEmptyText, ...] = Field(
        (), title="中长期目标", description="原表每格一项。"
    )
    indicator_rows: tuple[Indicator, ...] = Field(
        (), alias="indicators", title="绩效指标", description="每行一项，顺序与原表一致。"
    )
    term_indicators: tuple[Indicator, ...] = TERM_INDICATORS
    facts: Mapping[NonEmptyText, NonEmptyText | None] = FACTS
    notes: tuple[Note, ...] = Field((), title="公开注释", description="对本表的公开说明。")

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The rows that name an indicator; forms also print empty ones."""
        return tuple(row for _, row in named_rows(self.indicator_rows))


class ListSum(Record):
    """A row of a list of projects that is no project: 合计, the subtotal of a unit."""

    name: NonEmptyText = Field(title="名称", description="按原表填写，如 合计、单位名称。")
    before: ProjectId | None = Field(
        None, title="所在位置", description="排在哪个项目前面（项目文件名）；不写排在最后。"
    )
    budget: Budget | None = Field(None, title="金额", description=IN_WANYUAN)
    facts: Mapping[NonEmptyText, NonEmptyText | None] = FACTS


class ProjectList(Record):
    """One table that lists several projects: what it prints beside the projects themselves.

    Its projects are those of the year whose `form` is this list's form, in order of `number`.
    """

    form: FormId = Field(title="表样", description="表样的标识。")
    title: NonEmptyText | None = Field(
        None, title="表名", description="按原表填写；与表样的表名相同的不写。"
    )
    money: MoneyUnit = Field("万元", title="金额单位", description="原表的金额单位：万元或元。")
    sums: tuple[ListSum, ...] = Field((), title="合计行", description="合计、小计等不是项目的行。")
    facts: Mapping[NonEmptyText, NonEmptyText | None] = FACTS


class Disclosure(Record):
    """Part one of a year: `data/<department>/<year>/disclosure.yml`."""

    schema_: Literal["disclosure/1"] = Field(
        alias="schema", title="文件类型", description="固定写 disclosure/1。"
    )
    year: Year = Field(title="预算年度", description="四位数年度，与文件夹同名。")
    approved: Date | None = Field(
        None, title="批复日期", description="财政部门批复预算的日期，如 2024-02-06；不详写 ~。"
    )
    published: Date | None = Field(
        None, title="公开日期", description="首次向社会公开的日期，如 2024-02-20；不详写 ~。"
    )
    source: Source | None = Field(None, title="来源文件", description="数据所依据的公开文件。")
    total: Money | None = Field(
        None,
        title="年度项目预算数合计",
        description="公开文件写明的项目预算数合计，单位：万元；没有写的不填。",
    )
    plan_heading: NonEmptyText | None = Field(
        None,
        title="资金支出计划的表头",
        description="目标表中这一栏的表头原文，如 资金支出计划（%）；用于核对单位，可以不填。",
    )
    overall_goal: NonEmptyText | None = Field(
        None,
        title="总体绩效目标",
        description="第一部分的总体绩效目标全文；公开文件没有文字部分的不写。",
    )
    objectives: tuple[Objective, ...] = Field(
        (), title="分项绩效目标", description="按公开文件的顺序。"
    )
    safeguards: tuple[NonEmptyText, ...] = Field(
        (), title="工作保障措施", description="每项一条，不含序号。"
    )
    department_table: DepartmentTable | None = Field(
        None, title="部门整体绩效目标表", description="公开文件有整个部门的目标表时填写。"
    )
    project_lists: tuple[ProjectList, ...] = Field(
        (),
        title="项目一览表",
        description="公开文件把多个项目印在一张表里时填写；项目仍各有一个文件。",
    )
    notes: tuple[Note, ...] = Field((), title="公开注释", description="对本文件内容的公开说明。")
    unproofread: tuple[NonEmptyText, ...] = UNPROOFREAD


class Adjustment(Record):
    """What makes a file a later version of a project: why, when and by which document."""

    kind: Literal["adjustment", "correction", "withdrawal"] = Field(
        title="类别",
        description="adjustment 预算调整；correction 更正；withdrawal 撤销。",
    )
    date: Date = Field(title="日期", description="生效日期，与文件名中 @ 后的日期一致。")
    reason: NonEmptyText = Field(title="原因", description="调整或更正的原因。")
    document: NonEmptyText | None = Field(None, title="文号", description="批准文件的文号。")


class Project(Record):
    """One project's target table in a year: `projects/<code>.yml`, later `<code>@<date>.yml`."""

    schema_: Literal["project/1"] = Field(
        alias="schema", title="文件类型", description="固定写 project/1。"
    )
    code: ProjectCode | None = Field(
        None,
        title="项目编码",
        description=(
            "按原表填写，一般为 21 位，并用作文件名；原表没有编码的写 ~，文件名用序号，如 01；"
            "同一编码列了几次的，后面的文件名加 -2、-3。"
        ),
    )
    id: ProjectId = Field(
        default_factory=code_as_id,
        title="项目标识",
        description="就是文件名（不含 @日期 和 .yml），可以不写。",
    )
    name: NonEmptyText = Field(title="项目名称", description="按原表填写。")
    form: FormId | None = Field(None, title="表样", description="表样的标识；不写按默认的表样。")
    title: NonEmptyText | None = Field(
        None, title="表名", description="按原表填写；与表样的表名相同的不写。"
    )
    money: MoneyUnit = Field("万元", title="金额单位", description="原表的金额单位：万元或元。")
    unit: DigitCode | None = Field(
        None,
        title="预算单位编码",
        description="须是 department.yml 中列出的单位之一；公开文件没有印的写 ~。",
    )
    number: Number = Field(title="序号", description="项目在公开文件第二部分中的顺序，从 1 开始。")
    page: Number | None = Field(
        None, title="页码", description="本表在公开文件的第几页，按 PDF 的页数。"
    )
    budget: Budget = Field(title="预算规模", description=IN_WANYUAN)
    purpose: NonEmptyText | None = Field(None, title="资金用途", description="按原表填写。")
    spending_plan: Mapping[NonEmptyText, Money] = Field(
        default_factory=dict,
        title="资金支出计划",
        description=f"各时点（如 3月底）的累计支出，{IN_WANYUAN}",
    )
    goals: tuple[NonEmptyText, ...] = Field(
        (), title="绩效目标", description="每条一项，不含序号。"
    )
    term_goals: tuple[NonEmptyText, ...] = Field(
        (), title="实施期目标", description="整个实施期或长期的目标，原表每格一项。"
    )
    indicator_rows: tuple[Indicator, ...] = Field(
        (), alias="indicators", title="绩效指标", description="每行一项，顺序与原表一致。"
    )
    term_indicators: tuple[Indicator, ...] = TERM_INDICATORS
    facts: Mapping[NonEmptyText, NonEmptyText | None] = FACTS
    continues: tuple[ProjectReference, ...] | None = Field(
        None,
        title="承接的上年项目",
        description=(
            "改名、合并或拆分时写上年项目的文件名（一般就是编码），"
            "从其他部门转来的写它在原部门的编码，没有编码的写 部门标识/文件名；"
            "[] 表示全新项目；不写则按编码、名称认定。"
        ),
    )
    adjustment: Adjustment | None = Field(
        None, title="调整信息", description="只用于文件名带 @日期 的调整、更正文件。"
    )
    notes: tuple[Note, ...] = Field((), title="公开注释", description="对本项目的公开说明。")
    unproofread: tuple[NonEmptyText, ...] = UNPROOFREAD

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The rows that name an indicator; forms also print empty ones."""
        return tuple(row for _, row in named_rows(self.indicator_rows))

    @property
    def named_by_code(self) -> bool:
        """Whether its id is its code; a number in a document means nothing in another year."""
        return self.id == self.code

    @property
    def withdrawn(self) -> bool:
        """Whether this version says that the project was called off."""
        return self.adjustment is not None and self.adjustment.kind == "withdrawal"


class CheckSettings(Record):
    """What the rules are to find, for the whole site: `checks.yml`, beside the departments."""

    schema_: Literal["checks/1"] = Field(
        "checks/1", alias="schema", title="文件类型", description="固定写 checks/1。"
    )
    switched_off: tuple[NonEmptyText, ...] = Field(
        (), title="停用的规则", description="不检查的规则编号，如 C305。请写明编号，一行一个。"
    )
    publication_days: Number = Field(
        20,
        title="公开期限（天）",
        description="批复后应在多少天内公开，默认 20 天（预算法第十四条）。",
    )
    budget_change: Number = Field(
        50,
        title="预算变化幅度（%）",
        description="预算数比上年增减超过百分之多少时应有说明，默认 50。",
    )
    target_change: Number = Field(
        50,
        title="指标值变化幅度（%）",
        description="指标值比上年增减超过百分之多少时应有说明，默认 50。",
    )
    cost_share: Number = Field(
        50,
        title="成本指标下限（%）",
        description="成本指标的上限低于预算数的百分之多少时提示，默认 50。",
    )


File = (
    Department
    | Disclosure
    | Project
    | SelfEvaluation
    | DepartmentEvaluation
    | CheckSettings
    | Words
)

#: The `schema:` line of each kind of file, and its model.
SCHEMAS: Mapping[str, type[File]] = {
    "department/1": Department,
    "disclosure/1": Disclosure,
    "project/1": Project,
    "result/1": SelfEvaluation,
    "department-result/1": DepartmentEvaluation,
    "checks/1": CheckSettings,
    "words/1": Words,
}
