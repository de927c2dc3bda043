"""Whatever a form of the official layout says comes out of its document as it went in."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disclosure import reading
from disclosure.exports.forms.form_workbook import project_workbook
from disclosure.forms.library import shipped
from disclosure.forms.record_values import TableContext, project_values
from disclosure.intake.drafts import drafting
from disclosure.intake.formats import reader
from disclosure.intake.understanding.interpreting import interpret
from disclosure.model import indicator_levels as levels
from disclosure.model.departments import Department
from disclosure.model.fields import Amount
from disclosure.model.records import Disclosure, Project
from disclosure.model.target_table import Budget, Indicator
from disclosure.pages.form_table import form_table
from tests.support import documents
from tests.support.accounts import assert_conserved
from tests.support.repository import ROOT
from tests.support.taking import YEAR

#: What values are made of.
ALPHABET = "项目完成率数量培训教师公里路灯年度工作Aabz0159，。；、：（）“”≥≤%±～—·/.-＝"
CELLS = st.text(ALPHABET, min_size=1, max_size=40).filter(
    lambda text: any(char.isalnum() for char in text)
)
NAMES = CELLS.filter(lambda text: "。" not in text and len(text) < 30)  # it stands in a title
GOALS = st.builds(
    "{}{}".format, st.sampled_from(["", "2024年"]),
    st.text("完成全年任务，保证机关工作正常运转", min_size=1, max_size=40),
)  # fmt: skip
PERIODS = [("3月底", "6月底", "10月底", "12月底"), ("1—3月", "上半年", "前三季度", "年底")]
AMOUNTS = st.decimals(0, 99999, places=2)
LEVELS = [(first, second) for first, inner in levels.TREE.items() for second in (*inner, None)]


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    """A row of the table, of which cells but the first and third may be empty."""
    level1, level2 = draw(st.sampled_from(LEVELS))
    return Indicator(
        level1=level1,
        level2=level2,
        level3=draw(CELLS),
        description=draw(st.none() | CELLS),
        target=draw(CELLS),
        basis=draw(st.none() | CELLS),
    )


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A project of the department of the real data."""
    total = draw(AMOUNTS)
    other = draw(st.none() | AMOUNTS)
    plan = draw(st.lists(AMOUNTS, min_size=4, max_size=4))
    return Project(
        schema_="project/1",
        code=draw(st.from_regex(r"[0-9]{8}[PRT][0-9]{11}[0-9A-Z]", fullmatch=True)),
        name=draw(NAMES),
        unit="322001",
        number=draw(st.integers(1, 99)),
        budget=Budget.model_validate(
            {"total": total, "fiscal": draw(st.none() | AMOUNTS), "other": other}
        ),
        purpose=draw(st.none() | CELLS),
        spending_plan=dict(zip(draw(st.sampled_from(PERIODS)), map(Amount, plan), strict=True)),
        goals=tuple(draw(st.lists(GOALS, min_size=1, max_size=3))),
        indicator_rows=tuple(draw(st.lists(indicators(), min_size=1, max_size=8))),
    )


def our_workbook(
    file: Path, department: Department, disclosure: Disclosure, projects: Sequence[Project]
) -> Path:
    """The form as we give it out to be filled in."""
    (project,) = projects
    form = shipped("hebei-project")
    table = form_table(form, project_values(project, TableContext(department, disclosure), form))
    file.write_bytes(project_workbook(table, project.name))
    return file


@pytest.mark.parametrize("format_", ["docx", "xlsx", "our xlsx"])
@given(found=projects())
@settings(
    max_examples=25,  # 400 at a time found what is mended; that takes minutes
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),  # making documents is too slow to look for a smaller one
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_form_comes_out_as_it_went_in(format_: str, found: Project) -> None:
    """No value is changed, moved to another field, joined or lost, and every character counted."""
    (department,) = reading.read(ROOT / "data").dataset.departments
    disclosure = department.years[0].disclosure
    make = {"docx": documents.word, "xlsx": documents.workbook, "our xlsx": our_workbook}[format_]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"a.{format_.rpartition(' ')[2]}"
        make(file, department.department, disclosure, [found])
        document = reader.document(file, lambda _: None)
    interpreted = interpret(document, department, YEAR)
    assert [left.part for left in interpreted.ledger.unplaced()] == []
    drafts = drafting.drafts([interpreted], YEAR, drafting.KnownData())
    assert_conserved(interpreted, drafts)
    assert _values(drafts[1].record) == _values(found.model_dump(by_alias=True))


def _values(record: Mapping[str, Any]) -> Any:
    """A record as text, without what is absent and what a form does not print."""
    unprinted = {"continues", "adjustment", "notes", "id", "money"}
    return _plain({key: value for key, value in record.items() if key not in unprinted})


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one is not None and one != ()
                and (one != {} or key == "spending_plan")}  # fmt: skip
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
