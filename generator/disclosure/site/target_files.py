"""The data of the page of all targets: by year, in columns, compressed.

A year has one file of facts, which every filter but the one for words is answered from, and its
texts in blocks of so many rows, of which a view loads those that it shows. The browser's half is
`theme/assets/target-data.js`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from disclosure.engine.cache import CacheEntry, Input, digest
from disclosure.engine.site_folder import FileTask
from disclosure.model.target import percent
from disclosure.pages.target_rows import ProjectTargets, TargetRow, project_targets
from disclosure.pages.targets import TARGETS
from disclosure.search.packing import packed
from disclosure.site.row_cache import RowSource

#: So many rows have their texts in one file: some 6 KB.
BLOCK = 200

#: A department by id and name, and its projects of a year.
DepartmentTargets = tuple[str, str, Sequence[ProjectTargets]]


def target_tasks(sources: Sequence[RowSource]) -> Iterator[FileTask]:
    """How the files of each year are made, the newest first."""
    for year in sorted({year for source in sources for year in source.years}, reverse=True):
        of_year = [source for source in sources if year in source.years]
        yield FileTask(
            "targets", partial(_inputs, of_year, year), partial(_year_files, of_year, year)
        )


def _inputs(sources: Sequence[RowSource], year: int) -> Iterator[Input]:
    for source in sources:
        yield source.digests[year]


def _year_files(sources: Sequence[RowSource], year: int) -> Iterator[tuple[str, bytes]]:
    return year_files(year, [_of_department(source, year) for source in sources])


def _of_department(source: RowSource, year: int) -> DepartmentTargets:
    """A department's targets of a year; those of all its years are made, and cached, together."""
    found: DepartmentTargets | None = _entry(source, year).get(tuple)
    if found is None:
        compared = source.department
        for one in compared.data.years:
            name, made = one.department.name, project_targets(compared, one)
            _entry(source, one.year).put((source.id, name, made))
            if one.year == year:
                found = (source.id, name, made)
        source.forget()
    assert found is not None, "the year is one of the department's"
    return found


def _entry(source: RowSource, year: int) -> CacheEntry:
    return source.entry.part(f"targets-{year}")


def year_files(year: int, departments: Sequence[DepartmentTargets]) -> Iterator[tuple[str, bytes]]:
    """The files of a year."""
    projects = [project for _, _, own in departments for project in own]
    rows = [(number, row) for number, one in enumerate(projects) for row in one.rows]
    texts = [
        packed(_texts(projects, rows[start : start + BLOCK]))
        for start in range(0, len(rows), BLOCK)
    ]
    facts = {
        "stamp": digest(*texts)[:12],
        "block": BLOCK,
        "departments": [(id_, name) for id_, name, _ in departments],
        "counts": [len(own) for _, _, own in departments],
        "rows": [len(project.rows) for project in projects],
        "budgets": [_budget(project) for project in projects],
        **_columns([row for _, row in rows]),
    }
    yield f"{TARGETS.address}{year}.facts", packed(facts)
    for number, text in enumerate(texts):
        yield f"{TARGETS.address}{year}/{number}.texts", text


def _budget(project: ProjectTargets) -> str:
    return "" if project.budget is None else f"{project.budget:f}"


def _columns(rows: Sequence[TargetRow]) -> dict[str, Any]:
    """What is known of rows, a column for each fact; words by their number in a list."""
    return {
        "change": _numbered([row.change for row in rows]),
        "outcome": _numbered([row.outcome.key if row.outcome else "" for row in rows]),
        "kind": _numbered([row.kind for row in rows]),
        "version": _numbered([row.version for row in rows]),
        "moved": [int(row.moved) for row in rows],
        "size": [_shown(row.size and percent.signed(row.size)) for row in rows],
        "days": [row.days or 0 for row in rows],
        "achieved": [_achieved(row) for row in rows],
        "late": [(row.outcome.days or 0) if row.outcome else 0 for row in rows],
    }


def _numbered(words: Sequence[str]) -> dict[str, Any]:
    known = {word: number for number, word in enumerate(dict.fromkeys(("", *words)))}
    return {"words": [*known], "of": [known[word] for word in words]}


def _achieved(row: TargetRow) -> float | None:
    share = row.outcome.achieved if row.outcome else None
    return None if share is None else _shown(percent.worded(share))


def _shown(text: object) -> float | None:
    """A percentage as the pages show it, as a number; None where there is none."""
    if not text:
        return None
    number = str(text).strip("不到超过+%").replace("−", "-")
    return float(number) if "." in number else int(number)


def _texts(
    projects: Sequence[ProjectTargets], rows: Sequence[tuple[int, TargetRow]]
) -> dict[str, Any]:
    """The texts of a block, and the projects that its rows are of."""
    numbers = dict.fromkeys(number for number, _ in rows)
    shown = [projects[number] for number in numbers]
    return {
        "first": next(iter(numbers)),
        "projects": [(project.name, project.address) for project in shown],
        "indicator": [row.indicator for _, row in rows],
        "old": [row.old for _, row in rows],
        "target": [row.target for _, row in rows],
        "actual": [row.actual for _, row in rows],
    }
