"""Whether a document and its drafts agree to the last character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from disclosure.intake.drafts import unplaced_comments
from disclosure.intake.drafts.drafting import Draft
from disclosure.intake.drafts.yamltext import YamlValue
from disclosure.intake.understanding.interpreting import Interpreted
from disclosure.intake.understanding.ledger import Where
from disclosure.model.whitespace import squeezed

#: Fields of items whose name is the key of a mapping, and what they say its value.
NAMED = frozenset({"name", "period", "amount", "content"})


def assert_conserved(found: Interpreted, drafts: Sequence[Draft]) -> None:
    """Every visible character is accounted for, and what is placed stands in its field."""
    document, ledger = found.ledger.document, found.ledger
    assert document.held() == document.visible == ledger.count().total
    for placed in ledger.placed:
        if placed.where[0] == "table":
            assert _stands(str(placed.where[-1]), placed.part, drafts), (placed.where, placed.part)
            continue
        field = "".join(_texts(_field(placed.where, drafts)))
        assert placed.converted or placed.part in field, (placed.where, placed.part, field)


def _field(where: Where, drafts: Sequence[Draft]) -> YamlValue:
    """The value of the field of a draft in which something was placed."""
    years = [draft for draft in drafts if draft.path == "disclosure.yml"]
    forms = [draft for draft in drafts if draft not in years]
    if where[-1] == "plan_heading":  # the year's, where all forms have the same
        (year,) = years
        return year.record.get("plan_heading") or forms[int(where[1])].record["notes"]
    if where[0] == "disclosure":
        return _inside(years[0].record, unplaced_comments.field_of(where[1:]))
    return _inside(forms[int(where[1])].record, unplaced_comments.field_of(where[2:]))


def _stands(path: str, text: str, drafts: Sequence[Draft]) -> bool:
    """Whether a draft has the text of a table in a field of that name."""
    fields = [field for draft in drafts for field in _fields(draft.record)]
    if path in NAMED and any(text in squeezed(key) for key, _ in fields):
        return True
    return any(
        text in squeezed(value) and (path in NAMED or f".{path}".endswith(f".{key}"))
        for key, value in fields
    )


def _fields(value: YamlValue, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the name of its field; an item of a list has the name of the list."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _fields(inner, name)
    elif isinstance(value, str):
        yield key, value
    else:
        for inner in value or ():
            yield from _fields(inner, key)


def _inside(value: YamlValue, way: Sequence[str | int]) -> YamlValue:
    for key in way:
        value = value[key]  # type: ignore[index]  # the way is known to be there
    return value


def _texts(value: YamlValue) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield squeezed(key)
            yield from _texts(inner)
    elif isinstance(value, str):
        yield squeezed(value)
    else:
        for inner in value or ():
            yield from _texts(inner)
