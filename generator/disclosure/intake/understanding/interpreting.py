"""From the pieces of a document to what it says: part one, forms, boilerplate, and the rest.

Each text is offered to one recogniser after the other; the first that knows it takes it. What
nobody knows stays unplaced, and the ledger will name it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.forms.form import Form
from disclosure.intake.formats import labels
from disclosure.intake.formats.labels import Head
from disclosure.intake.formats.pieces import Document, TablePiece, TextPiece
from disclosure.intake.understanding import (
    finishing,
    hebei_form,
    page_joining,
    reading_tables,
    surroundings,
    target_tables,
    traditional_labels,
    unprinted_sheet,
    unread_tables,
)
from disclosure.intake.understanding.hebei_table import HebeiFormReader
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.own_print import OwnPrint
from disclosure.intake.understanding.part_one import PartOne
from disclosure.intake.understanding.read_form import ReadForm
from disclosure.intake.understanding.reading_tables import ReadTable
from disclosure.intake.understanding.surroundings import UnrelatedPart
from disclosure.intake.understanding.unread_tables import Unread
from disclosure.model.dataset import DepartmentData
from disclosure.model.departments import Department
from disclosure.model.whitespace import squeezed

_LEADERS = re.compile(r"[.．…·\s]*[0-9]*$")
_MAX_TITLE = 80
_DOCUMENT_TITLE = re.compile(r"(?!.{1,2}、).*(?:目标|公开|情况|表)")
_UNIT = re.compile(r"[\[【(（]?(?P<code>[0-9]{3,20})[\]】)）]?[-—]?(?P<name>.*)")


class Interpreted(Struct, frozen=True, eq=False):
    """What a document says.

    Attributes:
        ledger: Where each of its characters went.
        part_one: Its part one; empty when there is none.
        forms: Its forms, in order.
        title: The document's own title, if one was printed.
        total: The printed sum of all projects, if one was printed, in 万元.
        notes: Public notes on the whole year that were printed, with the field they speak of.
        is_ours: Whether we made the document from data, which is then not its source.
        facts: Dates that were printed, by the field of the year's file.
        tables: The tables of targets that were read in their form.
        unread: Tables of targets that no form gives back.
        others: Tables that are not about targets.
        chapters: Chapters of a document with such tables that are not about targets.
        unprinted: What our own workbook says of files beside its tables, by their paths.
    """

    ledger: Ledger
    part_one: PartOne
    forms: tuple[ReadForm, ...]
    title: str | None = None
    total: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str | None, str], ...] = ()
    is_ours: bool = False
    tables: tuple[ReadTable, ...] = ()
    unread: tuple[Unread, ...] = ()
    others: tuple[UnrelatedPart, ...] = ()
    chapters: tuple[UnrelatedPart, ...] = ()
    unprinted: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the document's file."""
        return self.ledger.document.name

    @property
    def says_of_year(self) -> bool:
        """Whether it says something of the whole year, without a part one or a target table."""
        return bool(self.facts or self.notes or self.total)

    @property
    def projects(self) -> tuple[ReadForm, ...]:
        """The forms that are no self-evaluation."""
        return tuple(form for form in self.forms if not form.evaluation)


