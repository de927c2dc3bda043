"""Why a document cannot be imported. A code never changes its meaning.

The title names the defect; each finding's hint says what to do. Nothing is written then.
"""

from __future__ import annotations

from pathlib import Path

from disclosure.model.diagnostics import Diagnostic, Rule, Severity, Span, rules_in

_ERROR = Severity.ERROR

KIND = Rule("D101", _ERROR, "不能导入的文件种类")
NOT_WHAT_IT_SAYS = Rule("D102", _ERROR, "文件内容与扩展名不符")
ENCRYPTED = Rule("D103", _ERROR, "文件有密码")
DAMAGED = Rule("D104", _ERROR, "文件损坏或不完整")
TOO_LARGE = Rule("D105", _ERROR, "文件过大")
BOMB = Rule("D106", _ERROR, "压缩内容异常")
MACROS = Rule("D107", _ERROR, "文件里有宏")
EXTERNAL = Rule("D108", _ERROR, "文件引用了外部内容")
ENTITIES = Rule("D109", _ERROR, "文件里有 XML 文档类型声明")
NO_TEXT = Rule("D110", _ERROR, "没有文字，可能是扫描件")
TOO_LONG = Rule("D111", _ERROR, "读取用时或占用内存过多")
NOT_CALCULATED = Rule("D112", _ERROR, "公式没有计算结果")
NO_FORM = Rule("D113", _ERROR, "没有找到绩效目标")
TWICE = Rule("D114", _ERROR, "同一内容出现两次而不相同")
NOT_NAMED = Rule("D115", _ERROR, "不能确定是哪个部门的文件")
SAME_DEPARTMENT = Rule("D116", _ERROR, "部门与别的部门同名或同标识")

RULES = rules_in(globals())


class UnreadableError(Exception):
    """A document that cannot be read, within this package; outside it is a `Diagnostic`."""

    def __init__(self, rule: Rule, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint = rule, message, hint

    def about(self, file: Path) -> Diagnostic:
        """The finding about a file."""
        return self.rule.at(Span(file.as_posix()), self.message, self.hint)


def damaged() -> UnreadableError:
    """A file that its format's library cannot make sense of."""
    return UnreadableError(
        DAMAGED,
        "文件损坏或不完整，无法读取。",
        "请用原来的软件打开它，另存一份再导入；打不开的，请重新取得原文件。",
    )


def encrypted() -> UnreadableError:
    """A file that nobody can open without its password."""
    return UnreadableError(
        ENCRYPTED,
        "文件设有打开密码，没有读取。",
        "请用 Word 或 Excel 打开它，取消密码并另存，再导入。",
    )


def too_long() -> UnreadableError:
    """A file that takes more time or memory than any document needs."""
    return UnreadableError(
        TOO_LONG,
        "读取这个文件用时或占用内存过多，已经停止。",
        "请用原来的软件打开它，打印成 PDF 或另存一份，再导入；仍然不行的，请把文件拆开。",
    )


def macros() -> UnreadableError:
    """A file that brings a program of its own."""
    return UnreadableError(
        MACROS,
        "文件里有宏，没有读取。",
        "请用 Word 或 Excel 打开它，另存为不含宏的 .docx 或 .xlsx，再导入。",
    )
