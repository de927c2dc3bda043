"""The JSON Schemas: fresh, true to the model, and as an editor needs them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from disclosure.forms.files import schemas

ROOT = Path(__file__).parents[2]
VALID = ROOT / "tests" / "cases" / "reading" / "valid" / "data"
DATA = (
    *sorted((ROOT / "data").rglob("*.yml")),
    # The other kinds of file, which the real data has not got yet.
    *sorted(VALID.rglob("*@*.yml")),
    *sorted(VALID.rglob("results/*.yml")),
)
KINDS = {"department.yml": "department", "disclosure.yml": "disclosure"}
FOLDERS = {"projects": "project", "results": "result"}


def schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of file."""
    parsed: dict[str, Any] = json.loads(schemas()[f"{kind}.schema.json"])
    return parsed


def as_editor(text: str) -> object:
    """What an editor takes a file for: numbers, truth values and all; but dates are text."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.load(text, yaml.CSafeLoader))


def errors(kind: str, text: str) -> list[str]:
    """The messages an editor would show for a file."""
    found = Draft202012Validator(schema(kind)).iter_errors(as_editor(text))
    return [error.json_path for error in found]


def fields(part: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a schema, with its name."""
    if isinstance(part, dict):
        yield from part.get("properties", {}).items()
        for inner in part.get("$defs", {}).values():
            yield from fields(inner)


@pytest.mark.parametrize("name", schemas())
def test_the_committed_schemas_are_fresh(name: str) -> None:
    """`disclosure schema` would write what is committed, and nothing else is there."""
    assert (ROOT / "schemas" / name).read_text("utf-8") == schemas()[name]
    assert {path.name for path in (ROOT / "schemas").iterdir()} == set(schemas())


@pytest.mark.parametrize("name", schemas())
def test_the_schemas_are_schemas(name: str) -> None:
    """Each is valid by the draft it names, closed, and titled in Chinese."""
    parsed = json.loads(schemas()[name])
    Draft202012Validator.check_schema(parsed)
    assert parsed["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert parsed["properties"]["schema"]["const"] == name.replace(".schema.json", "/1")
    for record in (parsed, *parsed.get("$defs", {}).values()):
        assert record["additionalProperties"] is False
    for title in ("title", "description"):
        assert re.search("[\u4e00-\u9fff]", parsed[title])


@pytest.mark.parametrize("name", schemas())
def test_every_field_explains_itself_in_chinese(name: str) -> None:
    """What an editor shows beside a field is Chinese; no class name or docstring leaks."""
    for field, part in fields(json.loads(schemas()[name])):
        assert re.search("[\u4e00-\u9fff]", part["title"]), field
        assert re.search("[\u4e00-\u9fff]", part["description"]), field
        assert "default" not in part


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_real_data_is_valid_in_an_editor(path: Path) -> None:
    """No file that the reader accepts is underlined by an editor."""
    kind = KINDS.get(path.name) or FOLDERS[path.parent.name]
    assert errors(kind, path.read_text("utf-8-sig")) == []


PROJECT = "schema: project/1\ncode: A1\nname: x\nunit: 322001\nnumber: 1\nbudget: {total: 1.00}\n"


@pytest.mark.parametrize(
    ("more", "places"),
    [
        ("goals: ~\nindicators:\nspending_plan: ~\npurpose: ~\nnotes: ~\ncontinues: ~\n", []),
        ("goals: [38, NO, 1.10]\n", []),
        ("indicators: [{level1: x, level3: 1, target: 0}]\n", []),
        ("goals: x\n", ["$.goals"]),
        ("goals: ['']\n", ["$.goals[0]"]),
        ("spending_plan: {3月底: 24%}\n", ["$.spending_plan['3月底']"]),
        ("code: a-b\n", ["$.code"]),
        ("budget: {total: 150万元}\n", ["$.budget.total"]),
        ("purpse: x\n", ["$"]),
        ("indicators: [{level1: x}]\n", []),
        ("indicators: [{level1: [x]}]\n", ["$.indicators[0].level1"]),
        ("facts: {电话: 123, 传真: ~}\n", []),
        ("facts: [电话]\n", ["$.facts"]),
        ("adjustment: {kind: x, date: 2024-06-30, reason: x}\n", ["$.adjustment"]),
    ],
)
def test_an_editor_sees_what_the_reader_refuses(more: str, places: list[str]) -> None:
    """What may be left empty may be empty; wrong shapes, names and money are underlined."""
    assert errors("project", PROJECT + more) == places