class _DocumentInterpreter(Struct, dict=True):
    ledger: Ledger
    department: Department
    year: int
    forms: list[ReadForm] = field(default_factory=list)
    title: TextPiece | None = None
    one: bool = False
    two: bool = False
    contents: list[TextPiece] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)
    in_contents: bool = False

    def __post_init__(self) -> None:
        self.part_one = PartOne(self.ledger)
        self.own = OwnPrint(self.ledger, self.department, self.year)
        self.grid = HebeiFormReader(self.ledger, self.line, self.unit, self.start)

    def start(self) -> ReadForm:
        """Begin another form."""
        self.part_one.stop()
        self.forms.append(ReadForm(len(self.forms)))
        self.grid.begin(self.forms[-1])
        return self.forms[-1]

    def table(self, table: TablePiece) -> None:
        """Read a table: a list of projects, or a form or a part of one."""
        self.in_contents = False
        if not self.own.listing(table):
            self.grid.read(table)

    def line(self, text: TextPiece) -> bool:
        """Offer a text to every recogniser; whether one knew it."""
        if not text.bare:
            return True
        return any(
            known(text)
            for known in (
                self._contents,
                self._own,
                self._boilerplate,
                self._part,
                self._form_title,
                self._form_line,
                self._document_title,
                self.part_one.heading if not self.two else _no,
                self.part_one.line if text.page or not text.edge else _no,
            )
        )

    def _own(self, text: TextPiece) -> bool:
        begun = bool(self.forms or self.two or self.part_one.is_available or self.one)
        taken = self.own.line(text, self.forms, begun=begun)
        if taken and text.bare.startswith("注"):
            self.part_one.stop()
        return taken

    def _boilerplate(self, text: TextPiece) -> bool:
        """A page number, the number of an attachment, a raised mark that refers to a note."""
        number = (text.page or text.edge) and labels.PAGE_NUMBER.fullmatch(text.bare)
        field_only = text.edge and labels.PAGE_FIELD.fullmatch(text.bare)
        year = labels.YEAR_LINE.fullmatch(text.bare)
        same_year = year is not None and year[1] == str(self.year)
        attached = labels.ATTACHMENT.fullmatch(text.bare)
        own_name = text.bare == squeezed(self.department.name)
        if not (number or field_only or text.mark or same_year or attached or own_name):
            return False
        self.ledger.mark_boilerplate(text)
        return True

    def _contents(self, text: TextPiece) -> bool:
        """The table of contents: it repeats headings, and ends where the first of them stands."""
        if text.bare == "目录":
            self.in_contents = True
            self.ledger.mark_boilerplate(text)
            return True
        if not self.in_contents or text.edge:
            return False
        if _entry(text) in self.entries:
            self.in_contents = False
            return False
        self.contents.append(text)
        self.entries.add(_entry(text))
        return True

    def _part(self, text: TextPiece) -> bool:
        bare = text.unnumbered
        one, two = labels.PART_ONE.fullmatch(bare), labels.PART_TWO.fullmatch(bare)
        if not (one or two or labels.PART.fullmatch(bare)):
            return False
        self.one = True
        self.part_one.is_announced = self.part_one.is_announced or bool(one)
        self.two = bool(two) or (self.two and not one)
        self.part_one.stop()
        self.ledger.mark_boilerplate(text)
        return True

    def _form_title(self, text: TextPiece) -> bool:
        """The title of a form, with the project's number and name or without."""
        found = labels.TITLE.fullmatch(text.bare)
        if not found or len(text.bare) > _MAX_TITLE or "。" in text.bare:
            return False
        form = self.start()
        form.evaluation = "自评" in found["kind"]
        form.title = text.text.strip()
        if found["number"]:
            form.set(self.ledger, "number", text, found["number"])
        name = found["name"]
        if name and labels.YEAR_LINE.fullmatch(name):
            self.ledger.mark_boilerplate(text, name)
        elif name:
            form.titles.append((text, name))
        self.ledger.mark_boilerplate(text, found["kind"])
        rest = text.bare[: found.start("number") if found["number"] else found.start("name")]
        self.ledger.mark_boilerplate(text, rest)
        if found["number"]:
            self.ledger.mark_boilerplate(text, text.bare[found.end("number") :][0])
        return True

    def _form_line(self, text: TextPiece) -> bool:
        """A line above the grid: the unit's code and name, the unit of money."""
        money = labels.MONEY_LINE.fullmatch(text.bare)
        found = labels.UNIT_LINE.fullmatch(text.bare)
        if money and not self.forms:  # above a list of projects
            self.own.money = money["money"]
            self.ledger.mark_boilerplate(text)
            return True
        if not self.forms or not (money or found):
            return False
        form = self.forms[-1]
        stated = money or found
        form.money = (stated and stated["money"]) or form.money
        if money:
            self.ledger.mark_boilerplate(text)
        elif found:
            self._unit_code(form, text, found["code"], found["name"])
            before, after = text.bare[: found.start("code")], text.bare[found.end("name") :]
            self.ledger.mark_boilerplate(text, before)
            self.ledger.mark_boilerplate(text, after)
        return True

    def unit(self, form: ReadForm, text: TextPiece, head: Head) -> None:
        """The value of 预算单位 or 主管部门: a code and a name, or one of them."""
        names = {unit.name: unit.code for unit in self.department.units}
        if head is Head.DEPARTMENT:
            name = text.bare.removeprefix(self.department.code or "").lstrip("-—")
            if name == squeezed(self.department.name):
                self.ledger.mark_boilerplate(text)
            return
        found = _UNIT.fullmatch(text.bare)
        if found:
            self._unit_code(form, text, found["code"], found["name"])
            if found["name"] not in {left.part for left in self.ledger.left_of(text)}:
                self.ledger.mark_boilerplate(text)
        elif text.bare in names:
            form.fields.setdefault("unit", names[text.bare])
            self.ledger.mark_boilerplate(text)

    def _unit_code(self, form: ReadForm, text: TextPiece, code: str, name: str) -> None:
        """A unit's code goes into the form; its name must be the one the department knows."""
        form.set(self.ledger, "unit", text, code)
        known = {unit.code: squeezed(unit.name) for unit in self.department.units}
        if name and known.get(code) == name:
            self.ledger.mark_boilerplate(text, name)

    def _document_title(self, text: TextPiece) -> bool:
        """The title of the whole document, before anything else."""
        begun = self.forms or self.part_one.is_available or self.two or self.title
        named = any(name in text.bare for name in (self.department.name, str(self.year)))
        about = named and "绩效" in text.bare and _DOCUMENT_TITLE.fullmatch(text.bare)
        if begun or not (about or surroundings.is_book_of(text, self.department, self.year)):
            return False
        self.title = text
        return True


def _no(_text: TextPiece) -> bool:
    return False


