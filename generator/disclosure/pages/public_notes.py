"""The public notes of one data file, numbered as on its page."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from disclosure import checks
from disclosure.model.evaluations import SelfEvaluation
from disclosure.model.notes import Note
from disclosure.model.records import DepartmentTable, Disclosure, Project
from disclosure.pages.addresses import rule_address
from disclosure.pages.view import Link


class PublicNote(Struct, frozen=True):
    """A note with its number on the page, the place it speaks of, and its text.

    `rule` leads to the page of the rule whose finding it accepts; None when it names none.
    """

    number: int
    place: str
    text: str
    rule: Link | None


class Notes(Struct, frozen=True):
    """The notes of one file, numbered in order, to be found again by the place they speak of."""

    all: tuple[PublicNote, ...] = ()
    _by_place: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def at(self, *places: str) -> tuple[int, ...]:
        """The numbers of the notes on any of `places` (a field's or a third level's name)."""
        return tuple(n for place in places for n in self._by_place.get(place, ()))


_FIELD_TITLES = {
    name: field.title or name
    for record in (DepartmentTable, Disclosure, SelfEvaluation, Project)
    for name, field in record.model_fields.items()
}


def year_notes(disclosure: Disclosure) -> Notes:
    """The notes of a year's part one, then those of the department's table."""
    table = disclosure.department_table
    return number_notes((*disclosure.notes, *(table.notes if table else ())))


def number_notes(notes: Sequence[Note], before: int = 0, whose: str = "") -> Notes:
    """Give each note its number on the page and its place in the form's own words.

    Args:
        notes: The notes of one file.
        before: How many notes of other files stand before them.
        whose: What the file is about, where notes of several stand together.
    """
    by_place: dict[str, tuple[int, ...]] = {}
    numbered = []
    for number, note in enumerate(notes, start=before + 1):
        place = note.at or ""
        title = "，".join(filter(None, (whose, _FIELD_TITLES.get(place, place))))
        by_place[place] = (*by_place.get(place, ()), number)
        numbered.append(PublicNote(number, title, note.note, _rule_link(note.rule)))
    return Notes(tuple(numbered), by_place)


def _rule_link(code: str | None) -> Link | None:
    """To the page of a rule that has one; a code that nobody knows is a finding, and no link."""
    return Link(code, rule_address(code)) if code in RULE_CODES else None


RULE_CODES = frozenset(one.RULE.code for one in checks.RULES)
