"""Every table of the open data. A name that was once published keeps its meaning."""

from __future__ import annotations

from msgspec.structs import replace

from disclosure.compare import code_lists
from disclosure.exports.schema.columns import (
    Column,
    Table,
    Type,
    field_column,
    foreign_key,
    number,
    text,
    yes_or_no,
)
from disclosure.exports.schema.department_tables import (
    DEPARTMENT_SUCCESSIONS,
    DEPARTMENTS,
    DISCLOSURES,
    FORMER_NAMES,
    OBJECTIVES,
    SAFEGUARDS,
    UNITS,
)
from disclosure.exports.schema.distances import SIZE
from disclosure.exports.schema.form_columns import (
    BUDGET,
    FORM,
    INDICATOR,
    OTHER_INDICATOR,
    RESULT,
    as_printed,
)
from disclosure.exports.schema.form_tables import FORM_TABLES, TERM_GOALS, TERM_INDICATORS
from disclosure.exports.schema.keys import (
    CODE,
    IN_PROJECT,
    IN_VERSION,
    IN_YEAR,
    OF_PROJECT,
    OF_VERSION,
    OF_YEAR,
    PROJECT_ID,
    TO_PROJECT,
    TO_UNIT,
    TO_VERSION,
    TO_YEAR,
    VERSION,
)
from disclosure.model.evaluations import SelfEvaluation
from disclosure.model.notes import NOT_LOWERED, Note
from disclosure.model.records import Adjustment, Project
from disclosure.model.target_table import Budget

#: The version of these tables: a column may be added; what is there keeps name and meaning.
FORMAT = "open-data/1"


#: The head of the form.
_FORM = (
    field_column(Project, "name"),
    field_column(Project, "unit", column_name="unit_code"),
    field_column(Project, "number"),
    field_column(Budget, "total", column_name="budget_total"),
    field_column(Budget, "fiscal", column_name="budget_fiscal"),
    field_column(Budget, "other", column_name="budget_other"),
    field_column(Project, "purpose"),
    replace(field_column(Project, "page", column_name="source_page"), title="来源文件的页码"),
)
#: What was added to it when other forms came.
_OTHER_FORM = (*FORM, *(column for column in BUDGET if column not in _FORM))

PROJECTS = Table(
    "projects",
    "项目",
    "一个项目一个年度一行，内容是现行版本。",
    (
        *OF_PROJECT,
        *_FORM,
        replace(VERSION, title="现行版本"),
        number("versions", "版本数", "公开过的版本一共有几个。"),
        yes_or_no("withdrawn", "已撤销", "现行版本是否为撤销；已撤销的项目不计入合计。"),
        text(
            "chain",
            "历年项目",
            "同一个项目历年相同，一般是它首次公开时的项目编码；跨年度归集时按部门和这一栏。",
            required=True,
        ),
        *_OTHER_FORM,
    ),
    IN_PROJECT,
    (TO_YEAR, TO_UNIT),
)

VERSIONS = Table(
    "versions",
    "项目版本",
    "项目绩效目标表的每一个版本，一行一个：首次公开的，以及以后调整、更正、撤销的。",
    (
        *OF_VERSION,
        number("sequence", "第几版", "从 1 开始，按时间先后。"),
        yes_or_no("current", "现行", "是否为现行版本。"),
        replace(
            field_column(Adjustment, "kind", values=code_lists.listed(code_lists.VERSION_KINDS)),
            meaning="original 首次公开；adjustment 预算调整；correction 更正；withdrawal 撤销。",
        ),
        replace(field_column(Adjustment, "date"), required=False, title="调整日期"),
        replace(field_column(Adjustment, "reason"), required=False),
        field_column(Adjustment, "document"),
        *_FORM,
        yes_or_no(
            "predecessors_stated",
            "已填报承接关系",
            "部门是否填报了承接关系；已填报而“承接关系”表里没有行的，是全新项目。",
        ),
        *_OTHER_FORM,
    ),
    IN_VERSION,
    (TO_PROJECT, TO_UNIT),
)

