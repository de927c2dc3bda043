"""What a table that is read line by line prints and the format has no field for."""

from __future__ import annotations

from typing import Any

from disclosure.intake.drafts import drafting
from disclosure.intake.formats.labels import Role
from disclosure.intake.formats.pieces import Document, TextPiece
from disclosure.intake.understanding.interpreting import Interpreted
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.part_one import PartOne
from disclosure.intake.understanding.read_form import IndicatorEntry, ReadForm


def drafted(form: ReadForm) -> Any:
    """The file of a form of a document that says nothing else."""
    ledger = Ledger(Document("a.docx", "", (), 0))
    found = Interpreted(ledger, PartOne(ledger), (form,))
    (draft,) = [
        one
        for one in drafting.drafts([found], 2024, drafting.KnownData())
        if one.path != "disclosure.yml"
    ]
    return draft.record


def entry(name: str) -> IndicatorEntry:
    """A row of which only the name is known."""
    return IndicatorEntry({Role.LEVEL3: [TextPiece(name, "第1页")]})


def test_it_stands_under_its_printed_head() -> None:
    """A cell of a row with the row, any other with the table; none of it in a note."""
    form = ReadForm(0, fields={"name": "道路养护", "code": "P1"})
    form.rows += [entry("养护里程"), entry("养护里程"), entry("满意度")]
    form.extras += [
        ("权重", "养护里程", "20"),
        ("权重", "养护里程", "30"),
        ("负责人", "", "李乙"),
        ("负责人", "", "王丙"),
        ("备注", "已删去的指标", "见附件"),
    ]
    record = drafted(form)
    assert [row.get("other") for row in record["indicators"]] == [
        {"权重": "20"},
        {"权重": "30"},
        None,
    ]
    assert record["facts"] == {
        "负责人": "李乙",
        "负责人（2）": "王丙",
        "已删去的指标：备注": "见附件",
    }
    assert "notes" not in record


def test_it_does_so_in_an_evaluation() -> None:
    """The same of a self-evaluation."""
    form = ReadForm(0, evaluation=True, fields={"name": "道路养护", "code": "P1"})
    form.rows.append(entry("养护里程"))
    form.extras += [("分值说明", "养护里程", "按比例"), ("预期目标", "", "养护道路。")]
    record = drafted(form)
    assert record["indicators"][0]["other"] == {"分值说明": "按比例"}
    assert record["facts"] == {"预期目标": "养护道路。"}
