"""Imports many documents at once: the department of each, and the drafts of each department.

A document is of the department that is named on the command line, or of the one that it prints.
That one is known to the data, or new: then it is proposed as it is printed, and made only when
that is wanted. Documents are read several at once; what comes of them is in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.intake import identifying, importing, rules, starting
from disclosure.intake.drafts.existing import DraftFile
from disclosure.intake.formats import isolated
from disclosure.intake.formats.pieces import Document, Say
from disclosure.intake.identifying import PrintedDepartment
from disclosure.intake.importing import Accounts, ImportResult
from disclosure.intake.understanding.interpreting import Interpreted, interpret
from disclosure.model.dataset import DepartmentData
from disclosure.model.departments import Department, Region
from disclosure.model.diagnostics import Diagnostic, Span
from disclosure.model.whitespace import squeezed

_NOBODY = "nobody"  # whose a document is that does not print it
_HOW = "请用 --department 写明标识；还没有的部门请先运行 disclosure new department。"


class ImportRequest(Struct, frozen=True):
    """What is asked of some documents.

    Attributes:
        departments: Those that the data has.
        year: The budget year of the documents.
        identifier: The department's id; "" where each document says itself whose it is.
    """

    departments: tuple[DepartmentData, ...]
    year: int
    identifier: str = ""

    def known(self) -> DepartmentData | None:
        """The department that is asked for, if the data has it."""
        every = (one for one in self.departments if one.department.id == self.identifier)
        return next(every, None)

    def needed(self) -> ImportRequest:
        """What is needed to understand a document; it is sent to the process that reads it."""
        known = self.known()
        return replace(self, departments=tuple(
            replace(one, years=tuple(year for year in one.years if year.year == self.year))
            for one in ((known,) if known else () if self.identifier else self.departments)
        ))  # fmt: skip


class _ReadDocument(Struct, frozen=True):
    """A document that was read: whose it is, known, as printed or not named, and what it says.

    `other` is the name of another department than the one that was asked for, if it prints one.
    """

    interpreted: Interpreted
    department: DepartmentData
    printed: PrintedDepartment | None = None
    other: str = ""

    @property
    def is_named(self) -> bool:
        """Whether it is known whose it is."""
        return self.department.department.id != _NOBODY

    def can_be_taken_in(self) -> bool:
        """Whether it says anything of targets, and whose it is."""
        return self.is_named and importing.says_anything(self.interpreted)

    def key(self, request: ImportRequest) -> str:
        """What is the same for all documents of one department."""
        new = self.printed is not None and not request.identifier
        return f"new {self.department.department.name}" if new else self.department.department.id


class DepartmentImport(Struct, frozen=True):
    """What the documents of one department give.

    Attributes:
        department: The department.
        year: The budget year.
        found: What they give.
        proposal: What the documents print of a department that the data has not; else None.
    """

    department: Department
    year: int
    found: ImportResult
    proposal: PrintedDepartment | None = None

    def place(self, data: Path) -> Path:
        """The folder that is written whole: that of the year, or of a new department."""
        own = data / self.department.id
        return own if self.proposal else own / str(self.year)

    def files(self) -> tuple[DraftFile, ...]:
        """The files to be written into it."""
        if not self.proposal:
            return self.found.outcomes
        text = starting.department_text(self.department)
        head = DraftFile(starting.DEPARTMENT_FILE, text, None, same=False)
        below = (replace(one, path=f"{self.year}/{one.path}") for one in self.found.outcomes)
        return (head, *below)


class BatchResult(Struct, frozen=True):
    """What some documents give.

    Attributes:
        imports: One for each department, in the order of the documents.
        wrong: Why some cannot be taken in; then there are no imports.
        accounts: The name of its department and what became of it, for each document.
        others: The name of another department, for each document that prints one.
    """

    imports: tuple[DepartmentImport, ...]
    wrong: tuple[Diagnostic, ...] = ()
    accounts: Mapping[Path, tuple[str, Accounts]] = field(default_factory=dict)
    others: Mapping[Path, str] = field(default_factory=dict)


def read(
    files: Sequence[Path], request: ImportRequest, data: Path, say: Say, jobs: int
) -> BatchResult:
    """Read documents, and find what they give for each of their departments.

    Args:
        files: The documents.
        request: Whose they are, if that is known, and of which year.
        data: The data folder that drafts are compared with.
        say: Told what is being done.
        jobs: How many documents may be read at once.
    """
    work = partial(_understood, request=request.needed())
    if len(files) == 1:
        found = [isolated.read(files[0], say, work)]
    else:
        found = isolated.read_each(files, say, work, jobs)
    wrong = list(_wrong(files, found))
    groups: dict[str, list[tuple[Path, _ReadDocument]]] = {}
    for file, one in zip(files, found, strict=True):
        if isinstance(one, _ReadDocument) and one.can_be_taken_in():
            groups.setdefault(one.key(request), []).append((file, one))
    wrong += _clashes([*groups.values()], request)
    if wrong:
        return BatchResult((), tuple(wrong))
    made = [_import([one for _, one in group], request, data) for group in groups.values()]
    wrong = [problem for one in made if isinstance(one, tuple) for problem in one]
    if wrong:
        return BatchResult((), tuple(wrong))
    imports = tuple(one for one in made if isinstance(one, DepartmentImport))
    accounts = {
        file: (one.department.name, account)
        for group, one in zip(groups.values(), imports, strict=True)
        for (file, _), account in zip(group, one.found.accounts, strict=True)
    }
    others = {file: one.other for group in groups.values() for file, one in group if one.other}
    return BatchResult(imports, (), accounts, others)


def _understood(document: Document, request: ImportRequest) -> _ReadDocument:
    """What a document says and whose it is: nobody's where nothing tells."""
    department = request.known()
    if department is not None:
        other = identifying.other_than(department.department, document)
        interpreted = interpret(document, department, request.year)
        return _ReadDocument(interpreted, department, other=other)
    printed = identifying.printed(document)
    if printed and not request.identifier:
        department = identifying.known(printed, request.departments)
    if department is not None:
        return _ReadDocument(interpret(document, department, request.year), department)
    new = DepartmentData(_new(printed, request.identifier), "", ())
    return _ReadDocument(interpret(document, new, request.year), new, printed)


