"""Cells of tables say the heads of their columns, whatever the heads span."""

from __future__ import annotations

import re

import pytest

from disclosure.pages.cards import labelled

_CELL = re.compile(r'<(?:td|th scope)\b[^>]*?(?:data-label="([^"]*)")?>')

HEADS = {
    "a row of heads": ("<tr><th>名称</th><th>预算数</th></tr>", ["名称", "预算数"]),
    "a head over two": (
        """<tr><th rowspan="2">名称</th><th colspan="2">预算数</th></tr>
        <tr><th>2023年</th><th>2024年</th></tr>""",
        ["名称", "预算数，2023年", "预算数，2024年"],
    ),
    "a repeated head": (
        "<tr><th>名称</th></tr><tr><th>名称</th></tr>",
        ["名称"],
    ),
    "markup in a head": (
        '<tr><th><a href="#x">预算&#45;数</a>（原文）</th></tr>',
        ["预算-数（原文）"],
    ),
    "a head that would end the attribute": (
        """<tr><th>名" onclick="x</th><th>甲&lt;乙</th></tr>""",
        ["名&quot; onclick=&quot;x", "甲&lt;乙"],
    ),
    "a head for readers aloud": (
        '<tr><th><span class="visually-hidden">图</span></th><th>数</th></tr>',
        ["", "数"],
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_cell_says_all_heads_of_its_column(name: str) -> None:
    """Merged heads are joined from above; the marks in them are left out."""
    heads, labels = HEADS[name]
    cells = "<td>1</td>" * len(labels)
    html = f"<table><thead>{heads}</thead><tbody><tr>{cells}</tr></tbody></table>"
    assert _CELL.findall(labelled(html)) == labels


def test_cells_that_span_are_counted_with_all_they_take() -> None:
    """What follows a wide cell, or stands under a high one, still has its own head."""
    html = (
        "<table><thead><tr><th>甲</th><th>乙</th><th>丙</th></tr></thead><tbody>"
        '<tr><td rowspan="2">1</td><td colspan="2">2</td></tr>'
        "<tr><td>3</td><td>4</td></tr></tbody>"
        '<tfoot><tr><th scope="row" colspan="2">5</th><td>6</td></tr></tfoot></table>'
    )
    assert _CELL.findall(labelled(html)) == ["甲", "乙", "乙", "丙", "", "丙"]


def test_names_of_rows_and_empty_cells_say_nothing() -> None:
    """A card begins with its name, and what is empty is left out of it."""
    head = '<table class="list"><thead><tr><th>甲</th><th>乙</th></tr></thead>'
    row = '<tr><th scope="row">1</th><td></td></tr>'
    assert labelled(f"{head}{row}</table>") == f"{head}{row}</table>"


def test_tables_written_by_hand_look_as_the_others() -> None:
    """Markdown's tables have no class; official forms are laid out elsewhere and stay alone."""
    head = "<thead><tr><th>甲</th></tr></thead>"
    form = f'<table class="form" data-form="x">{head}</table>'
    assert labelled(f"<p><table>{head}</table>{form}").count('class="list"') == 1
    assert labelled(form) == form
