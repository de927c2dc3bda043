"""What our own workbook says of files beside its tables, as if the files said it already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.forms import library
from disclosure.intake.drafts.drafting import KnownData
from disclosure.intake.drafts.unprinted_in_form import name_of, records
from disclosure.intake.drafts.yamltext import YamlValue
from disclosure.model.fields import Record
from disclosure.model.records import SCHEMAS
from disclosure.model.whitespace import squeezed

_Fields = Mapping[str, YamlValue]
_HOW_PRINTED = frozenset({"form", "title", "money"})


class DraftContext(Struct, frozen=True):
    """What is known around drafts.

    Attributes:
        forms: The forms of the data folder, by id.
        department: The department's name of that year.
        files: What our own workbook says of files beside its tables, by their paths.
    """

    forms: Mapping[str, Record] = field(default_factory=lambda: library.NO_FORMS)
    department: str = ""
    files: Mapping[str, _Fields] = field(default_factory=dict)

    def whole_files(self) -> Iterator[str]:
        """The files that the workbook says whole, and not only beside a table of it."""
        yield from sorted(
            path for path, fields in self.files.items() if str(fields.get("schema")) in SCHEMAS
        )

    def said_of(self, path: str, made: _Fields, known: _Fields | None) -> _Fields:
        """What is said of a file: by itself, and by the workbook where that says otherwise.

        Where there is no file, its tables are in the forms that were read.
        """
        stated = self.files.get(path, {})
        if known is not None:
            return _merged(known, stated)
        return _in_forms_of(made, stated) if stated else {}


def known_with(known: KnownData, files: Mapping[str, _Fields]) -> KnownData:
    """What the data says of a year, and the projects of which a workbook says which file is theirs.

    A project that the year has already, by its id or its name, is as the year has it.
    """
    codes, ids, numbers = {**known.codes}, {**known.ids}, {**known.numbers}
    projects = {**known.projects}
    for path, fields in files.items():
        id_ = path.removeprefix("projects/").removesuffix(".yml").partition("@")[0]
        name, number = str(fields.get("name") or ""), str(fields.get("number") or "")
        bare = squeezed(name)
        if path == f"results/{id_}.yml" or not (path.startswith("projects/") and bare):
            continue
        if id_ in projects or bare in ids or not number.isdecimal():
            continue
        ids[bare], numbers[bare], projects[id_] = id_, int(number), (bare, int(number))
        if code := fields.get("code"):
            codes[name] = str(code)
    return replace(known, codes=codes, ids=ids, numbers=numbers, projects=projects)


def _in_forms_of(made: _Fields, stated: _Fields) -> dict[str, YamlValue]:
    """What a workbook says of a file that is not there, in the forms that its draft has."""
    found = {key: value for key, value in stated.items() if key not in _HOW_PRINTED}
    found |= {key: made[key] for key in _HOW_PRINTED if key in made and key != "title"}
    table, drafted = found.get("department_table"), made.get("department_table")
    if isinstance(table, Mapping) and isinstance(drafted, Mapping):
        found["department_table"] = _in_forms_of(drafted, table)
    lists, printed = records(found.get("project_lists")), records(made.get("project_lists"))
    if lists and len(lists) == len(printed):
        found["project_lists"] = [
            _in_forms_of(one, said) for one, said in zip(printed, lists, strict=True)
        ]
    return found


def _merged(known: _Fields, stated: _Fields) -> dict[str, YamlValue]:
    """What a file says, with what the workbook says of the same fields; no note is ever lost."""
    made = dict(known)
    for key, new in stated.items():
        old = made.get(key)
        if key in _HOW_PRINTED:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            made[key] = _merged(old, new)
        elif records(old) and records(new):
            made[key] = _rows(records(old), records(new))
        else:
            made[key] = new
    return made


def _rows(known: Sequence[_Fields], stated: Sequence[_Fields]) -> list[YamlValue]:
    left = [*stated]
    rows: list[YamlValue] = []
    for row in known:
        same = next((one for one in left if name_of(one) == name_of(row)), None)
        if same is not None:
            left.remove(same)
        rows.append(_merged(row, same or {}))
    return [*rows, *left]
