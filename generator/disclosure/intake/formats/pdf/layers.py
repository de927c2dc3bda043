"""The layers of a PDF (optional content) that a viewer shows when it opens the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral

_MAX_DEPTH = 20  # a visibility expression; people write one or two levels


class Layers:
    """Which layers are off, by the document's default configuration (ISO 32000-1, 8.11)."""

    def __init__(self, document: PDFDocument) -> None:
        properties = _dict(document.catalog.get("OCProperties"))
        default = _dict(properties.get("D"))
        every = {_id(one) for one in _list(properties.get("OCGs"))}
        off = {_id(one) for one in _list(default.get("OFF"))}
        on = {_id(one) for one in _list(default.get("ON"))}
        self._off = (every - on) | off if _name(default.get("BaseState")) == "OFF" else off
        for rule in map(_dict, _list(default.get("AS"))):
            if _name(rule.get("Event")) == "View":
                self._view(_list(rule.get("OCGs")))

    def _view(self, groups: Sequence[Any]) -> None:
        """Layers that a viewer switches by their own usage."""
        for group in groups:
            usage = _dict(_dict(_dict(group).get("Usage")).get("View"))
            state = _name(usage.get("ViewState"))
            if state == "OFF":
                self._off.add(_id(group))
            elif state == "ON":
                self._off.discard(_id(group))

    def shows(self, group: Any) -> bool:
        """Whether what belongs to a layer, or to a set of layers, is shown."""
        found = _dict(group)
        if _name(found.get("Type")) != "OCMD":
            return _id(group) not in self._off
        if "VE" in found:
            return self._holds(resolve1(found["VE"]), 0)
        groups = found.get("OCGs")
        members = _list(groups) if isinstance(resolve1(groups), list) else [groups]
        states = [self.shows(one) for one in members if resolve1(one)]
        policy = _name(found.get("P"))
        if not states:
            return True
        if policy in {"AllOff", "AnyOff"}:
            return not (any(states) if policy == "AllOff" else all(states))
        return all(states) if policy == "AllOn" else any(states)

    def _holds(self, expression: Any, depth: int) -> bool:
        """Whether a visibility expression is true: a layer, or And, Or, Not over such."""
        if not isinstance(expression, list) or not expression or depth > _MAX_DEPTH:
            return True
        operator, *operands = expression
        states = [
            self._holds(resolve1(one), depth + 1)
            if isinstance(resolve1(one), list)
            else self.shows(one)
            for one in operands
        ]
        if _name(operator) == "Not":
            return not all(states)
        return any(states) if _name(operator) == "Or" else all(states)


def _id(group: Any) -> object:
    """What tells one layer from another: its number in the file."""
    return group.objid if isinstance(group, PDFObjRef) else id(group)


def _dict(found: Any) -> dict[str, Any]:
    resolved = resolve1(found)
    return resolved if isinstance(resolved, dict) else {}


def _list(found: Any) -> list[Any]:
    resolved = resolve1(found)
    return resolved if isinstance(resolved, list) else []


def _name(found: Any) -> str:
    resolved = resolve1(found)
    return str(resolved.name) if isinstance(resolved, PSLiteral) else ""
