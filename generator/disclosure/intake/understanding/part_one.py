"""Part one of a disclosure: overall goal, objectives, safeguards, from its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from msgspec import Struct, field

from disclosure.intake.formats import labels
from disclosure.intake.formats.pieces import TextPiece, after
from disclosure.intake.understanding.ledger import Ledger, Where
from disclosure.model.whitespace import squeezed

_NUMERALS = "一二三四五六七八九十"
_CHAPTER = re.compile(r"第[一二三四五六七八九十]+部分[^，。；]{0,24}")
_HEADING = re.compile(r"(?P<number>[一二三四五六七八九十]{1,3})、[^，。；：:]{1,30}")


class Part(Enum):
    """What is being read."""

    NOTHING = 0
    OVERALL = 1
    OBJECTIVES = 2
    SAFEGUARDS = 3


class PartOne(Struct):
    """What part one says so far.

    Attributes:
        overall: The paragraphs of the overall goal.
        objectives: For each: its name, its goal and its indicators.
        safeguards: One text each.
        section: The number of the heading above what is being read, 0 where it has none.
        is_announced: Whether the heading of the whole part was printed.
    """

    ledger: Ledger
    overall: list[str] = field(default_factory=list)
    objectives: list[dict[str, str]] = field(default_factory=list)
    safeguards: list[str] = field(default_factory=list)
    part: Part = Part.NOTHING
    key: str = "name"
    ordinal: int = 0
    section: int = 0
    is_announced: bool = False

    @property
    def is_available(self) -> bool:
        """Whether the document has a part one."""
        return bool(self.overall or self.objectives or self.safeguards)

    @property
    def content(self) -> tuple[object, ...]:
        """All that it says, to be compared."""
        return self.overall, self.objectives, self.safeguards

    def stop(self) -> None:
        """Part one is over."""
        self.part = Part.NOTHING

    def heading(self, text: TextPiece) -> bool:
        """Take one of its three headings; what any plan may have, only where it is announced."""
        bare = text.unnumbered
        overall = labels.OVERALL.fullmatch(bare)
        numbered = bool(text.numbers) or bare[:1] in _NUMERALS
        for known, part in (
            (labels.OBJECTIVES.fullmatch(bare), Part.OBJECTIVES),
            (labels.SAFEGUARDS.fullmatch(bare), Part.SAFEGUARDS),
            (overall and (numbered or not overall["rest"]), Part.OVERALL),
        ):
            general = "绩效" not in bare and "工作保障" not in bare
            if known and not (general and not (self.is_announced or self.is_available)):
                self.part, self.ordinal = part, 0
                begun = _HEADING.match(text.bare)
                self.section = numeral(begun["number"]) if begun else 0
                rest = overall["rest"] if overall and part is Part.OVERALL else ""
                self.ledger.mark_boilerplate(text, text.bare.removesuffix(rest))
                if rest:
                    self._overall(text, rest)
                return True
        return False

    def line(self, text: TextPiece) -> bool:
        """Take a paragraph under one of the headings."""
        if self._is_over(text):
            self.stop()
            return False
        takers: dict[Part, Callable[[TextPiece], None]] = {
            Part.OVERALL: lambda one: self._overall(one, one.text.strip()),
            Part.OBJECTIVES: self._objective,
            Part.SAFEGUARDS: self._safeguard,
        }
        taker = takers.get(self.part)
        if taker is None:
            return False
        taker(text)
        return True

    def _is_over(self, text: TextPiece) -> bool:
        """Whether another chapter begins, or the heading that follows the one being read."""
        if _CHAPTER.fullmatch(text.bare):
            return True
        found = _HEADING.fullmatch(text.bare)
        return bool(found and self.section and numeral(found["number"]) == self.section + 1)

    def _overall(self, text: TextPiece, part: str) -> None:
        self.overall.append(part)
        self._place(text, part, "overall_goal")

    def _objective(self, text: TextPiece) -> None:
        """A name, a goal, the indicators of one objective, or a further paragraph of them."""
        rest = self._numbered(text)
        if rest is not None:
            self.objectives.append({})
            self.key = "name"
        else:
            rest = text.text.strip()
        for pattern, key in ((labels.GOAL, "goal"), (labels.INDICATORS, "indicators")):
            bare = squeezed(rest)
            if (found := pattern.match(bare)) and self.objectives:
                self.key = key
                self.ledger.mark_boilerplate(text, found.group())
                rest = after(rest, found.group())
        if not self.objectives:
            return
        objective, at = self.objectives[-1], len(self.objectives) - 1
        known = objective.get(self.key)
        objective[self.key] = f"{known}\n{rest}" if known else rest
        self._place(text, rest, "objectives", at, self.key)

    def _safeguard(self, text: TextPiece) -> None:
        rest = self._numbered(text)
        if rest is not None or not self.safeguards:
            self.safeguards.append("")
        rest = text.text.strip() if rest is None else rest
        known = self.safeguards[-1]
        self.safeguards[-1] = f"{known}\n{rest}" if known else rest
        self._place(text, rest, "safeguards", len(self.safeguards) - 1)

    def _numbered(self, text: TextPiece) -> str | None:
        """What follows the number of an item, if this begins the next one in order."""
        found = labels.ORDINAL.match(text.bare)
        if found and numeral(found["number"]) == self.ordinal + 1:
            self.ordinal += 1
            self.ledger.mark_boilerplate(text, found.group())
            return after(text.text.strip(), found.group())
        if text.numbers:
            self.ordinal += 1
            self.ledger.mark_boilerplate(text, text.numbers[0])
            return after(text.text.strip(), squeezed(text.numbers[0]))
        return None

    def _place(self, text: TextPiece, part: str, *field_: str | int) -> None:
        where: Where = ("disclosure", *field_)
        self.ledger.place(text, part, where)


def numeral(text: str) -> int:
    """The number from 1 to 99 that Chinese numerals say."""
    tens, ten, ones = text.rpartition("十")
    value = (_NUMERALS.find(tens) + 1 or 1) * 10 if ten else 0
    return value + _NUMERALS.find(ones) + 1 if ones else value
