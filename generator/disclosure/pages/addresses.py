"""Where every page and every file of the site stands; an address never changes."""

from __future__ import annotations

from pathlib import PurePosixPath

from disclosure.config.settings import Settings
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.pages.view import Link

HOME = Link("首页", "")
YEARS = Link("各年度", "years/")
COVERAGE = Link("公开情况", "coverage/")
COMPARISONS = Link("年度比较", "compare/")
TARGETS = Link("全部指标", "targets/")
GUIDE = Link("填报指南", "guide/")
RULES = Link("检查规则", "guide/rules/")
GLOSSARY = Link("术语", "glossary/")


def department_address(department: DepartmentData) -> str:
    """All years of a department."""
    return f"{department.department.id}/"


def year_address(department: DepartmentData, year: DepartmentYear) -> str:
    """A department's disclosure of one year."""
    return f"{department.department.id}/{year.year}/"


def project_address(department: DepartmentData, year: DepartmentYear, project: ProjectYear) -> str:
    """A project in one year."""
    return f"{year_address(department, year)}{project.current.id}/"


def history_address(department: DepartmentData, first_id: str) -> str:
    """A project through the years, under the first id it had."""
    return f"{department.department.id}/projects/{first_id}/"


def years_address(year: int) -> str:
    """All departments in one year."""
    return f"years/{year}/"


def year_list_address(year: int, name: str) -> str:
    """A permanent list of a year over all departments, such as `lowered` or `missed`."""
    return f"{years_address(year)}{name}/"


def coverage_address(year: int) -> str:
    """What the departments published for one year, and what is missing."""
    return f"{COVERAGE.address}{year}/"


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


def file_beside(address: str, ending: str) -> str:
    """A file of the page at `address`, beside it; saved, its name still says what it is."""
    return f"{address}{address.strip('/').replace('/', '-')}.{ending}"


def pdf_address(address: str) -> str:
    """The PDF of the page at `address`."""
    return file_beside(address, "pdf")


def data_links(address: str) -> tuple[Link, ...]:
    """To the files in which a page's data stand beside it."""
    return (Link("CSV", file_beside(address, "csv")), Link("JSON", file_beside(address, "json")))


def pdf_link(address: str, settings: Settings) -> Link | None:
    """To the PDF of a page; None when the site is built without them."""
    return Link("PDF", pdf_address(address)) if settings.pdf else None


def document_address(department: DepartmentData, year: DepartmentYear) -> str:
    """The document that a year was taken from, by a name that no file can give it."""
    kind = PurePosixPath(year.document.path).suffix.lower() if year.document else ""
    return file_beside(year_address(department, year), f"source{kind}")


def full_address(address: str, settings: Settings) -> str:
    """An address as it is cited and printed; without a public one, as it is within the site."""
    return f"{settings.url or '本站 /'}{address}"


#: Where in the site the data files are published.
SOURCES = "data/"


def source_address(path: str) -> str:
    """Where a data file is published, byte for byte; `path` is relative to the data folder."""
    return f"{SOURCES}{path}"


def targets_address(**chosen: str) -> str:
    """The page of all targets with some choices made, such as `year="2024", outcome="met"`."""
    return TARGETS.address + "?" + "&".join(f"{name}={value}" for name, value in chosen.items())
