"""Words for findings: quoting what the user wrote, and guessing what was meant."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

_MAX_QUOTE = 30


def quote(text: str) -> str:
    """The user's words in Chinese quotation marks, on one line and not too long."""
    line = " ".join(text[: _MAX_QUOTE + 1].split())
    return f"“{line[:_MAX_QUOTE]}…”" if len(text) > _MAX_QUOTE else f"“{line}”"


def meant(text: str, choices: Mapping[str, str]) -> str | None:
    """The value in `choices` whose key is most like `text`, or None when none is near."""
    text = text.strip().lower()
    close = difflib.get_close_matches(text, [choice.lower() for choice in choices], n=1)
    for choice, value in choices.items():
        if close and choice.lower() == close[0]:
            return value
    return None
