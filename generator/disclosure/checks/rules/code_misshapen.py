"""项目编码的位数或写法不对

检查什么：项目编码是否是 21 位：6 位行政区划代码、2 位年份、1 个字母、12 位数字或字母。只检查采用这
种编码的年度：同年有项目是这种编码，编码以 6 至 8 位数字加 1 个字母开头，或有字母又恰好 21 位。采用
其他编码办法的部门（如全是数字的，或 20 位数字加 1 个字母的编码）不受影响。

为什么：项目编码就是项目的网址，公开以后不能再改；少一位或多一位，也会使各年度的同一项目对不上。

例子：13080324P0051421000（19 位：公开文件里编码在第 19 位后换行，漏录了换到下一行的两位）。

怎么改：对照公开文件补全或改正编码，文件名一并改。公开文件本身如此的，请按原文保留，并在 notes 里写
rule: C201 和说明。

出处：项目支出绩效目标表“项目编码”一栏；本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.subject import YearSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C201", Severity.ERROR, "项目编码的位数或写法不对")

LENGTH = 21
#: Region, year, kind of project, the rest. P, R and T were seen; others may be.
SHAPE = re.compile(r"(?P<region>[0-9]{6})(?P<year>[0-9]{2})(?P<kind>[A-Z])[0-9A-Z]{12}")
#: How such a code begins, though the digits of the year may be missing.
_BEGINNING = re.compile(r"[0-9]{6,8}[A-Z]")
#: What some places print instead: region, year, twelve figures and a letter at the end.
_LETTER_LAST = re.compile(r"[0-9]{20}[A-Z]")
#: After this many characters the code wraps in the printed form.
_WRAP = 19


def check(subject: YearSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for codes that are not what the other codes of the year are."""
    codes = [project.current.code or "" for project in subject.year.projects]
    common = any(SHAPE.fullmatch(code) for code in codes)
    for project in subject.year.projects:
        code = project.current.code
        if code is None:
            continue
        if (common or _is_meant(code)) and not SHAPE.fullmatch(code):
            message, hint = _what(code)
            path = project.versions[0].path
            yield Remark(RULE, path, ("code",), message, hint + or_accept(RULE))


def _is_meant(code: str) -> bool:
    """Whether a code looks like one of this kind; other places have codes of 21 digits."""
    other = code.isdigit() or _LETTER_LAST.fullmatch(code)
    return bool(_BEGINNING.match(code)) or (len(code) == LENGTH and not other)


def _what(code: str) -> tuple[str, str]:
    """What is wrong with a code, and what to look at."""
    if len(code) == LENGTH:
        message = f"项目编码 {code} 不是“6 位区划代码、2 位年份、1 个字母、12 位数字或字母”。"
        return message, "请逐位核对，特别是数字 0、1 与字母 O、I，以及第 9 位的字母。"
    difference = len(code) - LENGTH
    count = f"多 {difference} 位" if difference > 0 else f"少 {-difference} 位"
    message = f"项目编码 {code} 有 {len(code)} 位，比 21 位{count}。"
    if len(code) == _WRAP and SHAPE.fullmatch(code.ljust(LENGTH, "0")):
        return message, "公开文件里编码常在第 19 位后换行，请补上下一行的两位。"
    return message, "请对照公开文件逐位核对。"
