"""A layout is described in its form's file and nowhere else: no other file holds its labels."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure.exports.schema.tables import TABLES
from disclosure.forms import templates
from disclosure.forms.files import SCHEMAS
from disclosure.forms.library import known, shipped
from disclosure.model.fields import Record
from disclosure.pages.terms import GROUPS

PACKAGE = Path(__file__).parents[2] / "generator" / "disclosure"
#: What reads documents knows how labels are written, of any form.
READS_LABELS = PACKAGE / "intake"
#: Words of the trade that pages and rules use of any budget and any evaluation.
CONCEPTS = {"基本支出", "项目支出", "实际完成情况", "项目实施期目标", "绩效目标表"}
_HAN = re.compile(r"[\u4e00-\u9fff（）：、]+")


def words(text: str) -> str:
    """A label without the marks and breaks around its words."""
    return re.sub(r"[\s：:（）()%％]", "", text)


def labels() -> set[str]:
    """The labels of the known forms and the words around their tables.

    Of four characters or more: shorter ones are plain words.
    """
    found = {
        words(part.words)
        for form in map(shipped, known())
        for text in (form.title, *form.above, *form.below, *(cell.text for cell in form.cells()))
        for part in templates.parts(text or "")
        if part.words
    }
    return {one for one in found if len(one) >= 4}


def titles() -> set[str]:
    """What the model, the open data and the glossary call things, whatever the form."""
    found = {name for group in GROUPS for term in group.terms for name in (term.name, *term.also)}
    found |= {column.title for table in TABLES for column in table.columns}
    found |= {title for record in records(Record) for title in field_titles(record)}
    return {words(one) for one in found}


def records(base: type[Record]) -> Iterator[type[Record]]:
    """Every kind of record."""
    assert SCHEMAS  # all modules with records are loaded
    for one in base.__subclasses__():
        yield one
        yield from records(one)


def field_titles(record: type[Record]) -> list[str]:
    """The titles of a record's fields."""
    return [field.title or "" for field in record.model_fields.values()]


def strings_in(path: Path) -> set[str]:
    """The texts of a file: each constant of a module, each run of Chinese of a template."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        tree = ast.parse(text)
        found = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    else:
        found = set(_HAN.findall(text))
    return {words(one) for one in found}


FILES = [
    path
    for path in sorted(PACKAGE.rglob("*"))
    if path.suffix in {".py", ".j2", ".typ", ".css", ".js"}
    and not path.is_relative_to(READS_LABELS)
    and "vendor" not in path.parts
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_label_of_a_form_stands_outside_its_file(path: Path) -> None:
    """A label that the model does not name for all forms is in no module, template or style."""
    assert sorted(strings_in(path) & (labels() - titles() - CONCEPTS)) == []


def test_the_labels_are_found() -> None:
    """The search is for something: labels that only one form has are among them."""
    assert {"专项资金情况", "主管部门及代码", "年度重点工作任务", "资金主管部门"} <= (
        labels() - titles()
    )
