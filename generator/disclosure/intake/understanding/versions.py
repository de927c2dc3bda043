"""Which version of a project's table one of our own forms says it is."""

from __future__ import annotations

import re

from disclosure.compare.code_lists import ADJUSTMENT_KINDS, VERSION_KINDS
from disclosure.intake.formats.pieces import TextPiece, after
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.read_form import ReadForm

VERSION, REASON = LABELS = ("版本", "调整原因")
_VERSION = re.compile(
    rf"版本[:：]?(?P<kind>{'|'.join(VERSION_KINDS.values())})(?:，(?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}))?"
    r"(?:，(?P<document>.+?))??(?:，已被后来版本取代)?"
)


def take(ledger: Ledger, form: ReadForm, text: TextPiece, label: str) -> bool:
    """Take a line below a form that begins with one of the labels; whether it was understood."""
    if label == REASON:
        return _reason(ledger, form, text)
    found = _VERSION.fullmatch(text.bare)
    kind = next((key for key, word in ADJUSTMENT_KINDS.items() if found and word == found["kind"]),
                None)  # fmt: skip
    if not found or bool(kind) != bool(found["date"]) or form.adjustment:
        return False
    if kind:
        values = {"kind": kind, "date": found["date"], "document": found["document"] or ""}
        form.adjustment.update({key: value for key, value in values.items() if value})
        ledger.place(text, found["kind"], form.at("adjustment", "kind"), converted=True)
        ledger.place(text, found["date"], form.at("adjustment", "date"))
        ledger.place(text, values["document"], form.at("adjustment", "document"))
    ledger.mark_boilerplate(text)
    return True


def _reason(ledger: Ledger, form: ReadForm, text: TextPiece) -> bool:
    if not form.adjustment or "reason" in form.adjustment:
        return False
    form.adjustment["reason"] = after(text.text, REASON).lstrip("：:")
    ledger.place(text, form.adjustment["reason"], form.at("adjustment", "reason"))
    ledger.mark_boilerplate(text)
    return True
