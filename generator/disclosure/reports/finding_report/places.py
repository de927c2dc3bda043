"""Where findings lie on this machine: `Span.path` counts from the folder above what it is in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from disclosure.config.site_project import SiteProject
from disclosure.model.diagnostics import Diagnostic


def within(
    findings: Sequence[Diagnostic], here: SiteProject, paths: Sequence[Path]
) -> tuple[Diagnostic, ...]:
    """The findings in any of the files or folders `paths`."""
    wanted = [path.resolve() for path in paths]
    places = [(_above(found, here) / found.span.path).resolve() for found in findings]
    return tuple(
        found
        for found, place in zip(findings, places, strict=True)
        if any(place.is_relative_to(path) for path in wanted)
    )


def seen_from_here(findings: Sequence[Diagnostic], here: SiteProject) -> tuple[Diagnostic, ...]:
    """The findings with paths that lead to the files from the current folder."""
    return tuple(
        replace(found, span=replace(found.span, path=_from_here(found, here))) for found in findings
    )


def _from_here(found: Diagnostic, here: SiteProject) -> str:
    return (Path(os.path.relpath(_above(found, here))) / found.span.path).as_posix()


def _above(found: Diagnostic, here: SiteProject) -> Path:
    """The folder that a finding's path counts from: those of data and pages may stand apart."""
    first = found.span.path.partition("/")[0]
    for folder in (here.data, here.pages):
        if first == folder.resolve().name:
            return folder.parent
    return here.root
