"""What target values say, and which of two says more: cases as data, and laws for any value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from disclosure.model.target import Change, Kind, Outcome, Target, compare, judge, meaning, parse
from disclosure.model.target.percent import signed

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases" / "target"
OPPOSITE = {
    Change.STRICTER: Change.LOOSER,
    Change.LOOSER: Change.STRICTER,
    Change.LOWER: Change.HIGHER,
    Change.HIGHER: Change.LOWER,
}

Case = dict[str, Any]


def load(name: str) -> list[Case]:
    """The cases of a table, every value as text."""
    cases: list[Case] = as_text(CASES / name)
    return cases


def as_text(path: Path) -> Any:
    """What a YAML file says, every scalar as text, so that 8.0 and 0.5 stay what they are."""
    return yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - makes text only


def label(case: Case) -> str:
    """A case by its first two texts."""
    return " | ".join([*case.values()][:2])


def parts(target: Target) -> Case:
    """Everything that a target value was understood to say, in the words of the tables."""
    unit = target.unit
    whole = target.kind in {Kind.WORDS, Kind.PLACEHOLDER}
    number = target.low if target.low == target.high else None
    low, high = (None, None) if number is not None else (target.low, target.high)
    found = {
        "printed": target.printed,
        "sign": target.sign,
        "number": number,
        "low": low,
        "high": high,
        "unit": f"{unit.printed}: {unit.quantity}" if unit else None,
        "factor": f"{unit.factor.normalize():f}" if unit and unit.factor != 1 else None,
        "per_factor": f"{unit.per_factor:f}" if unit and unit.per_factor != 1 else None,
        "start": target.start,
        "deadline": target.deadline,
        "filled": "true" if target.year_filled else None,
        "before": target.before or None,
        "words": None if whole else target.words or None,
        "doubt": target.doubt or None,
        "meaning": meaning(target) or None,
    }
    values = {key: str(value) for key, value in found.items() if value is not None}
    return {**values, "kind": target.kind.value}


@pytest.mark.parametrize("case", load("parse.yml"), ids=lambda case: repr(case["printed"]))
def test_a_printed_value_is_understood_so_far_and_no_further(case: Case) -> None:
    """Each notation gives exactly the named parts, and nothing that was not printed."""
    assert parts(parse(case["printed"], 2024)) == case


def test_every_value_of_the_real_disclosure_is_understood_as_pinned() -> None:
    """All indicators of the published data, in their order, say what the table says."""
    found = []
    for path in sorted((ROOT / "data" / "130803-322" / "2024" / "projects").glob("*.yml")):
        for indicator in as_text(path)["indicators"]:
            target = parse(indicator["target"], 2024)
            found.append({"indicator": indicator["level3"], **parts(target)})
    assert found == load("disclosure-2024.yml")


@pytest.mark.parametrize("case", load("compare.yml"), ids=label)
def test_two_values_compare_as_their_signs_say(case: Case) -> None:
    """The verdict and its reason are as in the table, and the way back is the opposite."""
    years = case.get("years", ["2023", "2024"])
    old, new = parse(case["old"], int(years[0])), parse(case["new"], int(years[1]))
    verdict = compare(old, new)
    assert (verdict.change.value, verdict.reason) == (case["change"], case["reason"])
    back = compare(new, old).change
    assert back == OPPOSITE.get(verdict.change, verdict.change)


@pytest.mark.parametrize("case", load("judge.yml"), ids=label)
def test_an_actual_value_is_judged_by_the_targets_sign(case: Case) -> None:
    """The outcome and its reason are as in the table."""
    judgement = judge(parse(case["target"], 2024), parse(case["actual"], 2024))
    assert (judgement.outcome.value, judgement.reason) == (case["outcome"], case["reason"])


VERDICTS: dict[str, list[Case]] = as_text(CASES / "verdicts.yml")


@pytest.mark.parametrize("case", VERDICTS["results"], ids=label)
def test_an_auditor_would_say_so_of_a_result(case: Case) -> None:
    """The word, the distance in words, and how far that is are as in the table."""
    found = judge(parse(case["target"], 2024), parse(case["actual"], 2024))
    assert (found.outcome.value, found.reason) == (case["outcome"], case["reason"])
    assert ("distance" in case) == (found.outcome is Outcome.NOT_MET)
    if "distance" in case:
        assert found.distance
        assert found.distance.band.value == case["distance"]


@pytest.mark.parametrize("case", VERDICTS["changes"], ids=label)
def test_an_auditor_would_say_so_of_a_change(case: Case) -> None:
    """The word, what is said and the size are as in the table; the way back is the opposite."""
    old, new = parse(case["old"], 2023), parse(case["new"], 2024)
    found = compare(old, new)
    assert (found.change.value, found.reason) == (case["change"], case["reason"])
    assert (None if found.size is None else signed(found.size)) == case.get("size")
    assert (None if found.days is None else f"{found.days:+}") == case.get("days")
    back = compare(new, old).change
    assert back == OPPOSITE.get(found.change, found.change)


def test_an_empty_cell_is_empty_and_not_the_word_none() -> None:
    """A cell without text has an empty printed text and says nothing."""
    assert parts(parse(None, 2024)) == {"printed": "", "kind": "empty"}


def test_a_year_is_filled_in_from_the_disclosure_it_stands_in() -> None:
    """The same words are another day in another year's disclosure."""
    days = [parse("12月31日前", year).deadline for year in (2023, 2024)]
    assert [str(day) for day in days] == ["2023-12-31", "2024-12-31"]


