"""Findings as GitHub's workflow commands, which it shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from disclosure.model.diagnostics import Diagnostic, Severity
from disclosure.model.safe_text import visible

_COMMANDS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "notice",
}

# What would end the command or one of its properties, as GitHub's own toolkit writes it.
_DATA = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}


def render_github(diagnostics: Sequence[Diagnostic]) -> str:
    """One command a line; nothing when nothing was found."""
    return "".join(f"{_command(found)}\n" for found in diagnostics)


def _command(found: Diagnostic) -> str:
    span = found.span
    properties = {"file": span.path}
    if span.line:
        properties["line"] = str(span.line)
        properties["col"] = str(span.column)
        properties["endColumn"] = str(span.column + span.length)
    properties["title"] = found.code
    listed = ",".join(
        f"{name}={visible(value).translate(_PROPERTY)}" for name, value in properties.items()
    )
    text = f"{visible(found.message)}\n怎么改：{visible(found.hint)}"
    return f"::{_COMMANDS[found.severity]} {listed}::{text.translate(_DATA)}"
