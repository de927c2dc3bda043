"""What every kind of page is made of: addresses, links, money in words, numbered notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from disclosure import checks
from disclosure.config.settings import Settings
from disclosure.model.dataset import DepartmentData, DepartmentYear, History, ProjectYear
from disclosure.model.records import Disclosure, Note, Project, SelfEvaluation
from disclosure.model.target import percent

HUNDRED = Decimal(100)

DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site; `address` counts from the site's root (`""` is the home page)."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Facets:
    """How search files a page: its kind, and its year and department where it has one.

    `chain` is the address of the page of the project through the years: search shows all pages
    that share it as one result.
    """

    kind: str
    year: str = ""
    department: str = ""
    chain: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page's content comes from; "" what is not known.

    Attributes:
        publisher: The department that published it.
        column: What the publication is called.
        published: When, as ISO date.
        version: Which version the page shows.
    """

    publisher: str
    column: str
    published: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """Which state of the data a page shows: the last commit that touched it, and its day.

    Both are "" where the data has changes that were not committed.
    """

    commit: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """Which part of the data stands beside a page as files; as JSON all of it, as CSV one table.

    Attributes:
        table: The table of the CSV file.
        links: To the files.
        department: The department; "" for all.
        years: The year; two where they are compared, the earlier first; none for all.
        code: The project, or the first code of a project through the years; "" for all.
        version: The version of its table; "" for all.
    """

    table: str
    links: tuple[Link, ...]
    department: str = ""
    years: tuple[int, ...] = ()
    code: str = ""
    version: str = ""


#: What is behind a page that tells of all the data.
ALL_DATA = ("",)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page, with everything decided and formatted; templates only lay it out.

    Attributes:
        kind: Names the template, and nothing else.
        address: Site-relative, ending in `/`; `""` for the home page.
        title: The page's heading.
        description: One plain sentence for search engines and shared links.
        crumbs: The way down from the home page, this page left out.
        facets: How search files the page; None keeps it out of the index.
        origin: Who published it; None for what this site itself put together.
        hide: Parts of the frame the page does without (`navigation`, `toc`).
        behind: The data files (`a/b.yml`) and folders (`a/`) whose text the page is made of,
            relative to the data folder. What is only added up or linked to is left out, so that
            the page does not change with every file beside its own.
        revision: Which state of those; None where git knows nothing.
        dated: The newest date in them, ISO; "" where they have none.
        extract: What stands beside the page as data; None where nothing does.
        structured: What the page is, in the words of schema.org; None for most.
    """

    kind: ClassVar[str]
    address: str
    title: str
    description: str
    crumbs: tuple[Link, ...] = ()
    facets: Facets | None = None
    origin: Origin | None = None
    hide: tuple[str, ...] = ("navigation", "toc")
    behind: tuple[str, ...] = ()
    revision: Version | None = None
    dated: str = ""
    extract: Extract | None = None
    structured: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class PublicNote:
    """A note with its number on the page, the place it speaks of, and its text.

    `rule` leads to the page of the rule whose finding it accepts; None when it names none.
    """

    number: int
    place: str
    text: str
    rule: Link | None


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of one file, numbered in order, to be found again by the place they speak of."""

    all: tuple[PublicNote, ...] = ()
    _by_place: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def at(self, *places: str) -> tuple[int, ...]:
        """The numbers of the notes on any of `places` (a field's or a third level's name)."""
        return tuple(n for place in places for n in self._by_place.get(place, ()))


_FIELD_TITLES = {
    name: field.title or name
    for record in (Disclosure, SelfEvaluation, Project)
    for name, field in record.model_fields.items()
}


def number_notes(notes: Sequence[Note]) -> Notes:
    """Give each note its number on the page and its place in the form's own words."""
    by_place: dict[str, tuple[int, ...]] = {}
    numbered = []
    for number, note in enumerate(notes, start=1):
        place = note.at or ""
        title = _FIELD_TITLES.get(place, place)
        by_place[place] = (*by_place.get(place, ()), number)
        numbered.append(PublicNote(number, title, note.note, _rule_link(note.rule)))
    return Notes(tuple(numbered), by_place)


def _rule_link(code: str | None) -> Link | None:
    """To the page of a rule that has one; a code that nobody knows is a finding, and no link."""
    return Link(code, rule_address(code)) if code in RULE_CODES else None


RULE_CODES = frozenset(one.RULE.code for one in checks.RULES)

HOME = Link("首页", "")
YEARS = Link("各年度", "years/")
COMPARISONS = Link("年度比较", "compare/")
GUIDE = Link("填报指南", "guide/")
RULES = Link("检查规则", "guide/rules/")
GLOSSARY = Link("术语", "glossary/")


def version_of(behind: Iterable[str], history: History) -> Version | None:
    """Which state of the data is behind a page; None where git knows nothing of it."""
    places = tuple(behind)
    if any(place in history.uncommitted for place in places):
        return Version()
    commits = (history.last[place] for place in places if place in history.last)
    newest = min(commits, key=lambda commit: commit.age, default=None)
    return Version(newest.short, newest.day) if newest else None


