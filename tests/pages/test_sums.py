"""Sums of amounts that documents print in 元 and in 万元, with few decimals and with many."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from disclosure.config.settings import Settings
from disclosure.model.dataset import total
from disclosure.pages.comparison import money_line
from disclosure.pages.formatting import in_yuan, money
from disclosure.site import pipeline
from tests.support import datafolder


@pytest.mark.parametrize(
    ("amounts", "shown", "yuan"),
    [
        (["20.600000", "38.540000"], "59.14", ""),
        (["400", "0.5"], "400.50", ""),
        (["400.00", "39.640005"], "439.640005", "4,396,400.05"),
        (["0.000001", "1234567890123.00"], "1,234,567,890,123.000001", "12,345,678,901,230,000.01"),
        (["150.125", None, "-0.125"], "150.00", ""),
        (["12.3450"], "12.345", "123,450.00"),
        ([], "0.00", ""),
    ],
)
def test_a_sum_is_exact_and_has_no_zeros_that_say_nothing(
    amounts: list[str | None], shown: str, yuan: str
) -> None:
    """Not a digit that was printed is lost; what is finer than 0.01万元 is said in 元 too."""
    found = total(None if one is None else Decimal(one) for one in amounts)
    assert (money(found), in_yuan(found)) == (shown, yuan)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("17728.60005", "16078.44005", "−1,650.16"),
        ("361.00005", "396.40005", "+35.40"),
        ("20.600000", "20.600001", "+0.000001"),
        ("150", "120", "−30.00"),
        ("40.00", "40", "0.00"),
    ],
)
def test_a_change_of_money_is_written_as_a_sum_is(old: str, new: str, shown: str) -> None:
    """No document printed it, so that zeros behind its second decimal say nothing."""
    assert money_line(Decimal(old), Decimal(new)).change == shown


def test_a_page_adds_up_files_of_both_units(tmp_path: Path) -> None:
    """The year's page says the exact sum, and in 元 because 万元 have too many decimals."""
    budgets = {"A1": "{total: 400.00}\n", "A2": "{total: '396,400.05'}\nmoney: 元\n"}
    files = {
        f"a-1/2024/projects/{code}.yml": datafolder.project(code, code, number).replace(
            "{total: 150.00}\n", budget
        )
        for number, (code, budget) in enumerate(budgets.items(), 1)
    }
    files |= {
        "a-1/department.yml": datafolder.department(),
        "a-1/2024/disclosure.yml": datafolder.disclosure(2024),
    }
    made = pipeline.generate(datafolder.write(tmp_path, files), Settings("网站"))
    text = {page.path: page.text for page in made.pages()}
    for path in ("a-1/2024/index.md", "years/2024/index.md"):
        figure = BeautifulSoup(text[path], "html.parser").select_one(".figure-main")
        assert figure
        assert figure.text.startswith("项目预算数合计439.640005 万元即4,396,400.05元"), path
