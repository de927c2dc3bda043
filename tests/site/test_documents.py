"""The document that a year was taken from, published beside its page."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from disclosure.engine.cache import Cache
from disclosure.exports.schema.department_tables import DISCLOSURES
from disclosure.exports.schema.tables import VERSIONS
from disclosure.exports.writers.rows import department_rows
from disclosure.model.diagnostics import has_errors
from disclosure.site.department_analysis import analysed
from disclosure.site.pipeline import render_to
from tests.support.datafolder import department, disclosure, project, write

PDF = b"%PDF-1.4\n" + b"%" * 1_234_567
NAME = "<b>公开&'.pdf"
YEAR = "a-1/2024/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of one year with its document, whose name and title would be markup if they could."""
    source = 'source: {title: "<i>预算</i>", file: "' + NAME + '", page: 3}\n'
    files = {
        "a-1/department.yml": department("a-1", "商务局"),
        "a-1/2024/disclosure.yml": disclosure(2024) + source,
        "a-1/2024/projects/A1.yml": project("A1") + "page: 29\n",
    }
    write(tmp_path, files)
    (tmp_path / "data/a-1/2024" / NAME).write_bytes(PDF)
    (tmp_path / "site_src").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 网站\ndocs_dir: site_src\nplugins: [disclosure]\ntheme: {name: material}\n",
        "utf-8",
    )
    return tmp_path


def test_it_is_linked_at_the_page_of_each_table(folder: Path) -> None:
    """By an address that its name has no part in, with size and checksum; nothing is markup."""
    assert not has_errors(render_to(folder, folder / "out"))
    assert (folder / "out" / YEAR / "a-1-2024.source.pdf").read_bytes() == PDF
    for page, link in (
        ("", "a-1-2024.source.pdf#page=3"),
        ("A1/", "../a-1-2024.source.pdf#page=29"),
    ):
        text = (folder / "out" / YEAR / page / "index.md").read_text("utf-8")
        assert f'<a href="{link}">&#60;i&#62;预算' in text
        assert "（PDF，1&#46;3 MB，第" in text
        assert hashlib.sha256(PDF).hexdigest() in text
        assert "<i>" not in text
        assert "<b>" not in text


def test_the_open_data_say_on_which_page(folder: Path) -> None:
    """Of the year and of each project's table."""
    (one,) = analysed(folder / "data").departments
    rows = department_rows(one).years[2024].all()
    for table, page in ((DISCLOSURES, 3), (VERSIONS, 29)):
        column = [each.name for each in table.columns].index("source_page")
        assert [row[column] for row in rows[table.name]] == [page]


def test_another_content_is_another_document(folder: Path) -> None:
    """With the data files as they were, the cache does not answer for it."""
    cache = Cache(folder / "cache")
    sums = []
    for content in (PDF, PDF[:-1] + b"x"):
        (folder / "data/a-1/2024" / NAME).write_bytes(content)
        document = analysed(folder / "data", cache=cache).departments[0].data.years[0].document
        assert document is not None
        sums.append(document.sha256)
    assert sums == [hashlib.sha256(one).hexdigest() for one in (PDF, PDF[:-1] + b"x")]
