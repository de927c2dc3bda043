"""Where the document of a department's year is cut, when it is too long for one page."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.forms.library import form_of
from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.model.evaluations import DepartmentEvaluation, Evaluation
from disclosure.model.records import Project
from disclosure.pages.addresses import print_address
from disclosure.pages.filled_forms import is_printed
from disclosure.pages.page_parts import ROW, cut, part_addresses, record_size, table_size


def print_addresses(data: DepartmentData, year: DepartmentYear) -> tuple[str, ...]:
    """The pages of the document of a year."""
    return part_addresses(print_address(data, year), len(print_parts(data, year)))


def print_parts(data: DepartmentData, year: DepartmentYear) -> tuple[range, ...]:
    """What stands on each page, as places in the order of the document.

    First the table of each project, then the self-evaluation of the department, then that of each
    project; where there is none, its place takes no room.
    """
    return cut(_sizes(data, year), beginning_size(data, year))


def beginning_size(data: DepartmentData, year: DepartmentYear) -> int:
    """What stands before the tables of projects: part one, and the department's own table."""
    table = year.disclosure.department_table
    own = 0
    if table is not None:
        form = form_of(table.form, "department", data.forms)
        own = table_size(form, (*table.indicator_rows, *table.term_indicators, *table.tasks))
    return record_size(year.disclosure) + own


def _sizes(data: DepartmentData, year: DepartmentYear) -> Iterator[int]:
    for project in year.projects:
        yield _project(data, project.current)
    yield evaluation_size(data, year.result)
    for project in year.projects:
        yield evaluation_size(data, project.result)


def _project(data: DepartmentData, shown: Project) -> int:
    """The table, the line of the list, and that of the contents."""
    form = form_of(shown.form, "project", data.forms)
    return ROW + table_size(form, (*shown.indicator_rows, *shown.term_indicators), shown)


def evaluation_size(data: DepartmentData, found: Evaluation | None) -> int:
    """The self-evaluation of a project or of the department, if it is a table."""
    whole = isinstance(found, DepartmentEvaluation)
    if found is None or not (whole or is_printed(found)):
        return 0
    form = form_of(found.form, "department-evaluation" if whole else "evaluation", data.forms)
    tasks = found.tasks if isinstance(found, DepartmentEvaluation) else ()
    return ROW + table_size(form, (*found.indicator_rows, *tasks), found)
