"""Imports documents: PDF, Word, Excel or extracted text → draft YAML.

- batch: many documents at once, and whose each is; identifying: the department that one prints
- formats: one document to its pieces, in a process with limits; a format each, all to the same
  pieces, each held against a second reading by another program or another way
- learning: a table of targets that no known form fits → a form of its own
- understanding: pieces → what the document says, and the ledger: where every character went
- drafts: what it says → files of format 1; drafts beside the files that are there, all or none
- rules: why a document cannot be imported

Nothing is invented, nothing is lost: the ledger accounts for every character that a page shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from disclosure.forms.form import Form
from disclosure.intake import rules
from disclosure.intake.drafts import (
    completeness,
    contradictions,
    doubtful_projects,
    drafting,
    existing,
    form_text,
    proofreading,
    table_drafts,
    unprinted_in_workbook,
)
from disclosure.intake.drafts.doubtful_projects import listed, place_of
from disclosure.intake.drafts.drafting import Draft
from disclosure.intake.drafts.existing import DraftFile
from disclosure.intake.drafts.proofreading import Proof
from disclosure.intake.formats import isolated
from disclosure.intake.formats.pieces import LOST, Document, Say
from disclosure.intake.understanding import (
    elsewhere,
    plausible,
    printed_years,
    reading_tables,
    surroundings,
)
from disclosure.intake.understanding.interpreting import Interpreted, interpret
from disclosure.intake.understanding.ledger import CharacterCount, Unplaced
from disclosure.intake.understanding.read_form import ReadForm
from disclosure.intake.understanding.reading_tables import ReadTable
from disclosure.intake.understanding.unread_tables import Unread
from disclosure.model.dataset import FORMS_FOLDER, DepartmentData
from disclosure.model.diagnostics import Diagnostic, Span
from disclosure.model.whitespace import squeezed

__all__ = [
    "Accounts",
    "CharacterCount",
    "DraftFile",
    "ImportResult",
    "Unplaced",
    "import_files",
    "write",
    "write_forms",
]  # fmt: skip

write = existing.write

_MAX_PLACES = 3


class Accounts(Struct, frozen=True):
    """What became of one document.

    Attributes:
        name: The file's name.
        count: How many of its characters went where.
        unplaced: What has no place, in its order.
        remarks: What else is to be said of it, in Chinese.
        found: The tables of targets in it, a line for each kind.
        aside: What of it is not about targets, in a line or two.
        tables: How many tables of targets it has, those that were not understood included.
        projects: How many files of projects it gives.
    """

    name: str
    count: CharacterCount
    unplaced: tuple[Unplaced, ...]
    remarks: tuple[str, ...]
    found: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    tables: int = 0
    projects: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything in the document has its place."""
        return not (self.unplaced or self.remarks)


