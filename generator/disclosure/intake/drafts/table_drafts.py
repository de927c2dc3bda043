"""The files that the target tables of some documents give, and the forms that were learned."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from disclosure.forms.form import Form
from disclosure.forms.values import Values
from disclosure.intake.drafts import table_records
from disclosure.intake.drafts.table_records import Record
from disclosure.intake.drafts.yamltext import YamlValue
from disclosure.intake.understanding.ledger import Where
from disclosure.intake.understanding.reading_tables import ReadTable
from disclosure.model.whitespace import squeezed

_CODE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")
_MAX_CODE = 40
_MAX_PREFIX = 31  # of the id of a form, which has at most 40 letters


class DraftedFile(Struct, frozen=True):
    """A file that a table gives.

    Attributes:
        table: The table.
        path: Below the year's folder.
        kind: Which schema it has: `project`, `result`, `department-result`.
        record: Its fields.
        item: Which of the table's projects it is, where the table lists several.
    """

    table: ReadTable
    path: str
    kind: str
    record: Record
    item: int | None = None

    @property
    def origin(self) -> Where:
        """How the ways to its values begin in the accounts of the document."""
        whole: Where = ("table", self.table.number)
        return whole if self.item is None else (*whole, "projects", self.item)


class TableDrafts(Struct):
    """Makes files of tables.

    Attributes:
        ids: The ids of the projects that the year has, by name without white space; those of
            projects that are made here are added.
        numbers: Their places in the documents, by name.
        codes: The codes of those that have one, by name.
        units: The department's units: their codes by name.
        forms: The id of each form, by its identity.
        projects: The name and number of each project that the year has, by id.
        files: The files.
        lists: Tables that list projects, for the year's file.
        department_table: The table of the whole department, for the year's file.
    """

    ids: dict[str, str]
    numbers: Mapping[str, int]
    codes: Mapping[str, str]
    units: Mapping[str, str]
    forms: Mapping[int, str]
    projects: Mapping[str, tuple[str, int]]
    files: list[DraftedFile] = field(default_factory=list)
    lists: list[YamlValue] = field(default_factory=list)
    department_table: Record | None = None
    _number: int = 0
    _numbers: list[int] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _evaluated: set[str] = field(default_factory=set)
    _names: set[str] = field(default_factory=set)
    _own: dict[str, Record] = field(default_factory=dict)  # by id, those of this document

    def of_documents(self, documents: Sequence[Sequence[ReadTable]]) -> list[list[DraftedFile]]:
        """Make the files of all tables; evaluations after the projects that they are of.

        Returns:
            The files of each document, whichever of them is first.
        """
        made: list[list[DraftedFile]] = [[] for _ in documents]
        for are_evaluations in (False, True):
            for tables, files in zip(documents, made, strict=True):
                begun = len(self.files)
                self._own = {}
                self._add(one for one in tables if _is_evaluation(one) == are_evaluations)
                files.extend(self.files[begun:])
        return made

    def _add(self, tables: Iterable[ReadTable]) -> None:
        for table in (one for one in tables if not one.is_blank):
            form_id = self.forms.get(id(table.form), table.form.id)
            kind = table.form.kind
            if kind == "project":
                self._project(table.values, table, form_id)
            elif kind == "projects":
                self._list(table, form_id)
            elif kind == "department":
                self._department(table, form_id)
            elif kind == "evaluation":
                self._evaluation(table, form_id)
            else:
                record = table_records.evaluation(table, form_id, "department-result/1")
                self.files.append(
                    DraftedFile(table, "results/department.yml", "department-result", record)
                )

    def _project(self, item: Values, table: ReadTable, form_id: str, at: int | None = None) -> str:
        """A project's file; the id it has."""
        named = squeezed(item.texts.get("name", ""))
        others = {id_ for id_, (name, _) in self.projects.items() if name != named}
        number = self._next(item, others)
        record = table_records.project(item, table, form_id, number)
        record["unit"] = record["unit"] or self._unit(item)
        record["number"] = item.texts.get("number") or str(number)
        id_ = self._id(item, self._taken, others)
        if name := item.texts.get("name", "").strip():
            self.ids.setdefault(squeezed(name), id_)
            self._names.add(name)
        if id_ in self.codes.values():
            record["code"] = id_
        id_ = self._entry(id_, record)
        self.files.append(DraftedFile(table, f"projects/{id_}.yml", "project", record, at))
        return id_

    def _entry(self, id_: str, record: Record) -> str:
        """The id, with a number where the document has said something else of it before."""
        entry, number = id_, 1
        while entry in self._own and not table_records.are_same(self._own[entry], record):
            number += 1
            entry = f"{id_}-{number}"
        self._own[entry] = record
        self._taken.add(entry)
        return entry

    def _next(self, item: Values, others: Iterable[str]) -> int:
        """The number that the project has in the data, or else the next one."""
        known = self.numbers.get(squeezed(item.texts.get("name", "")))
        if known is None or known in self._numbers:
            theirs = (self.projects[id_][1] for id_ in others)
            taken = {*self.numbers.values(), *self._numbers, *theirs}
            known = max(taken, default=0) + 1
        self._numbers.append(known)
        self._number = known
        return known

    def _id(self, item: Values, taken: set[str], others: Collection[str]) -> str:
        """The code, or the id that the project of that name has, or a number that is free.

        Args:
            item: What the table says.
            taken: The ids of the tables before it, which may not be given again.
            others: The ids of other projects, which no number may be.
        """
        code = squeezed(item.texts.get("code", ""))
        known = self.ids.get(squeezed(item.texts.get("name", "")))
        id_ = ""
        if _CODE.fullmatch(code) and len(code) <= _MAX_CODE:
            id_ = code
        elif known is not None and known not in taken:
            id_ = known
        number = self._number or 1
        while not id_:
            free = f"{number:02}"
            id_ = "" if free in {*taken, *others, *self.ids.values()} else free
            number += 1
        taken.add(id_)
        return id_

    def _unit(self, item: Values) -> str | None:
        """The unit that the table names; where the department has only one, it is that."""
        facts = {squeezed(text) for path, text in item.texts.items() if path.startswith("facts.")}
        named = [code for name, code in self.units.items() if facts & {name, code, code + name}]
        if len(named) == 1:
            return named[0]
        return next(iter(self.units.values())) if len(self.units) == 1 else None

    def _list(self, table: ReadTable, form_id: str) -> None:
        sums: list[tuple[Values, str | None]] = []
        waiting: list[Values] = []
        for at, item in enumerate(table.values.lists.get("projects", ())):
            if table_records.is_sum(item):
                waiting.append(item)
                continue
            id_ = self._project(item, table, form_id, at)
            sums += [(one, id_) for one in waiting]
            waiting = []
        sums += [(one, None) for one in waiting]
        self.lists.append(table_records.project_list(table, form_id, sums))

    def _department(self, table: ReadTable, form_id: str) -> None:
        if self.department_table is None:  # the report names any other
            self.department_table = table_records.department(table, form_id)

    def _evaluation(self, table: ReadTable, form_id: str) -> None:
        self._number += 1
        record = table_records.evaluation(table, form_id, "result/1")
        projects = {*self.projects, *self._taken}
        id_ = self._evaluated_id(table.values, projects)
        if id_ not in projects:
            self._evaluated_project(table, id_)
        if record["name"] in self._names:
            del record["name"]  # the target table of the same document says it
        if id_ in self.codes.values():
            record["code"] = id_
        self.files.append(DraftedFile(table, f"results/{id_}.yml", "result", record))

    def _evaluated_id(self, item: Values, projects: set[str]) -> str:
        """The id of the project that is evaluated; one without a code is known by its name."""
        name = squeezed(item.texts.get("name", ""))
        code = squeezed(item.texts.get("code", ""))
        known = self.ids.get(name)
        coded = {squeezed(named): one for named, one in self.codes.items()}
        if known in projects - self._evaluated and code not in projects and name not in coded:
            self._evaluated.add(known)
            return known
        return self._id(item, self._evaluated, projects)

    def _evaluated_project(self, table: ReadTable, id_: str) -> None:
        """The project of an evaluation whose target table is not there: what the evaluation says.

        Without a project the evaluation would have no page.
        """
        item = table.values
        record = table_records.evaluated_project(item, table, self._next(item, self.projects))
        record["unit"] = self._unit(item)
        if name := item.texts.get("name", "").strip():
            self.ids[squeezed(name)] = id_
        self._taken.add(id_)
        self.files.append(DraftedFile(table, f"projects/{id_}.yml", "project", record))


def _is_evaluation(table: ReadTable) -> bool:
    """Whether a table is a self-evaluation of a project."""
    return table.form.kind == "evaluation"


def named(
    learned: Sequence[Form], department: str, taken: Iterable[str]
) -> Iterator[tuple[Form, str]]:
    """Learned forms with their ids: `<department>-form-<number>`, the next that are free.

    Of a department with a long id only its beginning, or the form's would be too long.
    """
    known = {*taken}
    number = 0
    for form in learned:
        id_ = ""
        while not id_ or id_ in known:
            number += 1
            id_ = f"{department[:_MAX_PREFIX].rstrip('-')}-form-{number}"
        known.add(id_)
        yield form, id_
