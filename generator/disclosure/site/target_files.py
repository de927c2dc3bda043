"""The data of the page of all targets: by year, in columns, compressed.

The facts of a year say what can be chosen and hold the lines of the first view. What one choice
or order shows first is prepared in a file for each choice and order. A file for each column answers
everything else, with the first rows of each order, among which most views find theirs. The lines of
a view come from blocks of so many rows; a chunk holds many blocks in one file, for large views.
Words are searched in texts of their own, without width and case.

The browser's half is `theme/assets/target-data.js`.
"""

from __future__ import annotations

import heapq
import json
import sys
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import Any

from msgspec import Struct

from disclosure.engine.cache import CacheEntry, Input, digest
from disclosure.engine.site_folder import FileTask
from disclosure.model.target import percent
from disclosure.pages.addresses import TARGETS
from disclosure.pages.target_rows import ProjectTargets, TargetRow, project_targets
from disclosure.search.packing import packed
from disclosure.site.row_cache import RowSource

#: So many rows are a block: some 3 KB, of which a view needs up to twenty.
BLOCK = 100

#: So many blocks are a chunk: some 70 KB, which a slow processor takes in without a pause.
CHUNK = 40

#: So many lines are shown at first; PAGE_SIZE in `theme/assets/finder-prepared.js`.
PAGE_SIZE = 20

#: So many rows of an order stand in a file of their own, from the first, and the lines of so many
#: of them: some 12 KB, for which most views need no block.
TOP_ROWS = 4_000
MAX_FIRST_LINES = 200

#: What can be chosen; first views are prepared up to so many values of each.
CHOICES = ("change", "outcome", "kind", "version", "moved", "clear")
MAX_PREPARED = 20

#: A department by id and name, and its projects of a year.
DepartmentTargets = tuple[str, str, Sequence[ProjectTargets]]


class _Lines(Struct, frozen=True):
    """The rows of a year: of each the department's name and the project, and what is shown.

    `lengths` is how many follow each other of each project.
    """

    projects: Sequence[tuple[str, ProjectTargets]]
    lengths: Sequence[int]
    shown: Mapping[str, Sequence[Any]]

    @property
    def starts(self) -> list[int]:
        """The first row of each project."""
        return [*accumulate(self.lengths[:-1], initial=0)] if self.lengths else []


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
    """A department's targets of a year."""
    found: DepartmentTargets | None = _entry(source, year).get(tuple)
    if found is None:
        found = _stored(source, year)
        source.forget()
    return found


def store_targets(source: RowSource) -> None:
    """Put a department's targets into the cache, if there is one, while the department is held.

    The files of a year are made later, by processes that would have to load it again.
    """
    for year in source.years if source.entry else ():
        _stored(source, year)


def _stored(source: RowSource, year: int) -> DepartmentTargets:
    compared = source.department
    (one,) = (one for one in compared.data.years if one.year == year)
    found = source.id, one.department.name, project_targets(compared, one)
    _entry(source, year).put(found)
    return found


def _entry(source: RowSource, year: int) -> CacheEntry:
    return source.entry.part(f"targets-{year}")


def year_files(year: int, departments: Sequence[DepartmentTargets]) -> Iterator[tuple[str, bytes]]:
    """The files of a year. Their folder is named for what they say, so that no two states mix."""
    lines = _lines(departments)
    numbers = range(len(lines.projects))
    blocks = [
        json.dumps(_block(lines, numbers[start : start + BLOCK]), ensure_ascii=False).encode()
        for start in numbers[::BLOCK]
    ]
    chunks = [blocks[start : start + CHUNK] for start in range(0, len(blocks), CHUNK)]
    orders = dict(_orders(lines))
    files = {
        **{f"{name}.column": packed(column) for name, column in _columns(lines, orders)},
        **{name: packed(content) for name, content in _top_rows(lines, orders)},
        **{f"{name}.views": packed(views) for name, views in _views(lines, orders)},
        **{f"{number}.block": packed(block) for number, block in enumerate(blocks)},
        **{name: packed(texts) for name, texts in _words(lines)},
        **{
            f"{number}.chunk": packed(b"[" + b",".join(chunk) + b"]")
            for number, chunk in enumerate(chunks)
        },
    }
    folder = f"{TARGETS.address}{year}-{digest(*files.values())[:12]}/"
    yield f"{TARGETS.address}{year}.facts", packed(_facts(folder, departments, lines, orders))
    for name, content in files.items():
        yield folder + name, content


