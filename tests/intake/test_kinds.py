"""Kinds of documents that places publish, several invented ones of each kind.

`tests/cases/kinds/<kind>.yml` describes the documents by name, `<kind>.txt` beside it is what each
gives: the report and the drafts, without what every draft has. `UPDATE_CASES=1` writes it; read
every line.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure import reading
from disclosure.intake import importing
from disclosure.intake.formats import reader
from disclosure.intake.rules import UnreadableError
from disclosure.intake.understanding.interpreting import interpret
from disclosure.model.diagnostics import Severity
from tests.support.described_documents import CASES, described, made
from tests.support.fidelity import DEPARTMENT

KINDS = sorted(file.stem for file in CASES.glob("*.yml"))
#: What every draft has, or says of the file and not of what is printed in it.
_OWN = re.compile(
    r"#|schema:|year:|approved:|published:|source:|  (?:title: ~|file:|sha256:)|unit: 101001"
    r"|number:|form:|  - form:|overall_goal: ~|objectives: \[\]|safeguards: \[\]|code: ~"
)


def _report(file: Path, folder: Path) -> Iterator[str]:
    """What a document gives, line by line."""
    data = folder / "data"
    (data / "990101-101").mkdir(parents=True)
    (data / "990101-101/department.yml").write_text(json.dumps(DEPARTMENT), "utf-8")
    (department,) = reading.read(data).dataset.departments
    try:
        found = interpret(reader.document(file, lambda _: None), department, 2026)
    except UnreadableError as error:
        yield error.rule.code
        return
    if not (found.forms or found.tables or found.unread or found.part_one.is_available):
        yield "没有目标表"
        return
    year = data / "990101-101/2026"
    taken = importing.import_documents([found], department, 2026, year)
    assert isinstance(taken, importing.ImportResult)
    (accounts,) = taken.accounts
    yield from accounts.found
    yield from accounts.aside
    yield from (f"注意：{remark}" for remark in accounts.remarks)
    yield from (f"未能归入（{one.text.place}）：{one.description}" for one in accounts.unplaced)
    yield "全部归入" if taken.complete else "没有全部归入"
    importing.write_forms(data, taken.forms)
    importing.write(year, taken.outcomes)
    for outcome in taken.outcomes:
        lines = [line.split("     # ")[0] for line in outcome.text.splitlines()]
        if kept := [line for line in lines if line and not _OWN.match(line)]:
            yield f"[{outcome.path}]"
            yield from kept
    again = [one for one in reading.read(data).diagnostics if one.severity is Severity.ERROR]
    yield from (f"数据错误：{one.code} {one.message}" for one in again)


@pytest.mark.parametrize("kind", KINDS)
def test_kind(kind: str, tmp_path: Path) -> None:
    """Each document of a kind gives, line by line, what is expected of it."""
    lines: list[str] = []
    for name, document in described(kind).items():
        folder = tmp_path / name
        folder.mkdir()
        lines += [f"== {name}", *_report(made(folder, name, document), folder), ""]
    expected = CASES / f"{kind}.txt"
    if "UPDATE_CASES" in os.environ:
        expected.write_text("\n".join(lines), "utf-8", newline="\n")
    assert "\n".join(lines) == expected.read_text("utf-8")
