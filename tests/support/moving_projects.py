"""Data of departments between which projects go, and the pages of such data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disclosure.config.settings import Settings
from disclosure.site.department_analysis import analysed
from tests.support.datafolder import department, disclosure, project, write
from tests.support.views import all_views

INDICATOR = """indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 清淤长度, target: ≥TIMES公里}
"""
NAMES = {"a-1": "甲局", "b-2": "乙局", "c-3": "丙局"}
SETTINGS = Settings("某地")


def table(code: str, name: str, continues: str = "", *, times: int = 20, number: int = 1) -> str:
    """A project with an indicator, which carries on what `continues` lists."""
    more = INDICATOR.replace("TIMES", str(times))
    return project(code, name, number, more + (f"continues: [{continues}]\n" if continues else ""))


def files(years: Mapping[str, Mapping[str, str]], heads: Mapping[str, str] = {}) -> dict[str, str]:
    """The files of departments, from their projects' files by department and year: `a-1/2023`."""
    found = {f"{id_}/department.yml": department(id_, NAMES[id_]) for id_ in NAMES}
    found = {path: text for path, text in found.items() if any(y[:3] == path[:3] for y in years)}
    for folder, projects in years.items():
        found[f"{folder}/disclosure.yml"] = disclosure(
            int(folder[-4:]), f"published: {folder[-4:]}-02-20\n"
        )
        found |= {f"{folder}/projects/{code}.yml": text for code, text in projects.items()}
    return {path: text + heads.get(path, "") for path, text in found.items()}


MERGER = files(
    {
        "a-1/2023": {"A23": table("A23", "市场建设")},
        "b-2/2023": {"B23": table("B23", "市场管理")},
        "c-3/2024": {"C24": table("C24", "市场建设和管理", "A23, B23")},
    }
)
SPLIT = files(
    {
        "a-1/2023": {"A23": table("A23", "市场建设")},
        "a-1/2024": {"A24": table("A24", "市场建设", "A23")},
        "b-2/2024": {"B24": table("B24", "市场管理", "A23")},
    }
)
TWICE = files(
    {
        "a-1/2022": {"A22": table("A22", "市场建设")},
        "b-2/2023": {"B23": table("B23", "市场建设", "A22", times=25)},
        "c-3/2024": {"C24": table("C24", "市场建设", "B23", times=18)},
    }
)


def pages(tmp_path: Path, data: Mapping[str, str]) -> dict[str, Any]:
    """All pages of some data by their address."""
    found = analysed(write(tmp_path, data))
    return {view.address: view for view in all_views(found, found.history, SETTINGS)}
