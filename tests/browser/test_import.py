"""What Chromium prints of our own pages, taken in again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from disclosure.intake.formats import pdf
from disclosure.intake.formats.pieces import TextPiece
from tests.support.browser import YEAR, Visit
from tests.support.repository import ROOT, Run
from tests.support.taking import committed, records, take_in, without_source, without_year


def printed(look: Visit, address: str, file: Path) -> Path:
    """A year's document, saved as a user would."""
    page = look().page
    page.goto(address)
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    return file


def gb2312() -> str:
    """Every character of GB 2312, but for two that fonts draw like another one in it or beside it.

    `・` looks like `·`, and `―` is what Python makes of what is `—` everywhere else.
    """
    codes = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    found = (code.decode("gb2312", "ignore") for code in codes)
    return "".join(char for char in found if char.strip() and char not in "・―")


@pytest.mark.parametrize("font", ["Noto Sans CJK SC", "Noto Serif CJK SC"])
def test_no_character_is_mistaken(look: Visit, tmp_path: Path, font: str) -> None:
    """Of every character of GB 2312, a PDF of Chromium's gives back what was meant."""
    chars = gb2312()
    assert len(chars) > 7000
    lines = [chars[at : at + 30] for at in range(0, len(chars), 30)]
    page = look().page
    style = f"font-family: '{font}'; white-space: pre"
    page.set_content(f'<html lang="zh-CN"><body><div style="{style}"></div></body></html>')
    page.locator("div").evaluate("(box, text) => { box.textContent = text; }", "\n".join(lines))
    page.pdf(path=tmp_path / "字.pdf")
    pieces, visible, _ = pdf.read(tmp_path / "字.pdf", lambda _: None)
    assert visible == len(chars)
    found = "".join(piece.bare for piece in pieces if isinstance(piece, TextPiece))
    assert found == chars


def test_our_own_print_gives_the_same_data(run: Run, site: str, look: Visit, project: Path) -> None:
    """Cover, contents, list and notes have their place as well: nothing is left over."""
    file = printed(look, f"{site}{YEAR}print/", project / "打印.pdf")
    code, out, _ = take_in(run, without_year(project), file)
    assert code == 0, out
    assert "未能归入 0 字" in out
    assert without_source(records(project / "data")) == without_source(committed())


#: Years without later versions, as the print shows only the last of them: one without results, and
#: one with results and notes. Other forms are printed in tests/intake/test_back_again.py.
YEARS = {"990101-402": "2025", "990101-501": "2024"}


@pytest.mark.parametrize(("department", "year"), YEARS.items())
def test_other_departments_as_well(
    run: Run, example_site: str, look: Visit, tmp_path: Path, department: str, year: str
) -> None:
    """A year of the invented district comes out of its print as it went in."""
    file = printed(look, f"{example_site}{department}/{year}/print/", tmp_path / "打印.pdf")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "examples/data", tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / department / year)
    where = ("--department", department, "--year", year)
    _, out, _ = run("import", file, *where, folder=tmp_path)
    assert "未能归入 0 字" in out
    for project in sorted((ROOT / "examples/data" / department / year / "projects").iterdir()):
        draft = tmp_path / "data" / department / year / "projects" / project.name
        assert values(draft) == values(project)


def values(file: Path) -> dict[str, object]:
    """What a project's file says, but for what its form does not print."""
    found: dict[str, object] = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506
    return {key: value for key, value in found.items() if key not in {"continues", "notes"}}
