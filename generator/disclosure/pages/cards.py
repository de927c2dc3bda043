"""Tables that become cards where there is no room for columns.

Below the width that `cards.css` names, each row is a card and each cell stands on a line of its
own, behind the head of its column, which is added here as `data-label`, for all tables alike.
Official forms have it already (see `form_table`). Roles are not added: HTML does not allow them on
the cells of a table, and browsers know what a table is however it is laid out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from html import escape, unescape

_TABLE = re.compile(r"<table\b(?![^>]*\bdata-form=).*?</table>", re.DOTALL)
#: The beginning of a row or a cell, and its end where nothing stands in it.
_PART = re.compile(r"<(td|th|tr)\b([^>]*)>(</t[hd]>)?")
_HEAD = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPAN = re.compile(r'\b(col|row)span="(\d+)"')


def labelled(html: str) -> str:
    """HTML in which every cell of every table says the head of its column."""
    return _TABLE.sub(lambda found: _table(found[0]), html)


class _Grid:
    """Where the cells of a table stand, row by row, whatever they span."""

    def __init__(self) -> None:
        self._row = self._next = 0
        self._taken: set[tuple[int, int]] = set()  # by cells of earlier rows

    def begin_row(self) -> None:
        self._row += 1
        self._next = 0

    def place(self, attributes: str) -> range:
        """The columns of the next cell of the row."""
        while (self._row, self._next) in self._taken:
            self._next += 1
        first, self._next = self._next, self._next + 1
        if "span=" in attributes:  # few cells do
            spans = {name: int(number) for name, number in _SPAN.findall(attributes)}
            self._next = first + spans.get("col", 1)
            rows = range(self._row + 1, self._row + spans.get("row", 1))
            self._taken |= {(row, each) for row in rows for each in range(first, self._next)}
        return range(first, self._next)


def _table(html: str) -> str:
    head, end, body = html.rpartition("</thead>")
    labels = dict(_labels(head))
    grid = _Grid()

    def part(found: re.Match[str]) -> str:
        tag, attributes, empty = found.groups()
        if tag == "tr":
            grid.begin_row()
            return found[0]
        label = labels.get(grid.place(attributes).start)
        if tag == "th" or empty or not label:
            return found[0]
        return f'<td{attributes} data-label="{label}">'

    # Only tables that are written by hand have no class.
    return head.replace("<table>", '<table class="list">', 1) + end + _PART.sub(part, body)


def _labels(head: str) -> Iterator[tuple[int, str]]:
    """What stands above each column, from above; a text that is repeated only once."""
    grid = _Grid()
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for row in head.split("<tr")[1:]:
        grid.begin_row()
        for attributes, content in _HEAD.findall(row):
            text = "" if "visually-hidden" in content else _TAG.sub("", content).strip()
            text = escape(unescape(text))  # a quotation mark may stand in a head as it is
            for column in grid.place(attributes):
                if text and text not in texts[column]:
                    texts[column].append(text)
    for column, above in texts.items():
        yield column, "，".join(above)
