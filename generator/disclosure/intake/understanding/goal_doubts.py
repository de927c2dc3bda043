"""Goals that are likely to be something else: a time, a number, what was done."""

from __future__ import annotations

import re

from disclosure.forms import divided_goals
from disclosure.forms.values import Values
from disclosure.intake.learning import goal_cells

#: A time and no more: 2026年6月底前, 全年.
_TIME = re.compile(
    r"(?:20[0-9]{2}年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|全年|年)(?:底|末|前|以前|之前|上旬|中旬|下旬)*"
)
#: What a sentence on a result begins with, and one on a goal may.
_DONE = re.compile(r"[^，。；]{0,12}(?:完成|已|达到|实现|共|实际)")
#: Who does something, which is no goal.
_BODY = re.compile(r"[^，。；0-9]{1,6}(?:[科处股局]|部门)")


def of_text(text: str) -> str:
    """Why a text is not likely to be a goal; "" where it may."""
    if re.fullmatch(r"[0-9.,]+", text):
        return "读成了目标，但只是一个数"
    if _TIME.fullmatch(text):
        return "读成了目标，但只是时间"
    if _BODY.fullmatch(text):
        return "读成了目标，但像是部门"
    return "读成了目标，但像是栏目名称" if goal_cells.is_no_goal(text) else ""


def told(item: Values) -> str:
    """A further goal of an evaluation that tells what was done, where nothing else does."""
    goals = [text.strip() for path, text in item.texts.items()
             if (divided_goals.list_and_index(path) or (path,))[0] == "goals"]  # fmt: skip
    return next((text for text in goals[1:] if _DONE.match(text)), "")
