"""Fields of a data file that its form has no cell for: an import cannot hold them, so they stay.

Only where the draft has the file's form; a table in another form is another statement of it all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from disclosure.forms import divided_goals, library, templates
from disclosure.forms.form import Form, Kind
from disclosure.forms.unprinted import prints
from disclosure.forms.unprinted_fields import BELOW, LISTS, NAMES, NO_CELL, PLAN, has_rows, merges
from disclosure.intake.drafts.yamltext import YamlValue
from disclosure.model.fields import Record
from disclosure.model.target_table import joined
from disclosure.model.whitespace import squeezed

_PARTS_OF_TARGET = ("sign", "value", "unit")

_Fields = Mapping[str, YamlValue]


def left_as_they_are(
    path: str, made: _Fields, known: _Fields, own: Mapping[str, Record]
) -> dict[str, YamlValue]:
    """A draft of a file with what the file says and no cell of its form could say.

    Args:
        path: Below the year's folder.
        made: The draft.
        known: The file.
        own: The forms of the data folder, by id.
    """
    if path != "disclosure.yml":
        return _table(made, known, _kind(path), own)
    record = dict(made)
    table, old = made.get("department_table"), known.get("department_table")
    if isinstance(table, Mapping) and isinstance(old, Mapping):
        record["department_table"] = _table(table, old, "department", own)
    if lists := records(made.get("project_lists")):
        forms = {str(one.get("form")): one for one in records(known.get("project_lists"))}
        record["project_lists"] = [
            _table(one, forms.get(str(one.get("form")), {}), "projects", own) for one in lists
        ]
    return record


def _kind(path: str) -> Kind:
    if path.startswith("projects/"):
        return "project"
    return "department-evaluation" if path == "results/department.yml" else "evaluation"


def _table(
    made: _Fields, known: _Fields, kind: Kind, own: Mapping[str, Record]
) -> dict[str, YamlValue]:
    """A table in the form that the file names, with what that form has no cell for."""
    default = library.DEFAULTS.get(kind)
    named = known.get("form") or default
    record = dict(made)
    if not known or named != (made.get("form") or default):
        return record
    try:
        form = library.form_of(str(named), kind, own)
    except KeyError:
        return record
    if known.get("form") is None:
        record.pop("form", None)
    if made.get("title") is None and _is_title_of(form, known):
        record["title"] = known["title"]
    record |= _kept(made, known, form, "projects" if form.kind == "projects" else "")
    return _in_order(record, known)


def _is_title_of(form: Form, known: _Fields) -> bool:
    """Whether a file states the title that the form prints anyway."""
    title = known.get("title")
    if not isinstance(title, str) or form.title is None:
        return False
    printed = templates.filled(form.title, lambda path: str(known.get(path) or ""))
    return squeezed(printed) == squeezed(title)


def _kept(made: _Fields, known: _Fields, form: Form, of: str) -> dict[str, YamlValue]:
    """The fields of a table that its draft has to take from the file."""

    def has_cell(path: str) -> bool:
        return prints(form, of, path)

    found = {**_unprinted_fields(made, known, has_cell), **_goals(made, known)}
    for name, listed in LISTS.items():
        if name in known:
            rows = _rows(made.get(name), known[name], form, listed)
            found |= {name: rows} if rows else {}
    if PLAN in known and not made.get(PLAN) and not prints(form, "plan", "amount"):
        found[PLAN] = known[PLAN]
    if made.get("funds"):  # their first row says it
        found = {key: value for key, value in found.items() if key not in {"budget", "spent"}}
    return found


def _unprinted_fields(
    made: _Fields, known: _Fields, has_cell: Callable[[str], bool]
) -> dict[str, YamlValue]:
    """The fields of a file that its draft says nothing of, because they have no cell."""
    found: dict[str, YamlValue] = {}
    for key, old in known.items():
        new = made.get(key)
        if key in NO_CELL or key in LISTS or key == PLAN:
            continue
        if key in BELOW and isinstance(old, Mapping):
            mine = new if isinstance(new, Mapping) else {}
            begun = BELOW[key]
            inner = {name: value for name, value in old.items() if not mine.get(name)
                     and name != "parts" and not has_cell(begun + name)}  # fmt: skip
            parts = (
                _unprinted_fields(mine, {"parts": old["parts"]}, has_cell) if "parts" in old else {}
            )
            if inner or parts:
                found[key] = _in_order({**mine, **inner, **parts}, old)
        elif not new and not has_cell(key) and not _is_said_otherwise(key, made):
            found[key] = old
    return found


def _is_said_otherwise(key: str, made: _Fields) -> bool:
    """Whether a target is stated in its parts, or its part in the whole."""
    others = _PARTS_OF_TARGET if key == "target" else ("target",) if key in _PARTS_OF_TARGET else ()
    return any(made.get(other) for other in others)


def _rows(made: YamlValue, known: YamlValue, form: Form, listed: str) -> list[YamlValue]:
    """The rows of a list with what no cell says of them; all of them if the form has no such rows.

    Rows belong together by their names: what was said of one is never said of another.
    """
    if not has_rows(form, listed):
        return [*records(known)] if not records(made) else []
    left = [*records(known)]
    rows: list[YamlValue] = []
    above: _Fields = {}
    for row in records(made):
        old = next((one for one in left if name_of(one) == name_of(row)), None)
        record = dict(row)
        if old is not None:
            left.remove(old)
            record |= _unprinted_fields(row, old, lambda path: prints(form, listed, path))
            record = _in_parts(record, old, form, listed)
            record |= _apart(row, old, above, form)
            record = _in_order(record, old)
        rows.append(record)
        above = row
    return rows


def _in_parts(
    record: dict[str, YamlValue], old: _Fields, form: Form, listed: str
) -> dict[str, YamlValue]:
    """A row whose target the file says in parts that the form prints as a whole."""
    parts = {key: old[key] for key in _PARTS_OF_TARGET if old.get(key)}
    texts = {key: text for key, text in parts.items() if isinstance(text, str)}
    whole = joined(*(texts.get(key) for key in _PARTS_OF_TARGET))
    if prints(form, listed, "value") or old.get("target") or record.get("target") != whole:
        return record
    return {**{key: value for key, value in record.items() if key != "target"}, **parts}


def _goals(made: _Fields, known: _Fields) -> dict[str, YamlValue]:
    """Goals that the file has one by one and that stand in one cell of the form."""
    return {
        name: known[name]
        for name in divided_goals.LISTS
        if _together(known.get(name)) == _together(made.get(name)) != ""
    }


def _together(goals: YamlValue) -> str:
    listed = goals if isinstance(goals, Sequence) and not isinstance(goals, str) else ()
    return squeezed("".join(one for one in listed if isinstance(one, str)))


def _apart(row: _Fields, old: _Fields, above: _Fields, form: Form) -> dict[str, YamlValue]:
    """What is said not to be merged with the row above, and no cell could show.

    It differs from that row all the same, or the form merges no such cells.
    """
    apart = old.get("apart")
    if not isinstance(apart, Sequence) or row.get("apart"):
        return {}
    same = [key for key in apart if row.get(str(key)) == above.get(str(key))]
    seen = any(merges(form, str(key)) for key in same)
    return {} if seen else {"apart": apart}


def name_of(row: _Fields) -> str:
    """What an indicator, a task, a fund, a list or a note is called."""
    found = (row.get(key) for key in NAMES)
    return next((text for text in found if isinstance(text, str)), "")


def records(value: YamlValue) -> list[Mapping[str, YamlValue]]:
    """The records in a list; none where there is no list."""
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return [one for one in listed if isinstance(one, Mapping)]


def _in_order(record: _Fields, known: _Fields) -> dict[str, YamlValue]:
    """A record with its fields in the order of the file, and those that are new behind them."""
    keys: Iterator[str] = (key for key in (*known, *record) if key in record)
    return {key: record[key] for key in keys}
