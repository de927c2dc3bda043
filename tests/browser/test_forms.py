"""Every known form in a browser: its grid, on a desktop and on a phone, and who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from disclosure.forms.library import known, shipped
from tests.support.browser import SIZES, Visit, served
from tests.support.formdata import PrintedTable, write_forms
from tests.support.loaded_mkdocs import mkdocs
from tests.support.page_faults import faults, html_errors, violations

_CONFIGURATION = """site_name: 表样
docs_dir: pages
plugins:
  - disclosure:
      data_dir: data
theme:
  name: material
  language: zh
  font: false
"""
#: The first table of each form.
GRID = """(form) => [...document.querySelector(`table[data-form="${form}"]`).rows].map((row) =>
  [...row.cells].map((cell) => ({
    text: cell.textContent, rows: cell.rowSpan, columns: cell.colSpan })))"""
#: How far the page reaches beyond the screen.
WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[PrintedTable]]:
    """A site with every table of the cases, and the first table of each form."""
    root = tmp_path_factory.mktemp("forms")
    (root / "mkdocs.yml").write_text(_CONFIGURATION, "utf-8")
    for name in ("guide.md", "about.md"):
        Path(root, "pages").mkdir(exist_ok=True)
        Path(root, "pages", name).write_text(f"# {name}\n", "utf-8")
    tables = write_forms(root / "data")
    finished = mkdocs("build", "--site-dir", str(root / "built"), cwd=root)
    assert finished.returncode == 0, finished.stderr
    return root / "built", list({one.form_id: one for one in reversed(tables)}.values())


@pytest.fixture(scope="module")
def forms(built: tuple[Path, list[PrintedTable]]) -> Iterator[tuple[str, list[PrintedTable]]]:
    """The address of that site, and the tables."""
    folder, tables = built
    with served(folder) as address:
        yield address, tables


def printed(one: PrintedTable) -> list[list[dict[str, Any]]]:
    """The cells that the case says."""
    rows: list[list[dict[str, Any]]] = one.printed["rows"]
    return rows


def test_a_form_is_shown_as_printed(forms: tuple[str, list[PrintedTable]], look: Visit) -> None:
    """Each form has the cells of the printed table, fits the screen and violates no rule.

    On a phone nothing in it is cut, at no width.
    """
    address, tables = forms
    page = look(bypass_csp=True).page
    for one in tables:
        page.goto(address + one.address)
        shown = page.evaluate(GRID, one.form_id)
        if shipped(one.form_id).flexible:  # as many columns as cells begin in
            texts = [[cell["text"] for cell in row] for row in shown]
            assert texts == [[cell["text"] for cell in row] for row in printed(one)]
        else:
            assert shown == printed(one), one.form_id
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(WIDER) <= 0, (one.form_id, size)
            assert violations(page) == [], (one.form_id, size)
        assert faults(page) == [], one.form_id


def test_the_page_of_a_form_is_valid_html(built: tuple[Path, list[PrintedTable]]) -> None:
    """The Nu HTML checker finds no error in the table of any form, nor on the page around it."""
    folder, tables = built
    assert {one.form_id for one in tables} == set(known())
    assert html_errors(*(folder / one.address / "index.html" for one in tables)) == []
