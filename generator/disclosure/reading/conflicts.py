"""Marks that git leaves where two people changed the same lines, until one is chosen.

    <<<<<<< HEAD
    what one has
    ||||||| (only with merge.conflictStyle=diff3)
    what both began with
    =======
    what the other has
    >>>>>>> name of the other's branch

A page with them would be published with both versions and the marks; YAML with them is refused for
reasons that nobody understands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from disclosure.model.conflict_marks import may_have_conflict
from disclosure.model.diagnostics import Diagnostic, Span
from disclosure.reading import rules
from disclosure.reading.source import SourceText

# Git writes seven of a kind, more where one conflict stands in another; a label after a space.
_MARK = re.compile(r"(?P<sign>[<>|])(?P=sign){6,}(?: .*)?|={7,}")
_MESSAGE = "两人的改动有冲突，还没有合并完"


def conflicts(source: SourceText, *, is_data: bool) -> Iterator[Diagnostic]:
    """Each conflict, at its first line, and marks that were left over.

    A line of `=` alone is one of them in data only: in Markdown it makes a heading.
    """
    if not may_have_conflict(source.text):
        return  # as in nearly all files, without looking at each line
    opened: list[int] = []  # the lines of the marks of a conflict that has begun, from 0
    for number, line in enumerate(source.lines):
        sign = line[:1] if _MARK.fullmatch(line) else ""
        if sign == "<":
            yield from _left_over(source, opened)
            opened = [number]
        elif sign == ">" and opened:
            yield _conflict(source, [*opened, number])
            opened = []
        elif sign in {"|", "="} and opened:
            opened.append(number)
        elif sign == ">" or (sign == "=" and is_data):
            yield from _left_over(source, [number])
    yield from _left_over(source, opened)


def _conflict(source: SourceText, marks: list[int]) -> Diagnostic:
    """A conflict with its marks: two sides, with what both began with between them or not."""
    first, *_, last = marks
    sides = [_lines(begin + 1, end) for begin, end in pairwise(marks)]
    names = [source.lines[number].partition(" ")[2].strip() for number in (first, last)]
    one, other = (f"（{name}）" if name else "" for name in names)
    hint = f"请在{sides[0]}{one}和{sides[-1]}{other}之间决定保留什么，改成最后要公开的内容，"
    if source.lines[marks[1]].startswith("|"):
        hint += f"{sides[1]}是两人改动以前的，一并删去；"
    hint += f"再删去第 {'、'.join(str(number + 1) for number in marks)} 行的记号。"
    message = f"{_MESSAGE}：第 {first + 1}～{last + 1} 行。"
    return rules.CONFLICT.at(_span(source, first), message, hint)


def _left_over(source: SourceText, marks: list[int]) -> Iterator[Diagnostic]:
    """Marks without the others that belong to them."""
    hint = "请对照合并以前的内容，确认上下文没有多也没有少，再删去这一行。"
    hint += "要举例说明这种记号的，请在它前面空四格。"
    for number in marks:
        message = f"{_MESSAGE}：这一行是合并时留下的记号。"
        yield rules.CONFLICT.at(_span(source, number), message, hint)


def _lines(begin: int, end: int) -> str:
    """The lines from `begin` up to but without `end`, both counted from 0."""
    if begin == end:
        return "“什么也不写”"
    return f"第 {begin + 1} 行" if begin + 1 == end else f"第 {begin + 1}～{end} 行"


def _span(source: SourceText, line: int) -> Span:
    return source.span(source.start_of(line), source.end_of(line))
