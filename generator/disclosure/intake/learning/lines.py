"""The lines around a table as templates: what differs from table to table is a field."""

from __future__ import annotations

import re
from collections.abc import Mapping

from disclosure.forms import templates
from disclosure.intake.formats import labels
from disclosure.intake.formats.pieces import squeezed

_NUMBER = re.compile(r"附?(?:预算)?[表件][0-9一二三四五六七八九十]{1,4}(?:-[0-9]+)?[:：]?")
_LABELLED = re.compile(r"(?P<label>[^：:]{2,14})(?P<colon>[：:])(?P<said>.+)", re.DOTALL)
_SHORTEST = 3  # of a name that is looked for within a longer text


def template(text: str, known: Mapping[str, str]) -> str:
    """A title or a cell that may hold a name: the known texts in it become fields.

    Args:
        text: The printed words.
        known: What stands in fields, such as the project's name and the year, by path.
    """
    made = templates.literal(text)
    for path, said in known.items():
        if path == "year":
            made = re.sub(rf"(?<![0-9{{}}]){re.escape(said)}(?=年|[)）]|$)", "{year}", made, count=1)
        elif len(said) >= _SHORTEST and said in made:
            made = made.replace(said, f"{{{path}}}", 1)
    return made


def line(text: str, known: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """A line above or below a table, and what stands in the fields that are its own."""
    bare = squeezed(text)
    if _NUMBER.fullmatch(bare):
        return "{facts.表号}", {"facts.表号": text}
    if labels.MONEY_LINE.fullmatch(bare) or labels.YEAR_LINE.fullmatch(bare):
        return template(text, {path: said for path, said in known.items() if path == "year"}), {}
    made = template(text, {path: said for path, said in known.items() if path != "name"})
    found = _LABELLED.fullmatch(text)
    if made == templates.literal(text) and found and "。" not in text and _is_label(found["label"]):
        path = f"facts.{squeezed(found['label'])}"
        return f"{templates.literal(found['label'] + found['colon'])}{{{path}}}", {
            path: found["said"]
        }
    return made, {}


def _is_label(text: str) -> bool:
    return squeezed(text) not in {"备注", "注", "说明"}
