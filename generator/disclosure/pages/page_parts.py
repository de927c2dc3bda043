"""Pages of which parts have addresses of their own, because whole they would be too long.

How many parts there are must be known before a page is made, so they are cut by what the data say:
a little more than the bytes of the page, whatever the form. The first part keeps the page's
address, and says what stands in the others.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from disclosure.forms.form import Form
from disclosure.model.fields import Record
from disclosure.pages.filtered_rows import FilteredRows
from disclosure.pages.view import Link

#: So many bytes of content, with the theme's frame, are a page of less than 500 KB.
MAX_BYTES = 460_000

#: What the tags around a cell of a form take with its attributes, and around a row of a list.
_CELL, ROW = 80, 700

_PUNCTUATION = string.punctuation.encode()


class PagePart(Struct, frozen=True):
    """A part of a page in its index.

    Attributes:
        link: To the part.
        holds: What stands in it.
    """

    link: Link
    holds: str


class PartIndex(Struct, frozen=True):
    """The parts of a page, as one of them shows them.

    Attributes:
        parts: All of them, in the order of the page; none where all is on one page.
        number: Which of them shows it, counted from 1.
        filtered: By the names of the lists that numbers lead to, where their rows are; on the
            first part, to which those numbers lead.
    """

    parts: tuple[PagePart, ...] = ()
    number: int = 1
    filtered: Mapping[str, tuple[FilteredRows, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What stands behind the title of the page; "" where all is on one page."""
        return f"（第{self.number}部分）" if self.parts else ""

    @property
    def before(self) -> Link | None:
        """To the part before this one."""
        return self.parts[self.number - 2].link if self.number > 1 else None

    @property
    def after(self) -> Link | None:
        """To the part after this one."""
        return self.parts[self.number].link if self.number < len(self.parts) else None


WHOLE = PartIndex()


def part_indexes(
    places: Sequence[str],
    holds: Sequence[str],
    filtered: Mapping[str, tuple[FilteredRows, ...]] | None = None,
) -> Iterator[PartIndex]:
    """The index for each part of a page, of which is said where it stands and what it holds.

    `filtered` is where the rows are that numbers lead to, by the names of the lists.
    """
    if len(holds) == 1:
        yield WHOLE
        return
    parts = tuple(
        PagePart(Link(f"第{number}部分", place), held)
        for number, (place, held) in enumerate(zip(places, holds, strict=True), start=1)
    )
    yield PartIndex(parts, 1, filtered or {})
    yield from (PartIndex(parts, number) for number in range(2, len(parts) + 1))


def from_to(names: Sequence[str]) -> str:
    """The first and the last of what a part holds."""
    ends = dict.fromkeys((*names[:1], *names[-1:]))
    return "—".join(ends)


def held(lists: Mapping[str, Sequence[str]]) -> str:
    """What a part holds of each list, by the title of the list; those that it has nothing of go."""
    return "；".join(f"{title}（{from_to(names)}）" for title, names in lists.items() if names)


def cut(weights: Iterable[int], first: int = 0) -> tuple[range, ...]:
    """Cut a page after as many of its items as it can hold; an item is never cut.

    Args:
        weights: How long each item is, in bytes; what is not shown has none.
        first: How long is what stands before them on the first page.
    """
    start, room, parts = 0, MAX_BYTES - first, list[range]()
    end = 0
    for end, weight in enumerate(weights, start=1):
        if weight > max(room, 0) and (end - 1 > start or (not parts and first)):
            parts.append(range(start, end - 1))
            start, room = end - 1, MAX_BYTES
        room -= weight
    return (*parts, range(start, end))


def slices(part: range, lengths: Iterable[int]) -> Iterator[slice]:
    """A range over lists that follow each other, as a slice of each of them."""
    start = 0
    for length in lengths:
        first, last = (min(max(at - start, 0), length) for at in (part.start, part.stop))
        yield slice(first, last)
        start += length


def part_addresses(address: str, count: int, below: str = "") -> tuple[str, ...]:
    """Where the parts of a page stand; the first keeps its address.

    The others are `below` it, in a folder where numbers could be the names of other pages.
    """
    return (address, *(f"{address}{below}{number}/" for number in range(2, count + 1)))


def text_size(text: str | None) -> int:
    """How many bytes a page writes a text in: of punctuation, which it escapes, five for one."""
    if not text:
        return 0
    written = text.encode()
    return len(written) + 4 * (len(written) - len(written.translate(None, _PUNCTUATION)))


def table_size(form: Form, rows: Iterable[Record], *records: Record) -> int:
    """A little more than the bytes of a filled form.

    Args:
        form: The form.
        rows: What it repeats its columns for.
        records: All that it prints, the rows included.
    """
    cells = sum(1 for _ in form.cells()) + form.columns * sum(1 for _ in rows)
    return cells * _CELL + sum(map(record_size, records))


def record_size(record: Record) -> int:
    """What the texts of a record take, with the names of its fields, about as much as tags do."""
    return text_size(record.model_dump_json(exclude_none=True))
