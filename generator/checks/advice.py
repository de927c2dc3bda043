"""The last clause of every hint: how to accept what the document really says."""

from __future__ import annotations

from generator.diagnostics import Rule


def or_accept(rule: Rule, when: str = "公开文件本身如此的", file: str = "") -> str:
    """How to accept a finding of the rule `when` it is right, in `file` if not in its own."""
    where = f"{file} 的 notes" if file else "notes"
    return f"{when}，请在 {where} 里写 rule: {rule.code} 和说明。"
