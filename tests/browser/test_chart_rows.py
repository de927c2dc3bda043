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
  const look = { size: 13, accent: "accent", line: "line" };
  const { series, xAxis } = picture.option(look, width);
  return JSON.parse(JSON.stringify({
    caption: picture.caption, alt: picture.alt, height: picture.height(look, width), xAxis, series,
  }));
}
"""
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


def test_months_stand_at_their_true_distances(make: Make) -> None:
    """June to October is twice March to May; times that are no months stand side by side."""
    steps = {"3月底": "1.00", "5月底": "2.00", "9月底": "4.00"}
    rows = [{"period": p, "amount": a, "share": "9.0%"} for p, a in steps.items()]
    months = make("plan", rows)
    assert months["xAxis"]["type"] == "value"
    assert [point["value"] for point in months["series"][0]["data"]] == [
        [0, 0],
        [3, 1],
        [5, 2],
        [9, 4],
    ]
    named = make("plan", [*rows, {"period": "年底", "amount": "5.00", "share": "9.0%"}])
    assert named["xAxis"]["data"] == ["3月底", "5月底", "9月底", "年底"]


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
        ("plan", {"period": "3月底", "amount": "1.00", "share": "100.0%"}),
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
