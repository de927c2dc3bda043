"""Notes that explain a change in words, without accepting a rule's finding."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.model.notes import Note


def explains(notes: Iterable[Note], at: str) -> bool:
    """Whether a note is about `at`.

    A note that names a rule is an acceptance instead, and needs the finding that it accepts.
    """
    return any(note.at == at and note.rule is None for note in notes)