def _new(printed: PrintedDepartment | None, identifier: str) -> Department:
    """A department as a document prints it; one that prints none is of that of the others."""
    if printed is not None:
        return printed.department(identifier)
    own = identifier or _NOBODY
    return Department(schema_="department/1", id=own, name=own, code=None,
                      region=Region(code=None, name=None), units=(), contact=None)  # fmt: skip


def _wrong(
    files: Sequence[Path], found: Sequence[_ReadDocument | Diagnostic]
) -> Iterator[Diagnostic]:
    """Why some documents cannot be taken in, in their order."""
    for file, one in zip(files, found, strict=True):
        if isinstance(one, Diagnostic):
            yield one
        elif not importing.says_anything(one.interpreted):
            yield importing.no_form(file, one.interpreted)
        elif not one.is_named:
            yield _not_named(file)


def _not_named(file: Path) -> Diagnostic:
    message = "文件里没有找到部门名称，不能确定是哪个部门的。"
    return rules.NOT_NAMED.at(Span(file.as_posix()), message, _HOW)


def _clashes(
    groups: Sequence[Sequence[tuple[Path, _ReadDocument]]], request: ImportRequest
) -> Iterator[Diagnostic]:
    """Where a new department is not one: its documents name several, or another is called so."""
    taken = {one.department.id: one.department.name for one in request.departments}
    for group in groups:
        new = [(file, one.printed) for file, one in group if one.printed]
        if not new:
            if not group[0][1].department.path:  # none of its documents names it
                yield _not_named(group[0][0])
            continue
        yield from _disagreements(new)
        first, printed = new[0]
        id_ = request.identifier or identifying.together([one for _, one in new]).identifier()
        if same := [one for one, name in taken.items() if squeezed(name) == printed.name]:
            yield _same(first, f"印的部门是“{printed.name}”，它的标识是 {same[0]}。")
        elif id_ in taken:
            yield _same(
                first, f"印的部门是“{printed.name}”，它的标识 {id_} 已经用于“{taken[id_]}”。"
            )
        taken[id_] = printed.name


def _disagreements(new: Sequence[tuple[Path, PrintedDepartment]]) -> Iterator[Diagnostic]:
    """Where documents of one department print another name or code of it."""
    first, printed = new[0]
    with_code = next(((file, one.code) for file, one in new if one.code), (first, ""))
    for file, one in new:
        if one.name != printed.name:
            message = f"印的部门是“{one.name}”，{first.name} 印的是“{printed.name}”。"
            yield _same(file, message)
        elif one.code not in {"", with_code[1]}:
            where, code = with_code
            yield _same(file, f"印的部门编码是 {one.code}，{where.name} 印的是 {code}。")


def _same(file: Path, message: str) -> Diagnostic:
    return rules.SAME_DEPARTMENT.at(Span(file.as_posix()), message, _HOW)


def _import(
    group: Sequence[_ReadDocument], request: ImportRequest, data: Path
) -> DepartmentImport | tuple[Diagnostic, ...]:
    """What the documents of one department give."""
    department, proposal = group[0].department, None
    if printed := [one.printed for one in group if one.printed]:
        proposal = identifying.together(printed)
        whole = proposal.department(request.identifier)
        department = replace(department, department=whole)
    folder = data / department.department.id / str(request.year)
    found = importing.import_documents(
        [one.interpreted for one in group], department, request.year, folder
    )
    if not isinstance(found, ImportResult):
        return found
    return DepartmentImport(department.department, request.year, found, proposal)
