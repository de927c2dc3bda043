"""Merges drafts with existing files: what is the same, what differs, what must stay.

Public notes, statements of succession and dates are the publisher's, not the document's; an
update keeps them.
"""

from __future__ import annotations

import contextlib
import difflib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from disclosure.engine import atomic_folder
from disclosure.forms import library
from disclosure.intake.drafts import dropped_values, table_records, unprinted_in_form, yamltext
from disclosure.intake.drafts.drafting import Draft, schema_line
from disclosure.intake.drafts.unprinted_in_workbook import DraftContext
from disclosure.intake.drafts.yamltext import YamlValue
from disclosure.reading.scalars import parse
from disclosure.reading.source import SourceText, decode
from disclosure.reading.tree import Mapping as MappingNode
from disclosure.reading.tree import Node, Scalar
from disclosure.reading.tree import Sequence as SequenceNode

#: What a document without part one may still say of the year.
_BESIDE_PART_ONE = ("approved", "published", "total", "plan_heading", "department_table",
                    "project_lists", "notes", "unproofread")  # fmt: skip
#: What the publisher adds to a file; a document that does not say it leaves it as it is.
_KEPT = (
    "name",
    "unit",
    "approved",
    "published",
    "total",
    "continues",
    "page",
    "adjustment",
    "notes",
)

#: Nothing is known but the drafts and the files.
NO_CONTEXT = DraftContext()


class DraftFile(Struct, frozen=True):
    """What is to become of one file.

    Attributes:
        path: Below the year's folder.
        text: What it will say.
        old: What it says now, or None when it is new.
        same: Whether the data in both is the same.
        lost: What it says now and would no longer say, by field.
    """

    path: str
    text: str
    old: str | None
    same: bool
    lost: tuple[str, ...] = ()

    def difference(self) -> str:
        """The lines that differ, as a unified diff."""
        lines = difflib.unified_diff(
            (self.old or "").splitlines(),
            self.text.splitlines(),
            f"{self.path}（现有）",
            f"{self.path}（导入）",
            lineterm="",
        )
        return "\n".join(lines)


def outcomes(
    folder: Path, drafts: Sequence[Draft], context: DraftContext = NO_CONTEXT
) -> tuple[DraftFile, ...]:
    """What each draft would change in a year's folder.

    Args:
        folder: The folder.
        drafts: The drafts.
        context: What is known around them.
    """
    drafted = {draft.path for draft in drafts}
    whole = (path for path in context.whole_files() if path not in drafted)
    return (
        *(_outcome(folder, draft, context) for draft in drafts),
        *(_whole(folder, path, context.files[path]) for path in whole),
    )


def _whole(folder: Path, path: str, record: Mapping[str, YamlValue]) -> DraftFile:
    """A file that our own workbook says whole, because no table of it is made of that file."""
    kind = str(record["schema"]).partition("/")[0]
    text = yamltext.document((schema_line(kind),), record, {})
    if not (folder / path).is_file():
        return DraftFile(path, text, None, same=False)
    known, old_text = _written(folder, path)
    same = _bare(known) == _bare(record)
    return DraftFile(path, text, old_text, same, tuple(dropped_values.lost(known, record)))


def _outcome(folder: Path, draft: Draft, context: DraftContext) -> DraftFile:
    """One draft; a document without part one leaves the year's own as it is."""
    if not (folder / draft.path).is_file():
        record = draft.record
        if said := context.said_of(draft.path, record, None):
            record = unprinted_in_form.left_as_they_are(
                draft.path, _with_kept(record, said), said, context.forms
            )
        text = yamltext.document(draft.head, record, draft.comments)
        lost = tuple(dropped_values.lost(said, record))
        return DraftFile(draft.path, text, None, same=False, lost=lost)
    known, old_text = _written(folder, draft.path)
    made = dict(draft.record)
    if draft.path == "disclosure.yml" and made["overall_goal"] is None:
        made = {**known, **_beside_part_one(made, known)}
    if made.get("name") == context.department and known.get("name") is None:
        made.pop("name")  # of the whole department's evaluation, which need not say it
    said = context.said_of(draft.path, made, known)
    made = _with_kept(made, said)
    record = unprinted_in_form.left_as_they_are(draft.path, made, said, context.forms)
    first, *others = draft.head
    schema = old_text.partition("\n")[0].removeprefix("# ")
    head = [schema if "$schema=" in schema else first, *others]
    text = yamltext.document(head, record, draft.comments)
    remarked = all(remark in old_text for remarks in draft.comments.values() for remark in remarks)
    same = remarked and _bare(record) == _bare(known)
    return DraftFile(draft.path, text, old_text, same, tuple(dropped_values.lost(known, record)))


def _written(folder: Path, path: str) -> tuple[Mapping[str, YamlValue], str]:
    """What a file of the folder says, and its text; nothing of one that cannot be read."""
    old = decode((folder / path).read_bytes(), path)
    if not isinstance(old, SourceText):
        return {}, ""
    known = _plain(parse(old)[0])
    return (known if isinstance(known, Mapping) else {}), old.text


