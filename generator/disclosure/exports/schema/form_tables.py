"""The tables of what forms print beside the seed's: the whole department, money, other columns."""

from __future__ import annotations

from msgspec.structs import replace

from disclosure.exports.schema.columns import (
    Column,
    ForeignKey,
    Table,
    Type,
    field_column,
    foreign_key,
    number,
    text,
)
from disclosure.exports.schema.form_columns import (
    BUDGET,
    FILE,
    FORM,
    INDICATOR,
    MONEY_UNIT,
    OTHER_INDICATOR,
    PART,
    RESULT,
    ROW,
    amount,
)
from disclosure.exports.schema.keys import (
    CODE,
    IN_VERSION,
    IN_YEAR,
    OF_VERSION,
    OF_YEAR,
    PROJECT_ID,
    TO_VERSION,
    TO_YEAR,
    VERSION,
)
from disclosure.model.evaluations import DepartmentEvaluation
from disclosure.model.records import DepartmentTable, ListSum, Project, ProjectList
from disclosure.model.target_table import Fund, Task

#: A project, where the row is of one.
_OF_ANY = (
    *OF_YEAR,
    replace(CODE, meaning="项目的才有。"),
    replace(PROJECT_ID, required=False, meaning="项目的才有；整个部门的留空。"),
)

#: Where in a data file the row stands, of whatever table.
_IN_FILE = (
    *_OF_ANY,
    replace(VERSION, required=False, meaning="项目绩效目标表的版本。"),
    FILE,
    PART,
    ROW,
    number(),
)
_FILE_KEY = ("file", "part", "row_number", "number")

TERM_GOALS = Table(
    "term_goals",
    "项目实施期目标",
    "项目在整个实施期的目标，一行一格。",
    (
        *OF_VERSION,
        number(),
        replace(field_column(Project, "term_goals", column_name="goal"), required=True),
    ),
    (*IN_VERSION, "number"),
    (TO_VERSION,),
)

_TERM_INDICATORS = (number(title="行号"), *INDICATOR, *OTHER_INDICATOR)

TERM_INDICATORS = Table(
    "term_indicators",
    "项目实施期绩效指标",
    "项目在整个实施期的绩效指标，原表与年度指标分开列的才有，每一行顺序与原表一致。",
    (*OF_VERSION, *_TERM_INDICATORS),
    (*IN_VERSION, "number"),
    (TO_VERSION,),
)

DEPARTMENT_TABLES = Table(
    "department_tables",
    "部门整体绩效目标表",
    "整个部门的绩效目标表，有的年度一行一个。",
    (*OF_YEAR, *FORM, *BUDGET),
    IN_YEAR,
    (TO_YEAR,),
)

DEPARTMENT_GOALS = Table(
    "department_goals",
    "部门整体目标",
    "部门整体绩效目标表中的目标，一行一格。",
    (
        *OF_YEAR,
        number(meaning="第几格，年度目标在前。"),
        text(
            "period",
            "期限",
            "年度目标还是中长期目标。",
            required=True,
            values={"year": "年度", "term": "中长期"},
        ),
        replace(field_column(DepartmentTable, "goals", column_name="goal"), required=True),
    ),
    (*IN_YEAR, "number"),
    (foreign_key("department_tables", *IN_YEAR),),
)

DEPARTMENT_INDICATORS = Table(
    "department_indicators",
    "部门整体绩效指标",
    "部门整体绩效目标表中指标的每一行，顺序与原表一致；target_ 开头的栏由本站从指标值读出。",
    (*OF_YEAR, number(title="行号"), *INDICATOR, *OTHER_INDICATOR),
    (*IN_YEAR, "number"),
    (foreign_key("department_tables", *IN_YEAR),),
)

DEPARTMENT_TERM_INDICATORS = Table(
    "department_term_indicators",
    "部门整体中长期绩效指标",
    "部门整体绩效目标表中中长期的绩效指标，与年度指标分开列的才有，每一行顺序与原表一致。",
    (*OF_YEAR, *_TERM_INDICATORS),
    (*IN_YEAR, "number"),
    (foreign_key("department_tables", *IN_YEAR),),
)

TASKS = Table(
    "tasks",
    "年度主要任务",
    "部门整体绩效目标表和部门自评表中的年度主要任务，一行一项。",
    (
        *OF_YEAR,
        FILE,
        number(),
        field_column(Task, "name"),
        field_column(Task, "content"),
        *BUDGET,
        MONEY_UNIT,
        field_column(Task, "goal"),
    ),
    ("file", "number"),
    (TO_YEAR,),
)

