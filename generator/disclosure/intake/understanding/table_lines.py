"""What lines around tables are: titles, headings of chapters, remarks, what a table states."""

from __future__ import annotations

import re

from disclosure.intake.formats import labels
from disclosure.intake.learning import lines
from disclosure.model.whitespace import squeezed

_TITLE = re.compile(
    r".*(?:表|目标|(?:申报|审批|任务|备案|自评|评价|绩效|目标)[书单]|一览)(?:[0-9-]*|[（(][^（）()]*[）)])*"
)
#: The number of a table or attachment.
NUMBER = re.compile(rf"(?:{lines.NUMBER})(?:[(（]续表?[0-9]*[)）])?[:：]?|附[件表][:：]?")
_NUMBER_BEFORE = re.compile(rf"(?:{lines.NUMBER})[:：]")
_HEADING = re.compile(
    r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]"
)
#: The heading of a chapter, which is no line of the table below it.
CHAPTER = re.compile(r"第[一二三四五六七八九十]+部分[^表]*")
#: A label and what it states in a line.
STATED = re.compile(r"[^：:。；;]{2,16}[：:][^：:。；;]{1,40}")
#: Between another text and the unit of money behind it in the same line.
MONEY_BEHIND = re.compile(
    r"\s*(?<=[^(（金额\s])\s*(?=[(（]?(?:金额)?单位[:：]\s*(?:万元|元)(?:[(（][^()（）]{1,8}[)）])?[)）]?$)"
)
#: A remark below a table.
REMARK = re.compile(
    r"(?:备\s*注|注|(?:填[报表写])?说明)[0-9]?[：:].*|[①-⑳].{4,}。"
    r"|(?:(?:单位|部门|项目)?(?:负责人|经办人|审核人|联系人)|(?:填[报表]|自评|评价)人|制表人?|联系(?:电话|方式)"
    r"|填[报表](?:日期|时间))(?:[（(][^（）()]{1,8}[）)])?[：:][^。]{0,80}",
    re.DOTALL,
)
#: What may stand below a remark that counts: its next item, a sentence and no title.
NEXT_REMARK = re.compile(r"[(（]?[1-9][)）]?[.．、].*[，。；：].*", re.DOTALL)
#: What a document adds in brackets to a title above it.
_ADDED = re.compile(r"[(（](?![一二三四五六七八九十0-9]+[)）]).+[)）]")
MAX_LINE = 60  # a longer line is no title


def is_title(text: str) -> bool:
    """Whether a text looks like the title of a table."""
    bare = squeezed(text)
    return (
        bool(_TITLE.fullmatch(bare))
        and not NUMBER.fullmatch(bare)
        and not STATED.fullmatch(_NUMBER_BEFORE.sub("", bare, count=1))
        and len(bare) <= MAX_LINE
        and "。" not in bare
    )


def is_heading(text: str) -> bool:
    """Whether a text looks like the heading of a chapter or a part of one."""
    bare = squeezed(text)
    return bool(_HEADING.match(bare)) and len(bare) <= MAX_LINE and "。" not in bare


def goes_on(above: str, text: str) -> bool:
    """Whether a line below a remark is the rest of it: the line above ends within a sentence."""
    bare = squeezed(text)
    within = bool(above) and above[-1] not in "。；;：:！!"
    return within and bare.endswith("。") and not (is_heading(text) or NUMBER.match(bare))


def is_line(text: str) -> bool:
    """Whether a paragraph may belong to a table below it."""
    bare = squeezed(text)
    known = (labels.YEAR_LINE, labels.MONEY_LINE, NUMBER, STATED, labels.UNIT_LINE, _ADDED)
    if len(bare) > MAX_LINE or "。" in bare:
        return False
    if any(pattern.fullmatch(bare) for pattern in known) or is_title(text):
        return True
    return all(any(pattern.fullmatch(squeezed(part)) for pattern in known) for part in _parts(text))


def _parts(text: str) -> list[str]:
    """What a line sets side by side: the unit of money behind another text, or statements."""
    return [part for one in MONEY_BEHIND.split(text) for part in lines.SIDE_BY_SIDE.split(one)[::2]]
