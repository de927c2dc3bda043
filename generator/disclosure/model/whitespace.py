"""Texts compared without the white space that a PDF puts anywhere into them."""

from __future__ import annotations

import re

_SPACE = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """The characters that count: without white space."""
    return _SPACE.sub("", text)
