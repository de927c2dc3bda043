"""What all formats share: how projects are named, what is said of what is only likely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.dataset import ProjectYear
from generator.pages.common import marked_name

#: Said of two indicators that no common name ties.
LIKELY = "按名称和内容推断，很可能是同一指标"


def names(projects: Iterable[ProjectYear]) -> str:
    """The projects' names in a row, and which of them were called off."""
    return "、".join(marked_name(project) for project in projects)


def not_comparable(old: int, new: int, pairs: Sequence[tuple[int, int]]) -> str:
    """Why two years cannot be compared, and which can."""
    if not pairs:
        return "还没有可以比较的年度：比较从公开的第二个年度开始。"
    known = "、".join(f"{one} {other}" for one, other in pairs)
    return f"{old}年和{new}年不能比较。可以比较的前后年度：{known}。"
