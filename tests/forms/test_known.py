"""The forms that ship, each proved by tables that were printed with it."""

from __future__ import annotations

import pytest

from disclosure.forms.filling import fill, fill_lines
from disclosure.forms.library import DEFAULTS, known, shipped
from tests.support.formcases import cases, plain, tables


@pytest.mark.parametrize("form_id", cases())
def test_a_filled_form_is_the_printed_table(form_id: str) -> None:
    """Texts, order and spans of every cell are those of the printed table."""
    form = shipped(form_id)
    for values, printed in tables(form_id):
        grid = fill(form, values)
        assert plain(grid) == printed["rows"]
        assert grid.columns == form.columns


@pytest.mark.parametrize("form_id", cases())
def test_the_lines_around_a_table_are_the_printed_ones(form_id: str) -> None:
    """Title, the lines above and those below are filled in as well."""
    for values, printed in tables(form_id):
        lines = fill_lines(shipped(form_id), values)
        assert lines.title == printed["title"]
        assert list(lines.above) == printed["above"]
        assert list(lines.below) == printed["below"]


def test_every_form_that_ships_has_a_case() -> None:
    """No layout is only claimed; and each file holds the form that its name says."""
    assert list(known()) == cases()
    assert [shipped(form_id).id for form_id in known()] == cases()


def test_the_default_of_each_kind_is_of_that_kind() -> None:
    """What a table gets that names no form is a form of its kind."""
    assert {kind: shipped(form_id).kind for kind, form_id in DEFAULTS.items()} == {
        kind: kind for kind in DEFAULTS
    }
