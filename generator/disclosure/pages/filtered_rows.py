"""Lists that numbers lead to, filtered: their addresses, and where their rows are on a cut page.

The address is the same whether the list stands on one page or on several: it is that of the first,
which then says how many rows each part has and leads to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from disclosure.pages.view import Link


class RowFilter(Struct, frozen=True):
    """A filter of a list that numbers lead to.

    Attributes:
        name: In addresses, with the prefix of the list.
        table: The list.
        unit: What its rows are counted in.
    """

    name: str
    table: str
    unit: str

    def query(self, key: str) -> str:
        """What an address asks for."""
        return f"{self.name}={key}"

    def address(self, page: str, key: str) -> str:
        """Where the rows with a value are shown."""
        return f"{page}?{self.query(key)}#{self.table}"


INDICATOR_STATE = RowFilter("indicator-state", "indicators", "项")
INDICATOR_NOTED = RowFilter("indicator-noted", "indicators", "项")
OUTCOME = RowFilter("result-outcome", "shortfalls", "项")
DISTANCE = RowFilter("result-distance", "shortfalls", "项")
ADJUSTED_STATE = RowFilter("adjusted-state", "adjusted", "项")
FATE = RowFilter("fate", "changes", "个")
FATE_OF_ALL = RowFilter("fate", "projects", "个")


class FilteredRows(Struct, frozen=True):
    """The rows with one value of a filter, over the parts of a page.

    Attributes:
        query: What an address asks for to see them.
        text: How many they are: `要求降低64项`.
        parts: To those on each part that has some.
        together: Where all of them are listed; "" where no page does so.
    """

    query: str
    text: str
    parts: tuple[Link, ...]
    together: str = ""


def filtered_rows(
    of: RowFilter,
    places: Sequence[str],
    parts: Sequence[Iterable[tuple[str, str]]],
    together: Callable[[str], str] = lambda _: "",
) -> tuple[FilteredRows, ...]:
    """Where the rows with each value are.

    Args:
        of: The filter.
        places: Where the parts stand.
        parts: Of the rows on each the value and its name; "" has none.
        together: Where all rows with a value are listed; "" where no page does so.
    """
    counts = [Counter(rows) for rows in parts]
    return tuple(
        FilteredRows(
            query=of.query(key),
            text=f"{label}{sum(count[key, label] for count in counts)}{of.unit}",
            parts=tuple(
                Link(f"第{number}部分{count[key, label]}{of.unit}", of.address(place, key))
                for number, (place, count) in enumerate(zip(places, counts, strict=True), start=1)
                if count[key, label]
            ),
            together=together(key),
        )
        for key, label in dict.fromkeys(value for count in counts for value in count)
        if key
    )


def on_one_part(here: str, of: RowFilter, rows: Iterable[FilteredRows]) -> Mapping[str, str]:
    """Where a number leads instead of to the first part: where all that it counts is on one."""
    return {
        f"{here}?{one.query}#{of.table}": one.parts[0].address
        for one in rows
        if len(one.parts) == 1
    }
