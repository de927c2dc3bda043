"""Findings for other programs: a JSON list of all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from disclosure.model.diagnostics import Diagnostic
from disclosure.model.safe_text import is_safe

# How much of a long line is held on either side of the place, in characters.
_CHARACTERS = 200


def render_json(diagnostics: Sequence[Diagnostic]) -> str:
    """The findings as a JSON list for other programs.

    `excerpt` is the source line; of a very long one, the part around the place, and
    `excerpt_column` tells at which column (1-based, in characters) it begins.
    """
    text = json.dumps([_plain(item) for item in diagnostics], ensure_ascii=False, indent=2)
    safe = (char if is_safe(char) or char == "\n" else _escaped(char) for char in text)
    return "".join(safe) + "\n"


def _plain(diagnostic: Diagnostic) -> dict[str, str | int]:
    """A finding under the keys that other programs rely on."""
    span = diagnostic.span
    start = max(0, span.column - 1 - _CHARACTERS)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "length": span.length,
        "excerpt": span.excerpt[start : span.column - 1 + _CHARACTERS],
        "excerpt_column": start + 1,
    }


def _escaped(char: str) -> str:
    """A character as JSON writes it in ASCII; the same text to every parser."""
    return json.dumps(char)[1:-1]
