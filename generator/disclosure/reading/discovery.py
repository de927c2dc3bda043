"""Finds the data files, and everything in the data folder that does not belong there.

- `data/checks.yml`, `data/words.yml`
- `data/forms/<id>.yml`
- `data/<department>/department.yml`
- `data/<department>/<year>/disclosure.yml`, and beside it the document that it was taken from
- `data/<department>/<year>/projects/<id>.yml`, `<id>@<date>.yml`
- `data/<department>/<year>/results/<id>.yml`, and `department.yml` for the whole department
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field

from disclosure.model.dataset import FORMS_FOLDER, SETTINGS_FILE, WORDS_FILE
from disclosure.model.diagnostics import Diagnostic, Rule, Span
from disclosure.reading import rules
from disclosure.reading.document_kinds import DOCUMENT, is_document

_DEPARTMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_KINDS = {"projects": "project/1", "results": "result/1"}
_OF_THE_SITE = {SETTINGS_FILE: "checks/1", WORDS_FILE: "words/1"}
#: The self-evaluation of the whole department, among those of projects.
_OF_THE_WHOLE = {("results", "department.yml"): "department-result/1"}


class _OwnFile(Struct, frozen=True):
    """The one file that stands in a folder itself: its name, its kind, and what it is of."""

    name: str
    kind: str
    of: str
    says: str
    missing: Rule


_DEPARTMENT_FILE = _OwnFile(
    "department.yml",
    "department/1",
    "部门",
    "部门的名称、编码、行政区划和预算单位",
    rules.NO_DEPARTMENT,
)
_YEAR_FILE = _OwnFile(
    "disclosure.yml", "disclosure/1", "年度", "年度和第一部分的总体绩效目标", rules.NO_DISCLOSURE
)


def is_department(folder: str) -> bool:
    """Whether a folder may be a department's."""
    return _DEPARTMENT.fullmatch(folder) is not None


def is_year(folder: str) -> bool:
    """Whether a folder may be a year's."""
    return _YEAR.fullmatch(folder) is not None


class FilePlace(Struct, frozen=True):
    """Where a data file stands.

    Attributes:
        file: To open it.
        path: Relative to the data folder, with `/` between the parts.
        kind: What its `schema:` line must say there, such as `project/1`; of a document
            `DOCUMENT`.
        department: The department's folder; "" for files of no department.
        year: The year's folder, or None for `department.yml` and files of no department.
        stem: The file's name without `.yml`.
    """

    file: str
    path: str
    kind: str
    department: str
    year: str | None
    stem: str

    @property
    def id(self) -> str:
        """What the file is about, by its name: the project's id, without the date of a version."""
        return self.stem.partition("@")[0] if self.kind == "project/1" else self.stem


