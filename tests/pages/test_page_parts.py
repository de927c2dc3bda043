"""Pages of a large department are cut into parts: everything is on one of them, in its order."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Sequence
from functools import cache

import pytest
from msgspec.structs import replace

from disclosure.compare import ComparedDepartment
from disclosure.config.settings import Settings
from disclosure.model.dataset import DepartmentData, DepartmentYear, GitHistory, ProjectYear
from disclosure.pages import page_parts, render
from disclosure.pages.filled_forms import list_tables, year_part
from disclosure.pages.outline import outline
from disclosure.pages.page_parts import cut
from disclosure.pages.render import MarkdownFile
from disclosure.site import department_analysis
from disclosure.site.views import department_views
from tests.support.repository import ROOT

#: What stands on a page beside what is cut: the way there, the index, heads of tables.
AROUND = 8_000
#: Where a table of the document begins, a list of projects once on each part with some of them.
FORM = r'<div class="document-page" id="([^"]+)"></div>\n<p'
#: Less than any of these pages, more than any one item on them.
LOWERED = 12_000


def pages(department: ComparedDepartment) -> dict[str, str]:
    """The pages of a department as Markdown, which are those that its outline promises."""
    views = [*department_views(department, GitHistory(), Settings("名"))]
    assert tuple(view.address for view in views) == outline(department).addresses
    return {view.address: MarkdownFile(view).text for view in views}


@cache
def departments(folder: str) -> Sequence[ComparedDepartment]:
    """The departments of a site's data."""
    return department_analysis.analysed(ROOT / folder / "data").departments


@cache
def whole_pages(folder: str) -> Sequence[dict[str, str]]:
    """The pages of each department of a site."""
    return [*map(pages, departments(folder))]


@cache
def cut_pages(folder: str, limit: int) -> Sequence[dict[str, str]]:
    """The same where a page may have so many bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_parts, "MAX_BYTES", limit)
        return [*map(pages, departments(folder))]


def parts_of(found: dict[str, str], address: str, below: str = "") -> dict[str, str]:
    """The parts of a page in their order."""
    return {
        place: text
        for place, text in found.items()
        if re.fullmatch(rf"{re.escape(address)}({below}\d+/)?", place)
    }


@pytest.mark.parametrize("folder", ["examples", "tests/cases/other-forms"])
def test_the_document_of_a_year_is_cut(folder: str) -> None:
    """Every table stands on one part, in the order of the whole, and no part is too long."""
    was_cut = 0
    for whole, found in zip(whole_pages(folder), cut_pages(folder, LOWERED), strict=True):
        for address in [place for place in whole if place.endswith("/print/")]:
            parts = parts_of(found, address)
            was_cut += len(parts) > 1
            printed = [row for part in parts.values() for row in rows(part)]
            assert {*printed} == {*rows(whole[address])}
            ids = [one for part in parts.values() for one in re.findall(FORM, part)]
            assert [*dict.fromkeys(ids)] == re.findall(FORM, whole[address])
            if len(parts) > 1:
                check_links(parts)
                assert max(len(part.encode()) for part in parts.values()) < LOWERED + AROUND
    assert was_cut


@pytest.mark.parametrize("folder", ["examples", "tests/cases/other-forms"])
def test_the_comparison_of_years_is_cut(folder: str) -> None:
    """Every row and every detail stands on one part, and links within lead to the part."""
    was_cut = 0
    for whole, found in zip(whole_pages(folder), cut_pages(folder, 30_000), strict=True):
        for address in [place for place in whole if "/compare/" in place]:
            parts = parts_of(found, address)
            if len(parts) == 1:
                assert parts[address] == whole[address]
                continue
            was_cut += 1
            for each in ("<tr data-", '<div id="project', "<del>"):
                assert sum(text.count(each) for text in parts.values()) == whole[address].count(
                    each
                )
            check_links(parts)
            check_anchors(parts)
            assert max(len(part.encode()) for part in parts.values()) < 30_000 + AROUND
    assert was_cut


@pytest.mark.parametrize("folder", ["examples", "tests/cases/other-forms"])
def test_the_page_of_a_year_is_cut(folder: str) -> None:
    """Every project and every row stands on one part; what stands there once is on the first."""
    was_cut = 0
    for whole, found in zip(whole_pages(folder), cut_pages(folder, LOWERED), strict=True):
        for address in [place for place in whole if re.fullmatch(r"[^/]+/\d+/", place)]:
            parts = parts_of(found, address, "part/")
            if len(parts) == 1:
                continue
            was_cut += 1
            for each in ('<td class="number">', "<tr data-", "## 来源", "批复日期"):
                assert sum(text.count(each) for text in parts.values()) == whole[address].count(
                    each
                )
            printed = {row for text in parts.values() for row in rows(text)}
            assert printed == {*rows(whole[address])}
            check_links(parts)
            check_anchors(parts)
            later = [*parts.values()][1:]
            assert max(len(text.encode()) for text in later) < LOWERED + AROUND
    assert was_cut


def check_anchors(parts: dict[str, str]) -> None:
    """A link to a place on one of the parts finds it there."""
    checked = 0
    parts = {place: html.unescape(text) for place, text in parts.items()}
    for place, text in parts.items():
        for link, anchor in re.findall(r'href="([^"?#]*)(?:\?[^"#]*)?#([^"]+)"', text):
            there = posixpath.normpath(posixpath.join(place, link)) + "/"
            if there not in parts:
                continue
            assert f'id="{anchor}"' in parts[there], (place, there, anchor)
            checked += 1
    assert checked


def rows(page: str) -> list[str]:
    """What the tables of projects print, without the heads that each table repeats.

    Of each row its end: where a list is cut, a cell over several of its rows begins again.
    """
    cells = re.findall(r'<tr class="(?:card|pairs|steps)">\n(.*?)</tr>', page, re.DOTALL)
    texts = (re.sub(r"<[^>]+>", "|", cell) for cell in cells)
    return ["".join(text.splitlines()[-3:]) for text in texts if text.strip("|\n")]


def check_links(parts: dict[str, str]) -> None:
    """The first part leads to all, and each to its neighbours and to the first."""
    places = [*parts]
    for number, (place, text) in enumerate(parts.items()):
        assert f'<a href="{render.relative(place, places[0])}#parts">全部部分</a>' in text
        if number == 0:
            for other, there in enumerate(places[1:], start=2):
                link = f'<a href="{render.relative(place, there)}">第{other}部分</a>'
                assert f'<th scope="row">{link}</th>' in text
        before, after = places[max(number - 1, 0)], places[min(number + 1, len(places) - 1)]
        assert (f'href="{render.relative(place, before)}" rel="prev"' in text) == (number > 0)
        assert (f'href="{render.relative(place, after)}" rel="next"' in text) == (after != place)


def test_items_are_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page holds as many as fit; one that is too long by itself has its own page."""
    monkeypatch.setattr(page_parts, "MAX_BYTES", 10)
    assert cut([]) == (range(0),)
    assert cut([4, 6, 1]) == (range(2), range(2, 3))
    assert cut([4, 4], first=7) == (range(0), range(2))
    assert cut([30, 1, 0, 30]) == (range(1), range(1, 3), range(3, 4))
    assert cut([30, 0, 0]) == (range(3),)
    assert cut([0, 0], first=30) == (range(2),)


