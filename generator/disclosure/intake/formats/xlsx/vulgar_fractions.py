"""What is shown for a number as a vulgar fraction: `# ?/?`, `# ??/100`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from disclosure.intake.formats.xlsx.format_tokens import Token, UnknownFormatError, literal


def shown(tokens: Sequence[Token], value: Decimal) -> str:
    """A number as a vulgar fraction, with a whole number before it or without."""
    slash = next(at for at, token in enumerate(tokens) if token.kind == "slash")
    kinds = "".join({"digit": "d", "literal": "l"}.get(token.kind, "x") for token in tokens)
    top = re.search(r"d+$", kinds[:slash])
    bottom = re.match(r"d+|l+", kinds[slash + 1 :])
    if not top or not bottom or "x" in kinds.replace("x", "", 1):
        raise UnknownFormatError
    ahead = tokens[: top.start()]
    below = tokens[slash + 1 : slash + 1 + bottom.end()]
    tail = tokens[slash + 1 + bottom.end() :]
    before = "".join(literal(token) for token in ahead if token.kind != "digit").strip()
    whole_places = [token.value for token in ahead if token.kind == "digit"]
    if "0" in whole_places:
        raise UnknownFormatError
    exact = Fraction(value)
    whole = int(exact) if whole_places else 0
    part = _nearest(exact - whole, below)
    if whole_places and part == 1:
        whole, part = whole + 1, Fraction(0)
    fixed = _fixed(below) or part.denominator
    text = f"{part * fixed}/{fixed}" if part or not whole_places else ""
    if whole or not text:
        text = f"{whole} {text}"
    return f"{before}{text.strip()}" + "".join(literal(token) for token in tail)


def _fixed(below: Sequence[Token]) -> int:
    """A denominator that the format states, or 0."""
    text = "".join(token.value for token in below)
    return int(text) if below[0].kind == "literal" and text.isdecimal() else 0


def _nearest(part: Fraction, below: Sequence[Token]) -> Fraction:
    """The fraction that is shown; only where every way of finding it gives the same."""
    if below[0].kind == "literal":
        fixed = _fixed(below)
        if not fixed:
            raise UnknownFormatError
        if (part * fixed * 2).denominator == 1 and (part * fixed).denominator == 2:
            raise UnknownFormatError  # half way between two: programs differ
        return Fraction(int(part * fixed + Fraction(1, 2)), fixed)
    most = 10 ** len(below) - 1
    best = part.limit_denominator(most)
    if best != _convergent(part, most):
        raise UnknownFormatError
    return best


def _convergent(part: Fraction, most: int) -> Fraction:
    """The last convergent of the continued fraction whose denominator is not too large."""
    rest, found = part, (0, 1, 1, 0)
    while True:
        whole = rest.numerator // rest.denominator
        top, bottom = whole * found[2] + found[0], whole * found[3] + found[1]
        if bottom > most:
            return Fraction(found[2], found[3])
        if rest == whole:
            return Fraction(top, bottom)
        found = found[2], found[3], top, bottom
        rest = 1 / (rest - whole)
