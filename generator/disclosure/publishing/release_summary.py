"""What a change of the data changes for the site's readers: projects, years, new findings.

One comparison serves the terminal of a push, the summary of a pull request, and
`disclosure changes` before either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from disclosure.model.dataset import Dataset
from disclosure.model.diagnostics import Diagnostic, has_errors
from disclosure.model.safe_text import visible
from disclosure.pages.addresses import department_address, project_address, year_address
from disclosure.pages.escaping import escape
from disclosure.reports import finding_report
from disclosure.site import department_analysis

#: A finding's rule, file and message.
Finding = tuple[str, str, str]

#: So many pages of a kind are named; of more it is said how many.
MAX_NAMED = 20


class Changed(Struct, frozen=True):
    """A page that comes, goes or changes: its address on the site, and its name with the year."""

    address: str
    name: str


class ReleaseSummary(Struct, frozen=True):
    """What one state of the data changes against another.

    Attributes:
        added: Projects that were not there, in the order of the site.
        changed: Projects with another table, version or result.
        removed: Projects that are no longer there.
        years: Years whose part one, and departments whose own entry, came, went or changed.
        findings: Findings that were not there; one that only moved to another line was.
        blocked: The new state has errors: the site stays as it is, and only findings are told.
    """

    added: tuple[Changed, ...]
    changed: tuple[Changed, ...]
    removed: tuple[Changed, ...]
    years: tuple[Changed, ...]
    findings: tuple[Diagnostic, ...]
    blocked: bool = False


def compare_data_folders(before: Path | None, after: Path) -> ReleaseSummary:
    """Compare two data folders; without `before`, everything is new."""
    old = None if before is None else department_analysis.analysed(before)
    new = department_analysis.analysed(after)
    known = () if old is None else map(finding_key, old.diagnostics)
    findings = new_findings(known, new.diagnostics)
    if has_errors(new.diagnostics):  # what could not be read would look as if it were removed
        return ReleaseSummary((), (), (), (), findings, blocked=True)
    old_pages = {} if old is None else dict(_projects(old.dataset))
    new_pages = dict(_projects(new.dataset))
    old_years = {} if old is None else dict(_years(old.dataset))
    new_years = dict(_years(new.dataset))
    years = _missing(new_years, old_years) + _differing(old_years, new_years)
    return ReleaseSummary(
        added=_missing(new_pages, old_pages),
        changed=_differing(old_pages, new_pages),
        removed=_missing(old_pages, new_pages),
        years=years + _missing(old_years, new_years),
        findings=findings,
    )


def as_text(found: ReleaseSummary) -> str:
    """The summary for a terminal; no character of the data can steer it."""
    lines = [_totals(found)]
    for title, pages in _groups(found):
        lines.append(f"{title}：")
        lines += [f"  {visible(page.name)}  {page.address}" for page in pages[:MAX_NAMED]]
        lines += [f"  ……还有 {len(pages) - MAX_NAMED} 个"] if len(pages) > MAX_NAMED else []
    if found.findings:
        lines += ["新出现的问题：", "", finding_report.render_text(found.findings).rstrip()]
    return "\n".join(lines) + "\n"


def as_markdown(found: ReleaseSummary) -> str:
    """The summary as Markdown, for a code platform; text of the data means only itself."""
    lines = ["## 这次改动对网站的影响", "", _totals(found), ""]
    for title, pages in _groups(found):
        lines += [f"### {title}", ""]
        lines += [f"- {escape(page.name)}：`{page.address}`" for page in pages[:MAX_NAMED]]
        lines += [f"- ……还有 {len(pages) - MAX_NAMED} 个"] if len(pages) > MAX_NAMED else []
        lines.append("")
    if found.findings:
        lines += ["### 新出现的问题", ""]
        lines += [_finding(one) for one in found.findings[:MAX_NAMED]]
        more = len(found.findings) - MAX_NAMED
        lines += [f"- ……还有 {more} 个，运行 disclosure check 查看"] if more > 0 else []
        lines.append("")
    return "\n".join(lines)


RENDERERS: Mapping[str, Callable[[ReleaseSummary], str]] = {
    "markdown": as_markdown,
    "text": as_text,
}

#: A page's address, then its name with the year and whatever else it shows.
_Pages = Mapping[str, tuple[str, object]]


def _projects(dataset: Dataset) -> Iterator[tuple[str, tuple[str, object]]]:
    for department in dataset.departments:
        for year in department.years:
            for project in year.projects:
                current = project.current
                address = project_address(department, year, project)
                yield address, (f"{current.name}（{year.year}年）", project)


def _years(dataset: Dataset) -> Iterator[tuple[str, tuple[str, object]]]:
    for department in dataset.departments:
        who = department.department
        yield department_address(department), (who.name, who)
        for year in department.years:
            address = year_address(department, year)
            yield address, (f"{who.name}{year.year}年", year.disclosure)


def _missing(there: _Pages, here: _Pages) -> tuple[Changed, ...]:
    """What is there and not here."""
    return tuple(Changed(place, there[place][0]) for place in there if place not in here)


def _differing(old: _Pages, new: _Pages) -> tuple[Changed, ...]:
    """What is in both and not the same, by its new name."""
    return tuple(Changed(p, new[p][0]) for p in new if p in old and new[p] != old[p])


def finding_key(found: Diagnostic) -> Finding:
    """What makes a finding the same in two versions of a file, whose lines may have moved."""
    return found.code, found.span.path, found.message


def new_findings(old: Iterable[Finding], new: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings that were not there before, wherever in their file they stood."""
    known = Counter(old)
    found = []
    for one in new:
        key = finding_key(one)
        known[key] -= 1
        if known[key] < 0:
            found.append(one)
    return tuple(found)


def _groups(found: ReleaseSummary) -> Iterator[tuple[str, tuple[Changed, ...]]]:
    """The kinds of changes that there are, with their Chinese titles."""
    titles = ("新增项目", "修改项目", "删除项目", "部门信息和年度整体目标有变化")
    groups = (found.added, found.changed, found.removed, found.years)
    yield from ((title, group) for title, group in zip(titles, groups, strict=True) if group)


def _totals(found: ReleaseSummary) -> str:
    """How much changes, in one sentence."""
    if found.blocked:
        return f"数据有错误，改好以前网站不会变化；新出现的问题 {len(found.findings)} 个。"
    if not any(_groups(found)) and not found.findings:
        return "数据没有变化，也没有新出现的问题。"
    return (
        f"新增项目 {len(found.added)} 个，修改 {len(found.changed)} 个，"
        f"删除 {len(found.removed)} 个；新出现的问题 {len(found.findings)} 个。"
    )


def _finding(one: Diagnostic) -> str:
    place = f"{one.span.path} 第 {one.span.line} 行" if one.span.line else one.span.path
    return f"- {escape(place)}：{escape(one.code)} {escape(one.message)} {escape(one.hint)}"
