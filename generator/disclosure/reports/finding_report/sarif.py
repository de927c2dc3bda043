"""Findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from disclosure import checks
from disclosure.checks.explanation import Explanation
from disclosure.model.diagnostics import Diagnostic, Severity
from disclosure.model.safe_text import visible

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "note",
}


def render_sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """One run with all findings, and with the rules that found something."""
    found = {one.code for one in diagnostics}
    rules = [page for page in checks.explanations() if page.rule.code in found]
    positions = {page.rule.code: position for position, page in enumerate(rules)}
    driver = {"name": "disclosure", "language": "zh-CN", "rules": [_rule(page) for page in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, positions) for one in diagnostics],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(page: Explanation) -> dict[str, Any]:
    """The rule, with its page as help where it has one."""
    described: dict[str, Any] = {
        "id": page.rule.code,
        "shortDescription": {"text": page.rule.title},
        "defaultConfiguration": {"level": _LEVELS[page.rule.severity]},
    }
    if page.sections:
        sections = (f"{part.heading}：{chr(10).join(part.paragraphs)}" for part in page.sections)
        described["help"] = {"text": "\n\n".join(sections)}
    return described


def _result(found: Diagnostic, positions: Mapping[str, int]) -> dict[str, Any]:
    span = found.span
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(visible(span.path))}}
    if span.line:
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endColumn": span.column + span.length,
        }
    result: dict[str, Any] = {
        "ruleId": found.code,
        "level": _LEVELS[found.severity],
        "message": {"text": f"{visible(found.message)}\n怎么改：{visible(found.hint)}"},
        "locations": [{"physicalLocation": place}],
    }
    if found.code in positions:
        result["ruleIndex"] = positions[found.code]
    return result
