"""How long a site takes that mixes ten forms, compared with one that has a single form.

Both have the same departments, years and projects; where a form prints no basis or prints sign,
value and unit apart, its data have no basis or the three, as its document would.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks.district import PER_DEPARTMENT, write_site
from benchmarks.harness import Benchmark
from disclosure.forms.form import Form
from disclosure.forms.library import shipped

PROJECTS = 200
#: The forms in turn, one for each department.
FORMS = (
    "hebei-project",
    "fujian-project",
    "shandong-project",
    "shaanxi-project",
    "shenzhen-project",
    "declaration-2020",
    "fujian-project-term",
    "beijing-list",
    "jilin-list",
    "chongqing-list",
)
#: Stands above a table, and is none of a project's.
_NUMBER = "facts.表号"
_TARGET = re.compile(r"(?P<sign>[≥≤]?)(?P<value>[0-9.]*)(?P<unit>.*)")


def forms(scratch: Path) -> Benchmark:
    """A build of ten departments with a form each, against one in which all have the same."""
    single, mixed = scratch / "single", scratch / "mixed"
    write_site(single, PROJECTS)
    shutil.copytree(single, mixed)
    assert len(FORMS) * PER_DEPARTMENT == PROJECTS
    for department, form_id in zip(sorted((mixed / "data").iterdir()), FORMS, strict=True):
        reprint(department, shipped(form_id))

    def baseline() -> None:
        build(single)

    def subject() -> None:
        build(mixed)

    return Benchmark(
        name="forms",
        subject_is=f"a build of {PROJECTS} projects in each of two years, of ten forms in turn",
        baseline_is="a build of the same projects, all of the form with a spending plan",
        subject=subject,
        baseline=baseline,
        limit=1.15,
    )


def build(folder: Path) -> None:
    """Build a site from nothing."""
    for kept in (folder / "site", folder / ".cache"):
        shutil.rmtree(kept, ignore_errors=True)
    command = [sys.executable, "-m", "disclosure", "build", "--site-dir", "site"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def reprint(department: Path, form: Form) -> None:
    """Say the projects of a department as a document in a form would."""
    for year in (folder for folder in department.iterdir() if folder.is_dir()):
        for file in (year / "projects").iterdir():
            record = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - all text
            record |= {"form": form.id, "indicators": [*_rows(record["indicators"], form)]}
            goals = {path.partition(".")[0] for path in form.paths}
            printed = {"purpose": form.paths, "spending_plan": form.lists, "goals": goals}
            for key, name in (
                ("purpose", "purpose"),
                ("spending_plan", "plan"),
                ("goals", "goals"),
            ):
                if name not in printed[key]:
                    del record[key]
            facts = sorted(path.removeprefix("facts.") for path in form.paths - {_NUMBER}
                           if path.startswith("facts."))  # fmt: skip
            record["facts"] = dict.fromkeys(facts, "示例局本级")
            kept = [key for key in ("total", "fiscal") if f"budget.{key}" in form.paths]
            record["budget"] = {key: record["budget"][key] for key in kept}
            if "term_goals" in form.paths:
                record["term_goals"] = ["按计划完成整个实施期的任务"]
            file.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        if form.kind == "projects":
            with (year / "disclosure.yml").open("a", encoding="utf-8") as file_:
                file_.write(f"project_lists: [{{form: {form.id}}}]\n")


def _rows(rows: list[dict[str, str]], form: Form) -> Iterator[dict[str, str]]:
    """The rows of a target table with what the form has columns for."""
    for row in rows:
        made = {key: text for key, text in row.items() if key in form.paths or key == "target"}
        if "weight" in form.paths:
            made["weight"] = "10"
        if "value" in form.paths:
            parts = _TARGET.fullmatch(made.pop("target"))
            assert parts is not None
            made |= {key: text for key, text in parts.groupdict().items() if text}
            made.setdefault("value", made.pop("unit", ""))
        yield made
