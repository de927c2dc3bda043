"""Conflicts between documents that state one thing differently: the clerk must choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from disclosure.intake import rules
from disclosure.intake.drafts import table_records
from disclosure.intake.drafts.drafting import Draft
from disclosure.intake.understanding.interpreting import Interpreted
from disclosure.model.diagnostics import Diagnostic, Span

_HINT = "请核对哪一个是要公开的，只导入那一个；调整后的目标表请另存为“编码@日期.yml”。"


def without_repeats(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts, each file once."""
    return tuple({draft.path: draft for draft in reversed(drafts)}.values())[::-1]


def clashes(found: Sequence[Interpreted], drafts: Sequence[Draft]) -> Iterator[Diagnostic]:
    """What is said twice and differently: a form of the same code, a part one."""
    by_path = sorted(drafts, key=lambda draft: draft.path)
    for path, group in groupby(by_path, key=lambda draft: draft.path):
        first, *others = group
        for other in others:
            if not table_records.are_same(first.record, other.record):
                yield _twice(first.document, other.document, f"{path} 的内容")
    parts = [one for one in found if one.part_one.is_available]
    for one in parts[1:]:
        if one.part_one.content != parts[0].part_one.content:
            yield _twice(parts[0].name, one.name, "第一部分")


def _twice(name: str, other: str, what: str) -> Diagnostic:
    where = "文件里有两处，" if name == other else f"{name} 里也有，"
    return rules.TWICE.at(Span(other), f"{what}，{where}两处不相同。", _HINT)
