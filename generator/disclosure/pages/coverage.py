"""What the departments published and what is missing: an index of the years, a page for each.

Departments stand in the order of their codes: nobody is ranked. Every share says of how many it
is, and leads to the cases; where there is nothing to take a share of, it says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from disclosure.model.target import percent
from disclosure.pages.addresses import (
    COVERAGE,
    HOME,
    YEARS,
    coverage_address,
    targets_address,
    year_list_address,
    years_address,
)
from disclosure.pages.coverage_counts import Coverage, CoverageCounts
from disclosure.pages.formatting import money
from disclosure.pages.outline import Outline, YearOutline
from disclosure.pages.page_parts import part_addresses
from disclosure.pages.pefa import NONE, CoveredMoney
from disclosure.pages.sums import added
from disclosure.pages.view import ALL_DATA, Facets, Link, View
from disclosure.pages.year_lists import ADJUSTED, MISSED

#: So many departments are a page of less than 500 KB, which a telephone can load.
MAX_LINES = 150


class CoverageShare(Struct, frozen=True):
    """A part of a whole: `12/40`, `30%`, and where the cases are.

    Attributes:
        fraction: Both numbers; what is said instead where there is nothing to take a share of.
        percent: "" there.
        address: "" there too.
        missing: What is missing altogether; "" where something is there.
    """

    fraction: str
    percent: str = ""
    address: str = ""
    missing: str = ""


class GradeLine(Struct, frozen=True):
    """A grade by the measure of PEFA, and the money that meets A, B and C, in 万元.

    `missing` is what is missing altogether.
    """

    grade: str
    shares: tuple[CoverageShare, ...]
    missing: str


class CoverageLine(Struct, frozen=True):
    """A department's year, or a year of all departments.

    Attributes:
        link: To it.
        projects: How many, with the way to them.
        tables: Of the projects, those with indicators.
        adjustments: How many versions followed the first; says so where none did.
        evaluated: Of the projects, those with a self-evaluation.
        days: From approval to publication, or which day is missing; of several departments how
            many say both, with the way to them.
        shares: Targets with a number, a sign, a basis, a result; deviations with a reason.
        planned: PI-8.1.
        achieved: PI-8.2.
        departments: How many published and how many did not; empty for one department.
    """

    link: Link
    projects: Link
    tables: CoverageShare
    adjustments: Link
    evaluated: CoverageShare
    days: Link
    shares: tuple[CoverageShare, ...]
    planned: GradeLine
    achieved: GradeLine
    departments: tuple[Link, ...] = ()


class CoverageIndexView(View, frozen=True, kw_only=True):
    """All departments together, year by year, and the rules by which all is counted."""

    kind: ClassVar[str] = "coverage"
    lines: tuple[CoverageLine, ...]


class CoverageYearView(View, frozen=True, kw_only=True):
    """The departments of a year, and those of which there is nothing.

    `parts` are all pages of a year that was cut; empty where all is on one page.
    """

    kind: ClassVar[str] = "coverage_year"
    year: Link
    lines: tuple[CoverageLine, ...]
    sum: CoverageLine
    absent: tuple[Link, ...]
    others: tuple[Link, ...]
    index: Link
    parts: tuple[Link, ...] = ()


class _Cases(Struct, frozen=True):
    """Where the cases of a line's numbers are; of targets by what they have."""

    page: str
    adjusted: str
    missed: str
    targets: Callable[[str], str]


_Member = tuple[Outline, YearOutline]


def coverage_views(departments: Sequence[Outline]) -> Iterator[View]:
    """The index of the years, and a page for each, newest first."""
    in_order = sorted(departments, key=lambda one: (one.department.code or "", one.id))
    numbers = sorted({year.year for one in in_order for year in one.years}, reverse=True)
    evaluated = [y.year for one in in_order for y in one.years if y.coverage.counts.evaluated]
    due = max(evaluated, default=0)
    pages = [_year_view(number, in_order, numbers, due) for number in numbers]
    yield CoverageIndexView(
        address=COVERAGE.address,
        title=COVERAGE.text,
        description="各年度公开了多少目标表、调整和自评，指标值写得有多清楚，缺什么写明缺什么。",
        crumbs=(HOME, YEARS),
        facets=Facets("年度汇总"),
        data_paths=ALL_DATA,
        lines=tuple(page.sum for page in pages),
    )
    yield from chain.from_iterable(map(_cut, pages))


def _cut(page: CoverageYearView) -> Iterator[CoverageYearView]:
    """A page of many departments in parts, each with the sum of all; the first keeps its place."""
    if len(page.lines) <= MAX_LINES:
        yield page
        return
    cut = [page.lines[start : start + MAX_LINES] for start in range(0, len(page.lines), MAX_LINES)]
    places = part_addresses(page.address, len(cut))
    parts = tuple(
        Link(f"第{number}部分（{lines[0].link.text}—{lines[-1].link.text}）", place)
        for number, (place, lines) in enumerate(zip(places, cut, strict=True), start=1)
    )
    for number, (place, lines) in enumerate(zip(parts, cut, strict=True), start=1):
        title = f"{page.title}（第{number}部分）"
        yield replace(page, address=place.address, title=title, lines=lines, parts=parts)


