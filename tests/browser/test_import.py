"""What Chromium prints of our own pages, taken in again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests.browser.conftest import YEAR, Visit
from tests.conftest import ROOT, Run
from tests.importing.taking import committed, said, take_in, without_source, without_year


def printed(visit: Visit, address: str, file: Path) -> Path:
    """A year's document as somebody would save it."""
    page = visit().page
    page.goto(address)
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    return file


def test_our_own_print_gives_the_same_data(
    run: Run, site: str, visit: Visit, project: Path
) -> None:
    """Cover, contents, list and notes have their place as well: nothing is left over."""
    file = printed(visit, f"{site}{YEAR}print/", project / "打印.pdf")
    code, out, _ = take_in(run, without_year(project), file)
    assert code == 0, out
    assert "未能归入 0 字" in out
    assert without_source(said(project / "data")) == without_source(committed())


#: Years of the invented district without later versions, whose first ones no page prints.
YEARS = ["990101-201/2023", "990101-302/2023"]


@pytest.mark.parametrize("year", YEARS)
def test_other_departments_as_well(
    run: Run, example_site: str, visit: Visit, tmp_path: Path, year: str
) -> None:
    """A year of the invented district comes out of its print as it went in."""
    file = printed(visit, f"{example_site}{year}/print/", tmp_path / "打印.pdf")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "examples/data", tmp_path / "data")
    department, number = year.split("/")
    shutil.rmtree(tmp_path / "data" / year)
    where = ("--department", department, "--year", number)
    _, out, _ = run("import", file, *where, folder=tmp_path)
    assert "未能归入 0 字" in out
    for project in sorted((ROOT / "examples/data" / year / "projects").iterdir()):
        assert values(tmp_path / "data" / year / "projects" / project.name) == values(project)


def values(file: Path) -> dict[str, object]:
    """What a project's file says, but for what its form does not print."""
    found: dict[str, object] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return {key: value for key, value in found.items() if key not in {"continues", "notes"}}
