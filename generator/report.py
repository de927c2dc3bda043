"""Findings for people and for programs, one renderer for each format."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import click
from rich.cells import cell_len

from generator.diagnostics import Diagnostic, Severity, Span

_NAMES: Mapping[Severity, str] = {
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.HINT: "提示",
}
_COLORS: Mapping[Severity, str] = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.HINT: "cyan",
}

# How much of a long line is shown, in terminal cells: before the place, and in all.
_CELLS_BEFORE = 40
_CELLS = 100
# And how much of it JSON holds on either side of the place, in characters.
_JSON_CHARACTERS = 200

# Control and format characters, surrogates, characters that do not exist, line and paragraph
# separators: they could hide or reorder what a terminal shows, or make it do something.
_UNSAFE = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"})


def render_text(diagnostics: Sequence[Diagnostic], *, color: bool = False) -> str:
    """The findings as a person reads them in a terminal, each with its source line.

    Args:
        diagnostics: In the order to show them.
        color: Whether to add ANSI colours.
    """
    parts = [_finding(diagnostic, color=color) for diagnostic in diagnostics]
    return "\n".join([*parts, _summary(diagnostics)])


def render_json(diagnostics: Sequence[Diagnostic]) -> str:
    """The findings as a JSON list for other programs.

    `excerpt` is the source line; of a very long one, the part around the place, and
    `excerpt_column` tells at which column (1-based, in characters) it begins.
    """
    text = json.dumps([_plain(item) for item in diagnostics], ensure_ascii=False, indent=2)
    safe = (char if _is_safe(char) or char == "\n" else _escaped(char) for char in text)
    return "".join(safe) + "\n"


RENDERERS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = {
    "text": render_text,
    "json": render_json,
}


def _finding(diagnostic: Diagnostic, *, color: bool) -> str:
    """One finding: the place and message, the line with a caret under the place, the hint."""
    span, severity = diagnostic.span, diagnostic.severity

    def painted(text: str, hue: str | None = None) -> str:
        return click.style(text, fg=hue, bold=True) if color else text

    place = f"{span.path}:{span.line}:{span.column}" if span.line else span.path
    kind = f"{_NAMES[severity]} {diagnostic.code}"
    head = f"{painted(_visible(place))} {painted(kind, _COLORS[severity])}"
    lines = [f"{head} {_visible(diagnostic.message)}"]
    if span.line:
        line, before, under = _window(span)
        gutter = f"{span.line:>5}"
        carets = painted("^" * under, _COLORS[severity])
        lines += [f"{gutter} | {line}", f"{'':>5} | {' ' * before}{carets}"]
    lines.append(f"  怎么改：{_visible(diagnostic.hint)}")
    return "\n".join(lines) + "\n"


def _window(span: Span) -> tuple[str, int, int]:
    """The part of the source line to show, the cells before the place, and the cells under it."""
    at = span.column - 1
    left = [_visible(char) for char in span.excerpt[max(0, at - _CELLS) : at]]
    right = [_visible(char) for char in span.excerpt[at : at + _CELLS]]
    before, after = sum(map(cell_len, left)), sum(map(cell_len, right))
    cut = len(span.excerpt) > _CELLS or before + after > _CELLS
    while cut and before > _CELLS_BEFORE:
        before -= cell_len(left.pop(0))
    while cut and before + after > _CELLS:
        after -= cell_len(right.pop())
    start = "…" if len(left) < at else ""
    end = "…" if at + len(right) < len(span.excerpt) else ""
    under = sum(map(cell_len, right[: span.length]))
    return "".join([start, *left, *right, end]), cell_len(start) + before, max(1, under)


def _summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many findings of each severity, and in how many files."""
    found = list(diagnostics)
    if not found:
        return "没有发现问题。\n"
    counts = Counter(item.severity for item in found)
    parts = [f"{_NAMES[kind]} {counts[kind]} 个" for kind in Severity if counts[kind]]
    files = len({item.span.path for item in found})
    return f"{'，'.join(parts)}，涉及 {files} 个文件。\n"


def _plain(diagnostic: Diagnostic) -> dict[str, str | int]:
    """A finding under the keys that other programs rely on."""
    span = diagnostic.span
    start = max(0, span.column - 1 - _JSON_CHARACTERS)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "length": span.length,
        "excerpt": span.excerpt[start : span.column - 1 + _JSON_CHARACTERS],
        "excerpt_column": start + 1,
    }


def _is_safe(char: str) -> bool:
    return unicodedata.category(char) not in _UNSAFE


def _visible(text: str) -> str:
    """The text with a visible name for each character that may not reach a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char if _is_safe(char) else "⇥" if char == "\t" else f"<U+{ord(char):04X}>" for char in text
    )


def _escaped(char: str) -> str:
    """A character as JSON writes it in ASCII; the same text for whoever parses it."""
    return json.dumps(char)[1:-1]
