"""Findings as a person reads them in a terminal.

Up to fifty findings are all shown in full. Of more, each rule shows its first few in full, some
more as a line each, and says how many there are besides; JSON and SARIF always hold all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import click
from rich.cells import cell_len

from disclosure import checks
from disclosure.model.diagnostics import Diagnostic, Severity, Span
from disclosure.model.safe_text import visible
from disclosure.reports.finding_report.common import NAMES

_COLORS: Mapping[Severity, str] = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.HINT: "cyan",
}

# How much of a long line is shown, in terminal cells: before the place, and in all.
_CELLS_BEFORE = 40
_CELLS = 100

# So many findings are shown in full; of more, so many of each rule in full, and in a line.
_MAX_ALL_IN_FULL = 50
_MAX_IN_FULL = 3
_MAX_IN_LINES = 20
# From so many findings on, the report ends with a line for each rule.
_MIN_COUNTED = 10


def render_text(
    diagnostics: Sequence[Diagnostic], *, color: bool = False, whole: bool = False
) -> str:
    """The findings with their source lines and what to do, and how many there are of what.

    Args:
        diagnostics: In the order to show them.
        color: Whether to add ANSI colours.
        whole: Whether to show all in full, however many there are.
    """
    few = len(diagnostics) if whole else _MAX_ALL_IN_FULL
    return "\n".join([*_findings(diagnostics, few, color=color), _summary(diagnostics, few)])


def _findings(diagnostics: Sequence[Diagnostic], few: int, *, color: bool) -> Iterator[str]:
    """The findings one after the other: in full, in a line, or no more, rule by rule."""
    seen: Counter[str] = Counter()
    lines: list[str] = []
    for found in diagnostics:
        seen[found.code] += 1
        if len(diagnostics) <= few or seen[found.code] <= _MAX_IN_FULL:
            if lines:
                yield "\n".join(lines) + "\n"
            lines = []
            yield _finding(found, color=color)
        elif seen[found.code] <= _MAX_IN_FULL + _MAX_IN_LINES:
            lines.append(_head(found, color=color))
    if lines:
        yield "\n".join(lines) + "\n"


def _head(diagnostic: Diagnostic, *, color: bool) -> str:
    """The place, the kind and the message of a finding, on one line."""
    span = diagnostic.span
    place = visible(f"{span.path}:{span.line}:{span.column}" if span.line else span.path)
    kind = f"{NAMES[diagnostic.severity]} {diagnostic.code}"
    if color:
        place = click.style(place, bold=True)
        kind = click.style(kind, fg=_COLORS[diagnostic.severity], bold=True)
    return f"{place} {kind} {visible(diagnostic.message)}"


def _finding(diagnostic: Diagnostic, *, color: bool) -> str:
    """One finding: the place and message, the line with a caret under the place, the hint."""
    span = diagnostic.span
    lines = [_head(diagnostic, color=color)]
    if span.line:
        line, before, under = _window(span)
        carets = "^" * under
        if color:
            carets = click.style(carets, fg=_COLORS[diagnostic.severity], bold=True)
        lines += [f"{span.line:>5} | {line}", f"{'':>5} | {' ' * before}{carets}"]
    lines.append(f"  怎么改：{visible(diagnostic.hint)}")
    return "\n".join(lines) + "\n"


def _window(span: Span) -> tuple[str, int, int]:
    """The part of the source line to show, the cells before the place, and the cells under it."""
    at = span.column - 1
    left = [visible(char) for char in span.excerpt[max(0, at - _CELLS) : at]]
    right = [visible(char) for char in span.excerpt[at : at + _CELLS]]
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


def _summary(diagnostics: Sequence[Diagnostic], few: int) -> str:
    """How many findings of each severity in how many files; when there are many, of each rule."""
    if not diagnostics:
        return "没有发现问题。\n"
    counts = Counter(found.severity for found in diagnostics)
    parts = [f"{NAMES[kind]} {counts[kind]} 个" for kind in Severity if counts[kind]]
    files = len({found.span.path for found in diagnostics})
    total = f"{'，'.join(parts)}，涉及 {files} 个文件。\n"
    if len(diagnostics) <= _MIN_COUNTED:
        return total
    return f"{total}\n按规则汇总：\n" + "".join(_rule_lines(diagnostics, few))


def _rule_lines(diagnostics: Sequence[Diagnostic], few: int) -> Iterator[str]:
    """For each rule: how many findings, how many of them are not shown, and what it is about."""
    titles = {page.rule.code: page.rule.title for page in checks.explanations()}
    severities = {found.code: found.severity for found in diagnostics}
    counts = Counter(found.code for found in diagnostics)
    order = list(Severity)
    for code in sorted(counts, key=lambda code: (order.index(severities[code]), code)):
        left = counts[code] - _MAX_IN_FULL - _MAX_IN_LINES if len(diagnostics) > few else 0
        more = f"（其中 {left} 个没有列出）" if left > 0 else ""
        name = f"{NAMES[severities[code]]} {code} {titles.get(code, '')}".rstrip()
        yield f"  {name}：{counts[code]} 个{more}\n"
    if any(count > _MAX_IN_FULL for count in counts.values()) and len(diagnostics) > few:
        yield (
            f"问题较多，每条规则只详细列出前 {_MAX_IN_FULL} 个。"
            "看全部请指明文件或文件夹，或用 --format json。\n"
        )
