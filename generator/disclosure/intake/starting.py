"""What is started with `disclosure new`: a site, a department, a year, a project.

Nothing is invented: whatever only the publisher knows stands as `~`, and `disclosure check` names
each such place. Nothing that exists is overwritten.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from msgspec import Struct

from disclosure import reading
from disclosure.compare.transfers import predecessor, year_before
from disclosure.config import site_texts
from disclosure.config.site_texts import SiteTexts
from disclosure.config.yaml_templates import environment
from disclosure.engine import git
from disclosure.exports.forms.form_workbook import project_workbook
from disclosure.forms.files import schemas
from disclosure.forms.library import form_of
from disclosure.model.dataset import DepartmentData, DepartmentYear
from disclosure.model.departments import Department, Region, Unit
from disclosure.model.fields import SHORT_NUMBER
from disclosure.model.records import Project
from disclosure.pages.filled_forms import empty_form

FOLDER = Path(__file__).parent / "templates"

#: A department's own file, in its folder.
DEPARTMENT_FILE = "department.yml"

#: The files that every new site has as they are: where they go, and their name among ours.
FILES: Mapping[str, str] = {
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    ".vscode/extensions.json": "vscode_extensions.json",
    ".vscode/settings.json": "vscode_settings.json",
    "README.md": "README.md",
}

_DIGITS = re.compile(r"[0-9]{1,20}")
_ID = re.compile(r"[0-9]{1,20}-[0-9]{1,19}")
_PROJECT_CODE = re.compile(r"[0-9A-Z]{1,40}")  # what has no code is named by a SHORT_NUMBER
_TEMPLATES = environment("intake")


class ScaffoldingError(Exception):
    """What was asked for cannot be started; the text says in Chinese why. Nothing was written."""


class UnitStart(Struct, frozen=True):
    """A budget unit: its code and its name as in the head of the form."""

    code: str
    name: str


class DepartmentStart(Struct, frozen=True):
    """Who publishes.

    Attributes:
        id: The region's code, a dash, the budget department's code; also the folder's name.
        name: The department's full name.
        region: The region's name.
        units: The department's budget units, at least one.
    """

    id: str
    name: str
    region: str
    units: tuple[UnitStart, ...]

    def department(self) -> Department:
        """The same as the data has it; the id says the codes of region and department."""
        region, _, code = self.id.partition("-")
        units = tuple(Unit(code=unit.code, name=unit.name) for unit in self.units)
        place = Region(code=region, name=self.region)
        return Department(schema_="department/1", id=self.id, name=self.name, code=code,
                          region=place, units=units, contact=None)  # fmt: skip


def department_start(
    identifier: str, name: str, region: str, units: Mapping[str, str]
) -> DepartmentStart:
    """Who publishes, from what was typed; `units` are names by code.

    Raises:
        ScaffoldingError: A code is no code, or a name is empty.
    """
    if not _ID.fullmatch(identifier):
        raise ScaffoldingError(
            f"部门标识“{identifier}”应当写成 行政区划代码-预算部门编码，如 130803-322。"
        )
    for code, unit in units.items():
        if not _DIGITS.fullmatch(code) or not unit.strip():
            raise ScaffoldingError("预算单位应当写成 编码=名称，如 322001=某某局本级。")
    if not units or not name.strip() or not region.strip():
        raise ScaffoldingError("部门名称、行政区划名称和至少一个预算单位都要写明。")
    return DepartmentStart(
        identifier, name, region, tuple(UnitStart(*unit) for unit in units.items())
    )


class Commands(Struct, frozen=True):
    """How a platform runs this program, as its workflow files write it.

    Attributes:
        prepare: What installs the program.
        check: What checks the data.
        changes: What tells the changes against a commit.
        build: What builds the site.
        options: What stands between a command and its options.
    """

    prepare: tuple[str, ...]
    check: str
    changes: str
    build: str
    options: str = ""


#: A site of its own installs the program from its requirements.txt.
INSTALLED = Commands(
    prepare=("python -m pip install --requirement requirements.txt",),
    check="disclosure check",
    changes="disclosure changes",
    build="disclosure build",
)

#: The repository of the program itself runs its own tasks.
OWN = Commands(
    prepare=(),
    check="python3 noxfile.py -s check",
    changes="python3 noxfile.py -s changes",
    build="python3 noxfile.py -s site",
    options=" --",
)


def platform_files(commands: Commands) -> Mapping[str, str]:
    """The files by which GitHub and GitLab check and publish a site, by their path."""
    return {
        ".github/workflows/check.yml": _filled("check.yml.j2", commands=commands),
        ".github/workflows/pages.yml": _filled("pages.yml.j2", commands=commands),
        ".gitlab-ci.yml": _filled("gitlab-ci.yml.j2", commands=commands),
    }


def new_site(target: Path, site: SiteTexts, who: DepartmentStart, requirement: str = "") -> None:
    """Make a site in a folder that is new or empty, as a git repository with nothing committed.

    Args:
        target: Where; it is there whole or not at all.
        site: What the site says of itself.
        who: Its first department.
        requirement: Where pip gets this program; "" for the version that runs now.

    Raises:
        ScaffoldingError: The folder holds something, or git is missing.
    """
    if not requirement.isprintable():
        raise ScaffoldingError("程序的来源应当写在一行里。")
    try:
        git.executable()
    except git.GitError:
        raise ScaffoldingError("没有找到 git，请先安装。") from None
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ScaffoldingError(f"{target} 不是空文件夹，没有写入。请换一个空的或新的文件夹。")
    requirement = requirement or f"budget-disclosure=={metadata.version('budget-disclosure')}"
    texts = {
        "mkdocs.yml": site_texts.mkdocs_configuration(site),
        "requirements.txt": f"{requirement}\n",
        f"data/{who.id}/{DEPARTMENT_FILE}": department_text(who.department()),
        **{f"schemas/{name}": text for name, text in schemas().items()},
        **{path: (FOLDER / name).read_text("utf-8") for path, name in FILES.items()},
        **platform_files(INSTALLED),
    }
    parent = target.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=parent) as scratch:
        made = Path(scratch, "site")
        shutil.copytree(_pages(), made / "site_src")
        for path, text in texts.items():
            _write(made / path, text)
        git.Git().text("init", "--quiet", "--initial-branch=main", "--template=", str(made))
        if target.exists():
            target.rmdir()
        made.rename(target)


def new_department(data: Path, who: DepartmentStart) -> Path:
    """Write a department's own file; where it is.

    Raises:
        ScaffoldingError: The department is there already.
    """
    return _write_new(data / who.id / DEPARTMENT_FILE, department_text(who.department()))


def department_text(who: Department) -> str:
    """A department's own file; what is not known of it stands as `~`."""
    return _filled("department.yml.j2", who=who)


