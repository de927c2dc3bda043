"""The 2024 document against the built pages, to the last character.

Set aside of the document: white space, because the PDF breaks words over lines. Set aside of
the pages: our own references to public notes. Nothing else: headings, column heads and
numbering are compared too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

SEED = Path(__file__).parents[1] / "seed" / "shuangluan-commerce-bureau-2024.txt"
YEAR = "130803-322/2024"
CODES = ("13080324P00514210001L", "13080324P00514110001Y", "13080324P005140100019")

PART_ONE = "第一部分部门整体绩效目标"
PART_TWO = "第二部分预算项目绩效目标"
FORM_TITLE = re.compile(r"\d\.[^.]{1,30}绩效目标表\d{6}")


def content(text: str) -> str:
    """The characters that count."""
    return re.sub(r"\s", "", text)


def seed_parts() -> tuple[str, list[str]]:
    """The document's part one, and each form of part two."""
    text = content(SEED.read_text(encoding="utf-8"))
    assert text.startswith(PART_ONE)
    part_one, part_two = text.split(PART_TWO)
    starts = [match.start() for match in FORM_TITLE.finditer(part_two)]
    assert starts[0] == 0
    ends = [*starts[1:], len(part_two)]
    return part_one, [part_two[start:end] for start, end in zip(starts, ends, strict=True)]


def page(site: Path, address: str) -> Tag:
    """A built page's article, without our references to notes."""
    soup = BeautifulSoup((site / address / "index.html").read_text("utf-8"), "html.parser")
    article = soup.article
    assert article is not None
    for mark in article.select(".note-ref, .headerlink"):
        mark.decompose()
    return article


def test_part_one_is_on_the_page_of_the_year(built_site: Path) -> None:
    """Part one stands on the year's page exactly as in the document, numbering included."""
    part_one, _ = seed_parts()
    shown = content(page(built_site, YEAR).get_text())
    start, end = shown.index(PART_ONE), shown.index(PART_TWO)
    assert shown[start:end] == part_one


@pytest.mark.parametrize(("number", "code"), list(enumerate(CODES)))
def test_every_form_is_on_its_page(built_site: Path, number: int, code: str) -> None:
    """A project's official table reads, cell by cell in order, exactly as the printed form."""
    _, forms = seed_parts()
    tables = page(built_site, f"{YEAR}/{code}").select("table.form")
    assert content("".join(table.get_text() for table in tables)) == forms[number]


def test_each_indicator_row_is_a_row_of_the_document(built_site: Path) -> None:
    """Every row's own cells follow one another in the document without a gap."""
    text = content(SEED.read_text(encoding="utf-8"))
    rows = 0
    for code in CODES:
        for row in page(built_site, f"{YEAR}/{code}").select(".form tr.card"):
            rows += 1
            assert content(row.get_text()) in text
    assert rows == 8 + 7 + 7


def test_no_part_of_the_document_is_missing(built_site: Path) -> None:
    """The three forms and part one together are the whole document."""
    part_one, forms = seed_parts()
    whole = content(SEED.read_text(encoding="utf-8"))
    assert len(forms) == len(CODES)
    assert part_one + PART_TWO + "".join(forms) == whole
    assert PART_TWO in content(page(built_site, YEAR).get_text())
