"""From what documents say to the files of format 1, as drafts.

Nothing is invented: what the document does not say is `~`, and the check will name it. Nothing is
lost: what has no field of its own stands under its printed head, what has no place in a comment
near where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count

from msgspec import Struct, field

from disclosure.forms.record_values import PLAN_HEADING
from disclosure.intake.drafts import page_numbers, table_records
from disclosure.intake.drafts.page_numbers import PageNumbers
from disclosure.intake.drafts.table_drafts import DraftedFile, TableDrafts
from disclosure.intake.drafts.table_records import Record
from disclosure.intake.drafts.unplaced_comments import UnplacedComments
from disclosure.intake.drafts.yamltext import YamlValue
from disclosure.intake.formats.labels import Role
from disclosure.intake.understanding.indicators import target
from disclosure.intake.understanding.interpreting import Interpreted
from disclosure.intake.understanding.ledger import Where
from disclosure.intake.understanding.read_form import ReadForm, points
from disclosure.model.whitespace import squeezed

#: The names of a form's values in notes.
_TITLES = {"total": "预算数", "fiscal": "其中：财政资金", "other": "其他资金",
           "budget": "全年预算数", "spent": "全年执行数"}  # fmt: skip
_DRAFT = "由公开文件转录的草稿，请与原文核对；写着 ~ 的是原文没有的。"
_CODE = re.compile(r"[0-9A-Za-z]{1,60}")  # what may name a file
_SCHEMA = "yaml-language-server: $schema={up}schemas/{name}.schema.json"


class Draft(Struct, frozen=True):
    """One file to be written.

    Attributes:
        document: The name of the document it comes from.
        path: Below the year's folder, such as `projects/13080324P00514210001L.yml`.
        head: Comment lines at its beginning.
        record: Its fields in their order.
        comments: What has no place, behind the field after which it stood.
        origin: How the ways to its values begin in the accounts of its document; empty for the
            year's file, which holds what stands in no other.
    """

    document: str
    path: str
    head: tuple[str, ...]
    record: Mapping[str, YamlValue]
    comments: Mapping[tuple[str | int, ...], Sequence[str]]
    origin: Where = ()


def schema_line(kind: str) -> str:
    """What tells an editor how a file is built that stands in a folder of a year."""
    return _SCHEMA.format(up="../../../../", name=kind)


class KnownData(Struct, frozen=True):
    """What the data of the year says already.

    Attributes:
        codes: The codes of its projects by name, for forms that print none.
        plan_heading: The head of the spending plan on its forms.
        ids: The ids of its projects by name without white space.
        numbers: Their places in the documents, by name without white space.
        units: The codes of the department's units by name.
        forms: The ids of the forms that tables have, by the identity of the form.
        projects: The name without white space and the number of each of its projects, by id.
        is_begun: Whether the year has its file; evaluations alone give none otherwise.
        source: The name of the document that the year says it is from.
    """

    codes: Mapping[str, str] = field(default_factory=dict)
    plan_heading: str | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[int, str] = field(default_factory=dict)
    projects: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    is_begun: bool = True
    source: str | None = None


def drafts(found: Sequence[Interpreted], year: int, known: KnownData) -> tuple[Draft, ...]:
    """The files that some documents of one department's year give.

    Args:
        found: What each document says; the first with a part one is the year's source.
        year: The budget year.
        known: What the data says already.
    """
    _find_codes([form for one in found for form in one.forms], known.codes)
    tables = TableDrafts(
        {**known.ids}, known.numbers, known.codes, known.units, known.forms, known.projects
    )
    files = tables.of_documents([one.tables for one in found])
    made: list[Draft] = []
    source = _main(found)
    pages = page_numbers.of_source(source, None if not known.is_begun else known.source or "")
    if any(map(_says_of_year, found)) or not known.is_begun:
        made.append(_disclosure(found, year, known.plan_heading, tables, pages))
    numbers, taken = 0, {*known.projects, *known.ids.values(), *map(_id_of, tables.files)}
    for one, of_tables in zip(found, files, strict=True):
        comments = UnplacedComments(one)
        for form in one.forms:
            numbers += not form.evaluation
            number = known.numbers.get(squeezed(form.fields.get("name", "")), numbers)
            record = _result(form) if form.evaluation else _project(form, number)
            record = _with_extras(record, form)
            if one is source and not form.evaluation:
                record = pages.with_page(record, form.at())
            remarks = comments.of(("form", form.number))
            name = _file_name(form, known, made) or _free_name(form, number, taken, made)
            taken.add(name)
            made.append(_form(one.name, form, record, remarks, name))
        of_source = pages if one is source else page_numbers.PageNumbers()
        made += (_of_table(one.name, file, comments, of_source) for file in of_tables)
    return tuple(made)


def _main(found: Sequence[Interpreted]) -> Interpreted:
    """The document that is the year's source."""
    return next((one for one in found if one.part_one.is_available), found[0])


