"""Guessing which rule was meant."""

from __future__ import annotations

from collections.abc import Mapping

from generator.reading.words import meant


def suggestion(code: str, known: Mapping[str, str]) -> str:
    """Which of the `known` codes was meant by `code`, as a sentence with the rule's title."""
    guess = meant(code, {one: one for one in known})
    if guess:
        return f"是不是想写 {guess}（{known[guess]}）？"
    return "请照检查报告填写编号，如 C101。"
