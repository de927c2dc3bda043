"""One slip of the pen after the other in a data file: a number, a sign, a unit, a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from disclosure.reading.scalars import parse
from disclosure.reading.source import SourceText
from disclosure.reading.tree import Mapping, Node, Scalar, Sequence

#: What is not the document's: how the file is made, and what was added to explain it.
NOT_OF_THE_DOCUMENT = {"schema", "source", "notes"}

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DATE = re.compile(r"\d+月\d+日")
_SIGNS = {
    "≥": "≤", "≤": "≥", "大于等于": "小于等于", "小于等于": "大于等于", "不少于": "不多于",
    "以上": "以下",
}  # fmt: skip
_UNITS = {
    "百分比": "个", "%": "个", "万元": "元", "亿元": "万元", "万": "元", "次": "个", "个": "次",
    "人": "户", "家": "个", "件": "起",
}  # fmt: skip
_SIGN = re.compile("|".join(_SIGNS))
_UNIT = re.compile(rf"(?<=[\d（])(?:{'|'.join(_UNITS)})")


class Mutation(Struct, frozen=True):
    """One slip.

    Attributes:
        kind: `number`, `sign`, `unit` or `date`.
        field: The way to the value, such as `("budget", "total")`.
        value: The value as it is.
        mutated: The value with the slip.
        text: The whole file with the slip.
    """

    kind: str
    field: tuple[str | int, ...]
    value: str
    mutated: str
    text: str


def mutations(text: str) -> Iterator[Mutation]:
    """Every slip in a file, in the order of the file."""
    root, findings = parse(SourceText("file", text))
    assert root is not None
    assert not findings
    for field, scalar in _scalars(root, ()):
        value = text[scalar.start : scalar.end]
        for kind, start, end, instead in _slips(value):
            mutated = value[:start] + instead + value[end:]
            changed = text[: scalar.start] + mutated + text[scalar.end :]
            yield Mutation(kind, field, value, mutated, changed)


def _slips(value: str) -> Iterator[tuple[str, int, int, str]]:
    for found in _NUMBER.finditer(value):
        more = str(Decimal(found[0]) + 1).zfill(len(found[0]))
        yield "number", *found.span(), more
    for found in _SIGN.finditer(value):
        yield "sign", *found.span(), _SIGNS[found[0]]
    for found in _UNIT.finditer(value):
        yield "unit", *found.span(), _UNITS[found[0]]
    for found in _DATE.finditer(value):
        yield "date", *found.span(), f"2025年{found[0]}"


def _scalars(
    node: Node, field: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Scalar]]:
    """Every value of the document with its field; the plan's points in time are values too."""
    if isinstance(node, Scalar) and node.text is not None:
        yield field, node
    elif isinstance(node, Sequence):
        for position, item in enumerate(node.items):
            yield from _scalars(item, (*field, position))
    elif isinstance(node, Mapping):
        for name, (key, value) in node.entries.items():
            if field == ("spending_plan",):
                yield (*field, "when"), key
            if name not in NOT_OF_THE_DOCUMENT:
                yield from _scalars(value, (*field, name))
