"""Matching is the inverse of filling: what was filled in is found again, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.forms.filling import fill
from disclosure.forms.form import Form
from disclosure.forms.library import known, shipped
from disclosure.forms.matching import match
from disclosure.forms.values import Values
from tests.support.formcases import cases, plain, tables

WORDS = st.text("甲乙丙丁项目数量≥95%次，。1", min_size=1, max_size=12).filter(str.strip)
OPTIONAL = st.just("") | WORDS
#: Fields of an indicator that a random form may have as columns.
COLUMNS = ("level1", "level2", "level3", "target", "description", "weight", "other.备注")
LABELS = ("主管部门", "实施单位", "负责人", "总体目标", "说明")


def as_json(values: Values) -> Any:
    """What stands in fields, without those that are empty."""
    texts = {path: text for path, text in values.texts.items() if text}
    lists = {name: [as_json(one) for one in items] for name, items in values.lists.items() if items}
    return texts, lists, sorted(values.apart)


@pytest.mark.parametrize("form_id", cases())
def test_a_filled_form_matches_with_what_was_filled_in(form_id: str) -> None:
    """The table of every form that ships says again what it was filled with."""
    form = shipped(form_id)
    for values, _ in tables(form_id):
        grid = fill(form, values)
        matched = match(form, grid)
        assert matched is not None
        assert plain(fill(form, matched.values)) == plain(grid)


def test_a_number_among_the_facts_is_no_money() -> None:
    """Below the parts of a budget a row of words tells where facts of free names begin."""
    form = shipped("department")
    values, *_ = (one for one, _ in tables("department"))
    assert [one.texts["content"] for one in values.lists["facts"]] == ["64"]
    matched = match(form, fill(form, values))
    assert matched is not None
    for name in ("parts", "facts"):
        assert [*map(as_json, matched.values.lists[name])] == [*map(as_json, values.lists[name])]


LISTS = [one for one in cases() if shipped(one).kind == "projects"]


@pytest.mark.parametrize("form_id", LISTS)
def test_a_project_without_indicators_keeps_its_row(form_id: str) -> None:
    """In every list it is printed, with what it says, and found again."""
    form = shipped(form_id)
    (values, _), *_ = tables(form_id)
    first, *_ = values.lists["projects"]
    bare = Values({**first.texts, "name": "戊项目"}, {"indicators": ()})
    made = Values(values.texts, {"projects": (first, bare)})
    grid = fill(form, made)
    matched = match(form, grid)
    assert matched is not None
    assert [one.texts["name"] for one in matched.values.lists["projects"]] == [
        first.texts["name"], "戊项目",
    ]  # fmt: skip
    assert matched.values.lists["projects"][1].lists["indicators"] == ()
    assert plain(fill(form, matched.values)) == plain(grid)


def test_a_table_matches_no_other_form() -> None:
    """The table of one form is not taken for that of another."""
    for form_id in cases():
        for values, _ in tables(form_id):
            grid = fill(shipped(form_id), values)
            others = [one for one in known() if one != form_id and match(shipped(one), grid)]
            assert others == []


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of random labels and columns, perhaps with a remark below the indicators."""
    labels = draw(st.lists(st.sampled_from(LABELS), unique=True, max_size=4))
    columns = draw(st.lists(st.sampled_from(COLUMNS), unique=True, min_size=2, max_size=6))
    width = len(columns) + 1
    rows: list[Any] = [
        [{"text": label}, {"text": f"{{facts.{label}}}", "columns": width - 1}] for label in labels
    ]
    heads = [{"text": "绩效指标", "rows": "block"}, *({"text": f"栏{one}"} for one in columns)]
    cells = [{"text": f"{{{one}}}", "merge": draw(_merge(one, columns))} for one in columns]
    rows.append({"rows": [heads, {"each": "indicators", "rows": [cells]}]})
    if draw(st.booleans()):
        rows.append([{"text": "备注"}, {"text": "{facts.备注}", "columns": width - 1}])
    return Form.model_validate(
        {"schema": "form/1", "id": "random", "name": "随机", "kind": "project",
         "columns": width, "rows": rows},
        strict=False,
    )  # fmt: skip


def _merge(path: str, columns: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    levels = tuple(one for one in ("level1", "level2") if one in columns)
    if path not in levels:
        return st.just(())
    return st.sampled_from([(), levels[: levels.index(path) + 1]])


@st.composite
def values_of(draw: st.DrawFn, form: Form) -> Values:
    """Something, or nothing, in every field of a form."""
    facts = {path: draw(OPTIONAL) for path in sorted(form.paths) if path.startswith("facts.")}
    paths = [path for path in sorted(form.paths) if not path.startswith("facts.")]
    level = st.sampled_from(["产出指标", "效益指标", ""])

    def item() -> Values:
        return Values({path: draw(level if path[:5] == "level" else OPTIONAL) for path in paths})

    return Values(facts, {"indicators": tuple(item() for _ in range(draw(st.integers(1, 6))))})


@given(st.data())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_form_says_again_what_was_filled_in(data: st.DataObject) -> None:
    """Random forms and values: found again, each field with the cell it stands in."""
    form = data.draw(forms())
    values = data.draw(values_of(form))
    grid = fill(form, values)
    matched = match(form, grid)
    assert matched is not None
    assert as_json(matched.values) == as_json(values)
    for found in matched.found:
        assert found.text == _text(values, found.items, found.path)


def _text(values: Values, items: tuple[tuple[str, int], ...], path: str) -> str:
    lists: Mapping[str, tuple[Values, ...]] = values.lists
    for name, place in items:
        values = lists[name][place]
        lists = values.lists
    return values.texts.get(path, "")
