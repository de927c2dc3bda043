"""Tables over very many pages cost no more than their pages."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import Mock

import pytest

from disclosure.intake.formats.pieces import Document, GridCell, TablePiece, TextPiece
from disclosure.intake.understanding import page_borders, page_joining

_PAGES = 40


def _document(heads: Sequence[str]) -> Document:
    """A table of which each page prints the heads and two rows."""
    pages = tuple(_page(number, heads) for number in range(1, _PAGES + 1))
    return Document("长表.pdf", "", pages, 0)


def _page(page: int, heads: Sequence[str]) -> TablePiece:
    rows = [heads, *([f"{page}-{row}-{head}" for head in heads] for row in (1, 2))]
    cells = (
        GridCell(TextPiece(text, f"第{page}页", page), row, column)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    borders = tuple(60.0 + 100 * at for at in range(len(heads) + 1))
    return TablePiece(tuple(cells), len(heads), paged=page > 1, borders=borders)


@pytest.mark.parametrize(
    ("heads", "joins", "tables"),
    [
        (("采购品目", "规格", "预算数"), 0, _PAGES),
        (("采购品目", "等级", "预算数"), _PAGES - 1, _PAGES),
        (("二级指标", "三级指标", "指标值"), _PAGES - 1, 1),
    ],
)
def test_each_page_is_joined_once(
    monkeypatch: pytest.MonkeyPatch, heads: Sequence[str], joins: int, tables: int
) -> None:
    """Pages are put together once at most, and not at all where no head of indicators stands."""
    aligned = Mock(wraps=page_borders.aligned)
    monkeypatch.setattr(page_borders, "aligned", aligned)
    made, _ = page_joining.joined(_document(heads))
    assert (aligned.call_count, len([*made.tables()])) == (joins, tables)
