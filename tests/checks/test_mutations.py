"""The seed's data with one slip at a time: which of them the checks notice, and which not.

The committed report names every slip that goes unnoticed with the reason why that is right.
`UPDATE_CASES=1` writes it; a slip without a reason fails either way.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

from disclosure.site import checking, department_analysis
from tests.support.mutations import Mutation, mutations
from tests.support.repository import ROOT

EXPECTED = ROOT / "tests" / "cases" / "mutations.txt"

#: Why nothing could be noticed: by the way to the value, the first that fits.
REASONS = (
    (("overall_goal",), "部分一的文字只说一次，没有别处可以核对；“3456”是专名"),
    (("objectives",), "部分一的分项指标没有描述、依据等别处可以核对"),
    (("code",), "部门编码没有规定与单位编码、文件夹名称的关系"),
    (("number",), "序号只要求不重复；部分公开时可以有空号"),
    (("spending_plan", "when"), "仍是一年里的月份，先后不变；各地的时点不同"),
    (("spending_plan",), "仍逐期增加、不超过预算数，末期等于预算数"),
    (
        ("indicators", "推动区域经济发展", "description"),
        "这一行的 C301 已有公开注释，改动前后都矛盾",
    ),
    (("indicators", "推动区域经济发展", "target"), "这一行的 C301 已有公开注释，改动前后都矛盾"),
    (("indicators", "basis"), "依据是哪一年的工作，没有别处可以核对"),
    (("indicators", "level3"), "单位仍是同一类（都是金额，或都是个数），不算矛盾"),
    (("indicators", "新落地企业数量（个）", "description"), "描述说的是企业的标准，不是指标值"),
    (("indicators", "description"), "指标值是文字，没有单位可以核对"),
    (("indicators", "target"), "指标值只在这一处出现，描述里没有写，没有别处可以核对"),
)


def reason(mutation: Mutation, name: str) -> str:
    """Why it is right that nothing was noticed; `name` is the row's third level."""
    way = {part for part in mutation.field if isinstance(part, str)} | {name}
    return next((why for fitting, why in REASONS if way.issuperset(fitting)), "")


def row(data: Path, mutation: Mutation, path: str) -> str:
    """The third level of the row that a slip is in; "" elsewhere."""
    if mutation.field[0] != "indicators":
        return ""
    code = Path(path).stem
    projects = {
        project.current.id: project.current
        for department in department_analysis.analysed(data).dataset.departments
        for year in department.years
        for project in year.projects
    }
    return projects[code].indicators[int(mutation.field[1])].name


def test_every_slip_is_noticed_or_could_not_be(tmp_path: Path) -> None:
    """Each number, sign, unit and date changed alone; the report is the committed one."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    assert checking.check(data) == ()
    noticed: Counter[str] = Counter()
    slips: Counter[str] = Counter()
    missed = []
    for file in sorted(data.rglob("*.yml")):
        path, text = file.relative_to(data).as_posix(), file.read_text("utf-8")
        for slip in mutations(text):
            slips[slip.kind] += 1
            file.write_text(slip.text, "utf-8", newline="\n")
            codes = {found.code for found in checking.check(data)}
            noticed.update(codes)
            if not codes:
                file.write_text(text, "utf-8", newline="\n")
                why = reason(slip, row(data, slip, path))
                assert why, f"{path} {slip.field}: {slip.value} → {slip.mutated}"
                missed.append((slip, path, why))
        file.write_text(text, "utf-8", newline="\n")
    report = written(slips, noticed, missed)
    if "UPDATE_CASES" in os.environ:
        EXPECTED.write_text(report, "utf-8", newline="\n")
    assert report == EXPECTED.read_text("utf-8")


def written(
    slips: Counter[str], noticed: Counter[str], missed: list[tuple[Mutation, str, str]]
) -> str:
    """The report: how many of each kind, which rules noticed, and what none did."""
    kinds = Counter(slip.kind for slip, _, _ in missed)
    lines = [f"{kind}: {slips[kind]}, unnoticed {kinds[kind]}" for kind in sorted(slips)]
    lines += ["", "noticed by:", *(f"  {code}: {noticed[code]}" for code in sorted(noticed))]
    for why in dict.fromkeys(why for _, _, why in missed):
        lines += ["", f"{why}:"]
        lines += [f"  {shown(slip, path)}" for slip, path, other in missed if other == why]
    return "\n".join(lines) + "\n"


def shown(slip: Mutation, path: str) -> str:
    """A slip on one line: where, and what became of the value around the change."""
    start = next(at for at, char in enumerate(slip.mutated) if slip.value[at : at + 1] != char)
    window = slice(max(0, start - 12), start + 12)
    place = ".".join(map(str, slip.field))
    return f"{path} {place} {slip.kind}: {slip.value[window]} → {slip.mutated[window]}"
