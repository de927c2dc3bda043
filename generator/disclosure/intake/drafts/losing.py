"""What a file says and a new draft of it does not: an update would drop it, so it is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from disclosure.intake.drafts.yamltext import YamlValue

#: Without it a file says the same.
_PLAIN = {"money": "万元"}
#: How a table is printed; the draft has a form that prints it as the document does.
_PRINTED = frozenset({"form", "title", "apart"})
#: A target is written whole or in its parts.
_WHOLE, _PARTS = "target", ("sign", "value", "unit")


def lost(known: Mapping[str, YamlValue], made: Mapping[str, YamlValue]) -> Iterator[str]:
    """The fields and items of a file that a draft has nothing for: `indicators“满意度”.basis`.

    A field that says something else now is no loss: both stand in the difference.
    """
    for key, old in known.items():
        new = made.get(key)
        if key in _PRINTED or _is_empty(old) or old == _PLAIN.get(key):
            continue
        if _is_target_elsewhere(key, made):
            continue
        if _is_empty(new):
            yield key
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from (f"{key}.{inner}" for inner in lost(old, new))
        else:
            yield from (f"{key}{inner}" for inner in _items(old, new))


def _items(old: YamlValue, new: YamlValue) -> Iterator[str]:
    """The same of two lists of records, which belong together by their names."""
    left = [*_records(new)]
    for place, one in enumerate(_records(old), start=1):
        name = _name(one)
        other = next((item for item in left if _name(item) == name), None)
        called = f"“{name}”" if name else f"第{place}项"
        if other is None:
            yield called
            continue
        left.remove(other)
        yield from (f"{called}.{inner}" for inner in lost(one, other))


def _records(value: YamlValue) -> Iterator[Mapping[str, YamlValue]]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        yield from (one for one in value if isinstance(one, Mapping))


def _name(record: Mapping[str, YamlValue]) -> str:
    """What an indicator, a task, a fund, a list or a note is called."""
    found = (record.get(key) for key in ("level3", "name", "form", "note"))
    return next((text for text in found if isinstance(text, str)), "")


def _is_target_elsewhere(key: str, made: Mapping[str, YamlValue]) -> bool:
    """Whether a target is said in its parts now, or its part in the whole."""
    others = _PARTS if key == _WHOLE else (_WHOLE,) if key in _PARTS else ()
    return any(made.get(other) for other in others)


def _is_empty(value: YamlValue) -> bool:
    if isinstance(value, Mapping):
        return all(map(_is_empty, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(map(_is_empty, value))
    return not value
