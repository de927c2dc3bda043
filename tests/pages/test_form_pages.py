"""Every known form on its page: data in, the printed table out, cell by cell."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from disclosure.config.settings import Settings
from disclosure.forms.form import Form
from disclosure.forms.library import known, shipped
from disclosure.forms.values import Values
from disclosure.model.diagnostics import Severity
from disclosure.pages.form_table import form_table
from disclosure.site import pipeline
from tests.support.formdata import PrintedTable, write_forms
from tests.support.repository import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[PrintedTable], dict[str, str]]:
    """The tables of all cases, and the pages that show them."""
    data = tmp_path_factory.mktemp("forms") / "data"
    wanted = write_forms(data)
    site = pipeline.generate(data, Settings("示例"))
    assert not [one for one in site.diagnostics if one.severity is Severity.ERROR]
    return wanted, {page.view.address: page.text for page in site.pages()}


def grid(table: Tag) -> list[list[dict[str, Any]]]:
    """The cells of a table as the cases write them."""
    return [
        [
            {
                "text": cell.get_text(),
                "rows": int(str(cell.get("rowspan", "1"))),
                "columns": int(str(cell.get("colspan", "1"))),
            }
            for cell in row.select("th, td")
        ]
        for row in table.select("tr")
    ]


@pytest.mark.parametrize("form_id", known())
def test_the_table_of_the_page_is_the_printed_one(
    made: tuple[list[PrintedTable], dict[str, str]], form_id: str
) -> None:
    """Texts, order and spans of every cell, and the lines around the table, are as printed."""
    wanted, pages = made
    seen = 0
    for one in wanted:
        if one.form_id != form_id:
            continue
        soup = BeautifulSoup(pages[one.address], "lxml")
        (table,) = soup.select(f'table.form[data-form="{form_id}"]')
        if shipped(form_id).flexible:  # as many columns as cells begin in
            assert [[cell["text"] for cell in row] for row in grid(table)] == [
                [cell["text"] for cell in row] for row in one.printed["rows"]
            ]
        else:
            assert grid(table) == one.printed["rows"]
        title = table.select_one(".form-title")
        assert (title.get_text() if title else "") == one.printed["title"]
        assert [line.get_text() for line in table.select(".form-above span")] == one.printed[
            "above"
        ]
        seen += 1
    assert seen


def test_what_a_form_has_no_cell_for_stands_below_it() -> None:
    """A weight or a fact that the form cannot print is on the page all the same."""
    site = pipeline.generate(ROOT / "tests/cases/other-forms/data", Settings("示例"))
    pages = {page.view.address: page.text for page in site.pages()}
    below = {
        address: [
            one.get_text() for one in BeautifulSoup(text, "lxml").select(".form-unprinted li")
        ]
        for address, text in pages.items()
    }
    assert below["990101-601/2025/01/"] == [
        "实施期目标：三年更换2500盏。",
        "实施期总额：650.00",
        "更换路灯，权重：70",
        "更换路灯，实施期指标值：≥2500盏",
        "节电率，权重：30",
    ]
    assert "居民满意度，指标值：≥90%" in below["990101-601/2025/"]
    assert below["990101-601/2024/01/"] == [
        "城区道路养护，起止时间：2024年1月—12月",
        "投诉件数，指标解释：全年收到的道路投诉",
        "年度资金总额，备注：结余收回",
        "养护里程，证明材料：验收单",
    ]


def shown(made: tuple[list[PrintedTable], dict[str, str]], form_id: str) -> Tag:
    """The first table of a form on its page."""
    wanted, pages = made
    address = next(one.address for one in wanted if one.form_id == form_id)
    (table,) = BeautifulSoup(pages[address], "lxml").select(f'table.form[data-form="{form_id}"]')
    return table


def test_a_name_that_the_row_above_says_is_marked(
    made: tuple[list[PrintedTable], dict[str, str]],
) -> None:
    """Where a form repeats a level on each row, cards say it once for each project."""
    rows = shown(made, "beijing-list").select("tbody tr")
    name_above = ""
    for row in rows:
        (level,) = row.select(".level1")
        name_above = "" if row.select(".item") else name_above
        assert ("again" in (level.get("class") or ())) == (level.get_text() == name_above)
        name_above = level.get_text()
    assert len([row for row in rows if row.select(".item")]) == 4


def test_a_title_within_the_table_is_no_head_of_a_column() -> None:
    """Cells say the head of their own column on a phone, not the title above all of them."""
    title, heads, cells = ({"text": "附表", "columns": 2},), ("名称", "编码"), ("{name}", "{code}")
    about = {"schema": "form/1", "id": "titled", "name": "附表", "kind": "project", "columns": 2}
    values = Values({"name": "甲", "code": "乙"}, {}, frozenset())
    headed = form_table(Form.model_validate({**about, "rows": (title, heads, cells)}), values)
    bare = form_table(Form.model_validate({**about, "rows": (title, cells)}), values)
    labels = [[cell.label for cell in table.rows[-1].cells] for table in (headed, bare)]
    assert labels == [["名称", "编码"], ["", ""]]


def test_kinds_that_stand_beside_each_other_are_told_apart(
    made: tuple[list[PrintedTable], dict[str, str]],
) -> None:
    """Of expenditure beside income each label says which it is; of one kind alone none does."""
    rows = shown(made, "guangdong-department").select("tr.pairs")
    kinds = [
        [(th.get_text(), th["data-label"]) for th in row.select("[data-label]:is(th)")]
        for row in rows
    ]
    assert [kind for kind in kinds if kind][:2] == [
        [("基本支出", "部门预算支出"), ("财政拨款", "收入来源")],
        [("项目支出", "部门预算支出"), ("其他资金", "收入来源")],
    ]
    assert not shown(made, "declaration-2020").select("tr.pairs > th[data-label]")


def test_a_head_over_several_passes_its_unit_on(
    made: tuple[list[PrintedTable], dict[str, str]],
) -> None:
    """Beside an amount stands what its own head says, and in which money the one above counts."""
    labels = {cell["data-label"] for cell in shown(made, "shaanxi-department").select("td.money")}
    assert labels == {"总额（万元）", "财政拨款（万元）", "其他资金（万元）"}


def test_a_sum_is_aligned_with_what_it_sums(
    made: tuple[list[PrintedTable], dict[str, str]],
) -> None:
    """The points of all rows stand below those of each, though the form has no field for them."""
    row = shown(made, "central-evaluation").select("tr")[-1]
    assert [(cell.get_text(), cell.get("class")) for cell in row.select("td")][:2] == [
        ("100", ["money"]),
        ("100", ["money"]),
    ]
