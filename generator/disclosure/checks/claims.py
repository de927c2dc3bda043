"""What an indicator's name or description itself says of the target: 满意度大于等于90%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.model import target
from disclosure.model.target import Kind, Target
from disclosure.model.target_table import Indicator

# A comma between digits separates thousands, not clauses.
_CLAUSES = re.compile(r"[。；;，、？?！!\n]|,(?![0-9]{3})")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
# 每次不少于3天 and 其中城区95% speak of a part, not of the whole that the target is about.
_OF_A_PART = re.compile(
    r"每|单[个笔次项家户村]|[人户亩次]均|平均|其中|最[高低大小多少]|同比|较|(?<!占)比(?![例重率])"
)
_DONE = {"", "完成", "办结", "到位", "达标"}


def claims(row: Indicator, year: int) -> list[Target]:
    """Each clause of the name and the description that is a target value in itself.

    `5000万元以上标准的企业` is none: what follows the number makes it a mark of the thing
    counted. `每次不少于3天` is none either.
    """
    return [
        claim
        for text in (row.name, row.description)
        for clause in _clauses(text or "", row)
        if (claim := target.parse(clause, year)).kind in {Kind.NUMBER, Kind.DEADLINE}
        and claim.sign is not None
        and (claim.words in _DONE or claim.deadline is not None)
    ]


def _clauses(text: str, row: Indicator) -> Iterator[str]:
    """The clauses that can speak of the row's target.

    A single clause does; of several, the one that shares a word with the name.
    """
    clauses = [clause for clause in _CLAUSES.split(_BRACKETS.sub("", text)) if clause.strip()]
    for clause in clauses:
        of_a_part = _OF_A_PART.search(clause)
        if of_a_part and of_a_part[0] not in row.name:
            continue
        if len(clauses) == 1 or text == row.name or _share_a_word(clause, row.name):
            yield clause


def _share_a_word(one: str, other: str) -> bool:
    """Whether two Chinese texts have two neighbouring characters in common."""
    return any(other[at : at + 2] in one for at in range(len(other) - 1))
