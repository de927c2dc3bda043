"""The sentence that a project's page begins with, and amounts as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from disclosure.model.dataset import DepartmentYear, ProjectVersion, ProjectYear
from disclosure.model.evaluations import SelfEvaluation
from disclosure.model.records import Disclosure
from disclosure.pages.formatting import ungrouped
from disclosure.pages.sentences import project_sentence, spoken
from tests.support import tables

CASES = yaml.load(
    (Path(__file__).parents[1] / "cases" / "sentences.yml").read_text("utf-8"),
    yaml.CBaseLoader,  # noqa: S506 - makes nothing but text
)


def version(fields: Mapping[str, Any]) -> ProjectVersion:
    """A version of the fields of a case."""
    rows = [
        {"level1": "产出指标", "level3": f"指标{number}"}
        for number in range(int(fields.get("indicators", 0)))
    ]
    known = {key: fields[key] for key in ("name", "adjustment") if key in fields}
    project = {**known, "code": "1", "budget": {"total": fields["budget"]}, "indicators": rows}
    return ProjectVersion(tables.project(1, project), "1.yml")


def project(case: Mapping[str, Any]) -> ProjectYear:
    """The project of a case."""
    result = None
    if "result" in case:
        fields = {"schema": "result/1", "code": "1", **case["result"]}
        result = SelfEvaluation.model_validate(fields)
    return ProjectYear(tuple(version(fields) for fields in case["versions"]), result)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_sentence_says_what_the_data_says(case: Mapping[str, Any]) -> None:
    """Each fact of the data is a clause, and what the data does not know is not said."""
    this = project(case)
    others = (
        ProjectYear((version({"name": "其他", "budget": budget}),))
        for budget in case.get("others", ())
    )
    disclosure = Disclosure(schema_="disclosure/1", year=2024, overall_goal="目标")
    year = DepartmentYear(2024, disclosure, "2024", (this, *others), tables.DEPARTMENT)
    shown = this.versions[int(case.get("shown", -1))]
    assert project_sentence("示例局", year, this, shown) == case["sentence"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.00", "0元"),
        ("150.00", "150万元"),
        ("100", "100万元"),
        ("82.50", "82.5万元"),
        ("0.50", "5,000元"),
        ("0.0035", "35元"),
        ("0.000001", "0.01元"),
        ("9999.99", "9,999.99万元"),
        ("10000", "1亿元"),
        ("12300.00", "1.23亿元"),
        ("12345.67", "约1.23亿元"),
        ("12350.00", "约1.24亿元"),
        ("-20000.00", "-2亿元"),
        ("-0.50", "-5,000元"),
    ],
)
def test_an_amount_is_said_as_people_say_it(amount: str, words: str) -> None:
    """元, 万元 or 亿元 by size, no zeros at the end, and 约 only where something is left out."""
    assert spoken(Decimal(amount)) == words


UNITS = {"亿元": Decimal(10_000), "万元": Decimal(1), "元": Decimal("0.0001")}


@given(st.decimals("-9999999999999", "9999999999999", places=6))
def test_an_amount_without_a_word_of_doubt_is_exact(amount: Decimal) -> None:
    """Read back, the words are the amount; with 约 they differ from it by less than 50万元."""
    words = spoken(amount)
    unit = next(unit for unit in UNITS if words.endswith(unit))
    amount_in_words = Decimal(ungrouped(words.removeprefix("约").removesuffix(unit))) * UNITS[unit]
    assert (amount_in_words == amount) is not words.startswith("约")
    assert abs(amount_in_words - amount) <= 50