def _year_view(
    year: int, departments: Sequence[Outline], years: Sequence[int], due: int
) -> CoverageYearView:
    members = [(one, own) for one in departments for own in one.years if own.year == year]
    there = {one.id for one, _ in members}
    absent = [one for one in departments if one.id not in there]
    return CoverageYearView(
        address=coverage_address(year),
        title=f"{year}年公开情况",
        description=f"{year}年各部门公开了哪些目标表、调整和自评，指标值写得有多清楚，缺什么。",
        crumbs=(HOME, YEARS, COVERAGE),
        facets=Facets("年度汇总", str(year)),
        data_paths=tuple(place for one, own in members for place in (one.path, own.folder)),
        year=Link(f"{year}年各部门项目", years_address(year)),
        lines=tuple(_department_line(one.id, own, is_due=year <= due) for one, own in members),
        sum=_year_line(year, members, len(absent), is_due=year <= due),
        absent=tuple(Link(one.department.name, one.address) for one in absent),
        others=tuple(Link(f"{one}年", coverage_address(one)) for one in years if one != year),
        index=COVERAGE,
    )


def _department_line(id_: str, own: YearOutline, *, is_due: bool) -> CoverageLine:
    found = own.coverage
    has_rows = any(row.missed or row.explained for row in own.evaluated)
    cases = _Cases(
        page=own.address,
        adjusted=f"{own.address}#adjusted" if own.changed_targets else own.address,
        missed=f"{own.address}#shortfalls" if has_rows else own.address,
        targets=lambda word: targets_address(year=str(own.year), department=id_, clear=word),
    )
    link, money_of = Link(own.name, own.address), (found.planned, found.achieved)
    return _line(link, found.counts, Link(_days(found), ""), money_of, cases, is_due=is_due)


def _year_line(year: int, members: Sequence[_Member], absent: int, *, is_due: bool) -> CoverageLine:
    found = [own.coverage for _, own in members]
    dated = sum(one.days is not None for one in found)
    cases = _Cases(
        page=years_address(year),
        adjusted=year_list_address(year, ADJUSTED.name),
        missed=year_list_address(year, MISSED.name),
        targets=lambda word: targets_address(year=str(year), clear=word),
    )
    line = _line(
        Link(f"{year}年", here := coverage_address(year)),
        added(CoverageCounts, (one.counts for one in found)),
        Link(f"{dated}/{len(found)}个部门写明两个日期", f"{here}#published"),
        (
            added(CoveredMoney, (one.planned for one in found)),
            added(CoveredMoney, (one.achieved for one in found)),
        ),
        cases,
        is_due=is_due,
    )
    links = [Link(f"{len(found)}个", f"{here}#published")]
    if absent:
        links.append(Link(f"另有{absent}个没有公开", f"{here}#absent"))
    return replace(line, departments=tuple(links))


def _line(
    link: Link,
    counts: CoverageCounts,
    days: Link,
    money_of: tuple[CoveredMoney, CoveredMoney],
    cases: _Cases,
    *,
    is_due: bool,
) -> CoverageLine:
    planned, achieved = money_of
    adjusted = f"{counts.adjustments}次" if counts.adjustments else "没有"
    without = "" if counts.evaluated else "没有公开自评"
    return CoverageLine(
        link=link,
        projects=Link(str(counts.projects), f"{cases.page}#projects"),
        tables=_share(counts.tables, counts.projects, cases.page),
        adjustments=Link(adjusted, cases.adjusted if counts.adjustments else ""),
        evaluated=_share(counts.evaluated, counts.projects, cases.page, without),
        days=days,
        shares=(
            _share(counts.numbers, counts.targets, cases.targets("number")),
            _share(counts.signs, counts.targets, cases.targets("sign")),
            _share(counts.bases, counts.basis_asked, cases.targets("basis")),
            _share(counts.results, counts.targets, cases.targets("result"), without),
            _share(counts.explained, counts.deviations, cases.missed),
        ),
        planned=_graded(planned, planned.grade, cases.page),
        achieved=_graded(achieved, achieved.grade if is_due else NONE, cases.page, without),
    )


def _days(found: Coverage) -> str:
    if found.days is not None:
        return f"{found.days}天"
    dates = (("批复日期", found.approved), ("公开日期", found.published))
    return f"没有写{'和'.join(label for label, day in dates if day is None)}"


def _share(part: int, whole: int, address: str, missing: str = "") -> CoverageShare:
    if not whole:
        return CoverageShare(NONE)
    percentage = percent.worded(percent.percent(Decimal(part), Decimal(whole)))
    return CoverageShare(f"{part}/{whole}", percentage, address, missing)


def _graded(found: CoveredMoney, grade: str, address: str, missing: str = "") -> GradeLine:
    parts = (found.full, found.partial, found.some)
    return GradeLine(
        grade, tuple(_money_share(one, found.whole, address) for one in parts), missing
    )


def _money_share(part: Decimal, whole: Decimal, address: str) -> CoverageShare:
    if whole <= 0:
        return CoverageShare(NONE)
    percentage = percent.worded(percent.percent(part, whole))
    return CoverageShare(f"{money(part)}/{money(whole)}", percentage, address)
