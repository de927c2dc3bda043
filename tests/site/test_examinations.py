"""What a preview remembers of departments from one build to the next changes no result."""

from __future__ import annotations

from pathlib import Path

from disclosure.engine.cache import Cache
from disclosure.site.department_analysis import Analysis, analysed
from tests.support.folders import contents
from tests.support.shared import copied_project

FILE = "130803-322/2024/projects/13080324P00514110001Y.yml"


def said(found: Analysis) -> object:
    """All that pages and reports are made of."""
    return found.outlines, found.diagnostics, found.departments


def test_what_is_remembered_is_what_is_found(tmp_path: Path) -> None:
    """After a change, and after it is taken back, it is what a program just started finds."""
    data = copied_project(tmp_path) / "data"
    stored = tmp_path / "cache"
    text = (data / FILE).read_text("utf-8")
    first = analysed(data, cache=Cache(stored))
    for name in ("商务局专项经费", "另一个名称", "商务局专项经费"):
        changed = text.replace("name: 商务局专项经费", f"name: {name}")
        (data / FILE).write_text(changed, "utf-8")
        found = analysed(data, cache=Cache(stored))
        assert said(found) == said(analysed(data))
        assert (said(found) == said(first)) == (changed == text)


def test_what_is_gone_from_the_cache_is_found_again(tmp_path: Path) -> None:
    """An entry that somebody removed is stored again, though its content is remembered."""
    data = copied_project(tmp_path) / "data"
    stored = tmp_path / "cache"
    analysed(data, cache=Cache(stored))
    before = contents(stored)
    assert before
    for path in stored.iterdir():
        path.unlink()
    analysed(data, cache=Cache(stored))
    assert contents(stored) == before
