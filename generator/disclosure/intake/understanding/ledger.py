"""Where every character of a document went: into a field, among the boilerplate, or nowhere.

Nothing can be counted twice and nothing is left out: each text is marked character by character,
and what nobody marked is unplaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from disclosure.intake.formats.pieces import LOST, Document, TextPiece
from disclosure.model.whitespace import squeezed

#: What became of a character; a lost one stands in a field, but nobody knows which it is.
_NOWHERE, _FIELD, _BOILERPLATE, _LOST, _ASIDE = 0, 1, 2, 3, 4

#: The way to a value in a draft: its file, then keys and positions.
Where = tuple[str | int, ...]


class PlacedText(Struct, frozen=True):
    """A part of a text that stands in a field now.

    Attributes:
        text: The text it stood in.
        where: The file and the field.
        part: What stood in the document, without white space.
        converted: Whether the field says it in other words: 万元 for 元.
    """

    text: TextPiece
    where: Where
    part: str
    converted: bool = False


class Unplaced(Struct, frozen=True):
    """A run of characters that found no place.

    Attributes:
        text: The whole text it stood in.
        part: Its characters, without white space.
    """

    text: TextPiece
    part: str

    @property
    def description(self) -> str:
        """The same in words where nobody can read it."""
        unread = set(self.part) == {LOST}
        return f"［{len(self.part)} 个字无法识别］" if unread else self.part


class CharacterCount(Struct, frozen=True):
    """How many characters, without white space, went where.

    Attributes:
        placed: Into fields.
        boilerplate: Among titles, heads and page numbers.
        unplaced: Nowhere.
        aside: They stand in tables and chapters that are not about targets.
    """

    placed: int
    boilerplate: int
    unplaced: int
    aside: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.placed + self.boilerplate + self.unplaced + self.aside


class Ledger(Struct):
    """The accounts of one document."""

    document: Document
    placed: list[PlacedText] = field(default_factory=list)
    _marks: dict[TextPiece, bytearray] = field(default_factory=dict)

    def place(self, text: TextPiece, part: str, where: Where, *, converted: bool = False) -> None:
        """Note that a part of a text stands in a field."""
        if squeezed(part):
            self._mark(text, part, _FIELD)
            self.placed.append(PlacedText(text, where, squeezed(part), converted))

    def mark_boilerplate(self, text: TextPiece, part: str | None = None) -> None:
        """Note that a part of a text, or all that is left of it, is boilerplate."""
        if part is None:
            marks = self._of(text)
            marks[:] = bytes(mark or _BOILERPLATE for mark in marks)
        elif squeezed(part):
            self._mark(text, part, _BOILERPLATE)

    def set_aside(self, text: TextPiece) -> None:
        """Note that what is left of a text is not about targets."""
        marks = self._of(text)
        marks[:] = bytes(mark or _ASIDE for mark in marks)

    def move(self, old: Where, new: Where | None) -> None:
        """Note that what was placed in one field stands in another, or is boilerplate after all."""
        for placed in [one for one in self.placed if one.where == old]:
            if new is None:
                self._mark(placed.text, placed.part, _BOILERPLATE, before=_FIELD)
                self.placed.remove(placed)
            else:
                self.placed[self.placed.index(placed)] = replace(placed, where=new)

    def withdraw(self, begin: Where) -> None:
        """Note that what was placed in fields whose way begins so stands nowhere after all."""
        for placed in [one for one in self.placed if one.where[: len(begin)] == begin]:
            self._mark(placed.text, placed.part, _NOWHERE, before=_FIELD)
            self.placed.remove(placed)

    def is_open(self, text: TextPiece) -> bool:
        """Whether something of a text has no place yet."""
        return _NOWHERE in self._of(text)

    def is_placed(self, text: TextPiece) -> bool:
        """Whether something of a text stands in a field."""
        return _FIELD in self._of(text)

    def unplaced(self) -> Iterator[Unplaced]:
        """What has no place, in the order of the document."""
        for text in self.document.texts():
            yield from self.left_of(text)

    def left_of(self, text: TextPiece) -> Iterator[Unplaced]:
        """What of a text has no place, or cannot be read."""
        pairs = zip(text.bare, self._of(text), strict=True)
        for mark, run in groupby(pairs, key=lambda pair: pair[1]):
            if mark in {_NOWHERE, _LOST}:
                yield Unplaced(text, "".join(char for char, _ in run))

    def count(self) -> CharacterCount:
        """How many characters went where."""
        marks = b"".join(self._of(text) for text in self.document.texts())
        unplaced = marks.count(_NOWHERE) + marks.count(_LOST)
        aside = marks.count(_ASIDE)
        return CharacterCount(marks.count(_FIELD), marks.count(_BOILERPLATE), unplaced, aside)

    def _of(self, text: TextPiece) -> bytearray:
        if text not in self._marks:
            self._marks[text] = bytearray(len(text.bare))
        return self._marks[text]

    def _mark(self, text: TextPiece, part: str, mark: int, before: int = _NOWHERE) -> None:
        """Mark the first stretch of a text that says `part` and has the mark `before`."""
        marks, bare, wanted = self._of(text), text.bare, squeezed(part)
        allowed = {before, _LOST} if before else {before}
        at = bare.find(wanted)
        while at >= 0 and not set(marks[at : at + len(wanted)]) <= allowed:
            at = bare.find(wanted, at + 1)
        assert at >= 0, f"{wanted!r} is not, or no longer, in {bare!r}"
        marks[at : at + len(wanted)] = bytes(_LOST if char == LOST else mark for char in wanted)
