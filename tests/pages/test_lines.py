"""Lines end where a reader would end them: not within an amount, a date or a unit."""

from __future__ import annotations

import pytest
from lxml import html

from disclosure.pages.render import ENVIRONMENT


def kept(filtered: str, name: str) -> list[str]:
    """The parts of a text that a filter keeps on one line, by the name of their class."""
    return [
        part.text_content()
        for part in html.fromstring(f"<p>{filtered}</p>").xpath(f"//span[@class='{name}']")
    ]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("下限由12850人降低到12400人", ["12850人", "12400人"]),
        ("上限由100元/人·月提高到120元/人·月", ["100元/人·月", "120元/人·月"]),
        ("上限由52.5万元/公里降低到51.3万元/公里", ["52.5万元/公里", "51.3万元/公里"]),
        ("期限由11月15日推迟到11月30日", ["11月15日", "11月30日"]),
        ("6月30日前、12月20日前", ["6月30日前", "12月20日前"]),
        ("全年预算数1,985.60万元，执行率99.4%", ["1,985.60万元"]),
        ("增加建设里程4.8公里", ["4.8公里"]),
        ("少3.6个百分点", ["3.6个百分点"]),
        ("示例区财预〔2025〕8号，2025-06-18", ["8号", "2025-06-18"]),
        ("持续改善", []),
    ],
)
def test_a_number_stays_with_its_unit(text: str, whole: list[str]) -> None:
    """Nothing else is held together, and no letter is lost."""
    filtered = ENVIRONMENT.filters["whole"](text)
    assert kept(filtered, "whole") == whole
    assert html.fromstring(f"<p>{filtered}</p>").text_content() == text


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("少1020平方米；自评扣2分", ["少1020平方米；", "自评扣2分"]),
        ("；目标“甲；；乙”；", ["；", "目标“甲；", "；", "乙”；"]),
        ("晚12天", []),
        ("", []),
    ],
)
def test_clauses_begin_lines(text: str, clauses: list[str]) -> None:
    """Each of several is a piece of its own, with its mark; no letter is lost."""
    filtered = ENVIRONMENT.filters["clauses"](text)
    assert kept(filtered, "one") == clauses
    assert html.fromstring(f"<p>{filtered}</p>").text_content() == text


def test_a_lack_stays_with_its_number() -> None:
    """The word that begins a clause stands on no line alone."""
    assert kept(ENVIRONMENT.filters["clauses"]("少1020平方米；多3人"), "whole") == [
        "少1020平方米；",
        "多3人",
    ]
