"""Where the page of a department's year is cut, when it is too long for one page.

The first keeps what stands there once: part one, the sums, the sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.forms.library import form_of
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.pages.addresses import year_address
from disclosure.pages.changed_targets import ChangedTargetRow
from disclosure.pages.page_parts import ROW, cut, part_addresses, slices, table_size, text_size
from disclosure.pages.print_parts import beginning_size, evaluation_size
from disclosure.pages.shortfalls import Shortfall


def year_addresses(data: DepartmentData, year: DepartmentYear, count: int) -> tuple[str, ...]:
    """The pages of a year; a number alone could be a project."""
    return part_addresses(year_address(data, year), count, "part/")


def year_parts(
    data: DepartmentData,
    year: DepartmentYear,
    missed: Sequence[Shortfall],
    changed: Sequence[ChangedTargetRow],
) -> tuple[tuple[slice, ...], ...]:
    """What stands on each page: of the projects, of what was missed, of what was changed."""
    lists = (
        [_project(data, one) for one in year.projects],
        [*_missed(missed)],
        [*_changed(changed)],
    )
    head = beginning_size(data, year) + evaluation_size(data, year.result)
    parts = cut((size for one in lists for size in one), head)
    return tuple(tuple(slices(part, map(len, lists))) for part in parts)


def _project(data: DepartmentData, project: ProjectYear) -> int:
    """The line of a project, and its rows of a table of several."""
    shown = project.versions[0].project
    form = form_of(shown.form, "project", data.forms)
    listed = table_size(form, shown.indicator_rows, shown) if form.kind == "projects" else 0
    return ROW + text_size(project.current.name) + listed


def _missed(rows: Sequence[Shortfall]) -> Iterator[int]:
    for row in rows:
        reason = row.outcome.reason if row.outcome else ""
        texts = (row.link.text, row.indicator, row.target, row.actual, row.deviation, reason)
        yield ROW + sum(map(text_size, texts))


def _changed(rows: Sequence[ChangedTargetRow]) -> Iterator[int]:
    for row in rows:
        texts = (row.link.text, row.indicator, row.first, row.current, row.result, row.state.reason)
        yield ROW + sum(map(text_size, (*texts, *row.documents, *row.state.notes)))
