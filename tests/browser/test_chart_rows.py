"""What the pictures make of their rows: which are drawn, in which order, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.browser import Visit

#: A picture made from rows that no table has to hold, without the functions in its options.
MAKE = """
async ([module, kind, rows, width]) => {
  const { PICTURES } = await import(module);
  const picture = PICTURES[kind](rows);
  if (picture === null) return null;
  const look = { size: 13, accent: "accent", line: "line", note: "note" };
  const { series, xAxis } = picture.option(look, width);
  return JSON.parse(JSON.stringify({
    caption: picture.caption, alt: picture.alt, height: picture.height(look, width), xAxis, series,
  }));
}
"""
#: How a department's targets came out.
JUDGED = {
    "met": "5", "missed": "3", "near": "1", "middle": "0", "far": "2", "differs": "1",
    "unknown": "0",
}  # fmt: skip
#: Makes a picture: its kind, its rows and a width in; caption, text, height and options out.
Make = Callable[..., Any]


@pytest.fixture
def make(site: str, look: Visit) -> Make:
    """Makes pictures from invented rows, in the browser."""
    page = look().page
    page.goto(site)

    def make(kind: str, rows: list[dict[str, str]], width: int = 900) -> Any:
        return page.evaluate(MAKE, [f"{site}assets/pictures.js", kind, rows, width])

    return make


def moves(count: int) -> list[dict[str, str]]:
    """Projects whose budgets changed by −1.00, +2.00, −3.00 and so on."""
    signs = ("+", "−")
    return [
        {"name": f"项目{n}", "change": f"{signs[n % 2]}{n}.00", "fate": "延续"}
        for n in range(1, count + 1)
    ]


def test_only_the_largest_movements_are_drawn(make: Make) -> None:
    """Ten at most, the largest first, whatever the sign; the caption says how many are left."""
    made = make("movements", [*moves(12), {"name": "不变", "change": "0.00", "fate": "延续"}])
    assert [bar["value"] for bar in made["series"][-1]["data"]] == [
        12, -11, 10, -9, 8, -7, 6, -5, 4, -3,
    ]  # fmt: skip
    assert made["caption"] == "预算数增减最大的10项（万元），另有2项见表"
    colours = {bar["itemStyle"]["color"] for bar in made["series"][-1]["data"] if bar["value"] < 0}
    assert colours == {"line"}


def test_the_parts_of_a_budget_add_up(make: Make) -> None:
    """Each part begins where the one before ends; small ones are one part; the end is the sum."""
    rows = [{"name": f"项目{n}", "budget": f"{n}.10", "share": "1.0%"} for n in range(1, 13)]
    made = make("composition", rows)
    starts, bars = (series["data"] for series in made["series"])
    values = [bar["value"] for bar in bars]
    assert len(values) == 8
    assert values[0] == 12.1
    assert starts == pytest.approx([sum(values[:n]) for n in range(8)])
    assert sum(values) == pytest.approx(79.2)
    assert made["alt"].endswith("其余5个项目15.50　19.6%")


def test_a_target_frames_what_was_delivered(make: Make) -> None:
    """The frame is always the target; the bar is missed, met or undecided, and ends in view."""
    rows = [
        {"name": "里程", "target": "≥40公里", "actual": "30公里", "achieved": "75 not-met"},
        {"name": "车辆", "target": "10辆", "actual": "9辆", "achieved": "90 differs"},
        {"name": "培训", "target": "≥10次", "actual": "90次", "achieved": "900 met"},
        {"name": "评价", "target": "显著", "actual": "显著", "achieved": ""},
    ]
    made = make("achieved", rows)
    frames, bars = (series["data"] for series in made["series"][:2])
    assert frames == [100, 100, 100]
    assert [bar["value"] for bar in bars] == [75, 90, 200]
    assert [bar["itemStyle"]["color"] for bar in bars] == ["note", "line", "accent"]
    assert made["caption"].endswith("另有1项日期、文字等画不成条，见表")
    assert made["alt"].startswith("里程，目标≥40公里，实际30公里，未达到；车辆，")


def test_raised_stands_to_the_right_and_lowered_to_the_left(make: Make) -> None:
    """Both directions fit the axis, whatever is larger; a row without either is left out."""
    rows = [
        {"name": "甲局", "raised": "1", "lowered": "9", "lower": "2"},
        {"name": "乙局", "raised": "4", "lowered": "0", "lower": "0"},
        {"name": "丙局", "raised": "0", "lowered": "0", "lower": "0"},
    ]
    made = make("directions", rows)
    parts = [series["data"] for series in made["series"][:3]]
    assert parts == [[-9, 0], [-2, 0], [1, 4]]
    assert made["xAxis"]["min"] == -11
    assert made["xAxis"]["max"] > 4
    assert made["alt"] == "甲局提高1　降低9　数值减少2；乙局提高4　降低0"


def test_missed_targets_are_told_by_distance(make: Make) -> None:
    """A department's targets are one bar: met, missed by how much, undecided with a frame."""
    made = make("outcomes", [{"name": f"{n}局", **JUDGED} for n in "甲乙"])
    parts = made["series"][:6]
    assert [series["data"][0] for series in parts] == [5, 1, 0, 2, 1, "-"]
    framed = [series["itemStyle"].get("borderColor") for series in parts]
    assert framed == [None, None, None, None, None, "line"]
    assert made["alt"] == "甲局已达到5　未达到3；乙局已达到5　未达到3"


