"""What all formats share: how projects are named, what is said of what is only likely."""

from __future__ import annotations

from collections.abc import Iterable

from generator.dataset import ProjectYear
from generator.pages.common import marked_name

#: Said of two indicators that no common name ties.
LIKELY = "按名称和内容推断，很可能是同一指标"


def names(projects: Iterable[ProjectYear]) -> str:
    """The projects' names in a row, and which of them were called off."""
    return "、".join(marked_name(project) for project in projects)
