"""上年的项目不见了

检查什么：上年公开的项目，本年既没有延续，也没有说明去向。上年已经撤销的、名称里写明年份的（如“2023
年防汛应急项目”）、名称相近而由规则 C705 提示的，不报告；本年还没有录入项目的不检查。disclosure.yml
的 notes 里写了项目名称或编码的，就算有了说明。

为什么：项目不再出现，可能是完成了、取消了、并入别的项目，也可能是漏录。公众从页面上分不清。

例子：2024 年有“优质农产品基地建设”，2025 年没有，也没有说明。

怎么改：并入别的项目或改名的，在那个项目里写 continues；完成或取消的，在本年 disclosure.yml 的 notes
里写一条说明，写出项目名称；漏录的补录。一并说明几个项目的，写 rule: C703 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import DepartmentSubject
from disclosure.checks.unlinked import names_a_year, projects_of_kind, unlinked
from disclosure.compare import ComparedYears, SuccessionKind
from disclosure.model.dataset import ProjectYear
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings
from disclosure.model.whitespace import squeezed

RULE = Rule("C703", Severity.HINT, "上年的项目不见了")


def check(subject: DepartmentSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for projects that ended without a word."""
    for pair in subject.years:
        if not pair.new.projects:
            continue
        likely = {one.current.id for found in unlinked(pair) for one in found.old}
        for project in projects_of_kind(pair, SuccessionKind.ENDED):
            known = project.current.id in likely or names_a_year(project)
            if not known and not _stated(pair, project):
                name = f"“{project.current.name}”（{project.current.code or project.current.id}）"
                yield Remark(
                    RULE,
                    pair.new.path,
                    ("year",),
                    f"{pair.old.year}年的项目{name}在{pair.new.year}年没有延续，也没有说明。",
                    "改名或并入别的项目的，请在那个项目里写 continues；完成或取消的，请在本文件的 "
                    "notes 里写明项目名称和去向。" + or_accept(RULE, "一并说明几个项目的"),
                )


def _stated(pair: ComparedYears, project: ProjectYear) -> bool:
    """Whether a note of the new year names the project. One that names a rule accepts instead."""
    name, code = squeezed(project.current.name), project.current.code
    notes = pair.new.disclosure.notes
    texts = (squeezed(note.note) for note in notes if note.rule != RULE.code)
    return any(name in text or (code and code in text) for text in texts)