@pytest.mark.parametrize("printed", ["≥" * 20_000, "一" * 20_000, "1" * 20_000, "不低于" * 9_000])
def test_a_very_long_text_is_words_at_once(printed: str) -> None:
    """No text is long enough to keep the parser busy: it is prose, kept as it is."""
    assert parse(printed, 2024).kind is Kind.WORDS


def test_numbers_are_exact() -> None:
    """No digit is lost in conversion: a millionth of a 元 more in 万亿 is seen."""
    less, more = (parse(f"≥{n}万亿元", 2024) for n in ("99999999999.000000", "99999999999.000001"))
    assert compare(less, more).change is Change.STRICTER
    assert more.low == Decimal("99999999999.000001")


# Texts of the kind that target tables hold, and pieces of them put together at random.
SIGNS = ["", "≥", "≤", ">", "<", "=", "不低于", "不超过", "约", "±", "大于等于"]
NUMBERS = ["0", "1", "2", "8", "8.0", "10", "0.5", "5000", "1,200", "三", "一千二百", "-5"]
UNITS = ["", "次", "%", "百分比", "元", "万元", "亿元", "公斤", "吨", "元/亩", "万", "个月", "年"]
TAILS = ["", "以上", "以内", "左右", "完成", "企业", "-10次"]
TIMES = [
    *(
        "12月31日前",
        "12月底前",
        "年底前",
        "11月30日前完成",
        "2024年6月30日前",
        "2025年底前",
        "2025年1月31日前",
    ),
    *("次年1月31日前", "每年12月底前", "2月底前", "2月28日前", "2024年2月29日前", "9月30日"),
    *("全年", "上半年", "1-12月", "2023.07-2024.01", "第三季度末", "第三季度末前"),
]
OTHERS = ["", "/", "≥**%", "优良", "良好", "8-10次", "8~12次", "9-10次", "±5%", "±10%", "-5%~5%"]
VALUES = st.one_of(
    st.tuples(*(st.sampled_from(part) for part in (SIGNS, NUMBERS, UNITS, TAILS))).map("".join),
    st.sampled_from(TIMES),
    st.sampled_from(OTHERS),
)
PIECES = [*SIGNS, *NUMBERS, *UNITS, *TAILS, *TIMES, *OTHERS, "月", "日", "年", "第", "点", "/", " "]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
TARGETS = st.builds(parse, VALUES, st.integers(2022, 2025))
# Few enough numbers and units that equal values in different writing come up often.
CLOSE = st.builds(
    "{}{}".format, st.sampled_from(["≥", ">", ""]), st.sampled_from(["5000万元", "0.5亿元", "5元"])
)
ALIKE = st.builds(
    parse, CLOSE | st.sampled_from(TIMES) | st.sampled_from(OTHERS), st.integers(2023, 2025)
)
#: Units of one quantity, and what number of the second says the same as 1 of the first.
SCALES = [
    *(("万元", "元", 10_000), ("亿元", "万元", 10_000), ("亿元", "元", 10**8)),
    *(("吨", "公斤", 1_000), ("公斤", "克", 1_000), ("公里", "米", 1_000), ("km", "m", 1_000)),
    *(("公顷", "亩", 15), ("平方公里", "公顷", 100), ("公顷", "平方米", 10_000)),
    *(("年", "个月", 12), ("天", "小时", 24), ("小时", "分钟", 60), ("万人", "人", 10_000)),
    *(("%", "‰", 10), ("立方米", "升", 1_000), ("元/公斤", "元/吨", 1_000), ("万", "", 10_000)),
]
UNIT_NAMES = st.sampled_from(["个", "%", "万元"])
thorough = settings(max_examples=400, deadline=None, derandomize=True)


