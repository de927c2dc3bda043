"""What our own print view adds to a document: a cover, a list of projects, notes, an address.

Cover and list repeat what the forms say, so they are boilerplate only where they say the same;
whatever differs stays unplaced. Nothing of this is looked for in anybody else's document, but for
a list of projects: its sum is then the document's own statement.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from disclosure.intake.formats import labels
from disclosure.intake.formats.joining import lines
from disclosure.intake.formats.labels import Role
from disclosure.intake.formats.pieces import GridCell, TablePiece, TextPiece, after
from disclosure.intake.understanding import versions
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.read_form import ReadForm, amount
from disclosure.model.departments import Department
from disclosure.model.records import Disclosure, Project
from disclosure.model.whitespace import squeezed
from disclosure.pages.in_force import number_of

#: What our list says beside an amount or a name, and our cover beside the sum.
_MARK = re.compile(r"（已(?:撤销|调整|更正)(?:，首次公开[0-9.,]+)?）")
_FIRST_PUBLISHED = re.compile(r"（现行版本；首次公开.+）$")
_LIST_HEADS = ("序号", "项目名称", "项目编码", "预算单位", "预算数")
_LIST_TITLE = re.compile(r"(?P<year>[0-9]{4})年项目一览[(（]单位：万元[)）]")
_NOTE = re.compile(r"注[0-9]+(?:\s*·)?[:：]?\s*")
_FACT = re.compile(
    r"(?P<label>部门|年度|项目数|预算数合计|批复日期|公开日期|来源|版本|调整原因|网址)"
    r"[:：]?(?P<value>[^:：].*)"
)
_UNKNOWN = {"公开文件未注明", "未注明标题"}
_FILE = re.compile(r"\S+\.[A-Za-z0-9]{2,5}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATES = {"批复日期": "approved", "公开日期": "published"}
#: What a note may be about, as the page says it, and as the data does.
_OF_YEAR, _OF_FORM = (
    {field.title or name: name for name, field in record.model_fields.items()}
    for record in (Disclosure, Project)
)


class _Statement(Struct):
    """A statement of the cover: its label, what it says without white space, and its lines."""

    label: str
    value: str
    texts: list[TextPiece]


class OwnPrint(Struct, dict=True):
    """Recognises what we print around a disclosure.

    Attributes:
        is_ours: Whether the document is one of our own: it names its address.
        money: The unit of a list of projects.
        facts: Dates that the cover states, by the field of the year's file.
        notes: Public notes on the whole year: the field they speak of, and their words.
    """

    ledger: Ledger
    department: Department
    year: int
    is_ours: bool = False
    money: str = "万元"
    facts: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str | None, str]] = field(default_factory=list)
    _tables: list[TablePiece] = field(default_factory=list)
    _stated: list[_Statement] = field(default_factory=list)
    _above: list[TextPiece] = field(default_factory=list)
    _listed: list[TextPiece] = field(default_factory=list)
    _in_list: bool = False

    def __post_init__(self) -> None:
        page = rf"/{re.escape(self.department.id)}/{self.year}/([0-9A-Za-z]+/)?([0-9a-z-]+/)?"
        self._address = re.compile(rf"(本站|https?://[^/\s]+\S*?){page}")
        self.is_ours = any(
            text.bare.startswith("网址") and re.search(page, text.bare)
            for text in self.ledger.document.texts()
        )

    def line(self, text: TextPiece, forms: Sequence[ReadForm], *, begun: bool) -> bool:
        """Take a line of the cover, of the list, or of what stands below a form.

        Args:
            text: The line.
            forms: The forms so far.
            begun: Whether part one or two has begun.
        """
        if not self.is_ours:
            return False
        if not (begun or self._stated):
            self._above.append(text)
        if text.bare == squeezed(f"{self.department.name}{self.year}年度"):
            self._in_list = False
            self.ledger.mark_boilerplate(text)
            return True
        if _LIST_TITLE.fullmatch(text.bare):
            self._in_list = True
            self._listed.append(text)
            return True
        if self._in_list and not labels.TITLE.fullmatch(text.bare) and not text.edge:
            self._listed.append(text)
            return True
        self._in_list = False
        if _NOTE.match(text.text):
            self._note(text, forms[-1] if forms else None)
            return True
        return self._fact(text, forms, begun=begun)

    def _fact(self, text: TextPiece, forms: Sequence[ReadForm], *, begun: bool) -> bool:
        """Take a statement of the cover, or of what stands below a form."""
        found = _FACT.fullmatch(text.bare)
        goes_on = self._stated and not (begun or text.edge or labels.PART.match(text.bare))
        if not found and goes_on:
            self._stated[-1].value += text.bare  # a statement that took two lines
            self._stated[-1].texts.append(text)
            return True
        if not found or (begun and not forms):
            return False
        if forms and found["label"] in versions.LABELS:
            return versions.take(self.ledger, forms[-1], text, found["label"])
        self._stated.append(_Statement(found["label"], found["value"], [text]))
        return True

    def _note(self, text: TextPiece, form: ReadForm | None) -> None:
        """A public note: the place it speaks of, if any, then its words."""
        mark = _NOTE.match(text.text)
        assert mark is not None
        self.ledger.mark_boilerplate(text, mark.group())
        note = text.text[mark.end() :].strip()
        rows = form.rows if form else ()
        names = {squeezed(row.say(Role.LEVEL3)): row.say(Role.LEVEL3) for row in rows}
        at, note = self._place(text, note, {**(_OF_FORM if form else _OF_YEAR), **names})
        (form or self).notes.append((at, note))
        self.ledger.place(text, note, form.at("notes") if form else ("disclosure", "notes"))

    def _place(
        self, text: TextPiece, note: str, places: Mapping[str, str]
    ) -> tuple[str | None, str]:
        """The place that a note speaks of, if it is known, and what it says of it."""
        for place, known in places.items():
            head = f"{place}："
            if place and squeezed(note).startswith(head):
                self.ledger.mark_boilerplate(text, head)
                return known, after(note, head)
        return None, note

    def listing(self, table: TablePiece) -> bool:
        """Take a table that lists projects, by its heads."""
        head = next((row for row in table.rows() if any(cell.bare for cell in row)), ())
        names = {labels.bare(cell.text.text) for cell in head if cell.bare}
        if not ({"序号", "项目名称"} <= names <= {*_LIST_HEADS, "预算金额", "金额"}):
            return False
        self._tables.append(table)
        for cell in head:
            self.money = labels.money_unit(cell.text.text) or self.money
            self.ledger.mark_boilerplate(cell.text)
        return True

    def finish(self, forms: Sequence[ReadForm]) -> str | None:
        """Compare cover and lists with the forms; the printed sum of another list."""
        total = sum((Decimal(form.fields["total"]) for form in forms if _has_total(form)),
                    Decimal(0))  # fmt: skip
        for statement in self._stated:
            if self._holds(statement, forms, total):
                self._take(statement)
        title = squeezed(f"{self.department.name}{self.year}年预算绩效目标")
        stated = {text for statement in self._stated for text in statement.texts}
        above = [text for text in self._above if text not in stated]
        if "".join(text.bare for text in above) == title:
            for text in above:
                self.ledger.mark_boilerplate(text)
        if self._listed and _same(self._listed, self._expected(forms, total)):
            for text in self._listed:
                self.ledger.mark_boilerplate(text)
        sums = [self._sum(table, forms, total) for table in self._tables]
        return None if self.is_ours else next(filter(None, sums), None)

    def _holds(self, statement: _Statement, forms: Sequence[ReadForm], total: Decimal) -> bool:
        """Whether a statement of the cover is what the rest of the document says."""
        off = sum(map(_is_withdrawn, forms))
        known = {
            "部门": squeezed(self.department.name),
            "年度": f"{self.year}年",
            "项目数": number_of(len(forms) - off, off),
            "预算数合计": f"{total:,f}万元",
        }
        value = statement.value
        if statement.label == "网址":
            return bool(self._address.fullmatch(value))
        if statement.label in _DATES:
            return value in _UNKNOWN or bool(_DATE.fullmatch(value))
        value = _FIRST_PUBLISHED.sub("", value)
        return value.replace(",", "") == known.get(statement.label, value).replace(",", "")

    def _take(self, statement: _Statement) -> None:
        """Put dates and the source into the year's file; all else repeats what is there."""
        key = _DATES.get(statement.label)
        first = statement.texts[0]
        self.ledger.mark_boilerplate(first, statement.label)
        if statement.value in _UNKNOWN:
            pass  # boilerplate
        elif key:
            self.facts[key] = statement.value
            self.ledger.place(first, statement.value, ("disclosure", key))
        elif statement.label == "来源" and not self._source(statement):
            return
        for text in statement.texts:
            self.ledger.mark_boilerplate(text)

    def _source(self, statement: _Statement) -> bool:
        """The document that the printed data came from, by title or file; each form repeats it.

        Whether it is the same everywhere.
        """
        parts = [after(statement.texts[0].text, "来源").lstrip("：:"),
                 *(text.text for text in statement.texts[1:])]  # fmt: skip
        key = "file" if _FILE.fullmatch(statement.value) else "title"
        if key in self.facts:
            return squeezed(self.facts[key]) == statement.value
        self.facts[key] = lines(parts)
        for text, part in zip(statement.texts, parts, strict=True):
            self.ledger.place(text, part, ("disclosure", "source", key))
        return True

    def _expected(self, forms: Sequence[ReadForm], total: Decimal) -> str:
        """All that our list says, in any order."""
        units = {unit.code: unit.name for unit in self.department.units}
        values = (form.fields.get(key, "") for form in forms for key in ("number", "code", "total"))
        rows = (*values, *map(_listed_name, forms))
        names = (units.get(form.fields.get("unit", ""), "") for form in forms)
        title = f"{self.year}年项目一览（单位：万元）"
        return squeezed("".join([title, *_LIST_HEADS, *rows, *names, "合计", f"{total:f}"]))

    def _sum(self, table: TablePiece, forms: Sequence[ReadForm], total: Decimal) -> str | None:
        """Compare a listed table cell by cell; the sum below it, in 万元."""
        units = {unit.code: unit.name for unit in self.department.units}
        known = {form.fields[key]: form for form in forms for key in ("name", "code")
                 if key in form.fields}  # fmt: skip
        stated = None
        for row in table.rows():
            form = next((known[cell.text.text] for cell in row if cell.text.text in known), None)
            if form is not None:
                values = {squeezed(value) for value in form.fields.values()}
                values.add(squeezed(units.get(form.fields.get("unit", ""), "")))
                values.add(squeezed(_listed_name(form)))
                self._mark_known_cells(row, values)
            elif any(cell.bare in {"合计", "总计"} for cell in row):
                self._mark_known_cells(row, {"合计", "总计"})
                stated = stated or self._stated_sum(row, total)
        return stated

    def _stated_sum(self, row: Sequence[GridCell], total: Decimal) -> str | None:
        for cell in row:
            value, converted = amount(cell.bare, self.money)
            if not labels.MONEY.fullmatch(cell.bare) or not self.ledger.is_open(cell.text):
                continue
            if self.is_ours and Decimal(value) == total:
                self.ledger.mark_boilerplate(cell.text)
            elif not self.is_ours:
                where = ("disclosure", "total")
                self.ledger.place(cell.text, cell.text.text, where, converted=converted)
            return value
        return None

    def _mark_known_cells(self, row: Iterable[GridCell], known: set[str]) -> None:
        for cell in row:
            if cell.bare in known or _unmarked(cell.bare) in known:
                self.ledger.mark_boilerplate(cell.text)


def _listed_name(form: ReadForm) -> str:
    """A project's name as our list has it."""
    return form.fields.get("name", "") + ("（已撤销）" if _is_withdrawn(form) else "")


def _is_withdrawn(form: ReadForm) -> bool:
    return form.adjustment.get("kind") == "withdrawal"


def _unmarked(text: str) -> str:
    """A text of our list as the form has it: without marks, an amount without separators."""
    plain = _MARK.sub("", text)
    return plain.replace(",", "") if labels.MONEY.fullmatch(plain) else plain


def _has_total(form: ReadForm) -> bool:
    return bool(labels.MONEY.fullmatch(form.fields.get("total", "")))


def _same(texts: Sequence[TextPiece], expected: str) -> bool:
    """Whether some lines hold just these characters, in whatever order cells were broken."""
    printed = "".join(_unmarked(text.bare) for text in texts).replace(",", "")
    return Counter(printed) == Counter(_unmarked(expected))
