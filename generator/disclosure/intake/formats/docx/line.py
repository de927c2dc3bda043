"""What a paragraph of a Word document says, while it is collected and when it is done."""

from __future__ import annotations

from itertools import groupby

from lxml import etree
from msgspec import Struct, field

from disclosure.intake.formats.docx.equations import with_brackets
from disclosure.intake.formats.docx.look import Unseen
from disclosure.intake.formats.docx.numbering import ListNumber
from disclosure.intake.formats.docx.symbols import lowered, raised
from disclosure.intake.formats.pieces import clean
from disclosure.model.whitespace import squeezed


class ParagraphLine(Struct):
    """What a paragraph says.

    Attributes:
        text: Its words as they are shown, its number included; lines are parted by breaks.
        number: The number that Word sets before it.
        unseen: What it does not show, and why.
        boxes: The text boxes in it, and why they are not shown if they are not.
        remarks: What could not be read, in Chinese, to be said after a place.
    """

    text: str = ""
    number: ListNumber | None = None
    unseen: list[tuple[Unseen, str]] = field(default_factory=list)
    boxes: list[tuple[etree._Element, Unseen | None]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Bits(Struct):
    """The words of a paragraph while they are collected.

    Attributes:
        shown: `superscript`, `subscript` or nothing, and a piece of what is shown.
        unseen: A piece of what is not shown, why, and how much was shown before it.
    """

    shown: list[tuple[str, str]] = field(default_factory=list)
    unseen: list[tuple[Unseen, str, int]] = field(default_factory=list)

    def add(self, text: str, why: Unseen | None, shift: str = "") -> None:
        """Add a piece, which is shown unless there is a reason why not."""
        if why is None:
            self.shown.append((shift, text))
        else:
            self.unseen.append((why, _on_the_line(shift, text), len(self.shown)))

    def text(self) -> str:
        """What is shown, on a line."""
        line = ""
        for shift, group in groupby(self.shown, key=lambda bit: bit[0]):
            line += _on_the_line(shift, "".join(text for _, text in group))
        return clean(with_brackets(line))

    def not_shown(self) -> list[tuple[Unseen, str]]:
        """What is not shown; neighbours of one kind are one text."""
        neighbours = groupby(self.unseen, key=lambda bit: (bit[0], bit[2]))
        found = (
            (why, clean(with_brackets("".join(text for _, text, _ in group))).strip())
            for (why, _), group in neighbours
        )
        return [(why, text) for why, text in found if squeezed(text)]


def _on_the_line(shift: str, text: str) -> str:
    """A piece that stands above or below the line, or on it."""
    change = {"superscript": raised, "subscript": lowered}.get(shift)
    return change(text) if change and text.strip() else text