def new_year(data: Path, identifier: str, year: int) -> Path:
    """Write part one of a year to be filled in; last year's text stands beside as comments.

    Raises:
        ScaffoldingError: There is no such department, or the year is there already.
    """
    last = _year(_department(data, identifier), year - 1)
    text = _filled("disclosure.yml.j2", year=str(year), last=last.disclosure if last else None)
    return _write_new(data / identifier / str(year) / "disclosure.yml", text)


class NewProject(Struct, frozen=True):
    """The project to start: its code, name and unit, and the project of last year it carries on.

    With `continues`, name and unit may be "": they are then last year's.
    """

    code: str
    name: str = ""
    unit: str = ""
    continues: str = ""


def new_project(data: Path, identifier: str, year: int, order: NewProject) -> Path:
    """Write a project's table to be filled in, with last year's rows if it carries one on.

    Raises:
        ScaffoldingError: Department or last year's project is not there, the project is there
            already, or something about it is missing.
    """
    begun = _begun(data, identifier, year, order)
    text = _filled(
        "project.yml.j2",
        code=_printed(order.code),
        name=begun.name,
        unit=begun.unit.code,
        number=str(begun.number),
        last=begun.last,
        continues=begun.continues,
    )
    return _write_new(data / identifier / str(year) / "projects" / f"{order.code}.yml", text)


#: How many rows for indicators an empty form has; more can be inserted.
EMPTY_ROWS = 15


def new_project_workbook(
    data: Path, identifier: str, year: int, order: NewProject, folder: Path
) -> Path:
    """Write a project's form as a workbook into `folder`, to be filled in and imported.

    Raises:
        ScaffoldingError: As with `new_project`; or the workbook is there already.
    """
    begun = _begun(data, identifier, year, order)
    path = folder / f"{identifier}-{year}-{order.code}.xlsx"
    if path.exists():
        raise ScaffoldingError(f"{path} 已经有了，没有改动。")
    department = _department(data, identifier)
    year_now = _year(department, year)
    rows = begun.last.indicators if begun.last else ()
    form = form_of(_form_of(department, begun.last), "project", department.forms)
    known = {
        "code": _printed(order.code),
        "name": begun.name,
        "unit": begun.unit.code,
        "unit_name": begun.unit.name,
        "number": str(begun.number),
        "year": str(year),
        "department": department.department.as_of(year).name,
    }
    if year_now and year_now.disclosure.plan_heading:
        known["plan_heading"] = year_now.disclosure.plan_heading
    table = empty_form(form, known, rows, EMPTY_ROWS)
    path.write_bytes(project_workbook(table, f"{begun.number}.{begun.name}"))
    return path


