"""The results of importing many documents, as one table for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

_HEADS = ("文件", "部门", "目标表", "项目", "未能归入", "结果")


def render(rows: Iterable[Sequence[str]]) -> str:
    """A line for each document below the heads; a column that says nothing is left out."""
    table = [*rows]
    columns = [at for at, _ in enumerate(_HEADS) if any(row[at] for row in table)]
    lines = [[row[at] for at in columns] for row in (_HEADS, *table)]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    return "".join("  ".join(map(_padded, line, widths)).rstrip() + "\n" for line in lines)


def _padded(text: str, width: int) -> str:
    """A text and as many spaces as fill its column; a Chinese character is two wide."""
    return text + " " * (width - cell_len(text))
