"""The invented district as a specification of comparison: what each kind of change looks like.

Its results, and the district as a whole, are in `test_examples_data.py`.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.compare import ADDED, DROPPED, Basis, SuccessionKind, findings, project_difference
from disclosure.model.dataset import total
from disclosure.model.target import Change
from tests.support.district import (
    AGRICULTURE,
    CIVIL_AFFAIRS,
    EDUCATION,
    HEALTH,
    TRANSPORT,
    change,
    departments,
    district,
    indicator,
    project,
    succession_of,
    targets,
    years,
)

# ---- What becomes of projects


def test_a_project_with_one_code_for_all_years_is_one_project() -> None:
    """The code's letters say 2021; the project is published under it in every year."""
    (chain,) = (
        chain for chain in district()[EDUCATION].chains if chain.first_id == "99010121R002719100103"
    )
    assert [member.year.year for member in chain.members] == [2022, 2023, 2024, 2025]
    assert succession_of(EDUCATION, 2024, "城乡义务教育学校公用经费补助")[::3] == (
        SuccessionKind.CONTINUED,
        {Basis.SAME_CODE},
    )


def test_a_project_with_a_new_code_every_year_is_found_by_its_name() -> None:
    """Four codes in four years, one name, one project."""
    name = "实验小学课后服务补助经费"
    assert succession_of(EDUCATION, 2023, name) == (
        SuccessionKind.CONTINUED,
        [name],
        [name],
        {Basis.SAME_NAME},
    )
    own = project(EDUCATION, 2025, name).current.id
    assert len(district()[EDUCATION].chain_of(2025, own).members) == 4


def test_a_renamed_project_says_what_it_carries_on() -> None:
    """Another code and another name: only `continues` links the two."""
    assert succession_of(EDUCATION, 2024, "义务教育学生营养膳食补助") == (
        SuccessionKind.RENAMED,
        ["农村义务教育学生营养改善计划"],
        ["义务教育学生营养膳食补助"],
        {Basis.DECLARED},
    )


def test_a_renamed_project_may_keep_its_code() -> None:
    """The same code under another name is a rename without a word from the publisher."""
    assert succession_of(HEALTH, 2023, "计划生育家庭奖励扶助和特别扶助") == (
        SuccessionKind.RENAMED,
        ["农村部分计划生育家庭奖励扶助"],
        ["计划生育家庭奖励扶助和特别扶助"],
        {Basis.SAME_CODE},
    )


def test_two_projects_merged_into_one() -> None:
    """The new project stands beside both old ones, its money beside theirs together."""
    assert succession_of(TRANSPORT, 2024, "交通运输安全监管专项") == (
        SuccessionKind.MERGED,
        ["渡口渡船安全监管", "道路运输安全监管"],
        ["交通运输安全监管专项"],
        {Basis.DECLARED},
    )
    merged = change(TRANSPORT, 2024, "交通运输安全监管专项")
    old = (project(TRANSPORT, 2023, name) for name in ("渡口渡船安全监管", "道路运输安全监管"))
    assert merged.old_budget == total(each.current.budget.total for each in old)
    assert merged.difference is None


def test_one_project_split_in_two() -> None:
    """Either part leads to the same succession: one old project, two new ones."""
    parts = ["校舍安全维修工程", "学校运动场地改造工程"]
    for name in parts:
        expected = (SuccessionKind.SPLIT, ["校舍维修改造项目"], parts, {Basis.DECLARED})
        assert succession_of(EDUCATION, 2024, name) == expected


def test_a_project_that_ended_has_no_successor() -> None:
    """What nobody carries on has ended, with all its money gone."""
    (pair,) = (pair for pair in district()[HEALTH].years if pair.new.year == 2024)
    ended = [each for each in pair.changes if each.succession.kind is SuccessionKind.ENDED]
    names = [each.succession.old[0].current.name for each in ended]
    assert "村卫生室标准化建设" in names
    assert all(each.new_budget == 0 for each in ended)