def year_folder(department: DepartmentData, year: DepartmentYear) -> str:
    """The folder of a department's year, as `View.behind` names it."""
    return f"{department.department.id}/{year.year}/"


def project_files(project: ProjectYear) -> tuple[str, ...]:
    """All files of a project in one year."""
    result = (project.result_path,) if project.result_path else ()
    return (*(version.path for version in project.versions), *result)


def marked_name(project: ProjectYear) -> str:
    """A project's name in lists, which say of a withdrawn one that it is."""
    return project.current.name + ("（已撤销）" if project.withdrawn else "")


def mark(project: ProjectYear) -> str:
    """What lists say of a project that is not as it was first published; "" of any other."""
    if project.withdrawn:
        return "已撤销"
    kinds = {one.project.adjustment.kind for one in project.versions if one.project.adjustment}
    return "已调整" if "adjustment" in kinds else "已更正" if kinds else ""


@dataclass(frozen=True, slots=True)
class BudgetCell:
    """A project's budget in lists, 万元, as in force.

    Attributes:
        text: The amount as published.
        withdrawn: The project was called off.
        mark: What was done to the project since; "" when nothing was.
        first: The amount as first published, where it is another.
    """

    text: str
    withdrawn: bool
    mark: str
    first: str


def budget_cell(project: ProjectYear) -> BudgetCell:
    """The budget of a project, and whether that is what was first published."""
    first, current = project.versions[0].project.budget.total, project.current.budget.total
    changed = money(first) if first != current else ""
    return BudgetCell(money(current), project.withdrawn, mark(project), changed)


def number_of(projects: int, withdrawn: int) -> str:
    """How many projects, in the same words everywhere: `9个项目（另有1个已撤销）`."""
    return f"{projects}个项目{called_off(withdrawn)}"


def called_off(withdrawn: int) -> str:
    """What is said beside a number of projects of those that it leaves out."""
    return f"（另有{withdrawn}个已撤销）" if withdrawn else ""


def department_address(department: DepartmentData) -> str:
    """All years of a department."""
    return f"{department.department.id}/"


def year_address(department: DepartmentData, year: DepartmentYear) -> str:
    """A department's disclosure of one year."""
    return f"{department.department.id}/{year.year}/"


def project_address(department: DepartmentData, year: DepartmentYear, project: ProjectYear) -> str:
    """A project in one year."""
    return f"{year_address(department, year)}{project.current.code}/"


def history_address(department: DepartmentData, first_code: str) -> str:
    """A project through the years, under the first code it had."""
    return f"{department.department.id}/projects/{first_code}/"


def years_address(year: int) -> str:
    """All departments in one year."""
    return f"years/{year}/"


def compare_address(department: DepartmentData, old: int, new: int) -> str:
    """Two consecutive published years of a department."""
    return f"{department.department.id}/compare/{old}-{new}/"


def compare_all_address(old: int, new: int) -> str:
    """Two years over all departments."""
    return f"compare/{old}-{new}/"


def rule_address(code: str) -> str:
    """The page that explains a rule."""
    return f"{RULES.address}{code}/"


def print_address(department: DepartmentData, year: DepartmentYear) -> str:
    """A department's whole year as one document."""
    return f"{year_address(department, year)}print/"


def beside(address: str, ending: str) -> str:
    """A file of the page at `address`, beside it; saved, its name still says what it is."""
    return f"{address}{address.strip('/').replace('/', '-')}.{ending}"


def pdf_address(address: str) -> str:
    """The PDF of the page at `address`."""
    return beside(address, "pdf")


def data_links(address: str) -> tuple[Link, ...]:
    """To the files in which a page's data stand beside it."""
    return (Link("CSV", beside(address, "csv")), Link("JSON", beside(address, "json")))


def pdf_link(address: str, settings: Settings) -> Link | None:
    """To the PDF of a page; None when the site is built without them."""
    return Link("PDF", pdf_address(address)) if settings.pdf else None


def full_address(address: str, settings: Settings) -> str:
    """An address as it is cited and printed; without a public one, as it is within the site."""
    return f"{settings.url or '本站 /'}{address}"


#: Where in the site the data files are published.
SOURCES = "data/"


def source_address(path: str) -> str:
    """Where a data file is published, byte for byte; `path` is relative to the data folder."""
    return f"{SOURCES}{path}"


def money(amount: Decimal | None) -> str:
    """An amount in 万元 exactly as it was written; an empty cell stays empty."""
    return "" if amount is None else f"{amount:f}"


def share(part: Decimal, whole: Decimal) -> str:
    """`part` of `whole` in per cent with one decimal, halves rounded up; "" of nothing.

    What is not the whole is never shown as 100 %: it gets more decimals.
    """
    if not whole:
        return ""
    exact = percent.percent(part, whole)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return percent.worded(exact) if shown == HUNDRED != exact else f"{shown:f}%"


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; for the numbering of official documents, up to 99."""
    tens, ones = divmod(number, 10)
    if number <= len(DIGITS) - 1:
        return DIGITS[number]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
