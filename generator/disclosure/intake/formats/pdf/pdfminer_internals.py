"""The private parts of pdfminer that this program uses, all of them.

pdfminer makes an object of each thing that is painted, and says neither which it made last nor
lets a glyph say another text. What is used here may change in any version, so pyproject.toml has
an upper bound on pdfplumber, which names one version of pdfminer, and
`tests/intake/test_pdfminer_internals.py` says in one sentence which part has changed.
"""

# ruff: noqa: SLF001 - that is what it is for

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from pdfminer.layout import LTChar, LTLayoutContainer


def painted_since(container: LTLayoutContainer, count: int) -> Sequence[Any]:
    """What was painted into a page or figure after its first `count` things, in order."""
    return container._objs[count:]


def last_painted(container: LTLayoutContainer) -> Any:
    """What was painted last into a page or figure."""
    return container._objs[-1]


def set_text(glyph: LTChar, text: str) -> None:
    """Let a glyph say another text."""
    cast(Any, glyph)._text = text
