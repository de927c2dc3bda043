"""The text of a form's cell: a label, fields in braces, or both: `{code}-{name}`, `表{number}`.

A brace that is printed is written twice, as in Python's own format strings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from disclosure.model.whitespace import squeezed

_PART = re.compile(r"\{\{|\}\}|\{(?P<field>[^{}\n]+)\}|[^{}]+|[{}]")


class TemplatePart(Struct, frozen=True):
    """A piece of a cell's text: words that the form prints, or a field.

    Attributes:
        words: The words, "" for a field.
        field: The field's path, "" for words.
    """

    words: str = ""
    field: str = ""


@lru_cache(maxsize=4096)
def parts(template: str) -> tuple[TemplatePart, ...]:
    """The pieces of a cell's text; a lone brace is a word."""
    return tuple(_parts(template))


def _parts(template: str) -> Iterator[TemplatePart]:
    words = ""
    for found in _PART.finditer(template):
        if found["field"]:
            if words:
                yield TemplatePart(words)
            words = ""
            yield TemplatePart(field=found["field"])
        else:
            words += found[0][:1] if found[0] in {"{{", "}}"} else found[0]
    if words:
        yield TemplatePart(words)


def fields(template: str) -> tuple[str, ...]:
    """The paths of the fields in a cell's text."""
    return tuple(part.field for part in parts(template) if part.field)


def filled(template: str, text_of: Callable[[str], str]) -> str:
    """A cell's text with its fields filled in."""
    return "".join(text_of(part.field) if part.field else part.words for part in parts(template))


@lru_cache(maxsize=4096)
def only_joins(template: str) -> bool:
    """Whether a cell's text prints nothing but strokes between its fields: `{code}-{name}`.

    Where none of them says anything, such a cell is empty.
    """
    found = parts(template)
    words = {squeezed(part.words) for part in found if part.words}
    return len(fields(template)) > 1 and words <= {"-", "—", "－", "/"}


def literal(words: str) -> str:
    """Words as a template that prints exactly them."""
    return words.replace("{", "{{").replace("}", "}}")
