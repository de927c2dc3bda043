"""Findings about an mkdocs.yml that MkDocs cannot read, in words a clerk understands."""

from __future__ import annotations

from pathlib import Path

from disclosure.reading.conflicts import conflicts
from disclosure.reading.source import SourceText, load


def explain(file: Path, error: Exception) -> str:
    """What it is, if that is known by name; otherwise only in which line it goes wrong.

    Args:
        file: The mkdocs.yml.
        error: What reading it raised: `yaml.YAMLError` or `UnicodeDecodeError`.
    """
    source = load(file, str(file))
    found = (
        next(conflicts(source, is_data=True), None) if isinstance(source, SourceText) else source
    )
    if found:
        place = f"第 {found.span.line} 行：" if found.span.line else "："
        return f"{file} {place}{found.message}\n{found.hint}"
    mark = getattr(error, "problem_mark", None)
    place = f"第 {mark.line + 1} 行" if mark else ""
    return f"{file} {place}写法有误，无法读取。"
