"""The colours of a PDF as a screen shows them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pdfminer.pdfcolor import PDFColorSpace

#: Red, green and blue from 0 to 1; None where only a renderer could tell.
Colour = tuple[float, float, float] | None

PAPER = (1.0, 1.0, 1.0)
_SAME = 0.06  # two colours that differ less in each part look the same


def rgb(colour: Any, space: PDFColorSpace | None) -> Colour:
    """A colour as a screen shows it, as far as that can be told without its profile."""
    return _rgb(colour, space.name if space is not None else "")


@lru_cache(maxsize=1024)
def _rgb(colour: Any, name: str) -> Colour:
    if name in {"Indexed", "Lab", "Pattern"}:
        return None
    parts = colour if isinstance(colour, tuple) else (colour,)
    if not all(isinstance(one, (int, float)) for one in parts):
        return None
    if len(parts) == 1:
        grey = 1 - float(parts[0]) if name in {"Separation", "DeviceN"} else float(parts[0])
        return grey, grey, grey
    if len(parts) == 3:
        return float(parts[0]), float(parts[1]), float(parts[2])
    if len(parts) == 4:
        cyan, magenta, yellow, black = map(float, parts)
        return tuple(1 - min(1.0, one + black) for one in (cyan, magenta, yellow))  # type: ignore[return-value]  # three
    return None


def alike(one: Colour, other: Colour) -> bool:
    """Whether two known colours look the same."""
    if one is None or other is None:
        return False
    return all(abs(a - b) < _SAME for a, b in zip(one, other, strict=True))