def test_a_new_project_has_no_predecessor() -> None:
    """Neither the publisher nor a code nor a name says that it was there before."""
    assert succession_of(HEALTH, 2024, "院前急救站点建设与运行") == (
        SuccessionKind.NEW,
        [],
        ["院前急救站点建设与运行"],
        set(),
    )


def test_a_new_project_of_an_old_name_says_so() -> None:
    """The road repair of 2024 is not that of 2023, although both are called the same."""
    name = "水毁公路修复工程"
    assert (
        project(TRANSPORT, 2023, name).current.code != project(TRANSPORT, 2024, name).current.code
    )
    assert project(TRANSPORT, 2024, name).current.continues == ()
    assert succession_of(TRANSPORT, 2024, name)[0] is SuccessionKind.NEW


def test_all_statements_of_succession_are_true() -> None:
    """No project names a predecessor that does not exist."""
    assert [remark for each in departments() for remark in findings(each)] == []


# ---- Versions


def versions(department: str, year: int, name: str) -> list[tuple[str, Decimal | None]]:
    """The kind and the budget of each version, oldest first."""
    found = (version.project for version in project(department, year, name).versions)
    return [
        (each.adjustment.kind if each.adjustment else "original", each.budget.total)
        for each in found
    ]


def test_an_adjustment_replaces_the_table_in_force() -> None:
    """Two adjustments in one year: three versions, and the years compare the last."""
    name = "“四好农村路”新改建工程"
    assert versions(TRANSPORT, 2024, name) == [
        ("original", Decimal("1840.00")),
        ("adjustment", Decimal("2092.00")),
        ("adjustment", Decimal("2040.00")),
    ]
    assert change(TRANSPORT, 2024, name).new_budget == Decimal("2040.00")


def test_an_adjustment_differs_from_the_version_before() -> None:
    """The second adjustment gives back money and moves the deadline."""
    _, first, second = project(TRANSPORT, 2024, "“四好农村路”新改建工程").versions
    found = project_difference(first.project, second.project, 2024, 2024)
    (total,) = (item for item in found.budget if item.field == "total")
    assert (total.old, total.new) == (Decimal("2092.00"), Decimal("2040.00"))
    (deadline,) = (item for item in found.indicators if item.name == "项目交工时间")
    assert deadline.verdict
    assert deadline.verdict.change is Change.LOOSER


def test_a_correction_changes_what_was_misprinted() -> None:
    """One target was a slip of the pen; the money stays as it was."""
    old, new = (each.project for each in project(EDUCATION, 2024, "教师培训专项经费").versions)
    found = project_difference(old, new, 2024, 2024)
    assert (found.budget, found.plan) == ((), ())
    (changed,) = (item for item in found.indicators if item.old != item.new)
    assert changed.old
    assert changed.new
    assert (changed.old.target, changed.new.target) == ("≥9500人次", "≥950人次")


def test_a_withdrawn_project_stays_without_money() -> None:
    """The last version withdraws it: it is still there, and counts for nothing."""
    name = "疫情防控应急物资储备"
    assert versions(HEALTH, 2023, name) == [
        ("original", Decimal("120.00")),
        ("withdrawal", Decimal("0.00")),
    ]
    assert project(HEALTH, 2023, name).withdrawn
    assert change(HEALTH, 2023, name).new_budget == 0


# ---- Targets from one year to the next


def test_a_higher_lower_bound_is_stricter() -> None:
    """≥ more is stricter."""
    assert targets(EDUCATION, 2023, "城乡义务教育学校公用经费补助", "受益学生人数") == (
        *("≥12600人", "≥12850人"),
        *(Change.STRICTER, "下限由12600人提高到12850人"),
    )


def test_a_lower_upper_bound_is_stricter() -> None:
    """≤ less is stricter."""
    assert targets(AGRICULTURE, 2023, "高标准农田建设项目", "亩均投资标准") == (
        *("≤1600元/亩", "≤1500元/亩"),
        *(Change.STRICTER, "上限由1600元/亩降低到1500元/亩"),
    )


