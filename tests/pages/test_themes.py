"""Pages of themes: which projects are listed, and what is said of each."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from disclosure.config.settings import Settings
from disclosure.model.dataset import GitHistory
from disclosure.pages import themes
from disclosure.pages.formatting import money, ungrouped
from disclosure.pages.themes import ThemesView, ThemeView
from disclosure.reading import shipped_words
from disclosure.site.department_analysis import analysed
from tests.support import district
from tests.support.datacases import folder, project
from tests.support.repository import ROOT
from tests.support.views import all_views

SETTINGS = Settings("网站", "说明", "https://example.org/")


def pages(data: Path) -> dict[str, ThemeView]:
    """The page of each theme by its identifier."""
    views = all_views(analysed(data), GitHistory(), SETTINGS)
    found = [view for view in views if isinstance(view, ThemeView)]
    return {view.address.split("/")[1]: view for view in found}


def lines(view: ThemeView) -> list[tuple[str, str, str, str, str]]:
    """Year, project, money, mark and reason of each line."""
    return [
        (year.year.text, line.link.text, line.budget, line.mark, line.reason)
        for year in view.years
        for line in year.lines
    ]


@pytest.fixture(scope="module")
def examples() -> dict[str, ThemeView]:
    """The themes of the invented district."""
    return pages(ROOT / "examples/data")


def test_projects_are_listed_by_year_with_their_money(examples: dict[str, ThemeView]) -> None:
    """Newest year first, each project with its budget; one that was withdrawn says so."""
    found = lines(examples["elderly"])
    years = [year for year, *_ in found]
    assert years == sorted(years, reverse=True)
    assert ("2025年", "老年助餐服务补助", "48.00", "", "") in found
    assert ("2025年", "经济困难老年人家庭适老化改造", "0.00", "已撤销", "") in found


def test_an_indicator_is_reason_enough_and_is_named(examples: dict[str, ThemeView]) -> None:
    """A project whose name does not tell says which indicator put it there."""
    found = {reason for *_, reason in lines(examples["elderly"])}
    assert "指标“老年人健康管理率”" in found


def test_sums_leave_out_what_was_withdrawn(examples: dict[str, ThemeView]) -> None:
    """The sum of a year is that of its lines in force, and says how many are not."""
    (newest, *_) = examples["elderly"].years
    assert "另有1个已撤销" in newest.projects
    amounts = [Decimal(ungrouped(line.budget)) for line in newest.lines if not line.withdrawn]
    assert newest.budget == money(sum(amounts, Decimal(0)))


def test_a_site_adds_words_and_themes(tmp_path: Path) -> None:
    """Words of a theme that ships are added to it, a new theme gets its page; others have none."""
    second = project("A2").replace("number: 1", "number: 2").replace("招商引资", "养老")
    data = folder(tmp_path, {"A1": project("A1").replace("招商引资", "犬类管理"), "A2": second})
    assert [*pages(data)] == ["elderly"]
    (data / "words.yml").write_text(
        "schema: words/1\nthemes:\n"
        "  - {id: elderly, name: 老人, words: [犬]}\n  - {id: pets, name: 宠物, words: [犬]}\n",
        "utf-8",
    )
    found = pages(data)
    assert {name: view.title for name, view in found.items()} == {"elderly": "老人", "pets": "宠物"}
    assert [line[1] for line in lines(found["elderly"])] == ["犬类管理", "养老"]


def test_no_list_is_longer_than_a_telephone_can_load(
    monkeypatch: pytest.MonkeyPatch, examples: dict[str, ThemeView]
) -> None:
    """Of more projects the newest years are listed whole, and older ones say where to look."""
    monkeypatch.setattr(themes, "MAX_LISTED", len(examples["elderly"].years[0].lines))
    newest, *older = pages(ROOT / "examples/data")["elderly"].years
    assert newest.lines
    assert older
    assert not any(year.lines for year in older)
    assert all(year.projects and year.budget for year in older)


def test_the_list_of_themes_leads_to_each(examples: dict[str, ThemeView]) -> None:
    """`/themes/` names the themes that have projects, each with its newest year."""
    views = all_views(district.analysis(), GitHistory(), SETTINGS)
    (view,) = (view for view in views if isinstance(view, ThemesView))
    assert [theme.link.address for theme in view.themes] == [
        page.address for page in examples.values()
    ]
    assert [theme.newest for theme in view.themes] == [page.years[0] for page in examples.values()]


def test_the_list_names_no_theme_that_it_lacks() -> None:
    """What it is said to be of are its own themes, five at most."""
    views = all_views(analysed(ROOT / "data"), GitHistory(), SETTINGS)
    (view,) = (view for view in views if isinstance(view, ThemesView))
    named = "、".join(line.link.text for line in view.themes)
    assert view.description.startswith(f"按老百姓关心的事归类：{named}，")


def test_what_ships_is_in_order() -> None:
    """No group begins like another, and no word stands twice in a group or a theme."""
    words = shipped_words()
    first = [group.words[0] for group in words.synonyms]
    assert len(first) == len(set(first))
    assert all(len(group.words) == len(set(group.words)) for group in words.synonyms)
    assert all(len(theme.words) == len(set(theme.words)) for theme in words.themes)
    assert {"养老", "上学", "看病", "修路", "住房"} <= {theme.name for theme in words.themes}
