"""In from the documents people have: PDF, Word, Excel or extracted text → draft YAML.

- formats: one document to its pieces, in a process with limits; a format each, all to the same
  pieces, each held against a second reading by another program or another way
- understanding: pieces → what the document says, and the ledger: where every character went
- drafts: what it says → files of format 1; drafts beside the files that are there, all or none
- rules: why a document cannot be imported

Nothing is invented, nothing is lost: the ledger accounts for every character that a page shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from disclosure.intake import rules
from disclosure.intake.drafts import clashing, drafting, existing
from disclosure.intake.drafts.existing import Outcome
from disclosure.intake.formats import isolated
from disclosure.intake.formats.pieces import LOST, Document, Say
from disclosure.intake.understanding.interpreting import Interpreted, interpret
from disclosure.intake.understanding.ledger import Count, Unplaced
from disclosure.model.dataset import DepartmentData
from disclosure.model.diagnostics import Diagnostic, Span

__all__ = ["Accounts", "Count", "Import", "Outcome", "Unplaced", "import_files", "write"]

write = existing.write


@dataclass(frozen=True, slots=True)
class Accounts:
    """What became of one document.

    Attributes:
        name: The file's name.
        count: How many of its characters went where.
        unplaced: What has no place, in its order.
        remarks: What else is to be said of it, in Chinese.
    """

    name: str
    count: Count
    unplaced: tuple[Unplaced, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """What some documents give.

    Attributes:
        accounts: One for each document.
        outcomes: The files to be written, below the year's folder.
    """

    accounts: tuple[Accounts, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def complete(self) -> bool:
        """Whether everything in the documents has its place."""
        return not any(one.unplaced or one.remarks for one in self.accounts)


def import_files(
    files: Sequence[Path], department: DepartmentData, year: int, folder: Path, say: Say
) -> Import | tuple[Diagnostic, ...]:
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
    said = [one for one in found if isinstance(one, Interpreted)]
    for file, one in zip(files, said, strict=False):
        if not wrong and not (one.forms or one.part_one.is_available):
            wrong.append(_no_form(file))
    if wrong:
        return tuple(wrong)
    drafts = drafting.drafts(said, year, _known(department, year))
    if twice := tuple(clashing.clashes(said, drafts)):
        return twice
    outcomes = existing.outcomes(folder, clashing.once(drafts))
    return Import(tuple(map(_accounts, said)), outcomes)


def _accounts(found: Interpreted) -> Accounts:
    document = found.ledger.document
    missing = document.visible - document.held()
    lost = (f"有 {missing} 个字没有读到，请对照原文核对。",) if missing else ()
    return Accounts(
        document.name,
        found.ledger.count(),
        tuple(found.ledger.unplaced()),
        (*document.remarks, *lost, *_unreadable(document)),
    )


def _unreadable(document: Document) -> Iterator[str]:
    """Where characters stand that nobody can read, as one remark."""
    where = {text.place: text.bare.count(LOST) for text in document.texts() if LOST in text.bare}
    if where:
        yield (
            f"有 {sum(where.values())} 个字无法识别（字体没有说明是什么字）：{'、'.join(where)}。"
            f"草稿里以“{LOST}”代替，请对照原件填写，或者先用 OCR 识别再导入。"
        )


def _known(department: DepartmentData, year: int) -> drafting.Known:
    """What the data says of a year; of codes those whose project's name is used once."""
    known = next((one for one in department.years if one.year == year), None)
    if known is None:
        return drafting.Known()
    projects = [project.current for project in known.projects]
    names = Counter(project.name for project in projects)
    codes = {one.name: one.code for one in projects if one.code and names[one.name] == 1}
    return drafting.Known(codes, known.disclosure.plan_heading)


def _no_form(file: Path) -> Diagnostic:
    return rules.NO_FORM.at(
        Span(file.as_posix()),
        "没有找到绩效目标：既没有“总体绩效目标”等标题，也没有绩效目标表。",
        "请确认是不是要导入的文件。表格是图片的，请先用文字识别（OCR）软件处理。",
    )
