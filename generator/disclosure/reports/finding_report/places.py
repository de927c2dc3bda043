"""Where findings lie on this machine: `Span.path` counts from the folder above the data."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from disclosure.model.diagnostics import Diagnostic


def within(
    findings: Sequence[Diagnostic], data: Path, paths: Sequence[Path]
) -> tuple[Diagnostic, ...]:
    """The findings in any of the files or folders `paths`."""
    wanted = [path.resolve() for path in paths]
    places = [(data.parent / found.span.path).resolve() for found in findings]
    return tuple(
        found
        for found, place in zip(findings, places, strict=True)
        if any(place.is_relative_to(path) for path in wanted)
    )


def seen_from_here(findings: Sequence[Diagnostic], data: Path) -> tuple[Diagnostic, ...]:
    """The findings with paths that lead to the files from the current folder."""
    above = Path(os.path.relpath(data.parent))
    return tuple(
        replace(found, span=replace(found.span, path=(above / found.span.path).as_posix()))
        for found in findings
    )
