"""The page of all targets of the site, which a script filters; without it, the way to the lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct

from disclosure.compare.code_lists import OUTCOMES, STATES, listed
from disclosure.pages.addresses import HOME, TARGETS, year_list_address, years_address
from disclosure.pages.outline import Outline
from disclosure.pages.view import ALL_DATA, Link, View
from disclosure.pages.year_lists import YEAR_LISTS


class TargetYear(Struct, frozen=True):
    """A year, and its lists that need no script."""

    year: Link
    lists: tuple[Link, ...]


class TargetsView(View, frozen=True, kw_only=True):
    """Every indicator of every department, year and version, to be filtered.

    `changes` and `outcomes` are the words for the values in the data.
    """

    kind: ClassVar[str] = "targets"
    years: tuple[TargetYear, ...]
    changes: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]


def targets_view(departments: Sequence[Outline]) -> TargetsView:
    """The page; newest year first."""
    years = sorted({year.year for one in departments for year in one.years}, reverse=True)
    return TargetsView(
        address=TARGETS.address,
        title=TARGETS.text,
        description="各部门各年度每一项绩效指标：与上年比提高还是降低，完成了没有，公开后改动过没有。",
        crumbs=(HOME,),
        data_paths=ALL_DATA,
        years=tuple(
            TargetYear(
                Link(f"{year}年", years_address(year)),
                tuple(Link(one.title, year_list_address(year, one.name)) for one in YEAR_LISTS),
            )
            for year in years
        ),
        changes=tuple(listed(STATES).items()),
        outcomes=tuple(listed(OUTCOMES).items()),
    )