class _Walk(Struct):
    """One way through the data folder, with what it came across.

    Attributes:
        name: The data folder's name, the first part of every finding's path.
    """

    data: Path
    name: str
    places: list[FilePlace] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def department(self, folder: str) -> None:
        """`<department>/`: the department's own file, and a folder for each year."""
        found = self.entries(folder)
        if found is None:
            return
        files, folders = found
        self.own_file(folder, files, _DEPARTMENT_FILE)
        for year in sorted(folders):
            if not is_year(year):
                message = f"年度文件夹的名称应是四位数的年度，不能是“{year}”。"
                self.report(
                    rules.FOLDER_NAME, f"{folder}/{year}", message, "请改成像 2024 这样的名称。"
                )
            if is_year(year) or _exists(self.data / folder / year / "disclosure.yml"):
                self.year(f"{folder}/{year}")

    def year(self, folder: str) -> None:
        """`<department>/<year>/`: part one, and the folders of projects and results."""
        found = self.entries(folder)
        if found is None:
            return
        files, folders = found
        documents = set(filter(is_document, files))
        self.own_file(folder, files - documents, _YEAR_FILE)
        for name in sorted(documents):
            self.add(f"{folder}/{name}", DOCUMENT)
        for name in sorted(folders):
            if name in _KINDS:
                self.tables(folder, name)
            else:
                message = f"年度文件夹里不应有“{name}”文件夹，里面的文件没有读取。"
                hint = "项目放在 projects 文件夹，自评结果放在 results 文件夹。请改名或移走。"
                self.report(rules.FOLDER_NAME, f"{folder}/{name}", message, hint)

    def own_file(self, folder: str, files: set[str], own: _OwnFile) -> None:
        """The one file that stands in the folder itself."""
        if own.name in files:
            self.add(f"{folder}/{own.name}", own.kind)
        elif not _exists(self.data / folder / own.name):
            message = f"{own.of}文件夹里没有 {own.name}，这个{own.of}不会公开。"
            hint = f"请在这个文件夹里建立 {own.name}，写明{own.says}。"
            self.report(own.missing, folder, message, hint)
        self.unexpected(folder, files - {own.name})

    def tables(self, year: str, kind: str) -> None:
        """`projects` or `results` of a year: one file for each project."""
        folder = f"{year}/{kind}"
        files, folders = self.entries(folder) or (set(), set())
        tables = {name for name in files if name.endswith(".yml")}
        for name in sorted(tables):
            self.add(f"{folder}/{name}", _OF_THE_WHOLE.get((kind, name), _KINDS[kind]))
        self.unexpected(folder, files - tables)
        for name in sorted(folders):
            message = f"这里不应有文件夹，“{name}”里的文件没有读取。"
            self.report(rules.FOLDER_NAME, f"{folder}/{name}", message, "请把它移走。")

    def forms(self) -> None:
        """`forms/`: one file for each form."""
        files, folders = self.entries(FORMS_FOLDER) or (set(), set())
        forms = {name for name in files if name.endswith(".yml")}
        for name in sorted(forms):
            self.add(f"{FORMS_FOLDER}/{name}", "form/1")
        self.unexpected(FORMS_FOLDER, files - forms)
        for name in sorted(folders):
            message = f"这里不应有文件夹，“{name}”里的文件没有读取。"
            self.report(rules.FOLDER_NAME, f"{FORMS_FOLDER}/{name}", message, "请把它移走。")

    def entries(self, folder: str) -> tuple[set[str], set[str]] | None:
        """The names of files and of folders in a folder, without hidden and lock files.

        None when the folder cannot be read.
        """
        files: set[str] = set()
        folders: set[str] = set()
        try:
            with os.scandir(self.data / folder) as scan:
                entries = [entry for entry in scan if not entry.name.startswith((".", "~$"))]
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_symlink():
                    self.symlink(path)
                elif entry.is_dir(follow_symlinks=False):
                    folders.add(entry.name)
                elif entry.is_file(follow_symlinks=False):
                    files.add(entry.name)
                else:
                    message = "这不是普通文件，没有读取。"
                    self.report(rules.NO_REGULAR_FILE, path, message, "请把它移走。")
        except OSError:
            hint = "请确认这个文件夹没有被移走，并且有读取它的权限。"
            self.report(rules.UNREADABLE, folder, "无法读取这个文件夹。", hint)
            return None
        return files, folders

    def symlink(self, path: str) -> None:
        """Refuse a link; tell where it leads only when that is inside the data folder."""
        target = Path(os.path.realpath(self.data / path))
        inside = Path(os.path.realpath(self.data))
        if target.is_relative_to(inside):
            where = f"指向 {self.name}/{target.relative_to(inside).as_posix()}"
        else:
            where = "指向数据文件夹以外"
        message = f"这是符号链接（快捷方式），{where}，没有读取。"
        self.report(rules.SYMLINK, path, message, "请删除它，换成真正的文件或文件夹。")

    def unexpected(self, folder: str, names: Iterable[str]) -> None:
        """Warn of files that will not be published."""
        for name in sorted(names):
            path = f"{folder}/{name}" if folder else name
            stem, dot, extension = name.rpartition(".")
            if dot and extension.lower() in {"yaml", "yml"}:
                hint = f"数据文件的扩展名须是小写的 .yml。如果它是数据文件，请改名为 {stem}.yml"
                hint += "，并放在规定的文件夹里。"
            else:
                hint = "如果它不是数据文件，请移到数据文件夹以外。"
            self.report(rules.UNEXPECTED_FILE, path, "这个文件不会公开。", hint)

    def add(self, path: str, kind: str) -> None:
        """Note a data file."""
        parts = path.split("/")
        year = parts[1] if len(parts) > 2 else None
        stem = parts[-1].removesuffix(".yml")
        department = parts[0] if len(parts) > 1 and parts[0] != FORMS_FOLDER else ""
        file = f"{self.data}/{path}"  # as text: thousands of paths take longer to make than to read
        self.places.append(FilePlace(file, path, kind, department, year, stem))

    def report(self, rule: Rule, path: str, message: str, hint: str) -> None:
        """Note a finding about a file or folder as a whole."""
        where = f"{self.name}/{path}" if path else self.name
        self.findings.append(rule.at(Span(where), message, hint))


def discover(data: Path) -> tuple[list[FilePlace], list[Diagnostic]]:
    """The data files in a fixed order, and what is wrong with the folders around them."""
    walk = _Walk(data, data.name or data.resolve().name)
    if not os.path.isdir(data):  # noqa: PTH112 - unlike Path's, it answers where it may not look
        message = "这不是文件夹。" if _exists(data) else "找不到数据文件夹。"
        hint = "请在放有 mkdocs.yml 的文件夹里建立数据文件夹，或检查配置里的 data 写得对不对。"
        walk.report(rules.NO_FOLDER, "", message, hint)
        return walk.places, walk.findings
    files, folders = walk.entries("") or (set(), set())
    for name, kind in _OF_THE_SITE.items():
        if name in files:
            walk.add(name, kind)
    walk.unexpected("", files - _OF_THE_SITE.keys())
    if FORMS_FOLDER in folders:
        walk.forms()
    folders -= {FORMS_FOLDER}
    for folder in sorted(folders):
        if not is_department(folder):
            message = f"部门文件夹的名称“{folder}”只能用小写字母、数字，中间可用短横线。"
            hint = "请改成像 130803-322（行政区划代码-部门编码）这样的名称。"
            walk.report(rules.FOLDER_NAME, folder, message, hint)
        if is_department(folder) or _exists(data / folder / "department.yml"):
            walk.department(folder)
    if not folders and not walk.findings:
        message = "数据文件夹里还没有部门。"
        hint = "请为部门建立文件夹，如 130803-322，并在里面写 department.yml。"
        walk.report(rules.EMPTY_FOLDER, "", message, hint)
    return walk.places, walk.findings


def _exists(path: Path) -> bool:
    """Whether anything has this name, even a link that leads nowhere."""
    return os.path.lexists(path)
