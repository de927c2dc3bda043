"""Columns and keys that most tables of the open data begin with."""

from __future__ import annotations

from msgspec.structs import replace

from disclosure.exports.schema.columns import field_column, foreign_key, text
from disclosure.model.departments import Department
from disclosure.model.records import Disclosure, Project

DEPARTMENT = field_column(Department, "id", column_name="department_id")
YEAR = field_column(Disclosure, "year")
CODE = replace(field_column(Project, "code"), meaning="一般为 21 位；原表没有编码的空着。")
PROJECT_ID = text(
    "project_id",
    "项目标识",
    "项目在该年度的标识，就是网址里的那一段：一般是项目编码，原表没有编码的是序号，如 01。",
    required=True,
)
VERSION = text(
    "version",
    "版本",
    "首次公开的写 original，以后的调整、更正、撤销写日期，如 2024-06-28。",
    required=True,
)
OF_YEAR = (DEPARTMENT, YEAR)
OF_PROJECT = (*OF_YEAR, CODE)
OF_VERSION = (*OF_PROJECT, VERSION)

IN_YEAR = ("department_id", "year")
IN_PROJECT = (*IN_YEAR, "project_id")
IN_VERSION = (*IN_PROJECT, "version")

TO_YEAR = foreign_key("disclosures", *IN_YEAR)
TO_PROJECT = foreign_key("projects", *IN_PROJECT)
TO_VERSION = foreign_key("versions", *IN_VERSION)
TO_UNIT = foreign_key("units", "department_id", "unit_code")
