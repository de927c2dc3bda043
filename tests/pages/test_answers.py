"""The lines that a project's page begins with: money, targets, results."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from disclosure.compare import compared
from disclosure.config.site_project import load_project
from disclosure.model.dataset import GitHistory
from disclosure.model.evaluations import SelfEvaluation
from disclosure.pages.answers import Answer, answers
from disclosure.pages.home import HomeView
from disclosure.pages.project import ProjectView
from disclosure.pages.render import MarkdownFile
from tests.support import district, tables
from tests.support.repository import ROOT
from tests.support.views import all_views

CASES = Path(__file__).parents[1] / "cases" / "answers"
NAMES = sorted(path.stem for path in CASES.glob("*.yml"))


def versions(fields: Mapping[str, Any], number: int) -> tables.Versions:
    """A project's versions: the first, and the later one of the case."""
    id_ = fields.get("code") or fields["id"]
    found = [(f"{id_}.yml", fields)]
    if later := fields.get("later"):
        found.append((f"{id_}@2024-11-05.yml", {**fields, **later}))
    return [(path, tables.project(number, dict(_table(one)))) for path, one in found]


def _table(fields: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The fields of a version, as YAML has them."""
    for key in ("id", "code", "continues", "adjustment"):
        if key in fields:
            yield key, fields[key]
    yield "budget", {"total": fields.get("budget")}
    rows = fields.get("indicators", {}).items()
    yield "indicators", [{"level1": "产出指标", "level3": n, "target": t} for n, t in rows]


def result(fields: Mapping[str, Any]) -> SelfEvaluation:
    """A self-evaluation of the actual values of a case."""
    rows = [{"level3": name, "actual": text} for name, text in fields["actual"].items()]
    money = {key: fields[key] for key in ("budget", "spent")}
    made = {"schema": "result/1", "code": "A", "indicators": rows, **money}
    return SelfEvaluation.model_validate_json(json.dumps(made))


def lines(case: Mapping[str, Any]) -> tuple[Answer, ...]:
    """What the page of the case's project begins with."""
    years = {int(year): projects for year, projects in case["years"].items()}
    data = tables.department(
        {y: [versions(one, n) for n, one in enumerate(found, 1)] for y, found in years.items()}
    )
    newest = data.years[0]
    projects = tuple(
        replace(project, result=result(one["result"])) if "result" in one else project
        for project, one in zip(newest.projects, years[newest.year], strict=True)
    )
    year = replace(newest, projects=projects)
    department = compared(replace(data, years=(year, *data.years[1:])))
    project = next(one for one in projects if one.current.id == case["shown"])
    return answers(department, year, project, department.change_to(year.year, case["shown"]))


def written(line: Answer) -> str:
    """A line with where it leads."""
    there = f" [#{line.anchor}]" if line.anchor else ""
    more = f" [{line.list.text}: {line.list.address}#{line.list.anchor}]" if line.list else ""
    return f"{line.label}：{line.text}{there}{more}"


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_say_what_the_data_say(name: str) -> None:
    """Each shape of project is told in three lines, each with the place where it is read off."""
    path = CASES / f"{name}.yml"
    text = path.read_text("utf-8")
    case = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - makes nothing but text
    found = [written(line) for line in lines(case)]
    if "UPDATE_CASES" in os.environ:
        dumped = yaml.safe_dump({"lines": found}, allow_unicode=True, width=1000)
        path.write_text(text[: text.index("lines:")] + dumped, "utf-8", newline="\n")
        return
    assert found == case["lines"]


def test_every_answer_leads_to_a_place_that_is_there() -> None:
    """On the invented district each anchor and each list stands on the page that it names."""
    config = load_project(ROOT / "examples")
    views = {
        view.address: view for view in all_views(district.analysis(), GitHistory(), config.settings)
    }
    bodies = cache(lambda address: MarkdownFile(views[address]).body)
    told = [view for view in views.values() if isinstance(view, (HomeView, ProjectView))]
    places = {
        place
        for view in told
        for line in view.answers
        for place in (
            (view.address, line.anchor),
            (line.list.address, line.list.anchor) if line.list else ("", ""),
        )
    }
    assert len(places) > 100
    for address, anchor in places:
        assert not anchor or f'id="{anchor}"' in bodies(address), (address, anchor)