def test_money_is_drawn_by_department_and_year(make: Make) -> None:
    """The largest first, four years at most; a year without money says what the table says."""
    years = {f"{year}年": "2,000.00" for year in range(2025, 2019, -1)}
    rows = [{"name": "甲局", **years, "2025年": "未公开"}, {"name": "乙局", **years}]
    made = make("money", [{"name": "丙局", **years, "2025年": "3,000.00"}, *rows])
    assert len(made["series"]) == 4
    newest = made["series"][0]["data"]
    assert [bar["value"] for bar in newest] == [3000, 0, 2000]
    assert newest[1]["label"]["formatter"] == "2025年　未公开"
    assert made["alt"].startswith("丙局：2025年　3,000.00，2024年　2,000.00")


def test_years_go_from_left_to_right(make: Make) -> None:
    """The table has the newest year first, the picture last; a year without results has no bar."""
    rows = [
        {"year": "2025年", "budget": "9.00", "spent": ""},
        {"year": "2024年", "budget": "8.00", "spent": "7.50"},
    ]
    made = make("history", rows)
    assert made["xAxis"]["data"] == ["2024年", "2025年"]
    spent, budget = (series["data"] for series in made["series"])
    assert spent == [7.5, None]
    assert [point["value"] for point in budget] == [8, 9]
    assert made["alt"] == "2024年预算8.00万元，执行7.50万元；2025年预算9.00万元"


def test_values_over_a_line_do_not_touch(make: Make) -> None:
    """Where they would, units stand below the numbers; a number without one stays as it is."""
    rows = [
        {"year": f"{year}年", "target": target, "actual": ""}
        for year, target in ((2023, "≥1,650.5元/人·年"), (2024, "1,720"), (2025, "90%"))
    ]

    def words(width: int) -> list[str]:
        line = make("indicator", rows, width)["series"][1]
        return [point["label"]["formatter"] for point in line["data"]]

    assert words(900) == ["≥1,650.5元/人·年", "1,720", "90%"]
    assert words(220) == ["≥1,650.5\n元/人·年", "1,720", "90\n%"]


def test_an_indicator_is_drawn_beside_what_was_delivered(make: Make) -> None:
    """Targets are a line, results bars; a year without a number is a gap, and not zero."""
    rows = [
        {"year": "2022年", "target": "20公里", "actual": "18.5公里"},
        {"year": "2023年", "target": "", "actual": ""},
        {"year": "2024年", "target": "19公里", "actual": ""},
    ]
    made = make("indicator", rows)
    delivered, promised = (series["data"] for series in made["series"])
    assert [point["value"] for point in promised] == [20, None, 19]
    assert delivered == [18.5, None, None]
    assert made["alt"] == "2022年，目标20公里，实际18.5公里；2024年，目标19公里"


def test_long_names_get_a_second_line_on_a_phone(make: Make) -> None:
    """A name that does not fit makes room for two lines, so that it does not cover a bar."""
    rows = [{"name": "很长的项目名称" * 5, "change": f"+{n}.00"} for n in (1, 2)]
    assert make("movements", rows, 340)["height"] > make("movements", rows, 900)["height"]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("movements", {"name": "项目", "change": "+1.00"}),
        ("composition", {"name": "项目", "budget": "1.00", "share": "100.0%"}),
        ("achieved", {"name": "甲", "target": "1次", "actual": "1次", "achieved": "100 met"}),
        ("directions", {"name": "甲局", "raised": "1", "lowered": "0", "lower": "0"}),
        ("outcomes", {"name": "甲局", **JUDGED}),
        ("money", {"name": "甲局", "2025年": "1.00"}),
        ("history", {"year": "2024年", "budget": "1.00", "spent": ""}),
        ("indicator", {"year": "2024年", "target": "8次", "actual": ""}),
    ],
)
def test_a_single_number_is_no_picture(make: Make, kind: str, row: dict[str, str]) -> None:
    """One number, or rows without numbers, are left to the table."""
    assert make(kind, []) is None
    assert make(kind, [row]) is None
    assert make(kind, [row, dict.fromkeys(row, "")]) is None
    assert make(kind, [row, row]) is not None