def _entry(text: TextPiece) -> str:
    """An entry of a table of contents without its dots and page number."""
    return _LEADERS.sub("", text.bare)


def interpret(document: Document, department: DepartmentData, year: int) -> Interpreted:
    """What a document of a department's year says."""
    document, repeated = page_joining.joined(traditional_labels.simplified(document))
    ledger, document, unprinted = _begun(document, repeated)
    own = [form for form in department.forms.values() if isinstance(form, Form)]
    found = target_tables.find_tables(document.pieces, repeated, own)
    by_line = hebei_form.is_by_line(document.pieces, found)
    targets = [one for one in found.targets if not hebei_form.is_hebei_form(one.grid)]
    tables = reading_tables.read_all(targets, ledger, department.department.as_of(year), own, year)
    tables.unread += [] if by_line else [*found.doubtful]
    taken = {target.piece for target in targets}
    reader = _DocumentInterpreter(ledger, department.department.as_of(year), year)
    skipped = _read_pieces(reader, document, taken, found, by_line=by_line)
    _close_contents(reader.ledger, reader.contents)
    unread = (*tables.unread_places(), *unread_tables.torn(document.pieces))
    if taken or skipped or unread:
        _drop_headings(reader)
    known = [one.current for data in department.years if data.year == year for one in data.projects]
    reader.forms, misread = finishing.finished(reader.forms, ledger, known)
    unread = (*unread, *unread_tables.holding(misread, document.pieces))
    total = reader.own.finish(reader.forms)
    surroundings.headings(reader.ledger, [*document.texts()], tables.names())
    title = _title(reader)
    surroundings.set_aside(document, found, ledger, skipped, reader.department.name)
    return Interpreted(
        reader.ledger,
        reader.part_one,
        tuple(reader.forms),
        title,
        total,
        reader.own.facts,
        tuple(reader.own.notes),
        reader.own.is_ours,
        tuple(tables.tables),
        unread,
        surroundings.others(document, found, skipped),
        surroundings.chapters(document, ledger, skipped),
        unprinted,
    )


def _begun(
    document: Document, repeated: Collection[TextPiece]
) -> tuple[Ledger, Document, Mapping[str, Mapping[str, Any]]]:
    """The accounts of a document, what of it is still to be read, and what the last sheet says."""
    ledger = Ledger(document)
    pieces, unprinted = unprinted_sheet.taken_from(document.pieces)
    unprinted.account(ledger)
    for text in repeated:
        ledger.mark_boilerplate(text)
    return ledger, replace(document, pieces=pieces), unprinted.files


def _drop_headings(reader: _DocumentInterpreter) -> None:
    """Titles above tables that were read in their own form begin no form of their own."""
    for form in reader.forms:
        for key in form.fields if not form.says_something else ():
            reader.ledger.move(form.at(key), None)
        for text, name in form.titles if not form.says_something else ():
            reader.ledger.mark_boilerplate(text, name)
    reader.forms = [form for form in reader.forms if form.says_something]


def _read_pieces(
    reader: _DocumentInterpreter,
    document: Document,
    taken: Collection[TablePiece | None],
    found: target_tables.FoundTables,
    *,
    by_line: bool,
) -> list[TablePiece]:
    """Read whatever no table of targets took; the tables that are not about targets."""
    unread = {target.piece for target in found.doubtful if not by_line}
    others = {table for table, _ in found.others}
    parts = hebei_form.parts(document.pieces, found) if by_line else hebei_form.parts_one(found)
    skipped = []
    for piece in document.pieces:
        if isinstance(piece, TextPiece):
            readable = not (piece.out_of_flow or piece.unrelated)
            if readable and (reader.ledger.is_open(piece) or not piece.bare):
                reader.line(piece)
        elif piece in taken or piece in unread or piece.torn:
            reader.in_contents = False
            reader.part_one.stop()
        elif piece in others - parts:
            if not reader.own.listing(piece):
                skipped.append(piece)
        else:
            reader.table(piece)
    return skipped


def _title(reader: _DocumentInterpreter) -> str | None:
    """The title of the year's source."""
    if reader.title is None or reader.own.is_ours:
        return reader.own.facts.get("title")
    return _take_title(reader.ledger, reader.title, names_year=reader.part_one.is_available)


def _take_title(ledger: Ledger, title: TextPiece, *, names_year: bool) -> str | None:
    """The title of a document with a part one names the year's source; any other is a heading."""
    if not names_year:
        ledger.mark_boilerplate(title)
        return None
    printed = title.text.strip()
    ledger.place(title, printed, ("disclosure", "source", "title"))
    return printed


def _close_contents(ledger: Ledger, entries: Collection[TextPiece]) -> None:
    """An entry of the contents is boilerplate when a heading of the document says the same."""
    listed = set(entries)
    headings = Counter(
        _entry(text) for text in ledger.document.texts() if text not in listed and text.bare
    )
    for text in entries:
        if headings[_entry(text)]:
            ledger.mark_boilerplate(text)