@pytest.mark.parametrize("adjusted", ["all", "last", "first"])
def test_each_sum_of_a_cut_list_stands_on_one_part(adjusted: str) -> None:
    """It stays where it stands, though a project of the list has a table of its own by now."""
    (department,) = departments("tests/cases/other-forms")
    data = department.data
    year = next(one for one in data.years if one.disclosure.project_lists)
    forms = {made.form for made in year.disclosure.project_lists}
    places = [at for at, one in enumerate(year.projects) if one.current.form in forms]
    chosen = {"all": places, "last": places[-1:], "first": places[:1]}[adjusted]
    projects = [
        with_own_table(one) if at in chosen else one for at, one in enumerate(year.projects)
    ]
    year = replace(year, projects=tuple(projects))
    for in_force in (False, True):
        whole = sum_rows(data, year, in_force=in_force)
        found: list[str] = []
        for at in range(len(projects)):
            part = year_part(year, range(at, at + 1), in_force=in_force)
            found += sum_rows(data, part, in_force=in_force)
        assert found == whole


def with_own_table(project: ProjectYear) -> ProjectYear:
    """The project as it is after an adjustment that was published as a table of its own."""
    (first,) = project.versions
    adjusted = first.project.model_copy(update={"form": None})
    return replace(project, versions=(first, replace(first, project=adjusted)))


def sum_rows(data: DepartmentData, year: DepartmentYear, *, in_force: bool) -> list[str]:
    """The names of the sums that the lists of a year print, in their order."""
    names = {one.name for made in year.disclosure.project_lists for one in made.sums}
    cells = (
        cell.text
        for made in list_tables(data, year, in_force=in_force)
        for row in made.table.rows
        for cell in row.cells
    )
    return [text for text in cells if text in names]
