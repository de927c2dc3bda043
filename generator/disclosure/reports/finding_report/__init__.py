"""Findings for people and for programs, one renderer for each format; and rules explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from disclosure.model.diagnostics import Diagnostic
from disclosure.reports.finding_report.as_json import render_json
from disclosure.reports.finding_report.explained import render_explanation, render_titles
from disclosure.reports.finding_report.github import render_github
from disclosure.reports.finding_report.places import seen_from_here, within
from disclosure.reports.finding_report.sarif import render_sarif
from disclosure.reports.finding_report.text import render_text

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