@thorough
@given(TEXTS, st.integers())
@example("2月30日前", 2024)
@example("12月31日前", 10**30)
@example("\ud800≥8次\x00", 2024)
def test_no_text_is_too_strange(text: str, year: int) -> None:
    """Whatever is printed, in whatever year, is parsed, kept and can be used; nothing raises."""
    target = parse(text, year)
    assert target.printed == text
    assert isinstance(meaning(target), str)
    assert compare(target, target).change is Change.SAME
    assert judge(target, target).outcome in {Outcome.MET, Outcome.NOT_COMPARABLE}


@thorough
@given(TARGETS, TARGETS)
def test_the_way_back_is_the_opposite(old: Target, new: Target) -> None:
    """Stricter one way is looser the other way; every other verdict is the same both ways."""
    change = compare(old, new).change
    assert compare(new, old).change == OPPOSITE.get(change, change)


@thorough
@given(ALIKE, ALIKE, ALIKE)
def test_same_is_an_equivalence(first: Target, second: Target, third: Target) -> None:
    """Every value is the same as itself, and what is the same as the same is the same."""
    assert compare(first, first).change is Change.SAME
    if compare(first, second).change is compare(second, third).change is Change.SAME:
        assert compare(first, third).change is Change.SAME


@thorough
@given(ALIKE, ALIKE, ALIKE)
def test_the_same_value_is_never_judged_both_ways(
    first: Target, second: Target, third: Target
) -> None:
    """Beside any third, two values that mean the same have one verdict, or one of them none."""
    if compare(first, second).change is Change.SAME:
        changes = {compare(first, third).change, compare(second, third).change}
        assert len(changes - {Change.NOT_COMPARABLE}) <= 1


@thorough
@given(TARGETS, TARGETS, TARGETS)
def test_stricter_goes_on(first: Target, second: Target, third: Target) -> None:
    """What is stricter than the stricter is stricter than the first, never looser or the same."""
    if compare(first, second).change is compare(second, third).change is Change.STRICTER:
        assert compare(first, third).change in {Change.STRICTER, Change.NOT_COMPARABLE}


@thorough
@given(
    st.sampled_from(SCALES),
    st.sampled_from(["≥", "≤", ">", "<", "=", ""]),
    st.lists(st.integers(1, 1_800), min_size=2, max_size=2),
)
def test_scaling_a_unit_changes_no_verdict(
    scale: tuple[str, str, int], sign: str, numbers: list[int]
) -> None:
    """A value in a smaller unit is the same value, and compares and is judged as before."""
    large, small, times = scale
    old, new = (parse(f"{sign}{number}{large}", 2024) for number in numbers)
    scaled = parse(f"{sign}{numbers[1] * times}{small}", 2024)
    assert compare(new, scaled).change is Change.SAME
    assert compare(old, scaled).change is compare(old, new).change
    assert compare(old, scaled).size == compare(old, new).size
    assert judge(old, scaled).outcome is judge(old, new).outcome
    assert judge(old, scaled).distance == judge(old, new).distance


@thorough
@given(TARGETS, TARGETS)
def test_meeting_the_stricter_target_meets_the_looser(old: Target, new: Target) -> None:
    """Of two targets of one year, the one who delivers the stricter has met the other."""
    if old.year == new.year and compare(old, new).change is Change.STRICTER:
        assert judge(old, new).outcome is Outcome.MET


