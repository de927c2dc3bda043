"""What a release changes, from what two builds left: nothing is read a second time.

`release_summary` compares two data folders and must read both. During a push the site is waited
for, and both sites have their catalogues of projects, git knows which files differ, and what the
checks found stands in a note beside the repository.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from disclosure import search
from disclosure.model.diagnostics import Diagnostic
from disclosure.publishing.release_summary import (
    Changed,
    Finding,
    ReleaseSummary,
    finding_key,
    new_findings,
)

_PROJECT_FILE = re.compile(r"data/([^/]+/[^/]+)/(?:projects|results)/([^/@]+)(?:@[^/]*)?\.yml")
_YEAR_FILE = re.compile(r"data/([^/]+(?:/[^/]+)?)/(?:department|disclosure)\.yml")
_PROJECT = "项目"
_DEPTH = 3  # department/year/code/


class Difference(Struct, frozen=True):
    """What differs: for the site's readers, and the other files that were touched."""

    summary: ReleaseSummary
    others: tuple[str, ...]


def site_difference(
    before: Path | None, after: Path, paths: Iterable[str], findings: Sequence[Diagnostic]
) -> Difference:
    """Compare two finished sites.

    Args:
        before: What is served; None before the first release.
        after: What was just built.
        paths: The files that differ between their commits.
        findings: The findings that were not there before.
    """
    old = search.addresses(before) if before else set()
    new = search.addresses(after)
    projects, years, others = set(), [], []
    for path in paths:
        if match := _PROJECT_FILE.fullmatch(path):
            projects.add(f"{match[1]}/{match[2]}/")
        elif match := _YEAR_FILE.fullmatch(path):
            years.append(Changed(f"{match[1]}/", path))
        else:
            others.append(path)
    found = ReleaseSummary(
        added=_projects(after, new - old),
        changed=_projects(after, projects & new & old),
        removed=_projects(before, old - new) if before else (),
        years=tuple(years),
        findings=tuple(findings),
    )
    return Difference(found, tuple(others))


def remember(note: Path, findings: Iterable[Diagnostic]) -> None:
    """Note what the checks found, for the comparison with the next release."""
    note.parent.mkdir(exist_ok=True)
    note.write_text(json.dumps([finding_key(found) for found in findings]), "utf-8")


def unknown(note: Path | None, findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings that are not in an earlier note; all of them without a note."""
    known: list[Finding] = []
    if note is not None and note.is_file():
        known = [(code, path, text) for code, path, text in json.loads(note.read_bytes())]
    return new_findings(known, findings)


def _projects(site: Path, addresses: Iterable[str]) -> tuple[Changed, ...]:
    """Which of these pages of a finished site are projects, and what they are called there."""
    wanted = [one for one in sorted(addresses) if one.count("/") == _DEPTH]  # no earlier versions
    return tuple(
        Changed(entry.address, f"{entry.name}（{entry.year}年）")
        for entry in search.read_entries(site, wanted)
        if entry.kind == _PROJECT
    )
