"""JSON Schemas of the data files, so that an editor completes and explains them in Chinese.

The reader takes every value as text; an editor takes `150.00` for a number and `NO` for a
truth value. So the schemas admit whatever an editor may take such text for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from disclosure.model.fields import Record

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

_TITLES: Mapping[str, tuple[str, str]] = {
    "department": ("部门", "部门信息：data/部门标识/department.yml"),
    "disclosure": ("年度公开（第一部分）", "年度公开：data/部门标识/年度/disclosure.yml"),
    "project": (
        "项目支出绩效目标表（第二部分）",
        "项目目标表：data/部门标识/年度/projects/项目编码.yml，调整后另存为 项目编码@日期.yml",
    ),
    "checks": ("检查设置", "检查规则的设置：data/checks.yml，可以没有"),
    "words": ("搜索用词", "同义词和主题：data/words.yml，可以没有"),
    "result": ("项目支出绩效自评", "自评结果：data/部门标识/年度/results/项目编码.yml"),
    "form": ("表样", "表样：data/forms/表样标识.yml，自带的表样不用写"),
    "department-result": (
        "部门整体绩效自评",
        "部门整体的自评结果：data/部门标识/年度/results/department.yml",
    ),
}


def schemas(kinds: Mapping[str, type[Record]]) -> Mapping[str, str]:
    """The schemas of kinds of file as JSON text, by file name, such as `project.schema.json`."""
    files = {}
    for name, record in kinds.items():
        kind = name.partition("/")[0]
        title, description = _TITLES[kind]
        schema = _for_editors(record.model_json_schema(by_alias=True))
        head = {"$schema": _DRAFT, "title": title, "description": description}
        text = json.dumps(head | schema, ensure_ascii=False, indent=2)
        files[f"{kind}.schema.json"] = text + "\n"
    return files


def _for_editors(schema: dict[str, Any]) -> dict[str, Any]:
    """A generated schema without what only programmers read, and with what editors need."""
    for record in (schema, *schema.get("$defs", {}).values()):
        # The class's name and its English docstring.
        record.pop("title", None)
        record.pop("description", None)
        required = record.get("required", [])
        for name, field in record["properties"].items():
            _widen(field)
            field.pop("default", None)
            # Nothing written means the same as no field.
            if name not in required and "type" in field:
                types = field["type"]
                field["type"] = [*(types if isinstance(types, list) else [types]), "null"]
    return schema


def _widen(schema: dict[str, Any]) -> None:
    """Let text be whatever an editor may take it for: `target: 38`, `basis: NO`."""
    if schema.get("type") == "string" and schema.get("minLength") == 1:
        schema["type"] = ["string", "number", "boolean"]
    for part in (
        schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", [])
    ):  # fmt: skip
        if isinstance(part, dict):
            _widen(part)
