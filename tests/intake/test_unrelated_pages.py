"""Pages of a long PDF without a sign of targets are not looked through, and no others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest
import typst

from disclosure.intake.formats import pdf
from disclosure.intake.formats.pdf import unrelated_pages
from tests.support.repository import ROOT

ASSETS = ROOT / "generator/disclosure/plugin/theme/assets"
PROSE = "贯彻落实国家有关方针政策，承担组织、协调和监督工作。"
ACCOUNTS = (
    "#align(center)[公开02表　收入决算表] #table(columns: 3, [科目], [合计], [收入],"
    " ..range(1, 9).map(row => ([20#row], [#row.50], [#row.30])).flatten())"
)
TITLE = f"{PROSE} #v(1fr) #align(center)[项目支出情况表]"
TARGETS = "#table(columns: 2, [三级指标], [指标值], [培训人次], [≥100人次])"
GOES_ON = "#table(columns: 2, [培训场次], [≥12场], [培训合格率], [≥95%])"
#: A picture as large as the page, with a line below it.
PICTURE = f'#image("card.png", width: 100%) {PROSE}'
HEAD = """#set page(paper: "a5", margin: 2cm)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), lang: "zh", region: "cn", size: 9pt)
"""


def printed(folder: Path, pages: list[str]) -> Path:
    """A PDF with a page of each text."""
    source, file = folder / "book.typ", folder / "book.pdf"
    shutil.copy(ASSETS / "card.png", folder)
    source.write_text(HEAD + "\n#pagebreak()\n".join(pages), "utf-8")
    file.write_bytes(typst.compile(source))
    return file


@pytest.mark.parametrize(
    ("pages", "unrelated"),
    [
        pytest.param(
            [PROSE] * 4 + [ACCOUNTS] * 3 + [TARGETS] + [ACCOUNTS] * 4,
            {*range(1, 8), *range(9, 13)},
            id="one table",
        ),
        pytest.param(
            [PROSE] * 5 + [TITLE, TARGETS] + [ACCOUNTS] * 4,
            {*range(1, 6), *range(8, 12)},
            id="a title overleaf",
        ),
        pytest.param(
            [PROSE] * 5 + [TARGETS, GOES_ON] + [ACCOUNTS] * 4,
            {*range(1, 6), *range(8, 12)},
            id="a table that goes on",
        ),
        pytest.param(
            [PROSE] * 4 + [TARGETS, ACCOUNTS, PICTURE, *[PROSE] * 5],
            {*range(1, 5), 6, *range(8, 13)},
            id="a picture",
        ),
        pytest.param([PROSE] * 8 + [TARGETS], set(), id="a short document"),
        pytest.param([PROSE] * 14, set(), id="no sign at all"),
        pytest.param(["三、分项绩效目标", *[PROSE] * 14], set(), id="goals in prose"),
    ],
)
def test_pages_without_a_sign_of_targets(
    tmp_path: Path, pages: list[str], unrelated: set[int]
) -> None:
    """Each page that may hold a part of a target table, its title or a picture is read in full."""
    with pypdfium2.PdfDocument(printed(tmp_path, pages)) as document:
        assert {*unrelated_pages.lines_by_page(document)} == unrelated


def test_nothing_of_such_a_page_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many characters are counted as when every page is read in full, and all are in pieces."""
    file = printed(tmp_path, [*[PROSE, ACCOUNTS] * 5, TARGETS, PROSE])
    pieces, visible, remarks = pdf.read(file, lambda _: None)
    monkeypatch.setattr(unrelated_pages, "_MIN_PAGES", 100)
    whole, counted, said = pdf.read(file, lambda _: None)
    assert (visible, remarks) == (counted, said)
    assert len(pieces) > len(whole)
