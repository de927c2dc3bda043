"""Findings for people and for programs, one renderer for each format; and rules explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.diagnostics import Diagnostic
from generator.report.explained import render_explanation, render_titles
from generator.report.github import render_github
from generator.report.places import seen_from_here, within
from generator.report.plain import render_json
from generator.report.sarif import render_sarif
from generator.report.text import render_text

__all__ = [
    "RENDERERS",
    "render_explanation",
    "render_json",
    "render_text",
    "render_titles",
    "seen_from_here",
    "within",
]

RENDERERS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = {
    "text": render_text,
    "json": render_json,
    "github": render_github,
    "sarif": render_sarif,
}