PREDECESSORS = Table(
    "predecessors",
    "承接关系",
    "部门填报的、本项目承接的上年项目，一行一个。",
    (
        *OF_VERSION,
        number(),
        replace(
            field_column(Project, "continues", column_name="predecessor_code"),
            required=True,
            meaning="上年的项目编码。",
        ),
        text(
            "predecessor_department_id",
            "上年项目所在部门",
            "上年项目属于哪个部门，写部门标识；现行版本才有。",
        ),
        number("predecessor_year", "上年项目所在年度", "上年项目在哪一年公开。", required=False),
    ),
    (*IN_VERSION, "number"),
    (TO_VERSION,),
)

SPENDING_PLAN = Table(
    "spending_plan",
    "资金支出计划",
    "各时点的累计支出，一行一个时点。",
    (
        *OF_VERSION,
        number(),
        Column(
            "period",
            Type.TEXT,
            "时点",
            "如 3月底，按原表填写。",
            source="project/1：spending_plan",
            required=True,
        ),
        replace(
            field_column(Budget, "total", column_name="amount"),
            title="累计支出",
            meaning="到这个时点的累计支出，单位：万元。",
            source="project/1：spending_plan",
        ),
        text("amount_printed", "累计支出（原文）", "金额在原文中的写法，单位见“项目版本”表。"),
    ),
    (*IN_VERSION, "number"),
    (TO_VERSION,),
)

GOALS = Table(
    "goals",
    "项目绩效目标",
    "项目的绩效目标，一行一条。",
    (
        *OF_VERSION,
        number(),
        replace(field_column(Project, "goals", column_name="goal"), required=True),
    ),
    (*IN_VERSION, "number"),
    (TO_VERSION,),
)

INDICATORS = Table(
    "indicators",
    "绩效指标",
    "绩效目标表的每一行，顺序与原表一致；target_ 开头的栏由本站从指标值读出。",
    (
        *OF_VERSION,
        number(title="行号"),
        *INDICATOR,
        *OTHER_INDICATOR,
    ),
    (*IN_VERSION, "number"),
    (TO_VERSION,),
)

RESULTS = Table(
    "results",
    "绩效自评",
    "项目支出绩效自评，一个项目一个年度一行。",
    (
        *OF_PROJECT,
        field_column(SelfEvaluation, "published"),
        field_column(SelfEvaluation, "budget"),
        field_column(SelfEvaluation, "spent"),
        field_column(SelfEvaluation, "score"),
        *FORM,
        field_column(SelfEvaluation, "name"),
        *(as_printed(field_column(SelfEvaluation, field)) for field in ("budget", "spent")),
    ),
    IN_PROJECT,
    (TO_PROJECT,),
)

INDICATOR_RESULTS = Table(
    "indicator_results",
    "指标完成情况",
    "自评表的每一行，顺序与原表一致。",
    (
        *OF_PROJECT,
        number(title="行号"),
        *RESULT,
    ),
    (*IN_PROJECT, "number"),
    (foreign_key("results", *IN_PROJECT),),
)

NOTES = Table(
    "notes",
    "公开注释",
    "数据中的公开注释，一行一条。",
    (
        *OF_YEAR,
        text("file", "数据文件", "注释所在的数据文件，见本站 data/ 下。", required=True),
        number(),
        text(
            "noted", "所注文件", "注释写在哪一种文件里。", required=True,
            values=code_lists.listed(code_lists.NOTED),
        ),
        replace(CODE, meaning="对项目的注释所注的项目。"),
        replace(VERSION, required=False, meaning="对项目绩效目标表的注释所注的版本。"),
        field_column(Note, "at"),
        field_column(Note, "rule"),
        field_column(Note, "note"),
        field_column(Note, "says", values={NOT_LOWERED: "不属于降低要求"}),
        replace(PROJECT_ID, required=False, meaning="对项目的注释所注的项目。"),
    ),
    ("file", "number"),
    (TO_YEAR,),
)  # fmt: skip

_CHANGED = (
    text("field", "栏目", "变化的是哪一栏。", required=True),
    text("old", "原内容", "上年的内容，与原文一字不差。"),
    text("new", "现内容", "本年的内容，与原文一字不差。"),
    text("change", "变化", "怎样变的。", required=True),
    text("explanation", "说明", "为什么这样判断。"),
)

