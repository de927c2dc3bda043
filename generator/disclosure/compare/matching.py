"""Which indicators of two target tables belong together.

First those whose names agree, in the same place of the tree or elsewhere (the older forms file
cost under 产出指标, the newer ones on its own), then those that are alike enough to be probably
the same. What neither settles was dropped or added, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from msgspec import Struct

from disclosure.compare.text_diff import common_ends, similarity
from disclosure.model.target_table import Indicator
from disclosure.model.whitespace import squeezed

#: Above this likeness two indicators without a common name are "probably the same".
PROBABLE = 0.6

# Some forms number the names or star the important ones; neither is part of the name.
_ORNAMENT = re.compile(r"^(?:指标[0-9０-９]+[:：、.．]|[★☆*])+")

# What a second level is about, whatever the year's form calls it; the first word found counts.
_SUBJECTS = {
    "成本": "成本",
    "满意": "满意度",
    "数量": "数量",
    "质量": "质量",
    "时效": "时效",
    "可持续": "可持续影响",
    "生态": "生态",
    "环境": "生态",
    "经济": "经济",
    "社会": "社会",
}


#: By position in the new table: the position in the old one, and whether that is certain.
Partners = dict[int, tuple[int, bool]]


class Pair(Struct, frozen=True):
    """One indicator in two tables; `old` is None where it was added, `new` where dropped.

    `certain` is False where the two were matched by likeness, or by a name that several rows
    of a table have.
    """

    old: Indicator | None
    new: Indicator | None
    certain: bool


def pairs(old: Sequence[Indicator], new: Sequence[Indicator]) -> tuple[Pair, ...]:
    """Every indicator of both tables once: the new table's in its order, then the dropped."""
    partners: Partners = {}
    old_keys, new_keys = [_keys(row) for row in old], [_keys(row) for row in new]
    for strength in range(4):
        columns = [keys[strength] for keys in old_keys], [keys[strength] for keys in new_keys]
        _by_key(*columns, partners, alike=strength == 0)
    _by_likeness(old, new, partners)
    return tuple(_in_order(old, new, partners))


def _keys(row: Indicator) -> tuple[Hashable, Hashable, Hashable, Hashable]:
    """What two rows may have in common to be one indicator, the strongest first."""
    name = plain_name(row)
    placed = squeezed(row.level1 or ""), squeezed(row.level2 or ""), name
    described = placed, row.description
    return (described, row.target), described, placed, name


def plain_name(row: Indicator) -> str:
    """The third level without white space, numbering and stars."""
    text = squeezed(row.name)
    return _ORNAMENT.sub("", text) or text


def _by_key(
    old: Sequence[Hashable], new: Sequence[Hashable], partners: Partners, *, alike: bool
) -> None:
    """Pair what is left of equal keys, in order.

    A key that several rows have leaves doubt, unless it makes them `alike` in everything.
    """
    taken = {index for index, _ in partners.values()}
    waiting: dict[Hashable, list[int]] = {}
    for index, key in enumerate(old):
        if index not in taken:
            waiting.setdefault(key, []).append(index)
    one, other = Counter(old), Counter(new)
    for position, key in enumerate(new):
        if position not in partners and waiting.get(key):
            certain = alike or one[key] == other[key] == 1
            partners[position] = waiting[key].pop(0), certain


def _by_likeness(old: Sequence[Indicator], new: Sequence[Indicator], partners: Partners) -> None:
    """Pair the likeliest of the rest, best first, where both are about the same subject."""
    taken = {index for index, _ in partners.values()}
    candidates = sorted(
        (-likeness(before, after), position, index)
        for position, after in enumerate(new)
        if position not in partners
        for index, before in enumerate(old)
        if index not in taken and _subject(before) == _subject(after)
    )
    for score, position, index in candidates:
        if -score > PROBABLE and position not in partners and index not in taken:
            partners[position] = index, False
            taken.add(index)


def _subject(row: Indicator) -> str:
    """What the second level is about; where there is none, the first."""
    level = row.level2 or row.level1 or ""
    return next((subject for word, subject in _SUBJECTS.items() if word in level), level)


def kind_of_indicator(row: Indicator) -> str:
    """What an indicator is about, in one word whatever the form calls it; "" where unknown."""
    found = _subject(row)
    return found if found in _SUBJECTS.values() else ""


def likeness(old: Indicator, new: Indicator) -> float:
    """How alike two indicators are, 0 to 1: their names, or names and descriptions together."""
    names = _names_alike(plain_name(old), plain_name(new))
    if not (old.description and new.description):
        return names
    return max(names, (names + similarity(old.description, new.description)) / 2)


def _names_alike(old: str, new: str) -> float:
    """How alike two names are, 0 to 1; 0 for the same measure of different things.

    企业满意度 and 群众满意度 share most of their text, but what stands before their common end
    has nothing in common; 满意度 and 群众满意度 may well be one.
    """
    start, end = common_ends(old, new)
    one, other = old[start : len(old) - end], new[start : len(new) - end]
    if end and one and other and not set(one) & set(other):
        return 0.0
    return similarity(old, new)


def _in_order(
    old: Sequence[Indicator], new: Sequence[Indicator], partners: Partners
) -> Iterator[Pair]:
    for position, row in enumerate(new):
        index, certain = partners.get(position, (None, True))
        yield Pair(None if index is None else old[index], row, certain)
    matched = {index for index, _ in partners.values()}
    yield from (Pair(row, None, True) for index, row in enumerate(old) if index not in matched)