def _lines(departments: Sequence[DepartmentTargets]) -> _Lines:
    rows = [
        (name, project, row)
        for _, name, own in departments
        for project in own
        for row in project.rows
    ]
    return _Lines(
        projects=[(name, project) for name, project, _ in rows],
        lengths=[len(project.rows) for _, _, own in departments for project in own if project.rows],
        shown={name: [shown(row) for _, _, row in rows] for name, shown in _SHOWN.items()},
    )


def _words(lines: _Lines) -> Iterator[tuple[str, object]]:
    """What words are searched in: the names of projects, and of each row all else that is shown.

    Of a chunk of rows one text, so that the browser has nothing to take apart or to fold.
    """
    names = (lines.projects[start][1].name for start in lines.starts)
    yield "names.words", {"lengths": lines.lengths, "text": _searched(names)}
    columns = (lines.shown[name] for name in ("indicator", "old", "target", "actual"))
    rows = ["\n".join(texts) for texts in zip(*columns, strict=True)]
    size = BLOCK * CHUNK
    for number, start in enumerate(range(0, len(rows), size)):
        yield f"{number}.words", _searched(rows[start : start + size]).encode()


def _searched(texts: Iterable[str]) -> str:
    """As `folded` in `theme/assets/elements.js`; each ends with what no text can hold."""
    return unicodedata.normalize("NFKC", "".join(f"{text}\0" for text in texts)).lower()


def _facts(
    folder: str,
    departments: Sequence[DepartmentTargets],
    lines: _Lines,
    orders: Mapping[str, _Column],
) -> dict[str, Any]:
    """What the first view needs."""
    current = _current(lines)
    return {
        "folder": folder,
        "block": BLOCK,
        "chunk": CHUNK,
        "total": len(lines.projects),
        "projects": len(lines.lengths),
        "current": len(current),
        "departments": [
            (id_, name, sum(len(project.rows) for project in own)) for id_, name, own in departments
        ],
        "kinds": [*dict.fromkeys(kind for kind in lines.shown["kind"] if kind)],
        "first": _block(lines, _first(current, orders["size"])),
    }


class _Column(Struct, frozen=True):
    """The values of a column, and for each row the number of its value."""

    values: Sequence[object]
    of: Sequence[int]


def _orders(lines: _Lines) -> Iterator[tuple[str, _Column]]:
    """What is sorted by: what comes first has the lowest number, what has no value the highest."""
    sizes = [None if size is None else abs(size) for size in lines.shown["size"]]
    yield "size", _ranked(sizes, largest=True)
    yield "achieved", _ranked(lines.shown["achieved"], largest=False)
    budgets = [project.budget for _, project in lines.projects]
    money = [None if budget is None else float(budget) for budget in budgets]
    yield "money", _ranked(money, largest=True)
    yield "order", _Column((), range(len(lines.projects)))


def _columns(lines: _Lines, orders: Mapping[str, _Column]) -> Iterator[tuple[str, bytes]]:
    """What is chosen and sorted by, column by column."""
    for name in CHOICES:
        yield name, _as_bytes(_numbered([str(value) for value in lines.shown[name]]))
    for name in ("size", "achieved"):
        yield name, _as_bytes(orders[name])
    yield "money", _by_project(lines, orders["money"])


def _as_bytes(column: _Column) -> bytes:
    """A line with the values, and of each row the number of its value."""
    return _line(column.values) + _planes(column.of, len(column.values))


def _by_project(lines: _Lines, column: _Column) -> bytes:
    """The same of what all rows of a project share: its number, and how many rows it has."""
    numbers = [column.of[start] for start in lines.starts]
    planes = _planes(numbers, len(column.values)) + _planes(
        lines.lengths, max(lines.lengths, default=0)
    )
    return _line(column.values) + planes


