"""A large invented district of two years, the same at every run.

Of twenty projects one is renamed, one ends and one is new; of ten indicators some are stricter,
looser, in another unit, renamed, replaced or moved to the newer tree, as in real years.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PROJECTS = 10_000
PER_DEPARTMENT = 20
YEARS = (2023, 2024)

SUBJECTS = (
    "教师",
    "医护人员",
    "农技人员",
    "社区工作者",
    "退役军人",
    "企业职工",
    "困难群众",
    "志愿者",
)
WORKS = ("培训", "服务", "救助", "巡查", "改造", "补贴", "监测", "宣传", "养护", "采购", "评估")
AREAS = ("城区", "乡镇", "学校", "医院", "园区", "景区", "社区", "河道", "农田", "公路")

#: Level 1 and 2, name, description, target in the first year and, if it changes, in the second.
ROWS = (
    ("产出指标", "数量指标", "{work}{who}人次", "全年{work}{who}的人次", "≥{n}人次", "≥{more}人次"),
    ("产出指标", "数量指标", "{where}{work}面积", "完成{work}的{where}面积", "≥{n}亩", "≥{less}亩"),
    ("产出指标", "数量指标", "{work}里程", "{where}{work}的里程", "≥{n}公里", "≥{m}000米"),
    ("产出指标", "质量指标", "{work}验收合格率", "{where}{work}一次验收合格率", "≥9{d}%", "≥95%"),
    ("产出指标", "质量指标", "{work}达标率", "{work}达到规定标准的比例", "100%", "≥98百分比"),
    (
        "产出指标",
        "时效指标",
        "{work}完成时间",
        "全部{work}完成的时间",
        "{month}月底前",
        "11月30日前",
    ),
    ("产出指标", "成本指标", "{work}成本", "{where}{work}的总成本", "≤{n}万元", "≤{m}0000元"),
    ("效益指标", "社会效益指标", "{who}受益情况", "{who}受益的程度", "明显改善", "有所提升"),
    ("效益指标", "可持续影响指标", "{work}机制", "{where}{work}长效机制", "健全", "≥{d}次/年"),
    ("满意度指标", "服务对象满意度指标", "{who}满意度", "{who}对{work}的满意度", "≥90%", "≥92%"),
)


def write(data: Path, projects: int = PROJECTS) -> None:
    """Write the data folder, with so many projects in each year; it reads without a finding."""
    for department in range(projects // PER_DEPARTMENT):
        folder = data / f"990101-{department:03d}"
        folder.mkdir(parents=True)
        (folder / "department.yml").write_text(
            f"schema: department/1\nid: {folder.name}\nname: 示例局{department}\n"
            f"code: {department:03d}\nregion: {{code: 990101, name: 示例区}}\n"
            f"units: [{{code: {department:03d}001, name: 示例局{department}本级}}]\n",
            "utf-8",
        )
        for year in YEARS:
            tables = folder / f"{year}" / "projects"
            tables.mkdir(parents=True)
            (tables.parent / "disclosure.yml").write_text(
                f"schema: disclosure/1\nyear: {year}\noverall_goal: 完成{year}年各项任务。\n",
                "utf-8",
            )
            for number in range(PER_DEPARTMENT):
                index = department * PER_DEPARTMENT + number
                (tables / f"{code(index, year)}.yml").write_text(table(index, year), "utf-8")


def code(index: int, year: int) -> str:
    """21 characters that carry the year, as on most forms."""
    return f"990101{year % 100}P{index:012d}"


def table(index: int, year: int) -> str:
    """A project's file. The first number of each department is another project every year."""
    department, number = divmod(index, PER_DEPARTMENT)
    later = year == YEARS[-1]
    work, where = WORKS[index % 11], AREAS[index // 11 % 10]
    name = f"{where}{work}项目{index}" + "（新增）" * (later and number == 0)
    total = 40 + index * 37 % 900 + 5 * later
    lines = [
        f"schema: project/1\ncode: {code(index, year)}",
        f"name: {name}" + "及提升工程" * (later and number == 1),
        f"unit: {department:03d}001\nnumber: {number + 1}",
        f"budget: {{total: {total}.00, fiscal: {total}.00, other: ~}}",
        f"purpose: 用于{where}{work}，保障{year}年任务完成",
        f"spending_plan: {{6月底: {total // 2}.50, 12月底: {total}.00}}",
        f"goals:\n  - 完成{year}年度{where}{work}工作任务\n  - 提高{where}{work}的质量和效率",
        "indicators:",
        *indicators(index, later),
    ]
    if later and number == 1:
        lines.append(f"continues: [{code(index, YEARS[0])}]")
    return "\n".join(lines) + "\n"


def indicators(index: int, later: bool) -> Iterator[str]:
    """Ten rows; in the later year each has one kind of change or none."""
    for row, (level1, level2, name, description, target, changed) in enumerate(ROWS):
        what = (index + row) % 10 if later else 9
        number = 20 + (index * 61 + row * 17) % 4_000
        words = {
            "work": WORKS[(index + row) % 11] if what == 0 else WORKS[index % 11],
            "who": SUBJECTS[index // 3 % 8],
            "where": AREAS[index // 11 % 10],
            "n": number,
            "m": number - 3,
            "more": number + 15,
            "less": number - 10,
            "month": 3 + index % 10,
            "d": 2 + index % 8,
        }
        moved = later and level2 == "成本指标" and index % 2
        place = ("成本指标", "经济成本指标") if moved else (level1, level2)
        yield f"  - level1: {place[0]}\n    level2: {place[1]}"
        yield f"    level3: {name.format(**words)}" + "情况" * (what == 1)
        yield f"    description: {description.format(**words)}"
        yield f"    target: '{(changed if what in {2, 3, 4} else target).format(**words)}'"
        yield f"    basis: {2023 + later}年工作计划"
