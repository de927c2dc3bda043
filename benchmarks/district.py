"""A large invented district, as large as wanted and the same at every run.

From one year to the next, of twenty projects one is renamed, one ends and one is new; of ten
indicators some are stricter, looser, in another unit, renamed, replaced or moved to the newer
tree, as in real years. In each year two of twenty projects are adjusted; every year but the last
has its self-evaluations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

PROJECTS = 10_000
PER_DEPARTMENT = 20
YEARS = (2023, 2024)
FOUR_YEARS = (2021, 2022, 2023, 2024)

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

#: Level 1 and 2, name, description, target and, in a year in which it changes, the other target.
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
    (
        "产出指标",
        "成本指标",
        "{work}成本",
        "{where}{work}的总成本",
        "≤{budget}万元",
        "≤{budget}0000元",
    ),
    ("效益指标", "社会效益指标", "{who}受益情况", "{who}受益的程度", "明显改善", "有所提升"),
    ("效益指标", "可持续影响指标", "{work}机制", "{where}{work}长效机制", "健全", "≥{d}次/年"),
    ("满意度指标", "服务对象满意度指标", "{who}满意度", "{who}对{work}的满意度", "≥90%", "≥92%"),
)


class Row(NamedTuple):
    """A row of a target table, and how it ended."""

    level1: str
    level2: str
    name: str
    description: str
    target: str
    basis: str
    actual: str


class Kind(Struct, frozen=True):
    """What a district's texts are like, and how large its departments; this one repeats itself.

    Attributes:
        per_department: How many projects a department has in a year.
        largest: How many the first one has instead, if it is larger than the others.
    """

    per_department: int = PER_DEPARTMENT
    largest: int = 0

    def place(self, index: int) -> tuple[int, int]:
        """The number of a project's department, and its own in that department."""
        if index < self.largest:
            return 0, index
        department, number = divmod(index - self.largest, self.per_department)
        return department + bool(self.largest), number

    def name(self, index: int) -> str:
        """What a project is called, before it is renamed."""
        return f"{AREAS[index // 11 % 10]}{WORKS[index % 11]}项目{index}"

    def purpose(self, index: int, year: int) -> str:
        """What a project is for."""
        return f"用于{AREAS[index // 11 % 10]}{WORKS[index % 11]}，保障{year}年任务完成"

    def goals(self, index: int, year: int) -> Sequence[str]:
        """What it is to reach."""
        what = f"{AREAS[index // 11 % 10]}{WORKS[index % 11]}"
        return f"完成{year}年度{what}工作任务", f"提高{what}的质量和效率"

    def rows(self, index: int, year: int, later: bool, budget: int) -> Iterator[Row]:
        """Ten targets, met to the letter; in a later year each with one kind of change or none."""
        for row, (level1, level2, name, description, target, changed) in enumerate(ROWS):
            what = (index + row + year) % 10 if later else 9
            number = 20 + (index * 61 + row * 17) % 4_000
            words = {
                "work": WORKS[(index + row) % 11] if what == 0 else WORKS[index % 11],
                "who": SUBJECTS[index // 3 % 8],
                "where": AREAS[index // 11 % 10],
                "n": number,
                "m": number - 3,
                "budget": budget,
                "more": number + 15,
                "less": number - 10,
                "month": 3 + index % 10,
                "d": 2 + index % 8,
            }
            moved = later and level2 == "成本指标" and index % 2
            place = ("成本指标", "经济成本指标") if moved else (level1, level2)
            chosen = (changed if what in {2, 3, 4} else target).format(**words)
            yield Row(
                *place,
                name.format(**words) + "情况" * (what == 1),
                description.format(**words),
                chosen,
                f"{year}年工作计划",
                chosen.strip("≥≤前"),
            )


REPEATED = Kind()


def write(
    data: Path, projects: int = PROJECTS, years: Sequence[int] = YEARS, kind: Kind = REPEATED
) -> None:
    """Write the data folder, with so many projects in each year.

    Repeated texts read without a finding. The last department has what is left of them when they
    do not fill it.
    """
    for department, own in groupby(range(projects), lambda index: kind.place(index)[0]):
        indexes = [*own]
        folder = data / f"990101-{department:03d}"
        folder.mkdir(parents=True)
        (folder / "department.yml").write_text(
            f"schema: department/1\nid: {folder.name}\nname: 示例局{department}\n"
            f"code: {department:03d}\nregion: {{code: 990101, name: 示例区}}\n"
            f"units: [{{code: {department:03d}001, name: 示例局{department}本级}}]\n",
            "utf-8",
        )
        for year in years:
            place = folder / str(year)
            (place / "projects").mkdir(parents=True)
            (place / "results").mkdir()
            (place / "disclosure.yml").write_text(disclosure(year), "utf-8")
            for index in indexes:
                for name, text in files(index, year, years, kind):
                    (place / name).write_text(text, "utf-8")


def write_site(
    root: Path, projects: int, years: Sequence[int] = YEARS, kind: Kind = REPEATED
) -> None:
    """Write a whole project folder: such data, a page written by hand, and mkdocs.yml."""
    write(root / "data", projects, years, kind)
    (root / "site_src").mkdir()
    (root / "site_src/about.md").write_text("# 关于本站\n", "utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: 示例区\nnav: [index.md, about.md]\ndocs_dir: site_src\nsite_dir: site\n"
        "plugins: [disclosure]\ntheme: {name: material, language: zh, font: false}\n",
        "utf-8",
    )


def disclosure(year: int) -> str:
    """Part one of a department's year."""
    return (
        f"schema: disclosure/1\nyear: {year}\napproved: {year}-01-20\npublished: {year}-02-05\n"
        f"overall_goal: 完成{year}年各项任务，保障民生，提高财政资金使用效益。\n"
        "objectives:\n  - name: 保障重点工作\n    goal: 按计划完成年度重点项目。\n"
        "    indicators: 年度任务完成率100%。\n"
        "safeguards:\n  - 加强领导，落实责任。\n  - 加强支出管理和绩效监控。\n"
    )


def files(index: int, year: int, years: Sequence[int], kind: Kind) -> Iterator[tuple[str, str]]:
    """A project's files of a year, by their place in the year's folder."""
    name = code(index, year)
    later = year != years[0]
    yield f"projects/{name}.yml", table(index, year, later, kind)
    adjusted = index % 10 == 3
    if adjusted:
        date = f"{year}-07-15"
        text = table(index, year, later, kind, more=10)
        about = f"kind: adjustment, date: {date}, reason: 工作任务增加"
        document = f"示例区财〔{year}〕{index}号"
        text += f"adjustment: {{{about}, document: {document}}}\n"
        yield f"projects/{name}@{date}.yml", text
    if year != years[-1]:
        budget = total(index, later) + 10 * adjusted
        rows = [*kind.rows(index, year, later, budget)]
        yield f"results/{name}.yml", result(index, year, rows, budget)


def code(index: int, year: int) -> str:
    """21 characters that carry the year, as on most forms."""
    return f"990101{year % 100}P{index:012d}"


def total(index: int, later: bool) -> int:
    """A project's budget before any adjustment, in 万元."""
    return 40 + index * 37 % 900 + 5 * later


def table(index: int, year: int, later: bool, kind: Kind, more: int = 0) -> str:
    """A project's table; an adjusted one has so much `more` money, in 万元.

    The first of each twenty of a department is another project every year, the second renamed.
    """
    department, number = kind.place(index)
    is_new, renamed = (later and number % PER_DEPARTMENT == place for place in (0, 1))
    name = kind.name(index) + f"（{year}年新增）" * is_new + "及提升工程" * renamed
    budget = total(index, later) + more
    lines = [
        f"schema: project/1\ncode: {code(index, year)}",
        f"name: {name}",
        f"unit: {department:03d}001\nnumber: {number + 1}",
        f"budget: {{total: {budget}.00, fiscal: {budget}.00, other: ~}}",
        f"purpose: {kind.purpose(index, year)}",
        f"spending_plan: {{6月底: {budget // 2}.50, 12月底: {budget}.00}}",
        "goals:",
        *(f"  - {goal}" for goal in kind.goals(index, year)),
        "indicators:",
    ]
    for row in kind.rows(index, year, later, budget):
        lines += [
            f"  - level1: {row.level1}\n    level2: {row.level2}\n    level3: {row.name}",
            f"    description: {row.description}\n    target: '{row.target}'",
            f"    basis: {row.basis}",
        ]
    if renamed:
        lines.append(f"continues: [{code(index, year - 1)}]")
    return "\n".join(lines) + "\n"


def result(index: int, year: int, rows: Sequence[Row], budget: int) -> str:
    """A project's self-evaluation: all was spent."""
    lines = [
        f"schema: result/1\ncode: {code(index, year)}\npublished: {year + 1}-08-20",
        f"budget: {budget}.00\nspent: {budget}.00\nscore: 100",
        "indicators:",
    ]
    of_each, left = divmod(90, len(rows))
    for number, row in enumerate(rows):
        points = of_each + (number < left)
        lines.append(f"  - level3: {row.name}\n    actual: '{row.actual}'")
        lines.append(f"    points: {points}\n    score: {points}")
    return "\n".join(lines) + "\n"
