"""What a department says of a change stands beside the verdict, and is counted."""

from __future__ import annotations

from disclosure.compare import compared, sums
from disclosure.exports.writers.change_rows import change_rows
from disclosure.model.dataset import DepartmentData
from disclosure.pages.change_wording import state
from disclosure.pages.comparison import ComparisonView, totals
from disclosure.pages.comparison_pages import department_comparison_views
from disclosure.pages.render import MarkdownFile
from tests.support.tables import department, project

NOTES = [
    {"at": "改造户数", "note": "上年已改造300户", "says": "not-lowered"},
    {"at": "验收合格率", "note": "改由第三方验收"},
    {"note": "不针对任何指标"},
]


def noted() -> DepartmentData:
    """One project in two years: three targets lowered, two of them with a public note."""
    values = {2023: ("≥800户", "≥98%", "5座"), 2024: ("≥500户", "≥95%", "3座")}
    return department(
        {
            year: [
                [
                    (
                        "A",
                        project(
                            1,
                            {
                                "code": "A",
                                "indicators": [
                                    {"level1": "产出指标", "level3": name, "target": target}
                                    for name, target in zip(
                                        ("改造户数", "验收合格率", "危桥"), targets, strict=True
                                    )
                                ],
                                "notes": NOTES if year == 2024 else [],
                            },
                        ),
                    )
                ]
            ]
            for year, targets in values.items()
        }
    )


def test_the_count_says_how_many_were_explained_and_how_many_are_disputed() -> None:
    """A note explains, a statement disputes; the number of lowered targets stays what it is."""
    (pair,) = compared(noted()).years
    counts = {
        one.label: (one.number, *(link.text for link in one.explained))
        for one in totals([sums(pair)]).states
    }
    assert counts == {
        "要求降低": (2, "其中2项有公开注释", "1项部门说明不属于降低要求"),
        "数值减少": (1,),
    }


def test_the_count_leads_to_the_rows_that_have_a_note() -> None:
    """Not to all that were lowered: each number has an address of its own, and so have its rows."""
    (view,) = department_comparison_views(compared(noted()))
    assert isinstance(view, ComparisonView)
    (lowered, _) = view.totals.states
    noted_at, disputed_at = (link.address for link in lowered.explained)
    assert noted_at == f"{view.address}?indicator-noted=looser#indicators"
    assert disputed_at == f"{view.address}?indicator-noted=disputed#indicators"
    body = MarkdownFile(view).body
    assert body.count(' data-noted="looser"') == 1
    assert body.count(' data-noted="looser disputed"') == 1


def test_a_note_stands_beside_the_verdict_and_does_not_replace_it() -> None:
    """The word, the size, the statement and the reason of the department."""
    (pair,) = compared(noted()).years
    (change,) = pair.changes
    first, second, third = (state(item) for item in change.indicators)
    assert (first.label, first.size, first.disputed) == ("要求降低", "−37.5%", True)
    assert first.notes == ("上年已改造300户",)
    assert (second.label, second.disputed, second.notes) == ("要求降低", False, ("改由第三方验收",))
    assert (third.label, third.reason, third.notes) == (
        "数值减少",
        "数值减少40%（原文没有≥或≤）",
        (),
    )


def test_the_rows_of_the_exports_say_the_same() -> None:
    """Size, statement and note are columns of the open data and of the command's CSV."""
    (pair,) = compared(noted()).years
    rows = [row for row in change_rows(pair, pair.changes[0]) if row.field == "指标值"]
    assert [(str(row.size), row.notes) for row in rows[:2]] == [
        ("-37.5", "上年已改造300户"),
        ("-3.061224", "改由第三方验收"),
    ]
    assert "部门说明不属于降低要求" in rows[0].explanation
    assert "部门说明不属于降低要求" not in rows[1].explanation
