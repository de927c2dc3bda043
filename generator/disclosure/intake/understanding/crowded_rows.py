"""Finds rows that hold more than an indicator or less: several, a project's money, half a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from disclosure.intake.learning import field_labels
from disclosure.model.whitespace import squeezed

#: What counts the items of a cell: `1.` at its beginning and `2.` behind it.
_FIRST = re.compile(r"\s*[（(]?1[.．、)）](?![0-9])")
_SECOND = re.compile(r"(?<=[^0-9.])[（(]?2[.．、)）](?![0-9])")
_ENDS = re.compile(r"[\n；;]")
#: What an item of a target is where each is that of another indicator.
_TARGET = re.compile(r"[≥≤＞＜><＝=]\s*\S|[0-9].*[^0-9年月日].*")
#: What says where money is from, beside the money of a project: 合计, 财政拨款, 其他资金.
_OF_MONEY = ("budget.total", "budget.fiscal", "budget.other")
#: What names begin with where a form numbers them.
_NUMBERED = re.compile(r"(?:三级)?指标[0-9]{1,2}[：:.．、]|[（(]?[0-9]{1,2}[.．、)）]")


def doubts(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What rows of indicators say that is not of one indicator each."""
    for row in rows:
        yield from _of_row(row)
    names = [squeezed(row.get("level3", "")) for row in rows]
    numbered = sum(bool(_NUMBERED.match(name)) for name in names)
    for above, row in pairwise(rows) if numbered * 2 > len(rows) else ():
        name, before = (squeezed(one.get("level3", "")) for one in (row, above))
        is_rest = bool(name and _NUMBERED.match(before) and not _NUMBERED.match(name))
        if is_rest and squeezed(row.get("target", "")) and row["target"] == above.get("target"):
            yield f"“{name}”读成了一行指标，但像是“{before}”没有印完的名称"


def _of_row(row: Mapping[str, str]) -> Iterator[str]:
    name = row.get("level3", "")
    stated = [row.get(path, "") for path in ("target", "value", "actual")]
    if any(_are_counted(name, one) or _are_lines(name, one) for one in stated):
        yield f"“{name.strip()}”像是几行指标写在一格里"
    others = {path.removeprefix("other."): text for path, text in row.items()
              if path.startswith("other.")}  # fmt: skip
    has_amount = any(map(field_labels.is_amount, others.values()))
    for head, text in others.items() if has_amount else ():
        if _is_of_money(text):
            yield f"“{text.strip()}”读成了指标的“{head}”，但像是项目的资金"


def _are_counted(name: str, target: str) -> bool:
    """Whether a name and its target both count what they list."""
    return all(_FIRST.match(text) and _SECOND.search(text) for text in (name, target))


def _are_lines(name: str, target: str) -> bool:
    """Whether a name and its target have as many lines or items, of which each is a target."""
    names, targets = ([one for one in _ENDS.split(text) if one.strip()] for text in (name, target))
    return 1 < len(names) == len(targets) and all(
        _TARGET.match(squeezed(one)) is not None for one in targets
    )


def _is_of_money(text: str) -> bool:
    bare = field_labels.core(text)
    return field_labels.label(bare) in _OF_MONEY or bool(field_labels.SUMS.fullmatch(bare))