class ImportResult(Struct, frozen=True):
    """What some documents give.

    Attributes:
        accounts: One for each document.
        outcomes: The files to be written, below the year's folder.
        forms: The forms that were learned, to be written below the data folder.
        proofs: What a machine recognised and a person is to proofread, least certain first.
    """

    accounts: tuple[Accounts, ...]
    outcomes: tuple[DraftFile, ...]
    forms: tuple[Form, ...] = ()
    proofs: tuple[Proof, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything in the documents has its place."""
        return all(one.complete for one in self.accounts)


def import_files(
    files: Sequence[Path], department: DepartmentData, year: int, folder: Path, say: Say
) -> ImportResult | tuple[Diagnostic, ...]:
    """Read documents of a department's year; what that gives, or why one cannot be read.

    Args:
        files: The documents.
        department: Whose they are.
        year: Their budget year.
        folder: The year's folder, with which drafts are compared; it need not be there.
        say: Told what is being done.
    """
    work = partial(interpret, department=department, year=year)
    found = [isolated.read(file, say, work) for file in files]
    wrong = [one for one in found if isinstance(one, Diagnostic)]
    interpreted = [one for one in found if isinstance(one, Interpreted)]
    if not wrong:
        pairs = zip(files, interpreted, strict=True)
        wrong = [no_form(file, one) for file, one in pairs if not says_anything(one)]
    if wrong:
        return tuple(wrong)
    return import_documents(interpreted, department, year, folder)


def says_anything(found: Interpreted) -> bool:
    """Whether a document has a table of targets or a part one."""
    return bool(found.forms or found.tables or found.unread or found.part_one.is_available)


def import_documents(
    interpreted: Sequence[Interpreted], department: DepartmentData, year: int, folder: Path
) -> ImportResult | tuple[Diagnostic, ...]:
    """What documents that were understood give; or where they contradict each other."""
    surplus = _withdrawn(interpreted)
    learned = _learned(interpreted, department)
    unprinted = {path: fields for one in interpreted for path, fields in one.unprinted.items()}
    known = unprinted_in_workbook.known_with(_known(department, year), unprinted)
    known = replace(known, forms={key: one.id for key, one in learned.items()})
    drafts, proofs = proofreading.marked(drafting.drafts(interpreted, year, known), interpreted)
    if twice := tuple(contradictions.clashes(interpreted, drafts)):
        return twice
    forms = tuple({form.id: form for form in learned.values()}.values())
    own = {**department.forms, **{form.id: form for form in forms}}
    name = department.department.as_of(year).name
    drafts_ = contradictions.without_repeats(drafts)
    outcomes = existing.outcomes(
        folder, drafts_, unprinted_in_workbook.DraftContext(own, name, unprinted)
    )
    accounts = tuple(_accounts(one, drafts, surplus.get(one.name, ())) for one in interpreted)
    return ImportResult(accounts, outcomes, forms, proofs)


def write_forms(data: Path, forms: Sequence[Form]) -> tuple[Path, ...]:
    """Write learned forms below the data folder, all or none.

    A form is of use only once a file names it, so forms are written before such files.

    Raises:
        atomic_folder.BusyError: Another process is writing there.
        OSError: The place cannot be written; everything is as it was.
    """
    made = [DraftFile(f"{form.id}.yml", form_text.form_text(form), None, same=False)
            for form in forms]  # fmt: skip
    if made:
        write(data / FORMS_FOLDER, made)
    return tuple(data / FORMS_FOLDER / one.path for one in made)


def _withdrawn(interpreted: Sequence[Interpreted]) -> dict[str, list[str]]:
    """What to say of whole-department tables beyond the first, which have no place in a year.

    Their characters are withdrawn from the fields they would have stood in.
    """
    remarks: dict[str, list[str]] = {}
    first = True
    for found in interpreted:
        for table in found.tables:
            if table.form.kind != "department" or table.is_blank:
                continue
            if not first:
                found.ledger.withdraw(("table", table.number))
                remarks.setdefault(found.name, []).append(
                    f"{place_of(table)}没有导入：一个年度只能有一张部门整体绩效目标表，"
                    "前面已经有一张。请核对是不是另一个单位的，另建部门后再导入。"
                )
            first = False
    return remarks


def _learned(found: Sequence[Interpreted], department: DepartmentData) -> dict[int, Form]:
    """The forms learned from some documents, each with its id, by the identity of those read."""
    every = [table.form for one in found for table in one.tables
             if table.is_learned and not table.is_blank]  # fmt: skip
    distinct: list[Form] = []
    for form in every:
        if not any(reading_tables.alike(form, known) for known in distinct):
            distinct.append(form)
    made = [form.model_copy(update={"id": id_}) for form, id_ in
            table_drafts.named(distinct, department.department.id, department.forms)]  # fmt: skip
    return {
        id(form): next(one for one in made if reading_tables.alike(form, one)) for form in every
    }


def _accounts(found: Interpreted, drafts: Sequence[Draft], surplus: Sequence[str]) -> Accounts:
    document = found.ledger.document
    missing = document.visible - document.held()
    lost = [f"有 {missing} 个字没有读到，请对照原文核对。"] if missing else []
    if fallen := [*completeness.fallen(found.ledger.placed, drafts)]:
        places = "、".join(dict.fromkeys(one.text.place for one in fallen[:_MAX_PLACES]))
        lost.append(f"有 {len(fallen)} 处文字没有写进草稿（{places} 等），请对照原文核对。")
    return Accounts(
        document.name,
        found.ledger.count(),
        tuple(found.ledger.unplaced()),
        (
            *document.said(_pages_of_targets(found)),
            *lost,
            *_unreadable(document),
            *surplus,
            *doubtful_projects.remarks(found.tables),
            *_implausible(found.tables),
            *map(_unread, found.unread),
            *printed_years.remarks(document, found.tables),
            *map(_dotted, (one for one in found.tables if one.dotted and not one.is_blank)),
            *map(_inexact, (table for table in found.tables if not table.is_exact)),
        ),
        tuple(_found(found)),
        surroundings.remarks(found.others, found.chapters),
        len(found.tables) + len(found.forms) + len(found.unread),
        len({one.path for one in drafts if one.document == document.name
             and one.path.startswith("projects/")}),
    )  # fmt: skip


def _pages_of_targets(found: Interpreted) -> set[int]:
    """The pages on which targets stand, read or not."""
    pages = [*(one.pages for one in found.tables), *(one.pages for one in found.unread)]
    return {*chain.from_iterable(pages), *(one.text.page for one in found.ledger.placed)}


def _found(found: Interpreted) -> Iterator[str]:
    """The tables of targets, those of one form together."""
    by_form: dict[tuple[str, bool], list[ReadTable]] = {}
    for table in found.tables:
        by_form.setdefault((table.called, table.is_blank), []).append(table)
    for (name, is_blank), tables in by_form.items():
        pages = surroundings.pages(page for table in tables for page in table.pages)
        number = sum(len(listed(table)) for table in tables)
        projects = f"（{number} 个项目）" if number else ""
        empty = "（空白表，没有内容）" if is_blank else ""
        yield f"{pages + '：' if pages else ''}{name} {len(tables)} 张{projects}{empty}"
    yield from _by_line(found, "项目绩效目标表", found.projects)
    evaluations = [form for form in found.forms if form.evaluation]
    yield from _by_line(found, "项目绩效自评表", evaluations)
    for unread in found.unread:
        where = surroundings.pages(unread.pages) or unread.place
        yield f"{where}：{squeezed(unread.title) or '没有表名的表'} 1 张（没有导入）"


def _by_line(found: Interpreted, name: str, forms: Sequence[ReadForm]) -> Iterator[str]:
    """The tables that were read line by line."""
    if forms:
        numbers = {form.number for form in forms}
        pages = (one.text.page for one in found.ledger.placed
                 if one.where[0] == "form" and one.where[1] in numbers)  # fmt: skip
        where = surroundings.pages(pages)
        yield f"{where + '：' if where else ''}{name} {len(forms)} 张"


def _implausible(tables: Sequence[ReadTable]) -> Iterator[str]:
    """What to say of fields that say what such fields do not say, a line for each table."""
    for table in tables:
        if doubts := [*plausible.doubts(table)]:
            more = f"等 {len(doubts)} 处" if len(doubts) > _MAX_PLACES else ""
            yield f"{place_of(table)}里，{'；'.join(doubts[:_MAX_PLACES])}{more}，请对照原文核对。"


def _inexact(table: ReadTable) -> str:
    return f"{place_of(table)}的内容都已读入，但合并格与原表不完全相同，请对照原文核对。"


def _dotted(table: ReadTable) -> str:
    return (
        f"{place_of(table)}里，有 {table.dotted} 行只有省略号，没有作为指标导入，"
        "请核对原文是不是没有印全。"
    )


def _unread(table: Unread) -> str:
    where = surroundings.pages(table.pages) or table.place
    name = f"{where}的表“{squeezed(table.title)}”" if table.title else f"{where}没有表名的表"
    if table.torn:
        return (
            f"{name}没有表格线，不能确定哪些字在同一行，没有导入。"
            "如果是提取的文字，请导入 PDF 原件；否则请对照原文手工填写。"
        )
    return f"{name}没有读懂，没有导入，请对照原文手工填写。"


def _unreadable(document: Document) -> Iterator[str]:
    """Where characters stand that nobody can read, as one remark."""
    where = {text.place: text.bare.count(LOST) for text in document.texts() if LOST in text.bare}
    if where:
        yield (
            f"有 {sum(where.values())} 个字无法识别（字体没有说明是什么字）：{'、'.join(where)}。"
            f"草稿里以“{LOST}”代替，请对照原件填写，或者先用 OCR 识别再导入。"
        )


def _known(department: DepartmentData, year: int) -> drafting.KnownData:
    """What the data says of a year; of codes those whose project's name is used once."""
    units = {squeezed(unit.name): unit.code for unit in department.department.units}
    known = next((one for one in department.years if one.year == year), None)
    if known is None:
        return drafting.KnownData(units=units, is_begun=False)
    projects = [project.current for project in known.projects]
    names = Counter(project.name for project in projects)
    once = [one for one in projects if names[one.name] == 1]
    return drafting.KnownData(
        {one.name: one.code for one in once if one.code},
        known.disclosure.plan_heading,
        {squeezed(one.name): one.id for one in once},
        {squeezed(one.name): one.number for one in once},
        units,
        projects={one.id: (squeezed(one.name), one.number) for one in projects},
        source=known.disclosure.source.file if known.disclosure.source else None,
    )


def no_form(file: Path, found: Interpreted) -> Diagnostic:
    """What is said of a document without a table of targets, and what it says of that itself."""
    message = "没有找到绩效目标：既没有“总体绩效目标”等标题，也没有绩效目标表。"
    if said := elsewhere.said(found.ledger.document):
        where = surroundings.pages([said.page]) or said.place
        message += f"{where}写着：“{said.sentence}”"
        hint = "请导入这句话所说的文件；本来就没有绩效目标的，不用导入。"
    else:
        hint = "请确认是不是要导入的文件。表格是图片的，请先用文字识别（OCR）软件处理。"
    return rules.NO_FORM.at(Span(file.as_posix()), message, hint)
