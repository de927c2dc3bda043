"""Tables of who publishes, and of part one of each year."""

from __future__ import annotations

from dataclasses import replace

from disclosure.exports.schema.columns import (
    Table,
    number,
    taken,
    text,
    to,
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
        taken(Department, "name"),
        taken(Department, "code"),
        taken(Region, "code", to="region_code"),
        taken(Region, "name", to="region_name"),
        taken(Department, "contact"),
    ),
    ("department_id",),
)

UNITS = Table(
    "units",
    "预算单位",
    "部门本级及所属的预算单位，一行一个单位。",
    (DEPARTMENT, taken(Unit, "code", to="unit_code"), taken(Unit, "name", to="unit_name")),
    ("department_id", "unit_code"),
    (to("departments", "department_id"),),
)

FORMER_NAMES = Table(
    "former_names",
    "曾用名称",
    "部门、行政区划、预算单位改名以前的名称，一行一个。",
    (
        DEPARTMENT,
        number(meaning="本部门的第几个曾用名称。"),
        taken(FormerNames, "until"),
        text(
            "named", "所指", "是谁的名称。", required=True,
            values={"department": "部门", "region": "行政区划", "unit": "预算单位"},
        ),
        replace(taken(Unit, "code", to="unit_code"), required=False, meaning="单位的名称才有。"),
        text("name", "原名称", "截至该年度使用的名称。", required=True),
    ),
    ("department_id", "number"),
    (to("departments", "department_id"),),
)  # fmt: skip

DEPARTMENT_SUCCESSIONS = Table(
    "department_successions",
    "部门承接",
    "部门由哪些部门合并、拆分或改组而来，一行一个。",
    (
        DEPARTMENT,
        number(meaning="本部门承接的第几个部门。"),
        taken(Succeeded, "department", to="predecessor_department_id"),
        taken(Succeeded, "since"),
        taken(Succeeded, "note"),
    ),
    ("department_id", "number"),
    (to("departments", "department_id"),),
)

DISCLOSURES = Table(
    "disclosures",
    "年度公开",
    "一个部门一个年度的公开及其第一部分，一行一个年度。",
    (
        *OF_YEAR,
        text("department_name", "公开时的部门名称", "部门在该年度的名称。", required=True),
        taken(Disclosure, "approved"),
        taken(Disclosure, "published"),
        replace(taken(Source, "title", to="source_title"), title="来源文件标题"),
        replace(taken(Source, "file", to="source_file"), title="来源文件名"),
        replace(taken(Source, "sha256", to="source_sha256"), title="来源文件的 SHA-256 校验值"),
        replace(taken(Source, "page", to="source_page"), title="来源文件的页码"),
        taken(Disclosure, "total"),
        taken(Disclosure, "plan_heading"),
        taken(Disclosure, "overall_goal"),
    ),
    IN_YEAR,
    (to("departments", "department_id"),),
)

OBJECTIVES = Table(
    "objectives",
    "分项绩效目标",
    "第一部分的分项绩效目标，一行一项。",
    (
        *OF_YEAR,
        number(),
        taken(Objective, "name"),
        taken(Objective, "goal"),
        taken(Objective, "indicators"),
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
        replace(taken(Disclosure, "safeguards", to="safeguard"), required=True),
    ),
    (*IN_YEAR, "number"),
    (TO_YEAR,),
)