def test_more_than_is_stricter_than_at_least() -> None:
    """＞92% excludes what ≥92% allows."""
    assert targets(HEALTH, 2025, "严重精神障碍患者管理救治", "规范管理率") == (
        *("≥92%", "＞92%"),
        *(Change.STRICTER, "由至少92%改为超过92%"),
    )


def test_a_lower_lower_bound_is_looser() -> None:
    """≥ less is looser."""
    assert targets(TRANSPORT, 2024, "公路超限超载治理", "开展联合执法次数") == (
        *("≥120次", "≥100次"),
        *(Change.LOOSER, "下限由120次降低到100次"),
    )


def test_a_higher_upper_bound_is_looser() -> None:
    """≤ more is looser."""
    assert targets(TRANSPORT, 2024, "农村公路日常养护", "每公里养护成本") == (
        *("≤5185元/公里", "≤5250元/公里"),
        *(Change.LOOSER, "上限由5185元/公里提高到5250元/公里"),
    )


def test_an_earlier_deadline_is_stricter() -> None:
    """Deadlines are days of each year's own: 31 May 2024 comes before 30 June 2023 would."""
    assert targets(EDUCATION, 2024, "城乡义务教育学校公用经费补助", "资金拨付时间") == (
        *("6月30日前", "5月31日前"),
        *(Change.STRICTER, "期限由6月30日提前到5月31日"),
    )


def test_a_later_deadline_is_looser() -> None:
    """The building may be finished two weeks later than last year's would have been."""
    assert targets(TRANSPORT, 2025, "农村公路危桥改造", "主体工程完工时间") == (
        *("10月31日前", "11月15日前"),
        *(Change.LOOSER, "期限由10月31日推迟到11月15日"),
    )


def test_another_unit_of_the_same_kind_is_converted() -> None:
    """A larger number of a smaller unit may be less, more or the same."""
    assert targets(EDUCATION, 2024, "职教中心实训基地建设", "项目建设成本") == (
        *("≤265万元", "≤1800000元"),
        *(Change.STRICTER, "上限由265万元降低到1800000元"),
    )
    assert targets(TRANSPORT, 2023, "农村公路危桥改造", "改造桥梁延米")[2] is Change.LOOSER
    assert targets(HEALTH, 2023, "爱国卫生与病媒生物防制", "消杀覆盖面积")[2] is Change.SAME
    assert targets(AGRICULTURE, 2023, "高标准农田建设项目", "亩均粮食增产")[2] is Change.SAME


def test_units_of_two_kinds_are_not_compared() -> None:
    """Tons saved and kilograms a hundred 亩 saved are two things."""
    assert targets(AGRICULTURE, 2025, "农作物病虫害统防统治", "挽回粮食损失") == (
        *("≥1800吨", "696～890公斤/百亩"),
        *(Change.NOT_COMPARABLE, "单位不同（吨、公斤/百亩），不能比较"),
    )


def test_the_same_target_may_be_written_otherwise() -> None:
    """24 hours are a day."""
    assert targets(CIVIL_AFFAIRS, 2024, "临时救助备用金", "急难型救助响应时间") == (
        *("≤24小时", "≤1日"),
        *(Change.SAME, "写法不同，意思相同"),
    )


def test_other_words_are_reworded_and_neither_better_nor_worse() -> None:
    """Nobody can say whether 优良 is more than 明显改善."""
    name = "困难残疾人生活补贴和重度残疾人护理补贴"
    assert targets(CIVIL_AFFAIRS, 2023, name, "残疾人生活质量") == (
        *("明显改善", "优良"),
        *(Change.REWORDED, "文字有改动"),
    )


def test_a_description_may_change_under_an_unchanged_target() -> None:
    """The target is the same; what changed is shown as a changed text."""
    item = indicator(EDUCATION, 2023, "实验小学课后服务补助经费", "解决家长接送难题")
    assert item.verdict
    assert item.verdict.change is Change.SAME
    assert [text.field for text in item.fields] == ["description"]