PROJECT_LISTS = Table(
    "project_lists",
    "项目一览表",
    "把多个项目印在一起的表，一行一个；其中的项目见“项目”表。",
    (*OF_YEAR, number(), replace(field_column(ProjectList, "form"), required=True), *FORM[1:]),
    (*IN_YEAR, "number"),
    (TO_YEAR,),
)

LIST_SUMS = Table(
    "list_sums",
    "项目一览表的合计行",
    "项目一览表中不是项目的行，如合计、小计。",
    (
        *OF_YEAR,
        number("list_number", "一览表序号", "“项目一览表”表中的序号。"),
        number(),
        field_column(ListSum, "name"),
        field_column(ListSum, "before", column_name="before_project"),
        *BUDGET,
    ),
    (*IN_YEAR, "list_number", "number"),
    (ForeignKey((*IN_YEAR, "list_number"), "project_lists", (*IN_YEAR, "number")),),
)

BUDGET_PARTS = Table(
    "budget_parts",
    "其他资金",
    "原表另外列出的各项资金来源或支出，一行一项。",
    (
        *_IN_FILE,
        text("name", "名称", "栏目名称，按原表。", required=True),
        Column("amount", Type.DECIMAL, "金额", "单位：万元。原表空白的留空。", unit="万元"),
        text("amount_printed", "金额（原文）", "金额在原文中的写法，单位见“金额单位”一栏。"),
        MONEY_UNIT,
    ),
    _FILE_KEY,
    (TO_YEAR,),
)

FACTS = Table(
    "facts",
    "其他栏目",
    "原表中没有专门一栏收录的内容，一行一格，栏目名称和内容都按原表。",
    (
        *_IN_FILE,
        text("name", "栏目", "栏目名称，按原表。", required=True),
        text("content", "内容", "按原表；空白的留空。"),
    ),
    _FILE_KEY,
    (TO_YEAR,),
)

EVALUATION_FUNDS = Table(
    "evaluation_funds",
    "自评资金",
    "自评表的各行资金，每格按原表填写；整个部门的自评没有项目标识。",
    (
        *_OF_ANY,
        FILE,
        number(),
        *(
            field_column(Fund, field)
            for field in ("name", "initial", "budget", "spent", "points", "rate", "score")
        ),
        MONEY_UNIT,
    ),
    ("file", "number"),
    (TO_YEAR,),
)

EVALUATION_GOALS = Table(
    "evaluation_goals",
    "自评目标",
    "自评表上的预期目标和实际完成情况，一行一格；整个部门的自评没有项目标识。",
    (
        *_OF_ANY,
        FILE,
        number(meaning="第几格，预期目标在前。"),
        text(
            "kind",
            "种类",
            "预期目标还是实际完成情况。",
            required=True,
            values={"expected": "预期目标", "actual": "实际完成情况"},
        ),
        text("goal", "内容", "按原表填写。", required=True),
    ),
    ("file", "number"),
    (TO_YEAR,),
)

DEPARTMENT_RESULTS = Table(
    "department_results",
    "部门整体绩效自评",
    "整个部门的绩效自评，一个部门一个年度一行。",
    (
        *OF_YEAR,
        *FORM,
        field_column(DepartmentEvaluation, "name"),
        field_column(DepartmentEvaluation, "published"),
        *amount(DepartmentEvaluation, "budget"),
        *amount(DepartmentEvaluation, "spent"),
        field_column(DepartmentEvaluation, "score"),
    ),
    IN_YEAR,
    (TO_YEAR,),
)

DEPARTMENT_INDICATOR_RESULTS = Table(
    "department_indicator_results",
    "部门整体指标完成情况",
    "部门整体绩效自评表中指标的每一行，顺序与原表一致。",
    (*OF_YEAR, number(title="行号"), *RESULT),
    (*IN_YEAR, "number"),
    (foreign_key("department_results", *IN_YEAR),),
)

#: Each after those to which its rows belong.
FORM_TABLES = (
    DEPARTMENT_TABLES,
    DEPARTMENT_GOALS,
    DEPARTMENT_INDICATORS,
    DEPARTMENT_TERM_INDICATORS,
    PROJECT_LISTS,
    LIST_SUMS,
    DEPARTMENT_RESULTS,
    DEPARTMENT_INDICATOR_RESULTS,
    TASKS,
    BUDGET_PARTS,
    EVALUATION_FUNDS,
    EVALUATION_GOALS,
    FACTS,
)
