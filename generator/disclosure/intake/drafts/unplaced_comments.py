"""Comments in drafts: texts of a document that have no place, beside the field they followed."""

from __future__ import annotations

from disclosure.intake.understanding.interpreting import Interpreted
from disclosure.intake.understanding.ledger import Unplaced, Where


class UnplacedComments:
    """What has no place in a document, each behind the field after which it stood."""

    def __init__(self, found: Interpreted) -> None:
        first: Where = ("disclosure",) if found.part_one.is_available or not found.forms else (
            "form", found.forms[0].number)  # fmt: skip
        placed = {one.text: one.where for one in found.ledger.placed}
        open_: dict[object, list[Unplaced]] = {}
        for left in (one for one in found.ledger.unplaced() if not one.text.hidden):
            open_.setdefault(left.text, []).append(left)
        self._by_place: dict[Where, list[str]] = {}
        last = first
        for text in found.ledger.document.texts():
            last = placed.get(text, last)
            for left in open_.get(text, ()):
                remark = f"未能归入栏目的文字（{text.place}）：{left.description}"
                self._by_place.setdefault(last, []).append(remark)

    def of(self, file: Where) -> dict[tuple[str | int, ...], list[str]]:
        """The remarks of one file, by field and item."""
        found: dict[tuple[str | int, ...], list[str]] = {}
        for where, remarks in self._by_place.items():
            if where[: len(file)] == file:
                found.setdefault(field_of(where[len(file) :]), []).extend(remarks)
        return found


#: Where the values of a form stand in its file.
_FIELDS = {"total": "budget", "fiscal": "budget", "other": "budget", "plan": "spending_plan",
           "plan_heading": "spending_plan", "extras": "facts"}  # fmt: skip


def field_of(where: Where) -> tuple[str | int, ...]:
    """The field of a file, with the item if it is a list, in which a value of a form stands."""
    if not where:
        return ()
    key = _FIELDS.get(str(where[0]), where[0])
    return (key, where[1]) if len(where) > 1 and isinstance(where[1], int) else (key,)
