"""The pages on paper, as Chromium prints them from either scheme."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.support import papers
from tests.support.browser import INVESTMENT, YEAR, Visit, served
from tests.support.loaded_mkdocs import mkdocs
from tests.support.repository import ROOT

PROJECTS = ROOT / "data/130803-322/2024/projects"
CODE = INVESTMENT.split("/")[-2]


@pytest.fixture(autouse=True)
def _poppler() -> None:
    papers.need_poppler()


def printed(look: Visit, address: str, file: Path, scheme: str = "light") -> list[str]:
    """Print a page to a PDF as the page itself wants it; the text of its pages."""
    page = look(color_scheme=scheme).page
    page.goto(address)
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    return papers.pages(file)


def sizes(file: Path) -> list[tuple[float, float]]:
    """How wide and how high each page of a PDF is."""
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_size() for page in document]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_project_prints_all_that_it_shows(
    site: str, look: Visit, tmp_path: Path, scheme: str
) -> None:
    """The answers, every value of the form, what explains it; on white, without the ways out."""
    file = tmp_path / "form.pdf"
    found = "".join(printed(look, site + INVESTMENT, file, scheme))
    for value in papers.values(PROJECTS / f"{CODE}.yml"):
        assert value in found, value
    shown = ("资金", "逐项看指标", "来源与引用", "引用格式", "注1")
    for part in ("2024年度", "单位：万元", "首次公开", INVESTMENT, *shown):
        assert part in found, part
    for foreign in ("搜索", "首页", "下一个项目"):
        assert foreign not in found, foreign
    assert papers.edges_are_white(file, tmp_path)


def test_a_year_prints_as_one_document(site: str, look: Visit, tmp_path: Path) -> None:
    """Part one and all forms are there, and each form begins on a page of its own."""
    file = tmp_path / "year.pdf"
    found = printed(look, f"{site}{YEAR}print/", file)
    text = "".join(found)
    for project in PROJECTS.glob("*.yml"):
        for value in papers.values(project):
            assert value in text, (project.stem, value)
    source = PROJECTS.parent / "disclosure.yml"
    goal = next(value for value in papers.values(source) if value.startswith("2024年"))
    assert goal in text
    assert "目录" in found[1]
    assert sum("单位：万元" in page and "项目编码预算" not in page for page in found) >= 3
    assert sum("指标值确定依据" in page for page in found) == 3
    assert [f"第{number}页共{len(found)}页" in page for number, page in enumerate(found, 1)] == (
        [True] * len(found)
    )
    assert papers.edges_are_white(file, tmp_path)


def test_the_year_leads_to_its_document(site: str, look: Visit) -> None:
    """The page of the year links the document, which stays out of the search index."""
    page = look().page
    page.goto(site + YEAR)
    page.get_by_role("link", name="打印全年公开内容").click()
    page.wait_for_url("**/2024/print/")
    assert page.locator("h1").count() == 1


def test_a_long_table_on_paper(project: Path, look: Visit, tmp_path: Path) -> None:
    """Thirty indicators take several pages: repeated heads, numbers, and no row is cut."""
    file = project / "data/130803-322/2024/projects" / f"{CODE}.yml"
    papers.with_indicators(file, papers.many_indicators())
    built = tmp_path / "built"
    finished = mkdocs("build", "--site-dir", str(built), cwd=project)
    assert finished.returncode == 0, finished.stderr
    with served(built) as address:
        papers.assert_heads_and_rows(printed(look, address + INVESTMENT, tmp_path / "long.pdf"))


def test_lists_of_many_columns_lie_on_their_side(
    example_site: str, look: Visit, tmp_path: Path
) -> None:
    """Ten columns are printed across; the name of a table is on the page of its first row."""
    across = tmp_path / "across.pdf"
    printed(look, f"{example_site}years/2024/missed/", across)
    assert all(width > height for width, height in sizes(across))
    upright = tmp_path / "upright.pdf"
    found = printed(look, f"{example_site}coverage/2024/", upright)
    assert all(width < height for width, height in sizes(upright))
    names = ("公开了什么（", "指标中有数值", "PI-8.1绩效计划", "PI-8.2绩效结果")
    for name in names:
        (page,) = (text for text in found if name in text)
        assert "文化和旅游局" in page.partition(name)[2], name