@thorough
@given(TARGETS, TARGETS, TARGETS)
def test_loosening_a_met_target_never_makes_it_missed(
    target: Target, looser: Target, actual: Target
) -> None:
    """What reached a target has not missed a looser one of the same year."""
    loosened = target.year == looser.year and compare(target, looser).change is Change.LOOSER
    if loosened and judge(target, actual).outcome is Outcome.MET:
        assert judge(looser, actual).outcome is not Outcome.NOT_MET


#: Ways to write one and the same bound.
SPELLINGS = [
    *(("≥{}次", way) for way in ("不低于{}次", "{}次以上", "大于等于{}次", ">={}次", "至少 {} 次")),
    *(("≤{}万元", way) for way in ("不超过{}万元", "{}万元以内", "控制在{}万元以内", "<={}万元")),
    *(("≥{}%", way) for way in ("不低于{}％", "{}百分比以上", "≥{}.0%", "百分之{}以上")),
    *(("{}个", way) for way in ("{} 个", "{}.0个", "完成{}个")),
    *(("≤{}日", way) for way in ("不超过{}日", "{}日内", "{}天以内")),
]
NUMBERS_SMALL = st.integers(1, 60)


@thorough
@given(st.sampled_from(SPELLINGS), NUMBERS_SMALL, NUMBERS_SMALL)
def test_writing_a_value_in_another_way_changes_no_verdict(
    spelling: tuple[str, str], number: int, other: int
) -> None:
    """A target, an actual value or last year's target may be spelt in any of its ways."""
    plain, written = (parse(way.format(number), 2024) for way in spelling)
    actual = parse(spelling[0].lstrip("≥≤").format(other), 2024)
    before = parse(spelling[0].format(other), 2023)
    found, other_way = judge(plain, actual), judge(written, actual)
    assert (found.outcome, found.distance) == (other_way.outcome, other_way.distance)
    assert compare(before, plain).change is compare(before, written).change
    assert compare(before, plain).size == compare(before, written).size


@thorough
@given(
    st.sampled_from(["≥", "≤", ">", "<", "=", "", "约"]),
    st.sampled_from(["个", "%", "万元", "公里", "元/亩"]),
    st.lists(st.integers(1, 500), min_size=2, max_size=2),
    st.sampled_from([2, 3, 10, 999]),
)
def test_scaling_both_sides_changes_no_verdict(
    sign: str, unit: str, numbers: list[int], times: int
) -> None:
    """Ten times as much of ten times the target is as good, and just as far from it."""
    once, often = (
        [parse(f"{sign}{number * by}{unit}", 2024) for number in numbers] for by in (1, times)
    )
    actual, more = (parse(f"{numbers[1] * by}{unit}", 2024) for by in (1, times))
    found, scaled = judge(once[0], actual), judge(often[0], more)
    assert (found.outcome, found.distance) == (scaled.outcome, scaled.distance)
    assert compare(*once).change is compare(*often).change
    assert compare(*once).size == compare(*often).size


@thorough
@given(
    st.sampled_from(["≥", ">", "=", ""]), st.integers(1, 10**14), st.integers(1, 10**6), UNIT_NAMES
)
def test_no_miss_is_rounded_into_a_hit(sign: str, number: int, short: int, unit: str) -> None:
    """However little is missing, the percent achieved is less than 100, and said so."""
    if short <= number:
        found = judge(parse(f"{sign}{number}{unit}", 2024), parse(f"{number - short}{unit}", 2024))
        assert found.outcome in {Outcome.NOT_MET, Outcome.DIFFERS}
        assert "完成100%" not in found.reason
        assert found.distance
        assert found.distance.achieved is not None
        assert found.distance.achieved < 100


def test_a_change_in_percent_has_its_sign() -> None:
    """A rise, a fall, and no change, which has none."""
    changes = [signed(Decimal(text)) for text in ("5.6", "-19", "0")]
    assert changes == ["+5.6%", "−19%", "0%"]


def test_an_open_end_that_is_only_reached_is_missed_by_nothing() -> None:
    """92% misses >92%, and the distance is zero, not unknown."""
    found = judge(parse(">92%", 2024), parse("92%", 2024))
    assert found.outcome is Outcome.NOT_MET
    assert found.distance
    assert found.distance.off == 0
