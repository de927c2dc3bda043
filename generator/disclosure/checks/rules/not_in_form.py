"""表样里没有的内容

检查什么：数据里写了、而所用的表样没有印它的格子的内容。

为什么：网页和 PDF 按表样刊载原表，没有格子的内容只能列在表的下方，导出的填报表格里没有。多半是 form
写错了，或表样不全，读者看到的就不是原来的表。

例子：项目写了 facts: {项目级别: 本级}，而 form 是 hebei-project，这种表没有“项目级别”一格。

怎么改：请核对 form 写的是不是原表的表样；表样不全的，在 data/forms/ 的表样文件里补上这一格。确实要
列在表下的，请在 notes 里写 rule: C413 和说明。

出处：各地绩效目标表的栏目不同；本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import DEPARTMENT_TABLE, DepartmentSubject, FieldPath
from disclosure.forms.form import Form
from disclosure.forms.library import form_of
from disclosure.forms.record_values import (
    TableContext,
    department_values,
    evaluation_values,
    list_values,
    project_values,
)
from disclosure.forms.unprinted import unprinted
from disclosure.forms.values import Values
from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.evaluations import Evaluation
from disclosure.model.records import CheckSettings, DepartmentTable, Project, ProjectList

RULE = Rule("C413", Severity.WARNING, "表样里没有的内容")
#: How many names a finding gives before it only counts them.
_MAX_NAMED = 5


def check(subject: DepartmentSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for what is said in the data and has no cell in the form."""
    for year in subject.data.years:
        yield from _of_projects(subject.data, year)
        yield from _of_department(subject.data, year)
        yield from _of_evaluations(subject.data, year)


def _of_projects(data: DepartmentData, year: DepartmentYear) -> Iterator[Remark]:
    context = TableContext(year.department, year.disclosure)
    for project in year.projects:
        for version in project.versions:
            table = version.project
            form = form_of(table.form, "project", data.forms)
            yield from _remark(
                form, _project_values(table, context, form), version.path, _at(table)
            )


def _project_values(table: Project, context: TableContext, form: Form) -> Values:
    if form.kind != "projects":
        return project_values(table, context, form)
    listed = ProjectList(form=form.id, money=table.money)
    return list_values(listed, [table], context, form)


def _of_department(data: DepartmentData, year: DepartmentYear) -> Iterator[Remark]:
    table = year.disclosure.department_table
    if table is not None:
        form = form_of(table.form, "department", data.forms)
        values = department_values(table, TableContext(year.department, year.disclosure), form)
        yield from _remark(form, values, year.path, (DEPARTMENT_TABLE, *_at(table)))


def _of_evaluations(data: DepartmentData, year: DepartmentYear) -> Iterator[Remark]:
    found: list[tuple[Evaluation | None, str | None, str]] = [
        (one.result, one.result_path, one.current.name) for one in year.projects
    ]
    found.append((year.result, year.result_path, year.department.name))
    context = TableContext(year.department, year.disclosure)
    for result, path, name in found:
        if result is not None and path is not None and result.form is not None:
            form = form_of(result.form, "evaluation", data.forms)
            values = evaluation_values(result, name, context, form)
            yield from _remark(form, values, path, _at(result))


def _at(table: Project | DepartmentTable | Evaluation) -> FieldPath:
    """Where the form is named; the first line of a file that names none."""
    if table.form is not None:
        return ("form",)
    return ("schema",) if isinstance(table, Project) else ()


def _remark(form: Form, values: Values, path: str, at: FieldPath) -> Iterator[Remark]:
    names = [f"{one.of}的{one.title}" if one.of else one.title for one in unprinted(form, values)]
    if not names:
        return
    shown = "、".join(names[:_MAX_NAMED]) + (
        f"等 {len(names)} 处" if len(names) > _MAX_NAMED else ""
    )
    message = f"表样“{form.name}”（{form.id}）没有这些内容的格子：{shown}。"
    hint = "请核对 form；表样不全的，在表样文件里补上。" + or_accept(RULE, "要列在表的下方的")
    yield Remark(RULE, path, at, message, hint)
