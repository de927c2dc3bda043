"""Where every character of a document went: into a field, among the furniture, or nowhere.

Nothing can be counted twice and nothing is left out: each text is marked character by character,
and what nobody marked is unplaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from disclosure.intake.formats.pieces import LOST, Document, Text, squeezed

#: What became of a character; a lost one stands in a field, but nobody knows which it is.
_NOWHERE, _FIELD, _FURNITURE, _LOST, _ASIDE = 0, 1, 2, 3, 4

#: The way to a value in a draft: its file, then keys and positions.
Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a text that stands in a field now.

    Attributes:
        text: The text it stood in.
        where: The file and the field.
        part: What stood in the document, without white space.
        converted: Whether the field says it in other words: 万元 for 元.
    """

    text: Text
    where: Where
    part: str
    converted: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A run of characters that found no place.

    Attributes:
        text: The whole text it stood in.
        part: Its characters, without white space.
    """

    text: Text
    part: str

    @property
    def said(self) -> str:
        """The same in words where nobody can read it."""
        unread = set(self.part) == {LOST}
        return f"［{len(self.part)} 个字无法识别］" if unread else self.part


@dataclass(frozen=True, slots=True)
class Count:
    """How many characters, without white space, went where.

    Attributes:
        placed: Into fields.
        furniture: Among titles, heads and page numbers.
        unplaced: Nowhere.
        aside: They stand in tables and chapters that are not about targets.
    """

    placed: int
    furniture: int
    unplaced: int
    aside: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.placed + self.furniture + self.unplaced + self.aside


@dataclass
class Ledger:
    """The accounts of one document."""

    document: Document
    placed: list[Placed] = field(default_factory=list)
    _fates: dict[Text, bytearray] = field(default_factory=dict)

    def place(self, text: Text, part: str, where: Where, *, converted: bool = False) -> None:
        """Note that a part of a text stands in a field."""
        if squeezed(part):
            self._mark(text, part, _FIELD)
            self.placed.append(Placed(text, where, squeezed(part), converted))

    def furnish(self, text: Text, part: str | None = None) -> None:
        """Note that a part of a text, or all that is left of it, is furniture."""
        if part is None:
            fates = self._of(text)
            fates[:] = bytes(fate or _FURNITURE for fate in fates)
        elif squeezed(part):
            self._mark(text, part, _FURNITURE)

    def set_aside(self, text: Text) -> None:
        """Note that what is left of a text is not about targets."""
        fates = self._of(text)
        fates[:] = bytes(fate or _ASIDE for fate in fates)

    def move(self, old: Where, new: Where | None) -> None:
        """Note that what was placed in one field stands in another, or is furniture after all."""
        for placed in [one for one in self.placed if one.where == old]:
            if new is None:
                self._mark(placed.text, placed.part, _FURNITURE, before=_FIELD)
                self.placed.remove(placed)
            else:
                self.placed[self.placed.index(placed)] = replace(placed, where=new)

    def is_open(self, text: Text) -> bool:
        """Whether something of a text has no place yet."""
        return _NOWHERE in self._of(text)

    def unplaced(self) -> Iterator[Unplaced]:
        """What has no place, in the order of the document."""
        for text in self.document.texts():
            yield from self.left_of(text)

    def left_of(self, text: Text) -> Iterator[Unplaced]:
        """What of a text has no place, or cannot be read."""
        pairs = zip(text.bare, self._of(text), strict=True)
        for fate, run in groupby(pairs, key=lambda pair: pair[1]):
            if fate in {_NOWHERE, _LOST}:
                yield Unplaced(text, "".join(char for char, _ in run))

    def count(self) -> Count:
        """How many characters went where."""
        fates = b"".join(self._of(text) for text in self.document.texts())
        unplaced = fates.count(_NOWHERE) + fates.count(_LOST)
        aside = fates.count(_ASIDE)
        return Count(fates.count(_FIELD), fates.count(_FURNITURE), unplaced, aside)

    def _of(self, text: Text) -> bytearray:
        if text not in self._fates:
            self._fates[text] = bytearray(len(text.bare))
        return self._fates[text]

    def _mark(self, text: Text, part: str, fate: int, before: int = _NOWHERE) -> None:
        """Mark the first stretch of a text that says `part` and has the fate `before`."""
        fates, bare, wanted = self._of(text), text.bare, squeezed(part)
        allowed = {before, _LOST} if before else {before}
        at = bare.find(wanted)
        while at >= 0 and not set(fates[at : at + len(wanted)]) <= allowed:
            at = bare.find(wanted, at + 1)
        assert at >= 0, f"{wanted!r} is not, or no longer, in {bare!r}"
        fates[at : at + len(wanted)] = bytes(_LOST if char == LOST else fate for char in wanted)
