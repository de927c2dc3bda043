"""调整文件没有改动任何内容

检查什么：调整、更正文件与前一个版本相比，目标表的内容是否完全相同（公开注释不算）。撤销文件不检查：
项目撤销了，目标表可以照旧。

为什么：什么也没有改，多半是复制了原始文件，忘了录入调整后的内容。

例子：把 13080324P00514210001L.yml 复制成 13080324P00514210001L@2024-06-30.yml，只加了 adjustment。

怎么改：录入调整后的内容，或删去这个文件。确实没有改动的（如只补报批准文件），请在 notes 里写
rule: C605 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import ProjectSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C605", Severity.WARNING, "调整文件没有改动任何内容")
_ABOUT_THE_FILE = {"adjustment": None, "notes": ()}


def check(subject: ProjectSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Compare a later version with the one before it, but for what it says of itself."""
    if subject.before is None or subject.project.withdrawn:
        return
    tables = [
        project.model_copy(update=_ABOUT_THE_FILE) for project in (subject.before, subject.project)
    ]
    if tables[0] == tables[1]:
        yield subject.remark(
            RULE,
            ("adjustment",),
            "这个文件的内容与前一个版本完全相同。",
            "请录入调整后的内容，或删去这个文件。" + or_accept(RULE, "确实没有改动的"),
        )
