"""Theme pages: all projects of the site about one theme that people care about, by year.

A project may be listed under several themes, and so may its money.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct

from disclosure.model.dataset import WORDS_FILE, total
from disclosure.model.words import Theme
from disclosure.pages.addresses import HOME, years_address
from disclosure.pages.formatting import money
from disclosure.pages.in_force import number_of
from disclosure.pages.outline import Outline, ProjectOutline, YearOutline
from disclosure.pages.theme_matches import ThemeMatch
from disclosure.pages.view import Link, View

THEMES = Link("主题", "themes/")

#: So many themes the list of all names before it begins.
_NAMED = 5
#: Of more projects no page lists all; the newest years that fit are listed whole.
MAX_LISTED = 3_000


class ThemeLine(Struct, frozen=True):
    """A project of a theme.

    Attributes:
        link: Its page.
        department: Whose it is.
        budget: In 万元, of the version in force.
        mark: What was done to it since it was published, such as that it was withdrawn.
        withdrawn: Whether it was.
        reason: Why it is listed, where its name does not tell.
    """

    link: Link
    department: str
    budget: str
    mark: str
    withdrawn: bool
    reason: str


class ThemeYear(Struct, frozen=True):
    """A year of a theme: how many projects, their money in 万元, and each of them if it fits."""

    year: Link
    projects: str
    budget: str
    lines: tuple[ThemeLine, ...]


class ThemeView(View, frozen=True, kw_only=True):
    """All projects about a theme, newest year first."""

    kind: ClassVar[str] = "theme"
    words: tuple[str, ...]
    years: tuple[ThemeYear, ...]
    others: tuple[Link, ...]


class ThemeSummary(Struct, frozen=True):
    """A theme in the list of themes, with its newest year."""

    link: Link
    words: tuple[str, ...]
    newest: ThemeYear


class ThemesView(View, frozen=True, kw_only=True):
    """All themes that projects of the site are about."""

    kind: ClassVar[str] = "themes"
    themes: tuple[ThemeSummary, ...]


def theme_address(theme: Theme) -> str:
    """The page of a theme."""
    return f"{THEMES.address}{theme.id}/"


def theme_links(departments: Sequence[Outline], themes: Sequence[Theme]) -> tuple[Link, ...]:
    """To the themes that any project of the site is about."""
    used = {
        match.theme
        for department in departments
        for year in department.years
        for project in year.projects
        for match in project.themes
    }
    return tuple(Link(one.name, theme_address(one)) for one in themes if one.id in used)


def themes_views(departments: Sequence[Outline], themes: Sequence[Theme]) -> Iterator[View]:
    """The list of themes and a page for each that has projects; nothing where none has any."""
    links = theme_links(departments, themes)
    members = _members(departments)
    pages = [_view(theme, members[theme.id], links) for theme in themes if theme.id in members]
    if pages:
        yield ThemesView(
            address=THEMES.address,
            title="按主题看项目",
            description=_about([page.title for page in pages]),
            crumbs=(HOME,),
            data_paths=tuple(dict.fromkeys(place for page in pages for place in page.data_paths)),
            themes=tuple(
                ThemeSummary(Link(page.title, page.address), page.words, page.years[0])
                for page in pages
            ),
        )
    yield from pages


def _about(names: Sequence[str]) -> str:
    """What the list is of; it names none that it does not have."""
    shown = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    return f"按老百姓关心的事归类：{shown}，各年度公开了哪些项目、多少钱。"


#: A project about a theme, with its year and what says so.
_Member = tuple[YearOutline, ProjectOutline, ThemeMatch]
_ByYear = Mapping[int, Sequence[_Member]]


def _view(theme: Theme, by_year: _ByYear, links: Sequence[Link]) -> ThemeView:
    years = sorted(by_year.items(), reverse=True)
    remaining = MAX_LISTED
    shown = []
    for year, members in years:
        remaining -= len(members)
        shown.append(_year(year, members, listed=remaining >= 0))
    folders = dict.fromkeys(place.folder for _, members in years for place, _, _ in members)
    return ThemeView(
        address=theme_address(theme),
        title=theme.name,
        description=f"名称或指标里有“{'”“'.join(theme.words)}”的项目，按年度列出部门和预算数。",
        crumbs=(HOME, THEMES),
        data_paths=(WORDS_FILE, *folders),
        words=theme.words,
        years=tuple(shown),
        others=tuple(link for link in links if link.address != theme_address(theme)),
    )


def _members(departments: Sequence[Outline]) -> Mapping[str, _ByYear]:
    """The projects of each theme that has any, by its id and by year."""
    found: defaultdict[str, defaultdict[int, list[_Member]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for department in departments:
        for year in department.years:
            for project in year.projects:
                for match in project.themes:
                    found[match.theme][year.year].append((year, project, match))
    return found


def _year(year: int, members: Sequence[_Member], *, listed: bool) -> ThemeYear:
    in_force = [project for _, project, _ in members if not project.withdrawn]
    lines = (
        ThemeLine(
            link=Link(project.name, project.address),
            department=of.name,
            budget=money(project.budget),
            mark=project.mark,
            withdrawn=project.withdrawn,
            reason=_reason(project, match),
        )
        for of, project, match in members
    )
    return ThemeYear(
        year=Link(f"{year}年", years_address(year)),
        projects=number_of(len(in_force), len(members) - len(in_force)),
        budget=money(total(project.budget for project in in_force)),
        lines=tuple(lines) if listed else (),
    )


def _reason(project: ProjectOutline, match: ThemeMatch) -> str:
    """Why a project is listed; "" where its name shows it."""
    if match.word in project.name:
        return ""
    return f"指标“{match.indicator}”" if match.indicator else f"此前的名称里有“{match.word}”"
