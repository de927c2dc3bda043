"""The text of a cell, taken apart by the template that it was printed with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from disclosure.forms import templates
from disclosure.forms.filling import PLACE
from disclosure.forms.templates import TemplatePart
from disclosure.model.whitespace import squeezed

#: What some fields can only say.
_ONLY = {"year": "((?:19|20)[0-9]{2})", "money": "(万元|元)", "unit": "([0-9]{3,20}|)"}
_ANYTHING = "(.*?)"


def has_words(template: str) -> bool:
    """Whether a template prints more than its fields."""
    return any(squeezed(part.words) for part in templates.parts(template))


def captured(template: str, text: str) -> dict[str, str] | None:
    """What stands in the fields of a template; None where a text was not printed with it."""
    parts = templates.parts(template)
    if len(parts) == 1 and parts[0].field:
        return {parts[0].field: text}
    if not templates.fields(template):
        return {} if squeezed(template_words(parts)) == squeezed(text) else None
    if not squeezed(text) and templates.only_joins(template):
        return dict.fromkeys(templates.fields(template), "")
    for pattern in _patterns(template):
        if (found := pattern.fullmatch(text)) and (values := _values(parts, found)) is not None:
            return values
    return None


def template_words(parts: Sequence[TemplatePart]) -> str:
    """The words of a template."""
    return "".join(part.words for part in parts)


def joined(template: str, text: str) -> list[dict[str, str]] | None:
    """The same for a template that was printed once for each item, one after the other."""
    parts = templates.parts(template)
    items: list[dict[str, str]] = []
    at = 0
    while at < len(text):
        begins = f"(?=\\Z|{_beginning(parts, len(items) + 2)})"
        pattern = re.compile("".join(_expressions(parts, len(items) + 1)) + r"\s*" + begins,
                             re.DOTALL)  # fmt: skip
        found = pattern.match(text, at)
        if found is None or found.end() == at:
            return None
        items.append(_values(parts, found) or {})
        at = found.end()
    return items


def _values(parts: Sequence[TemplatePart], found: re.Match[str]) -> dict[str, str] | None:
    """What the groups of a match say; None where one field says two things."""
    texts: dict[str, str] = {}
    fields = [part.field for part in parts if part.field]
    for path, text in zip(fields, found.groups(), strict=True):
        if squeezed(texts.setdefault(path, text)) != squeezed(text):
            return None
    return texts


def _patterns(template: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a template's text looks: with its own white space, and with any."""
    parts = templates.parts(template)
    exact = "".join(_field(part.field) if part.field else re.escape(part.words) for part in parts)
    relaxed = "".join(_expressions(parts, None))
    return re.compile(exact, re.DOTALL), re.compile(relaxed, re.DOTALL)


def _expressions(parts: Sequence[TemplatePart], place: int | None) -> Iterator[str]:
    for part in parts:
        if part.field == PLACE:
            yield f"({place})" if place is not None else "([0-9]+)"
        elif part.field:
            yield _field(part.field)
        else:
            yield _words(part.words)


def _field(path: str) -> str:
    return _ONLY.get(path, _ANYTHING)


def _words(words: str) -> str:
    """Words with any white space, or none, between their characters."""
    chars = [re.escape(char) for char in squeezed(words)]
    return r"\s*" + "".join(rf"{char}\s*" for char in chars)


def _beginning(parts: Sequence[TemplatePart], place: int) -> str:
    """What the next item begins with, up to its first field that may say anything."""
    begun = ""
    for expression, part in zip(_expressions(parts, place), parts, strict=True):
        if part.field and part.field != PLACE:
            break
        begun += expression.replace("(", "(?:", 1) if part.field else expression
    return begun or r"(?!)"
