"""Names change; the pages and data of a year keep the names under which it was published."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.config.settings import Settings
from disclosure.exports.writers.rows import department_rows
from disclosure.model.departments import Department
from disclosure.pages.view import View
from disclosure.site import department_analysis
from disclosure.site.views import department_views
from tests.support.datafolder import disclosure, project, write

HEAD = """schema: department/1
id: a-1
name: 商务和投资促进局
code: 322
region: {code: 130803, name: 双滦区}
units: [{code: 322001, name: 投促局本级}]
former:
  - {until: 2022, name: 商业局, region: 双滦县}
  - {until: 2023, name: 商务局, units: {322001: 商务局本级}}
"""


@pytest.fixture
def analysis(tmp_path: Path) -> department_analysis.Analysis:
    """Three years of a department that was renamed twice."""
    files = {"a-1/department.yml": HEAD}
    for year in (2022, 2023, 2024):
        files[f"a-1/{year}/disclosure.yml"] = disclosure(year, f"published: {year}-02-20\n")
        files[f"a-1/{year}/projects/{year}.yml"] = project(str(year))
    found = department_analysis.analysed(write(tmp_path, files))
    assert not [one for one in found.diagnostics if one.code.startswith("R")]
    return found


def views(analysis: department_analysis.Analysis) -> dict[str, View]:
    """The department's pages by their address."""
    (department,) = analysis.departments
    made = department_views(department, analysis.history, Settings("某地"))
    return {view.address: view for view in made}


@pytest.mark.parametrize(
    ("year", "name", "unit", "region"),
    [
        (2024, "商务和投资促进局", "投促局本级", "双滦区"),
        (2023, "商务局", "商务局本级", "双滦区"),
        (2022, "商业局", "商务局本级", "双滦县"),
        (2010, "商业局", "商务局本级", "双滦县"),
    ],
)
def test_names_are_those_of_the_year(year: int, name: str, unit: str, region: str) -> None:
    """A name that no older entry gives is that of the next younger one."""
    department = Department.model_validate(
        {
            "schema": "department/1", "id": "a-1", "name": "商务和投资促进局", "code": "322",
            "region": {"code": "130803", "name": "双滦区"},
            "units": ({"code": "322001", "name": "投促局本级"},),
            "former": (
                {"until": "2022", "name": "商业局", "region": "双滦县"},
                {"until": "2023", "name": "商务局", "units": {"322001": "商务局本级"}},
            ),
        }
    ).as_of(year)  # fmt: skip
    found = department.name, department.units[0].name, department.region.name
    assert found == (name, unit, region)


def test_pages_of_a_year_keep_its_names(analysis: department_analysis.Analysis) -> None:
    """Titles, origins and forms say who published; the department's page tells the change."""
    found = views(analysis)
    for year, name in ((2022, "商业局"), (2023, "商务局"), (2024, "商务和投资促进局")):
        page, form = found[f"a-1/{year}/"], found[f"a-1/{year}/{year}/"]
        assert page.title == f"{name}{year}年预算绩效目标"
        for view in (page, form):
            assert view.origin is not None
            assert view.origin.publisher == name
            assert view.facets is not None
            assert view.facets.department == "商务和投资促进局"
        unit = "投促局本级" if year == 2024 else "商务局本级"
        assert form.head.unit[1] == unit  # type: ignore[attr-defined]
        assert form.table.above[0].endswith(unit)  # type: ignore[attr-defined]
    former = found["a-1/"].former  # type: ignore[attr-defined]
    assert former == (
        "2023年及以前：商务局",
        "2023年及以前，投促局本级称商务局本级",
        "2022年及以前：商业局",
        "2022年及以前属双滦县",
    )


def test_the_open_data_keep_the_names(analysis: department_analysis.Analysis) -> None:
    """Each year's row has the name of that year, and a table lists all former names."""
    (department,) = analysis.departments
    rows = department_rows(department)
    names = [year.publication["disclosures"][0][2] for year in rows.years.values()]
    assert names == ["商务和投资促进局", "商务局", "商业局"]
    assert [row[2:] for row in rows.who["former_names"]] == [
        (2022, "department", None, "商业局"),
        (2022, "region", None, "双滦县"),
        (2023, "department", None, "商务局"),
        (2023, "unit", "322001", "商务局本级"),
    ]
