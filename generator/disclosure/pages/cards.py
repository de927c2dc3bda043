"""Tables that become cards where there is no room for columns.

Below the width that `cards.css` names, each row is a card and each cell stands on a line of its
own, behind the head of its column. What CSS needs for that is added here, for all tables alike:
the head as `data-label`, and roles, because some browsers forget what a table is as soon as its
parts are laid out in another way. Official forms have both already (see `render`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

_TABLE = re.compile(r"<table\b(?![^>]*\bdata-form=).*?</table>", re.DOTALL)
#: The beginning of a part of a table, up to its end where nothing stands in it.
_PART = re.compile(r"<(td|th|tr|table|thead|tbody|tfoot)\b([^>]*)>(</t[hd]>)?")
_HEAD = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPAN = re.compile(r'\b(col|row)span="(\d+)"')

ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tfoot": "rowgroup",
    "tr": "row",
    "td": "cell",
}


def cell_role(scope: str) -> str:
    """What a cell is, by the scope of a head; "" of any other."""
    return ROLES["td"] if not scope else "rowheader" if scope.startswith("row") else "columnheader"


def labelled(html: str) -> str:
    """HTML in which every cell of every table says the head of its column."""
    return _TABLE.sub(lambda found: _Table(found[0]).html, html)


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


class _Table:
    """A table, as HTML with what its cells need as cards."""

    def __init__(self, html: str) -> None:
        head, end, body = html.rpartition("</thead>")
        self._labels = dict(_labels(head))
        self._grid = _Grid()
        self.html = _PART.sub(self._head, head) + end + _PART.sub(self._body, body)

    def _head(self, found: re.Match[str]) -> str:
        tag, attributes, empty = found.groups()
        if tag == "table" and "class=" not in attributes:  # written by hand
            attributes += ' class="list"'
        role = cell_role("col") if tag == "th" else ROLES[tag]
        return f'<{tag}{attributes} role="{role}">{empty or ""}'

    def _body(self, found: re.Match[str]) -> str:
        tag, attributes, empty = found.groups()
        role = cell_role("row") if tag == "th" else ROLES[tag]
        if tag == "tr":
            self._grid.begin_row()
        elif tag in {"th", "td"}:
            column = self._grid.place(attributes).start
            if tag == "td" and not empty and (label := self._labels.get(column)):
                attributes += f' data-label="{label}"'
        return f'<{tag}{attributes} role="{role}">{empty or ""}'


def _labels(head: str) -> Iterator[tuple[int, str]]:
    """What stands above each column, from above; a text that is repeated only once."""
    grid = _Grid()
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for row in head.split("<tr")[1:]:
        grid.begin_row()
        for attributes, content in _HEAD.findall(row):
            text = "" if "visually-hidden" in content else _TAG.sub("", content).strip()
            for column in grid.place(attributes):
                if text and text not in texts[column]:
                    texts[column].append(text)
    for column, above in texts.items():
        yield column, "，".join(above)
