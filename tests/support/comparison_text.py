"""A comparison as plain text, complete and short, for the expected files of the cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from disclosure.compare import (
    ADDED,
    DROPPED,
    ChangedTarget,
    ComparedYears,
    DiffPiece,
    IndicatorChange,
    ProjectChange,
    ProjectDifference,
    SuccessionKind,
    TextChange,
    changed_targets,
    compared,
    findings,
    marked,
    project_difference,
)
from disclosure.model.dataset import DepartmentData, ProjectYear


def comparison_text(department: DepartmentData) -> str:
    """Years against years (oldest first), versions against versions, chains and findings."""
    result = compared(department)
    lines = [line for pair in reversed(result.years) for line in _years(pair)]
    for year in reversed(department.years):
        for project in year.projects:
            for old, new in pairwise(project.versions):
                changes = project_difference(old.project, new.project, year.year, year.year)
                lines += [f"{old.path} → {new.path}", *_difference(changes), ""]
            lines += map(_moved, changed_targets(project, year.year))
    for chain in result.chains:
        members = ", ".join(f"{m.year.year} {m.project.current.id}" for m in chain.members)
        lines.append(f"chain {chain.first_id}: {members}")
    for remark in findings(department):
        field = ".".join(map(str, remark.field))
        lines.append(f"finding {remark.rule.code}: {remark.path} {field}")
    return "\n".join(lines) + "\n"


def _years(pair: ComparedYears) -> Iterator[str]:
    yield f"{pair.old.year} → {pair.new.year}"
    for change in pair.changes:
        yield from _project(change)
    yield f"projects: {_counts(pair.kind_counts)}"
    if pair.indicator_counts:
        yield f"indicators: {_counts(pair.indicator_counts)}"
    yield ""


def _counts(counter: Mapping[SuccessionKind, int] | Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counter.items()))


def _project(change: ProjectChange) -> Iterator[str]:
    succession = change.succession
    yield f"{succession.kind}: {_names(succession.old)} → {_names(succession.new)}"
    for link in succession.links:
        yield f"  link {link.old} → {link.new}: {link.basis}"
    yield f"  money {change.old_budget} → {change.new_budget}"
    if change.difference:
        yield from (f"  {line}" for line in _difference(change.difference))
    for indicator in change.regrouped:
        yield from (f"  {line}" for line in _indicator(indicator))


def _names(projects: tuple[ProjectYear, ...]) -> str:
    names = (
        f"{project.current.id} {project.current.name}" + " (withdrawn)" * project.withdrawn
        for project in projects
    )
    return " + ".join(names).replace("\n", " / ") or "—"


def _difference(changes: ProjectDifference) -> Iterator[str]:
    """Everything that differs, a line each; what only one side has stands beside an `—`."""
    for text in changes.texts:
        yield _text(text)
    for amount in changes.budget:
        yield f"budget.{amount.field}: {_or_dash(amount.old)} → {_or_dash(amount.new)}"
    for amount in changes.plan:
        yield f"plan {amount.field}: {_or_dash(amount.old)} → {_or_dash(amount.new)}"
    for indicator in changes.indicators:
        yield from _indicator(indicator)


def _or_dash(value: object) -> str:
    return "—" if value is None else str(value)


def _text(change: TextChange) -> str:
    """Both texts, what changed in 【】, line breaks as /."""
    old, new = (_marked(pieces) or "—" for pieces in marked(change.old, change.new))
    return f"{change.field}: {old} → {new}"


def _marked(pieces: tuple[DiffPiece, ...]) -> str:
    texts = (f"【{piece.text}】" if piece.changed else piece.text for piece in pieces)
    return "".join(texts).replace("\n", " / ")


def _indicator(change: IndicatorChange) -> Iterator[str]:
    targets = [_or_dash(side and side.target) for side in (change.old, change.new)]
    if change.verdict is None:
        yield f"{change.name}: {DROPPED if change.new is None else ADDED}, {' → '.join(targets)}"
        return
    doubt = "" if change.certain else "probably the same, "
    verdict = f"{change.verdict.change}, {change.verdict.reason}"
    yield f"{change.name}: {doubt}{' → '.join(targets)}, {verdict}"
    yield from (f"  {_text(field)}" for field in change.fields)


def _moved(item: ChangedTarget) -> str:
    """A target that is not what was first published, and the versions that changed it."""
    targets = [_or_dash(side and side.target) for side in (item.first, item.current)]
    verdict = f"{item.verdict.change}" if item.verdict else "no longer both"
    dates = ", ".join(str(one.adjustment.date) for one in item.by if one.adjustment)
    return f"moved {item.name}: {' → '.join(targets)}, {verdict}, by {dates}"
