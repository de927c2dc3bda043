"""What is shown for a number under a format; each line of the case file is one case."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.intake.formats.xlsx import number_formats
from tests.support.repository import ROOT

LINES = (ROOT / "tests/cases/workbooks/formats.txt").read_text("utf-8").splitlines()
CASES = [line.split(" | ") for line in LINES if " | " in f"{line} " and not line.startswith("#")]


@pytest.mark.parametrize(("value", "code", "expected"), CASES)
def test_a_number_is_shown_as_excel_shows_it(value: str, code: str, expected: str) -> None:
    """The text is what Excel shows, and where that is not certain there is none."""
    if code.startswith("id "):
        code = number_formats.BUILT_IN.get(int(code[3:]), "[?]")
    shown = number_formats.number(Decimal(value), code)
    assert (shown.text if shown else "?") == expected.strip()


def test_a_text_follows_the_fourth_section() -> None:
    """Words around a text are shown, and an empty section hides it."""
    expected = {
        "@": "示例", "General": "示例", "0.00": "示例", '@"区"': "示例区",
        '0;0;0;"约"@': "约示例", ";;;": "", "0;@": "示例", "*-@": None,
    }  # fmt: skip
    found = {code: number_formats.words("示例", code) for code in expected}
    assert {code: shown.text if shown else None for code, shown in found.items()} == expected


def test_days_may_be_counted_from_1904() -> None:
    """The same number is another day in a workbook of an old Macintosh."""
    shown = number_formats.number(Decimal(44011), "yyyy/m/d", date1904=True)
    assert shown is not None
    assert shown.text == "2024/6/30"


def test_the_colour_of_a_section_is_known() -> None:
    """A format may write white on white; the colour says so."""
    shown = number_formats.number(Decimal(5), "[白色]0;[Red]-0")
    assert shown is not None
    assert shown.color == "white"
