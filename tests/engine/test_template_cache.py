"""Templates are compiled once for all projects that this program builds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from disclosure.engine import template_cache
from disclosure.engine.cache import Cache
from disclosure.engine.template_cache import TemplateCache, beside_modules

TAG = sys.implementation.cache_tag


class CompilingOnce(Environment):
    """Compiles nothing; a template that is not in the cache fails."""

    def compile(self, *_: Any, **__: Any) -> Any:
        """Fail."""
        raise AssertionError("compiled again")


def rendered(environment: Environment, cache: Cache) -> str:
    """What the only template says."""
    environment.loader = DictLoader({"page": "{{ 1 + 1 }}元"})
    environment.bytecode_cache = TemplateCache(cache, "pages")
    return environment.get_template("page").render()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a program that Python may write compiled modules into."""
    monkeypatch.setattr(template_cache, "_PROGRAM", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def test_the_next_project_compiles_nothing(program: Path) -> None:
    """What one build has compiled serves the first build of another project."""
    assert rendered(Environment(autoescape=True), beside_modules(Cache())) == "2元"
    assert [path.parent.parent for path in program.rglob("templates.*")] == [program]
    assert rendered(CompilingOnce(autoescape=True), beside_modules(Cache())) == "2元"


def test_the_templates_of_an_older_program_go(program: Path) -> None:
    """A program that was changed leaves nothing behind; another Python's stay."""
    compiled = program / "__pycache__"
    older, other = (compiled / name for name in (f"templates.{TAG}.0123", "templates.other-1.0123"))
    for folder in (older, other):
        folder.mkdir(parents=True)
    rendered(Environment(autoescape=True), beside_modules(Cache()))
    assert not older.exists()
    assert other.exists()


def test_where_python_writes_nothing_the_project_keeps_them(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where compiled modules are forbidden, compiled templates are not put beside them either."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    own = Cache(program / "project")
    assert beside_modules(own) is own
