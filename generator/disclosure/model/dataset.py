"""The whole data folder, put together: departments, their years, their projects.

Everything is in a fixed order (departments by id, years newest first, projects by their
number in the document, versions oldest first), so that the same data gives the same site.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.model.departments import Department
from disclosure.model.evaluations import DepartmentEvaluation, Evaluation
from disclosure.model.fields import Record, with_two_decimals
from disclosure.model.records import CheckSettings, Disclosure, Project
from disclosure.model.words import Words

_Known = TypeVar("_Known")

#: Where the settings of the rules stand in the data folder.
SETTINGS_FILE = "checks.yml"
#: The folder of the forms in the data folder.
FORMS_FOLDER = "forms"

#: Where the site's own synonyms and themes stand in the data folder.
WORDS_FILE = "words.yml"


class ProjectVersion(Struct, frozen=True):
    """One snapshot of a project's target table and the file it stands in.

    Attributes:
        project: The snapshot; `project.adjustment` is None for the original.
        path: The YAML file, relative to the data folder, with `/` between the parts.
    """

    project: Project
    path: str


class ProjectYear(Struct, frozen=True, weakref=True):
    """A project in one year: every published version, and its self-evaluation if there is one.

    Attributes:
        versions: Oldest first, at least one; the last is in force.
        result: The self-evaluation, or None.
        result_path: Its YAML file, relative to the data folder, or None.
    """

    versions: tuple[ProjectVersion, ...]
    result: Evaluation | None = None
    result_path: str | None = None

    @property
    def current(self) -> Project:
        """The version in force."""
        return self.versions[-1].project

    @property
    def first_path(self) -> str:
        """The file of the first version, relative to the data folder: no other project has it."""
        return self.versions[0].path

    @property
    def withdrawn(self) -> bool:
        """Whether the version in force says that the project was called off."""
        return self.current.withdrawn


class PublishedDocument(Struct, frozen=True):
    """The document that a year was taken from, as it lies beside the data.

    Attributes:
        path: Relative to the data folder.
        size: In bytes.
        sha256: Of what it holds.
    """

    path: str
    size: int
    sha256: str


class DepartmentYear(Struct, frozen=True, dict=True):  # keeps its sum
    """A department's disclosure of one year: part one, and part two's projects by number.

    Attributes:
        year: Which year.
        disclosure: Part one.
        path: Its YAML file, relative to the data folder.
        projects: Part two, by number.
        department: The department as it was called in that year.
        result: The self-evaluation of the whole department, or None.
        result_path: Its YAML file, relative to the data folder, or None.
        document: What it was taken from, if that lies beside part one.
    """

    year: int
    disclosure: Disclosure
    path: str
    projects: tuple[ProjectYear, ...]
    department: Department
    result: DepartmentEvaluation | None = None
    result_path: str | None = None
    document: PublishedDocument | None = None

    @cached_property
    def budget(self) -> Decimal:
        """Its projects' budgets together (see `budget_of`): each of their pages names a share."""
        return budget_of(self.projects)

    @cached_property
    def in_force(self) -> int:
        """How many of its projects were not called off."""
        return len(self.projects) - withdrawn_of(self.projects)


class DepartmentData(Struct, frozen=True):
    """A department and its years, newest first.

    Attributes:
        department: The department with the names of today.
        path: Its YAML file, relative to the data folder.
        years: Its years.
        forms: The forms of the data folder, by id, each a `forms.form.Form`.
    """

    department: Department
    path: str
    years: tuple[DepartmentYear, ...]
    forms: Mapping[str, Record] = field(default_factory=dict)


class Commit(Struct, frozen=True):
    """A commit that touched the data.

    Attributes:
        id: Its full name.
        day: When it was committed, ISO.
        age: How many later commits of the branch touched the data.
    """

    id: str
    day: str
    age: int

    @property
    def short(self) -> str:
        """The first characters of its name: always ten, however many commits there are."""
        return self.id[:10]