def _form_of(department: DepartmentData, last: Project | None) -> str | None:
    """The form of a new project: that of the one it carries on, else of the newest project."""
    if last is not None:
        return last.form
    projects = (one.current for year in department.years for one in reversed(year.projects))
    return next((one.form for one in projects), None)


class _ProjectStart(Struct, frozen=True):
    """What is known of a project before anything is filled in.

    `continues` is how it names the project that it carries on; "" where there is none.
    """

    name: str
    unit: UnitStart
    number: int
    last: Project | None
    continues: str


def _begun(data: Path, identifier: str, year: int, order: NewProject) -> _ProjectStart:
    """What `wanted` means among the data there are."""
    if not (_PROJECT_CODE.fullmatch(order.code) or SHORT_NUMBER.fullmatch(order.code)):
        raise ScaffoldingError(f"项目编码“{order.code}”只能由数字和大写字母组成。")
    departments = reading.read(data).dataset.departments
    department = _of(departments, identifier)
    if not (data / identifier / str(year) / "disclosure.yml").is_file():
        raise ScaffoldingError(
            f"{identifier} 还没有{year}年度，请先运行："
            f"disclosure new year {year} --department {identifier}"
        )
    carried, last = _carried(departments, department, year, order.continues)
    name = order.name or (last.name if last else "")
    units = {one.code: one.name for one in department.department.units}
    unit = order.unit or (last.unit if last and last.unit in units else "")
    if not unit and last and len(units) == 1:  # another department's units are not this one's
        (unit,) = units
    if not name or (units and unit not in units):
        known = "、".join(f"{code} {title}" for code, title in units.items())
        raise ScaffoldingError(f"请用 --name 写明项目名称，用 --unit 写明预算单位编码：{known}。")
    folder = data / identifier / str(year) / "projects"
    number = len({path.name.partition("@")[0] for path in folder.glob("*.yml")}) + 1
    return _ProjectStart(name, UnitStart(unit, units.get(unit, "")), number, last, carried)


def _printed(name: str) -> str:
    """The code that a file's name is; "" for a number."""
    return "" if SHORT_NUMBER.fullmatch(name) else name


def _carried(
    departments: Sequence[DepartmentData], own: DepartmentData, year: int, reference: str
) -> tuple[str, Project | None]:
    """The project that is carried on, and how to name it: of the own department, or of another."""
    if not reference:
        return "", None
    before = year_before(own, year)
    for project in before.projects if before else ():
        if reference in (project.current.id, project.current.code):
            return project.current.id, project.current
    found = predecessor([one for one in departments if one is not own], year, reference)
    if found:
        return reference, found[1].current
    asked = f"{before.year}年没有" if before else "没有"
    raise ScaffoldingError(
        f"{asked}编码为“{reference}”的项目，其他部门上次公开的项目里也没有，或者它们的文件有错误。"
    )


def _filled(template: str, **values: object) -> str:
    """A YAML template with its values; each value is text, or lists of text."""
    return _TEMPLATES.get_template(template).render(values)


def _pages() -> Path:
    """The hand-written pages: packed with an installed copy, in a checkout where they are."""
    packed = FOLDER / "pages"
    return packed if packed.is_dir() else FOLDER.parents[3] / "site_src"


def _department(data: Path, identifier: str) -> DepartmentData:
    return _of(reading.read(data).dataset.departments, identifier)


def _of(departments: Sequence[DepartmentData], identifier: str) -> DepartmentData:
    for department in departments:
        if department.department.id == identifier:
            return department
    known = "、".join(one.department.id for one in departments) or "（无）"
    raise ScaffoldingError(f"没有标识为“{identifier}”的部门，或者它的文件有错误。现有：{known}。")


def _year(department: DepartmentData, year: int) -> DepartmentYear | None:
    return next((one for one in department.years if one.year == year), None)


def _write_new(path: Path, text: str) -> Path:
    """Write a file that is not there yet."""
    if path.exists():
        raise ScaffoldingError(f"{path} 已经有了，没有改动。")
    _write(path, text)
    return path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