def _says_of_year(found: Interpreted) -> bool:
    """Whether a document gives a file of the year and not only evaluations."""
    targets = any(
        not table.is_blank and not table.form.kind.endswith("evaluation") for table in found.tables
    )
    return targets or found.part_one.is_available or bool(found.projects) or found.says_of_year


def _of_table(
    document: str, file: DraftedFile, comments: UnplacedComments, pages: PageNumbers
) -> Draft:
    """The draft of a file that a table gives."""
    head = (schema_line(file.kind), _DRAFT)
    remarks = comments.of(("table", file.table.number))
    record = file.record
    if file.kind == "project" and file.table.form.kind != "evaluation":
        record = pages.with_page(record, file.origin)
    return Draft(document, file.path, head, record, remarks, file.origin)


def _find_codes(forms: Sequence[ReadForm], codes: Mapping[str, str]) -> None:
    """Give a form that prints no code the one that its project has elsewhere, by its name."""
    printed = {form.fields["name"]: form.fields["code"] for form in forms
               if {"name", "code"} <= form.fields.keys()}  # fmt: skip
    for form in forms:
        code = {**codes, **printed}.get(form.fields.get("name", ""))
        if code:
            form.fields.setdefault("code", code)


def _disclosure(
    every: Sequence[Interpreted],
    year: int,
    plan_heading: str | None,
    tables: TableDrafts,
    pages: PageNumbers,
) -> Draft:
    found = _main(every)
    part_one = found.part_one
    facts = {key: date for one in reversed(every) for key, date in one.facts.items()}
    record: dict[str, YamlValue] = {
        "schema": "disclosure/1",
        "year": str(year),
        "approved": facts.get("approved"),
        "published": facts.get("published"),
        "source": _source(found, pages) if any(map(_says_of_year, every)) else _NO_SOURCE,
    }
    notes = [note for one in every for note in one.notes]
    if totals := _distinct(one.total for one in every):
        record["total"] = totals[0]
        notes += [(None, f"公开文件另列“预算数合计”：{other}万元。") for other in totals[1:]]
    if heading := _plan_heading(every, None if part_one.is_available else plan_heading):
        record["plan_heading"] = heading
    record["overall_goal"] = "\n".join(part_one.overall) or None
    record["objectives"] = [
        {key: each.get(key) for key in ("name", "goal", "indicators")}
        for each in part_one.objectives
    ]
    record["safeguards"] = list(part_one.safeguards)
    if tables.department_table is not None:
        record["department_table"] = tables.department_table
    if tables.lists:
        record["project_lists"] = tables.lists
    if notes:
        record["notes"] = _noted(notes)
    head = (_SCHEMA.format(up="../../../", name="disclosure"), _DRAFT)
    return Draft(found.name, "disclosure.yml", head, record, _remarks_on_year(every))


def _remarks_on_year(every: Iterable[Interpreted]) -> Mapping[tuple[str | int, ...], Sequence[str]]:
    """What has no place in any of the documents and stood near what the year's file says."""
    comments: dict[tuple[str | int, ...], list[str]] = {}
    for one in every:
        for where, remarks in UnplacedComments(one).of(("disclosure",)).items():
            comments.setdefault(where, []).extend(remarks)
    return comments


#: What a year says of its source of which only evaluations were taken in.
_NO_SOURCE: Mapping[str, YamlValue] = {"title": None, "file": None, "sha256": None}


def _source(found: Interpreted, pages: PageNumbers) -> Record:
    """The document, or where it is one of our own, what that says it was made from."""
    if found.is_ours:
        return {"title": found.title, "file": found.facts.get("file"), "sha256": None}
    document = found.ledger.document
    page = {"page": str(pages.first)} if pages.first else {}
    return {"title": found.title, "file": document.name, "sha256": document.sha256, **page}


def _distinct(values: Iterable[str | None]) -> list[str]:
    """What is said, each once, in order."""
    return list(dict.fromkeys(value for value in values if value))


def _plan_heading(found: Sequence[Interpreted], known: str | None) -> str | None:
    """The head of the spending plan that all forms have; where they differ, each notes its own.

    `known` is what the other forms of the year have, if there are any. A head that claims no
    unit says no more than none.
    """
    forms = [form for one in found for form in one.forms if "plan_heading" in form.fields]
    heads = _distinct([known, *(form.fields["plan_heading"] for form in forms)])
    if len(heads) < 2:
        return next((head for head in heads if head != PLAN_HEADING), None)
    for form in forms:
        if form.fields["plan_heading"] != known:
            heading = form.fields["plan_heading"]
            form.notes.append(("spending_plan", f"公开文件的表头为“{heading}”。"))
    return None


def _form(
    document: str,
    form: ReadForm,
    record: dict[str, YamlValue],
    comments: Mapping[tuple[str | int, ...], Sequence[str]],
    name: str,
) -> Draft:
    """A form's file."""
    kind = "result" if form.evaluation else "project"
    if notes := _notes(form):
        record["notes"] = _noted(notes)
    head = (_SCHEMA.format(up="../../../../", name=kind), _DRAFT)
    origin = ("form", form.number)
    return Draft(document, _path(form, name), head, record, comments, origin)