def _top_rows(lines: _Lines, orders: Mapping[str, _Column]) -> Iterator[tuple[str, bytes]]:
    """The first rows of each order; and of all rows whether they have a value, as others come last.

    So a view of some filters need not read the whole order, most of which is no view's first lines.
    """
    rows = range(len(lines.projects))
    for name, order in orders.items():
        if order.values:
            first = sorted(rows, key=order.of.__getitem__)[:TOP_ROWS]
            told = {"rows": len(first), "lines": _block(lines, first[:MAX_FIRST_LINES])}
            yield f"{name}.first", _line(told) + _planes(first, len(rows))
            yield f"{name}.valued", bytes(order.values[number] is not None for number in order.of)


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _planes(numbers: Sequence[int], largest: int) -> bytes:
    """The lowest bytes of all numbers, the next ones, and so on, as far as the largest has some.

    Bytes of one kind beside each other compress best, and a slow processor need not parse them.
    """
    whole = array("I", numbers)
    if sys.byteorder == "big":
        whole.byteswap()
    raw = whole.tobytes()
    width = max(1, (largest.bit_length() + 7) // 8)
    return b"".join(raw[plane :: whole.itemsize] for plane in range(width))


def _numbered(values: Sequence[object]) -> _Column:
    known = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return _Column([*known], [known[value] for value in values])


def _ranked(values: Sequence[float | None], *, largest: bool) -> _Column:
    known = sorted({value for value in values if value is not None}, reverse=largest)
    numbers = {value: number for number, value in enumerate([*known, None])}
    return _Column([*numbers], [numbers[value] for value in values])


def _current(lines: _Lines) -> list[int]:
    return [row for row, version in enumerate(lines.shown["version"]) if not version]


def _views(lines: _Lines, orders: Mapping[str, _Column]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each value of a choice shows first, in each order: how many rows fit, which lines."""
    for choice in CHOICES:
        fitting = _fitting(lines, choice)
        for name, order in orders.items():
            first = {value: _first(rows, order) for value, rows in fitting.items()}
            shown = sorted({row for rows in first.values() for row in rows})
            places = {row: place for place, row in enumerate(shown)}
            yield (
                f"{name}-{choice}",
                {
                    "whole": len(fitting) < MAX_PREPARED,
                    "lines": _block(lines, shown),
                    "views": {
                        value: [len(fitting[value]), [places[row] for row in rows]]
                        for value, rows in first.items()
                    },
                },
            )


def _fitting(lines: _Lines, choice: str) -> dict[str, list[int]]:
    """The rows of the commonest values; of what is in force, where versions are not the choice."""
    current = _current(lines)
    if choice == "version":
        earlier = [row for row, version in enumerate(lines.shown["version"]) if version]
        return {"": current, "earlier": earlier, "all": sorted(current + earlier)}
    rows: dict[str, list[int]] = {}
    for row in current:
        said = str(lines.shown[choice][row])
        for value in said.split() if choice == "clear" else (said,):
            rows.setdefault(value, []).append(row)
    commonest = sorted(rows, key=lambda value: -len(rows[value]))[:MAX_PREPARED]
    return {value: rows[value] for value in commonest}


def _first(rows: Sequence[int], order: _Column) -> list[int]:
    return heapq.nsmallest(PAGE_SIZE, rows, order.of.__getitem__)


def _block(lines: _Lines, rows: Sequence[int]) -> dict[str, Any]:
    """All that is shown of some rows, and the projects that they are of."""
    of_rows = [lines.projects[row] for row in rows]
    projects = {
        id(project): (project.name, project.address, department, _budget(project))
        for department, project in of_rows
    }
    numbers = {key: number for number, key in enumerate(projects)}
    return {
        "projects": [*projects.values()],
        "project": [numbers[id(project)] for _, project in of_rows],
        **{name: [column[row] for row in rows] for name, column in lines.shown.items()},
    }


def _budget(project: ProjectTargets) -> str:
    return "" if project.budget is None else f"{project.budget:f}"


def _size(row: TargetRow) -> float | None:
    return _number(percent.signed(row.size)) if row.size else None


def _achieved(row: TargetRow) -> float | None:
    share: Decimal | None = row.outcome.achieved if row.outcome else None
    return None if share is None else _number(percent.worded(share))


def _number(text: str) -> float:
    """A percentage as the pages show it, as a number."""
    number = text.strip("不到超过+%").replace("−", "-")
    return float(number) if "." in number else int(number)


#: What is shown of a row.
_SHOWN: Mapping[str, Callable[[TargetRow], object]] = {
    "indicator": lambda row: row.indicator,
    "kind": lambda row: row.kind,
    "version": lambda row: row.version,
    "old": lambda row: row.old,
    "target": lambda row: row.target,
    "change": lambda row: row.change,
    "size": _size,
    "days": lambda row: row.days or 0,
    "actual": lambda row: row.actual,
    "outcome": lambda row: row.outcome.key if row.outcome else "",
    "achieved": _achieved,
    "late": lambda row: (row.outcome.days or 0) if row.outcome else 0,
    "moved": lambda row: int(row.moved),
    "clear": lambda row: row.clear,
}