@pytest.mark.parametrize(
    ("department", "year", "name", "level3", "reason"),
    [
        (EDUCATION, 2024, "实验小学课后服务补助经费", "解决家长接送难题", "由文字改为下限（≥）"),
        (EDUCATION, 2025, "家庭经济困难学生资助专项", "资助寄宿生人数", "由下限（≥）改为文字"),
    ],
)
def test_what_cannot_be_compared_says_why(
    department: str, year: int, name: str, level3: str, reason: str
) -> None:
    """Words against numbers: never a guess, always a reason."""
    verdict = indicator(department, year, name, level3).verdict
    assert verdict
    assert verdict.change is Change.NOT_COMPARABLE
    assert reason in verdict.reason


@pytest.mark.parametrize(
    ("place", "change", "reason"),
    [
        (
            (HEALTH, 2023, "适龄妇女“两癌”免费筛查", "宫颈癌筛查人数"),
            *(Change.HIGHER, "数值增加7.7%（原来没有≥或≤）"),
        ),
        (
            (TRANSPORT, 2023, "农村公路危桥改造", "改造危桥座数"),
            *(Change.LOWER, "数值减少25%（原文没有≥或≤）"),
        ),
        (
            (AGRICULTURE, 2025, "高素质农民培育", "培育高素质农民人数"),
            *(Change.HIGHER, "数值增加6.7%（现在没有≥或≤）"),
        ),
        (
            (AGRICULTURE, 2025, "农业生产社会化服务补助", "耕地撂荒面积"),
            *(Change.HIGHER, "数值增加20亩（原来没有≥或≤）"),
        ),
    ],
)
def test_a_number_without_a_sign_gets_the_plain_difference(
    place: tuple[str, int, str, str], change: Change, reason: str
) -> None:
    """No direction, and no silence: how much more or less, and why no more is said."""
    verdict = indicator(*place).verdict
    assert verdict
    assert (verdict.change, verdict.reason) == (change, reason)


def test_a_renamed_indicator_is_probably_the_same() -> None:
    """Matched by likeness, with both names to be judged by the reader."""
    item = indicator(HEALTH, 2024, "严重精神障碍患者管理救治", "患者社会功能恢复率")
    assert item.old
    assert item.old.level3 == "患者社会功能恢复"
    assert not item.certain


def test_an_indicator_of_another_thing_is_not_the_old_one_renamed() -> None:
    """The pass rate of the works and that of their equipment share six characters, no more."""
    name = "高标准农田建设项目"
    assert indicator(AGRICULTURE, 2024, name, "设施设备一次验收合格率").old is None
    assert indicator(AGRICULTURE, 2024, name, "工程验收合格率").new is None


def test_indicators_are_added_and_dropped() -> None:
    """What only one table has is new or gone, and is counted."""
    name = "第一中学理化生实验设备购置"
    assert indicator(EDUCATION, 2023, name, "录播教室使用频次").old is None
    assert indicator(EDUCATION, 2023, name, "设备使用年限").new is None
    counts = change(EDUCATION, 2023, name).indicator_counts
    assert (counts[ADDED], counts[DROPPED]) == (1, 1)


def test_an_indicator_keeps_its_identity_in_a_newer_tree() -> None:
    """Cost moved from 产出指标 to a first level of its own: the same indicator, for certain."""
    item = indicator(EDUCATION, 2024, "职教中心实训基地建设", "项目建设成本")
    assert item.certain
    moved = [(text.field, text.old, text.new) for text in item.fields]
    assert moved == [
        ("level1", "产出指标", "成本指标"),
        ("level2", "成本指标", "经济成本指标"),
    ]


@pytest.mark.parametrize(
    ("department", "first"),
    [
        (EDUCATION, 2024),
        (CIVIL_AFFAIRS, 2024),
        (HEALTH, 2025),
        (TRANSPORT, 2023),
        (AGRICULTURE, 2024),
    ],
)
def test_the_tree_is_a_matter_of_the_year(department: str, first: int) -> None:
    """From its year on a department files cost on its own, before it under 产出指标."""
    newer = {
        disclosed.year
        for owner, disclosed in years()
        if owner.department.id == department
        and any(
            row.level1 == "成本指标"
            for each in disclosed.projects
            for row in each.current.indicators
        )
    }
    assert newer == set(range(first, 2026))