def _path(form: ReadForm, name: str) -> str:
    folder = "results" if form.evaluation else "projects"
    version = f"@{form.adjustment['date']}" if form.adjustment else ""
    return f"{folder}/{name}{version}.yml"


def _file_name(form: ReadForm, known: KnownData, made: Sequence[Draft]) -> str:
    """The id that the project has in the data, unless another form has it, or its code."""
    code, name = form.fields.get("code", ""), form.fields.get("name", "")
    id_ = known.ids.get(squeezed(name), "")
    is_known = bool(id_) and known.codes.get(name, "") == code
    if is_known and _path(form, id_) not in {one.path for one in made}:
        return id_
    return code if _CODE.fullmatch(code) else ""


def _free_name(form: ReadForm, number: int, taken: Collection[str], made: Iterable[Draft]) -> str:
    """A number, for what has no code; an evaluation is called as its project's table is."""
    if form.evaluation:
        named = (one for one in made if one.record.get("name") == form.fields.get("name"))
        if table := next((one for one in named if one.path.startswith("projects/")), None):
            return _id_of(table)
    return next(free for at in count(max(number, 1)) if (free := f"{at:02}") not in taken)


def _id_of(file: Draft | DraftedFile) -> str:
    return file.path.rpartition("/")[2].removesuffix(".yml")


def _noted(notes: Iterable[tuple[str | None, str]]) -> list[YamlValue]:
    """Notes as the data has them."""
    return [{"at": at, "note": note} if at else {"note": note} for at, note in notes]


def _project(form: ReadForm, number: int) -> dict[str, YamlValue]:
    says = form.fields.get
    record: dict[str, YamlValue] = {
        "schema": "project/1",
        "code": says("code") or None,
        "name": says("name"),
        **table_records.own_title(form.title, form.fields, number),
        "unit": says("unit"),
        "number": says("number") or str(number),
        "budget": {key: says(key) for key in ("total", "fiscal", "other")},
        "purpose": says("purpose"),
        "spending_plan": dict(form.plan),
        "goals": list(form.goals),
        "indicators": [
            {
                "level1": row.say(Role.LEVEL1) or None,
                "level2": row.say(Role.LEVEL2) or None,
                "level3": row.say(Role.LEVEL3) or None,
                "description": row.say(Role.DESCRIPTION) or None,
                "target": target(row)[0] or None,
                "basis": row.say(Role.BASIS) or None,
            }
            for row in form.rows
        ],
    }
    if form.adjustment:
        keys = ("kind", "date", "reason", "document")
        record["adjustment"] = {key: form.adjustment.get(key) for key in keys}
    return record


def _result(form: ReadForm) -> dict[str, YamlValue]:
    says = form.fields.get
    return {
        "schema": "result/1",
        "code": says("code") or None,
        "published": None,
        "budget": says("budget"),
        "spent": says("spent"),
        "score": _points(says("score")),
        "indicators": [
            {
                "level3": row.say(Role.LEVEL3) or None,
                "actual": row.say(Role.ACTUAL) or None,
                "points": _points(row.say(Role.POINTS)),
                "score": _points(row.say(Role.SCORE)),
                **{
                    key: row.say(role)
                    for key, role in (
                        ("deviation", Role.DEVIATION),
                        ("improvement", Role.IMPROVEMENT),
                    )
                    if row.say(role)
                },
            }
            for row in form.rows
        ],
    }


def _with_extras(record: dict[str, YamlValue], form: ReadForm) -> dict[str, YamlValue]:
    """A file with what the format has no field for, under its printed head: of a row, or of all."""
    facts: dict[str, YamlValue] = {}
    others: list[dict[str, YamlValue]] = [{} for _ in form.rows]
    for what, who, text in form.extras:
        named = zip(form.rows, others, strict=True)
        free = (other for row, other in named
                if who and row.say(Role.LEVEL3) == who and what not in other)  # fmt: skip
        if (other := next(free, None)) is not None:
            other[what] = text
        else:
            facts[table_records.unused(f"{who}：{what}" if who else what, facts)] = text
    rows = record["indicators"]
    assert isinstance(rows, list)
    for row, other in zip(rows, others, strict=True):
        if other:
            row["other"] = other
    return record | ({"facts": facts} if facts else {})


def _points(printed: str | None) -> str | None:
    """Points without their unit."""
    return points((printed or "").strip()) or None


def _notes(form: ReadForm) -> list[tuple[str | None, str]]:
    """What was printed of the amounts that are converted, as public notes."""
    notes = list(form.notes)
    if form.yuan:
        listed = "，".join(f"{_TITLES.get(key, key)}{printed}" for key, printed in form.yuan)
        at = None if form.evaluation else "budget"
        notes.append(
            (
                at,
                f"公开文件的金额以元为单位，原文为：{listed}。本页按一万元等于10000元换算为万元，未作舍入。",
            )
        )
    return notes
