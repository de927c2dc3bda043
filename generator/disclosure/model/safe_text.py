"""Characters that no report and no name of a file may hold."""

from __future__ import annotations

import unicodedata

# Control and format characters, surrogates, characters that do not exist, line and paragraph
# separators: they could hide or reorder what a terminal shows, or make it do something.
_UNSAFE = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"})


def is_safe(char: str) -> bool:
    """Whether a character only ever shows itself."""
    return unicodedata.category(char) not in _UNSAFE


def visible(text: str) -> str:
    """The text with a visible name for each character that may not reach a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char if is_safe(char) else "⇥" if char == "\t" else f"<U+{ord(char):04X}>" for char in text
    )