class GitHistory(Struct, frozen=True):
    """What git knows of the data; by path, relative to the data folder.

    A folder is named with `/` at its end, the data folder itself is "".

    Attributes:
        commit: The full name of the commit that was read, "" when there is none.
        time: When that was committed, in seconds since 1970; None when there is none.
        complete: Whether all earlier commits are at hand.
        first: The commit that brought each file.
        last: The commit that last touched each file, and anything in each folder.
        uncommitted: What differs from the commit, with its folders.
    """

    commit: str = ""
    complete: bool = False
    first: Mapping[str, Commit] = field(default_factory=dict)
    last: Mapping[str, Commit] = field(default_factory=dict)
    uncommitted: frozenset[str] = frozenset()
    time: int | None = None

    def by_department(self) -> Mapping[str, GitHistory]:
        """What is known of each department's folder, by its name.

        Ages are counted within each: commits of other departments change nothing in it.
        """
        first, last = _by_folder(self.first), _by_folder(self.last)
        changed = _by_folder(dict.fromkeys(self.uncommitted))
        return {
            folder: _recounted(
                GitHistory(
                    first=first[folder], last=last[folder], uncommitted=frozenset(changed[folder])
                )
            )
            for folder in sorted({*first, *last, *changed})
        }

    def of(self, folders: Collection[str]) -> GitHistory:
        """What is known of some departments' folders, with ages counted in them alone."""
        return _recounted(
            GitHistory(
                first={path: one for path, one in self.first.items() if _folder(path) in folders},
                last={path: one for path, one in self.last.items() if _folder(path) in folders},
                uncommitted=frozenset(one for one in self.uncommitted if _folder(one) in folders),
            )
        )


def _recounted(history: GitHistory) -> GitHistory:
    """The same with ages that count these commits alone."""
    commits = {*history.first.values(), *history.last.values()}
    by_age = sorted(commits, key=lambda commit: commit.age)
    recounted = {one: replace(one, age=age) for age, one in enumerate(by_age)}
    return replace(
        history,
        first={path: recounted[one] for path, one in history.first.items()},
        last={path: recounted[one] for path, one in history.last.items()},
    )


def _folder(path: str) -> str:
    """The department's folder that a path is in; "" for the data folder and its own files."""
    folder, inside, _ = path.partition("/")
    return folder if inside else ""


def _by_folder(known: Mapping[str, _Known]) -> Mapping[str, dict[str, _Known]]:
    """What is known of paths, by the first folder of each."""
    found: dict[str, dict[str, _Known]] = defaultdict(dict)
    for path, about in known.items():
        if folder := _folder(path):
            found[folder][path] = about
    return found


class Dataset(Struct, frozen=True):
    """All departments, by id, what the rules are to find, what git knows, and the site's words.

    Attributes:
        forms: The forms of the data folder, by id, each a `forms.form.Form`.
    """

    departments: tuple[DepartmentData, ...]
    settings: CheckSettings = field(default_factory=CheckSettings)
    history: GitHistory = field(default_factory=GitHistory)
    forms: Mapping[str, Record] = field(default_factory=dict)
    words: Words = field(default_factory=Words)


def budget_of(projects: Iterable[ProjectYear]) -> Decimal:
    """The projects' budgets together, in 万元; a withdrawn project has none any more."""
    return total(project.current.budget.counted for project in projects if not project.withdrawn)


def first_budget_of(projects: Iterable[ProjectYear]) -> Decimal:
    """The projects' budgets together as they were first published, in 万元."""
    return total(project.versions[0].project.budget.counted for project in projects)


def withdrawn_of(projects: Iterable[ProjectYear]) -> int:
    """How many of the projects were called off."""
    return sum(project.withdrawn for project in projects)


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """The exact sum, in 万元, of the amounts that there are.

    It is never rounded: it equals the sum of what the pages print, in files of 元 too.
    Zeros after the second decimal go, because no document printed the sum and they say nothing:
    20.600000 and 38.540000 are 59.14, but 400.00 and 39.640005 are 439.640005.
    """
    return with_two_decimals(sum((one for one in amounts if one is not None), start=Decimal(0)))
