"""Pages that list all the years, and the departments and projects of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import ClassVar

from msgspec import Struct

from disclosure.model.dataset import total
from disclosure.model.target import Band, Outcome
from disclosure.pages.addresses import (
    HOME,
    YEARS,
    targets_address,
    year_list_address,
    years_address,
)
from disclosure.pages.filtered_rows import DISTANCE, OUTCOME
from disclosure.pages.formatting import in_yuan, money, share
from disclosure.pages.in_force import called_off
from disclosure.pages.outcomes import OutcomeSums
from disclosure.pages.outline import Outline, YearOutline
from disclosure.pages.sums import added
from disclosure.pages.view import ALL_DATA, Facets, Link, View
from disclosure.pages.year_lists import MISSED, ListLink, year_list_views

#: Of more projects in a year no page lists all: with long names it would be more than 500 KB.
MAX_LISTED = 1_500


class Summary(Struct, frozen=True):
    """A line of a list: what it leads to, how many projects, and their budgets (万元).

    Both are of the versions in force, without the projects that were called off.

    Attributes:
        link: What it leads to.
        projects: How many.
        budget: Their money.
        share: Its part of a whole; "" in lists that do not show it.
        department: Whose; "" in lists that do not show it.
        called_off: What is said of the projects that do not count; "" when all do.
        first: The money as first published, where that was another; "" otherwise.
        mark: What was done to the one project of the line.
        yuan: Their money in 元, where that is easier to read; "" otherwise.
    """

    link: Link
    projects: int
    budget: str
    share: str = ""
    department: str = ""
    called_off: str = ""
    first: str = ""
    mark: str = ""
    yuan: str = ""


class OutcomeLine(Struct, frozen=True):
    """A year of a department, or of all, in the list of outcomes.

    `counts` are met, missed, of those by little, by more, by a lot; different; unknown.
    """

    link: Link
    counts: tuple[Link, ...]


class YearGroup(Struct, frozen=True):
    """A year with the departments that published, and their sum."""

    year: Link
    lines: tuple[Summary, ...]
    sum: Summary


class YearsIndexView(View, frozen=True, kw_only=True):
    """All years of the site."""

    kind: ClassVar[str] = "years"
    years: tuple[Summary, ...]


class YearsView(View, frozen=True, kw_only=True):
    """All departments in one year, and all projects, unless there are too many of them."""

    kind: ClassVar[str] = "year_departments"
    year: int
    group: YearGroup
    projects: tuple[Summary, ...]
    others: tuple[Link, ...]
    outcomes: tuple[OutcomeLine, ...]
    all_outcomes: OutcomeLine
    lists: tuple[ListLink, ...]


def summary(link: Link, years: Sequence[YearOutline], whole: Decimal | None = None) -> Summary:
    """Years of departments together; their part of `whole`, if that is asked for."""
    budget, first = (
        total(amounts) for amounts in ((y.budget for y in years), (y.first_budget for y in years))
    )
    return Summary(
        link,
        sum(year.in_force for year in years),
        money(budget),
        share="" if whole is None else share(budget, whole),
        called_off=called_off(sum(year.withdrawn for year in years)),
        first=money(first) if first != budget else "",
        yuan=in_yuan(budget),
    )


def years_views(departments: Sequence[Outline]) -> Iterator[View]:
    """The index of the years, and a page for each."""
    years = [(year, members, _year_group(year, members)) for year, members in by_year(departments)]
    yield YearsIndexView(
        address=YEARS.address,
        title=YEARS.text,
        description="各年度公开的部门和项目一览。",
        crumbs=(HOME,),
        data_paths=ALL_DATA,
        years=tuple(group.sum for _, _, group in years),
    )
    for year, members, group in years:
        links, pages = year_list_views(year, members)
        others = (other for other, _, _ in years if other != year)
        yield _year_view(year, members, group, others, links)
        yield from pages


def _year_view(
    year: int,
    members: Members,
    group: YearGroup,
    others: Iterable[int],
    links: tuple[ListLink, ...],
) -> YearsView:
    listed = sum(len(member.projects) for _, member in members) <= MAX_LISTED
    return YearsView(
        address=years_address(year),
        title=f"{year}年各部门项目",
        description=f"{year}年公开项目支出绩效目标的{len(members)}个部门"
        + ("及全部项目。" if listed else "。"),
        crumbs=(HOME, YEARS),
        facets=Facets("年度汇总", str(year)),
        data_paths=tuple(
            place for department, member in members for place in (department.path, member.folder)
        ),
        year=year,
        group=group,
        projects=tuple(project_lines(members)) if listed else (),
        others=tuple(Link(f"{other}年", years_address(other)) for other in others),
        outcomes=tuple(
            _outcome_line(Link(member.name, member.address), member.outcomes, year, who.id)
            for who, member in members
            if member.outcomes.total
        ),
        all_outcomes=_outcome_line(
            Link("合计", year_list_address(year, MISSED.name)),
            added(OutcomeSums, (member.outcomes for _, member in members)),
            year,
        ),
        lists=links,
    )


Members = list[tuple[Outline, YearOutline]]


def by_year(departments: Sequence[Outline]) -> list[tuple[int, Members]]:
    """The years, newest first, each with the departments that published."""
    years: dict[int, Members] = {}
    for department in departments:
        for year in department.years:
            years.setdefault(year.year, []).append((department, year))
    return sorted(years.items(), reverse=True)


def _outcome_line(link: Link, sums: OutcomeSums, year: int, department: str = "") -> OutcomeLine:
    """The numbers, each with the way to the targets; `link` leads to where the missed are listed.

    Without a department they are those of all.
    """
    chosen = {"year": str(year)} | ({"department": department} if department else {})

    def targets(outcome: Outcome) -> str:
        return targets_address(**chosen, outcome=outcome)

    numbers = (
        (sums.met, targets(Outcome.MET)),
        (sums.missed, OUTCOME.address(link.address, Outcome.NOT_MET)),
        (sums.near, DISTANCE.address(link.address, Band.NEAR)),
        (sums.middle, DISTANCE.address(link.address, Band.MIDDLE)),
        (sums.far, DISTANCE.address(link.address, Band.FAR)),
        (sums.differs, OUTCOME.address(link.address, Outcome.DIFFERS)),
        (sums.unknown, targets(Outcome.NOT_COMPARABLE)),
    )
    return OutcomeLine(link, tuple(Link(str(one), place if one else "") for one, place in numbers))


def _year_group(year: int, members: Members) -> YearGroup:
    whole = total(member.budget for _, member in members)
    link = Link(f"{year}年", years_address(year))
    return YearGroup(
        year=link,
        lines=tuple(
            summary(Link(member.name, member.address), [member], whole) for _, member in members
        ),
        sum=summary(link, [member for _, member in members]),
    )


def project_lines(members: Members) -> Iterator[Summary]:
    """Every project of a year, in the order of departments and of their documents."""
    for _, year in members:
        for project in year.projects:
            yield Summary(
                Link(project.name, project.address),
                0 if project.withdrawn else 1,
                money(project.budget),
                "" if project.withdrawn else share(project.budget, year.budget),
                year.name,
                mark=project.mark,
            )
