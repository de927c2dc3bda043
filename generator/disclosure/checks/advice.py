"""The last clause of a hint: how to accept what the document really says."""

from __future__ import annotations

from disclosure.model.diagnostics import Rule


def or_accept(rule: Rule, when: str = "公开文件本身如此的") -> str:
    """How to accept a finding of the rule, `when` it is right as it stands."""
    return f"{when}，请在 notes 里写 rule: {rule.code} 和说明。"
