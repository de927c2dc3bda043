"""Tables of who publishes, and of part one of each year."""

from __future__ import annotations

from msgspec.structs import replace

from disclosure.exports.schema.columns import (
    Table,
    field_column,
    foreign_key,
    number,
    text,
)
from disclosure.exports.schema.keys import (
    DEPARTMENT,
    IN_YEAR,
    OF_YEAR,
    TO_YEAR,
)
from disclosure.model.departments import Department, FormerNames, Region, Succeeded, Unit
from disclosure.model.records import Disclosure, Objective, Source

DEPARTMENTS = Table(
    "departments",
    "部门",
    "公开绩效目标的部门，一行一个部门。",
    (
        DEPARTMENT,
        field_column(Department, "name"),
        field_column(Department, "code"),
        field_column(Region, "code", column_name="region_code"),
        field_column(Region, "name", column_name="region_name"),
        field_column(Department, "contact"),
    ),
    ("department_id",),
)

UNITS = Table(
    "units",
    "预算单位",
    "部门本级及所属的预算单位，一行一个单位。",
    (
        DEPARTMENT,
        field_column(Unit, "code", column_name="unit_code"),
        field_column(Unit, "name", column_name="unit_name"),
    ),
    ("department_id", "unit_code"),
    (foreign_key("departments", "department_id"),),
)

FORMER_NAMES = Table(
    "former_names",
    "曾用名称",
    "部门、行政区划、预算单位改名以前的名称，一行一个。",
    (
        DEPARTMENT,
        number(meaning="本部门的第几个曾用名称。"),
        field_column(FormerNames, "until"),
        text(
            "named", "所指", "是谁的名称。", required=True,
            values={"department": "部门", "region": "行政区划", "unit": "预算单位"},
        ),
        replace(
            field_column(Unit, "code", column_name="unit_code"),
            required=False,
            meaning="单位的名称才有。",
        ),
        text("name", "原名称", "截至该年度使用的名称。", required=True),
    ),
    ("department_id", "number"),
    (foreign_key("departments", "department_id"),),
)  # fmt: skip

DEPARTMENT_SUCCESSIONS = Table(
    "department_successions",
    "部门承接",
    "部门由哪些部门合并、拆分或改组而来，一行一个。",
    (
        DEPARTMENT,
        number(meaning="本部门承接的第几个部门。"),
        field_column(Succeeded, "department", column_name="predecessor_department_id"),
        field_column(Succeeded, "since"),
        field_column(Succeeded, "note"),
    ),
    ("department_id", "number"),
    (foreign_key("departments", "department_id"),),
)

DISCLOSURES = Table(
    "disclosures",
    "年度公开",
    "一个部门一个年度的公开及其第一部分，一行一个年度。",
    (
        *OF_YEAR,
        text("department_name", "公开时的部门名称", "部门在该年度的名称。", required=True),
        field_column(Disclosure, "approved"),
        field_column(Disclosure, "published"),
        replace(field_column(Source, "title", column_name="source_title"), title="来源文件标题"),
        replace(field_column(Source, "file", column_name="source_file"), title="来源文件名"),
        replace(
            field_column(Source, "sha256", column_name="source_sha256"),
            title="来源文件的 SHA-256 校验值",
        ),
        replace(field_column(Source, "page", column_name="source_page"), title="来源文件的页码"),
        field_column(Disclosure, "total"),
        field_column(Disclosure, "plan_heading"),
        field_column(Disclosure, "overall_goal"),
    ),
    IN_YEAR,
    (foreign_key("departments", "department_id"),),
)

OBJECTIVES = Table(
    "objectives",
    "分项绩效目标",
    "第一部分的分项绩效目标，一行一项。",
    (
        *OF_YEAR,
        number(),
        field_column(Objective, "name"),
        field_column(Objective, "goal"),
        field_column(Objective, "indicators"),
    ),
    (*IN_YEAR, "number"),
    (TO_YEAR,),
)

SAFEGUARDS = Table(
    "safeguards",
    "工作保障措施",
    "第一部分的工作保障措施，一行一条。",
    (
        *OF_YEAR,
        number(),
        replace(field_column(Disclosure, "safeguards", column_name="safeguard"), required=True),
    ),
    (*IN_YEAR, "number"),
    (TO_YEAR,),
)
