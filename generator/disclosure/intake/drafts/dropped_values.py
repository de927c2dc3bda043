"""What a file says and a new draft of it does not: an update would drop it, so it is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from disclosure.intake.drafts.unprinted_in_form import name_of
from disclosure.intake.drafts.yamltext import YamlValue

#: Without it a file says the same.
PLAIN = {"money": "万元"}
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
        if key in _PRINTED or _is_empty(old) or old == PLAIN.get(key):
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
    """The same of two lists: records belong together by their names, texts are the same or not."""
    yield from _texts(old, new)
    left = [*_records(new)]
    for place, one in enumerate(_records(old), start=1):
        name = name_of(one)
        other = next((item for item in left if name_of(item) == name), None)
        called = f"“{name}”" if name else f"第{place}项"
        if other is None:
            yield called
            continue
        left.remove(other)
        yield from (f"{called}.{inner}" for inner in lost(one, other))


def _texts(old: YamlValue, new: YamlValue) -> Iterator[str]:
    """The texts of a list that a shorter one has not; in one as long they are said otherwise."""
    theirs, mine = _list(old), _list(new)
    if len(mine) < len(theirs):
        yield from (f"第{place}项" for place, one in enumerate(theirs, start=1)
                    if isinstance(one, str) and one not in mine)  # fmt: skip


def _list(value: YamlValue) -> Sequence[YamlValue]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _records(value: YamlValue) -> Iterator[Mapping[str, YamlValue]]:
    yield from (one for one in _list(value) if isinstance(one, Mapping))


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
