"""What all formats share: what they are given, and what is said when years cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from disclosure.compare import ComparedYears, Comparison
from disclosure.model.dataset import DepartmentData

FullComparison: TypeAlias = Comparison[DepartmentData, ComparedYears]


def not_comparable(old: int, new: int, pairs: Sequence[tuple[int, int]]) -> str:
    """Why two years cannot be compared, and which can."""
    if not pairs:
        return "还没有可以比较的年度：比较从公开的第二个年度开始。"
    known = "、".join(f"{one} {other}" for one, other in pairs)
    return f"{old}年和{new}年不能比较。可以比较的前后年度：{known}。"