def _beside_part_one(
    made: Mapping[str, YamlValue], known: Mapping[str, YamlValue]
) -> dict[str, YamlValue]:
    """What a document without part one says of the year; its own file is not the year's source."""
    record = {key: made[key] for key in _BESIDE_PART_ONE if made.get(key) is not None}
    if "project_lists" in record:
        record["project_lists"] = _lists(record["project_lists"], known.get("project_lists"))
    source = made["source"]
    assert isinstance(source, Mapping)
    if source["sha256"] is None and any(source.values()):  # what one of our own names as source
        record["source"] = source
    return record


def _lists(made: YamlValue, known: YamlValue) -> list[YamlValue]:
    """The lists of projects that a document prints, beside those that others did."""
    new = [*made] if isinstance(made, Sequence) and not isinstance(made, str) else []
    old = [*known] if isinstance(known, Sequence) and not isinstance(known, str) else []
    forms = {one["form"] for one in new if isinstance(one, Mapping)}
    return [*(one for one in old if isinstance(one, Mapping) and one["form"] not in forms), *new]


def _with_kept(
    record: Mapping[str, YamlValue], known: Mapping[str, YamlValue]
) -> dict[str, YamlValue]:
    """A draft with what the publisher has added to the file."""
    made = dict(record)
    for key in _KEPT:
        if key in known and key != "notes" and made.get(key) is None:
            made[key] = known[key]
    for key in {"adjustment", "source"} & made.keys():
        made[key] = _completed(made[key], known.get(key))
    table, old = made.get("department_table"), known.get("department_table")
    if isinstance(table, Mapping) and isinstance(old, Mapping):
        made["department_table"] = _with_notes(table, old)
    return _with_notes(made, known)


def _with_notes(
    record: Mapping[str, YamlValue], known: Mapping[str, YamlValue]
) -> dict[str, YamlValue]:
    """A draft, or the department's table in one, with the notes that the file has on it.

    That a project has no target table is true no longer when it is this table that is drafted.
    """
    made = dict(record)
    mine, theirs = _notes(made), _notes(known)
    if made.get("form") != library.EVALUATED:
        theirs = [note for note in theirs if _words(note) != (None, table_records.NO_TABLE)]
    made.pop("notes", None)
    known_words = {_words(note) for note in theirs}
    if notes := [*theirs, *(note for note in mine if _words(note) not in known_words)]:
        made["notes"] = notes
    return made


def _completed(made: YamlValue, known: YamlValue) -> YamlValue:
    """What a document says of a thing, and what the file says of it beyond; of another, nothing."""
    if not (isinstance(made, Mapping) and isinstance(known, Mapping)):
        return made
    same = all(known.get(key) in (None, value) for key, value in made.items() if value is not None)
    return {**known, **{key: value for key, value in made.items() if value}} if same else made


def _notes(record: Mapping[str, YamlValue]) -> list[YamlValue]:
    notes = record.get("notes")
    return list(notes) if isinstance(notes, Sequence) and not isinstance(notes, str) else []


def _words(note: YamlValue) -> tuple[object, object]:
    """What a note says of which place; which rule it accepts is the publisher's to add."""
    assert isinstance(note, Mapping)
    return note.get("at"), note.get("note")


def _bare(value: YamlValue) -> object:
    """A value without what says nothing, so that `~`, `[]` and an absent field are the same."""
    if isinstance(value, Mapping):
        inner = {key: _bare(one) for key, one in value.items()}
        return {key: one for key, one in inner.items()
                if one not in (None, {}, [], dropped_values.PLAIN.get(key))}  # fmt: skip
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_bare(one) for one in value]
    return value


def _plain(node: Node | None) -> YamlValue:
    """What a file holds, as text."""
    if isinstance(node, MappingNode):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else None


def write(folder: Path, found: Sequence[DraftFile]) -> None:
    """Write all files or none: the year's folder is replaced whole.

    Raises:
        atomic_folder.BusyError: Another process is writing there.
        OSError: The place cannot be written; everything is as it was.
    """
    with atomic_folder.replacing(folder) as replacement:
        try:
            _write(replacement, found)
        finally:  # the data folder holds data only; Windows does not let go of a lock that is held
            with contextlib.suppress(PermissionError):
                target = replacement.target
                target.with_name(f".{target.name}.lock").unlink(missing_ok=True)


def _write(replacement: atomic_folder.Replacement, found: Sequence[DraftFile]) -> None:
    if replacement.target.exists():
        shutil.copytree(replacement.target, replacement.folder, dirs_exist_ok=True)
    for outcome in found:
        if not outcome.same:
            file = replacement.folder / outcome.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(outcome.text, encoding="utf-8", newline="\n")
    replacement.swap_in()