_BUDGETS = (
    Column(
        "previous_budget", Type.DECIMAL, "上年预算数",
        "这一行的项目上年的预算数，有几个的相加，已撤销的为0。", "万元",
    ),
    Column(
        "budget", Type.DECIMAL, "本年预算数",
        "这一行的项目本年的预算数，有几个的相加，已撤销的为0。", "万元",
    ),
    Column(
        "budget_percent", Type.DECIMAL, "预算增减率",
        "预算数的增减占上年的百分比，最多六位小数，四舍五入；上年没有预算数的空着。",
    ),
)  # fmt: skip

CHANGES = Table(
    "changes",
    "年度变化",
    "与上一个公开年度相比：每个项目先有一行写明去向，然后一行一处变化；没有变化的栏目和指标不列。"
    "公开后改动过的，最后按首次公开再比较，“变化”以“按首次公开：”开头。",
    (
        *OF_YEAR,
        number(meaning="本部门本年度的第几行。"),
        number("previous_year", "上一个公开年度", "与哪一年相比。"),
        text(
            "fate", "项目情况", "项目与上年相比的去向。", required=True,
            values=code_lists.listed(code_lists.SUCCESSION_KINDS),
        ),
        text("previous_codes", "上年项目编码", "有几个的以顿号隔开。"),
        text("previous_names", "上年项目名称", "有几个的以顿号隔开。"),
        text("codes", "本年项目编码", "有几个的以顿号隔开。"),
        text("names", "本年项目名称", "有几个的以顿号隔开。"),
        text("indicator", "三级指标", "指标的变化才有。"),
        *_CHANGED,
        *SIZE,
        text(
            "previous_departments", "上年项目所在部门",
            "涉及几个部门时才有，写部门标识，有几个的以顿号隔开。",
        ),
        text(
            "departments", "本年项目所在部门",
            "涉及几个部门时才有，写部门标识，有几个的以顿号隔开。",
        ),
        text("previous_department_names", "上年部门名称", "当时的名称，有几个的以顿号隔开。"),
        text("department_names", "本年部门名称", "当时的名称，有几个的以顿号隔开。"),
        *_BUDGETS,
    ),
    (*IN_YEAR, "number"),
    (TO_YEAR,),
)  # fmt: skip

DEPARTMENT_CHANGES = Table(
    "department_changes",
    "部门整体绩效目标表的变化",
    "部门整体绩效目标表与上一个公开年度相比的变化，一行一处；没有变化的不列，只有一年公开的写明。",
    (
        *OF_YEAR,
        number(meaning="本部门本年度的第几处变化。"),
        number("previous_year", "上一个公开年度", "与哪一年相比。"),
        text("indicator", "三级指标", "指标的变化才有。"),
        *_CHANGED,
        *SIZE,
    ),
    (*IN_YEAR, "number"),
    (TO_YEAR,),
)


def _with_id(of_projects: Table) -> Table:
    """A table whose rows are told by the id of their project, which stands last: it came later."""
    return replace(of_projects, columns=(*of_projects.columns, PROJECT_ID))


#: A table stands after every table to which its rows belong.
TABLES = (
    DEPARTMENTS,
    UNITS,
    FORMER_NAMES,
    DEPARTMENT_SUCCESSIONS,
    DISCLOSURES,
    OBJECTIVES,
    SAFEGUARDS,
    *map(
        _with_id,
        (
            PROJECTS,
            VERSIONS,
            PREDECESSORS,
            SPENDING_PLAN,
            GOALS,
            TERM_GOALS,
            TERM_INDICATORS,
            INDICATORS,
            RESULTS,
            INDICATOR_RESULTS,
        ),
    ),
    *FORM_TABLES,
    NOTES,
    CHANGES,
    DEPARTMENT_CHANGES,
)

_BY_NAME = {one.name: one for one in TABLES}


def table(name: str) -> Table:
    """The table of that name."""
    return _BY_NAME[name]
