"""Every known form on its page: data in, the printed table out, cell by cell."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from disclosure.config.settings import Settings
from disclosure.forms.library import known, shipped
from disclosure.model.diagnostics import Severity
from disclosure.site import pipeline
from tests.support.formdata import PrintedTable, write_forms


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
