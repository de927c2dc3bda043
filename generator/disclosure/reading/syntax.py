"""What libyaml could not read, in words a clerk understands.

libyaml often notices a mistake lines after it was made (`name：x` is found at the next
line's colon). So the lines around its complaint are looked at for the usual slips first,
and only then is the complaint itself translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct

from disclosure.model.diagnostics import Diagnostic, Rule
from disclosure.reading import rules
from disclosure.reading.quoting import quote
from disclosure.reading.source import STAND_IN, SourceText

_MAX_LINES_BACK = 50

_ITEM = r"^ *(?:- +)*"
_PROPER = re.compile(_ITEM + r"[^\s:：#][^:]*:(?= |$)")
_TAB = re.compile(r"^ *(\t+)[ \t]*[^\s#]")
_FULL_WIDTH_SPACE = re.compile(r"^ *([\u3000\xa0]+)")
# After a dash only the format's own names count: `- 目标：完成` is good text.
_NAME = r"(?:" + _ITEM + r"[A-Za-z_0-9]+|^ *[^\s:：，。；#\"'\[{-][^:：，。；\[{]{0,30})"
_FULL_WIDTH_COLON = re.compile(_NAME + r"(：)")
_NO_SPACE = re.compile(r"(?! *[-0-9 ]+:)" + _NAME + r"(:)(?![ \t:/]|$)")
_NO_KEY = re.compile(_ITEM + r"(:)(?= |$)")
_COLON_IN_TEXT = re.compile(r"：|:(?! |$)")
_SPECIAL = "%@`&*!>|-?,"
_QUOTED_FIELD = '如 target: "≥8次"；内容里的引号请用中文引号“”。'


class Mistake(Struct, frozen=True):
    """A mistake in the writing.

    Attributes:
        repaired: The text, equally long, in which it no longer stops the reading; None when
            nothing sensible can be read after it.
    """

    finding: Diagnostic
    repaired: str | None = None


class _Complaint(Struct, frozen=True):
    """What libyaml said, and where in `text`."""

    source: SourceText
    text: str
    problem: str
    context: str
    at: int
    since: int

    @property
    def char(self) -> str:
        """The character where the trouble began."""
        return self.text[self.since : self.since + 1]

    def mistake(
        self, rule: Rule, start: int, end: int, message: str, hint: str, *, instead: str = ""
    ) -> Mistake:
        """A mistake from `start` to `end`; `instead` takes its place for further reading."""
        finding = rule.at(self.source.span(start, end), message, hint)
        if not instead:
            return Mistake(finding)
        text = self.text[:start] + instead + self.text[start + len(instead) :]
        return Mistake(finding, text)


def explain(source: SourceText, text: str, error: yaml.MarkedYAMLError) -> Mistake:
    """What the user got wrong. `text` is what libyaml was given: the source's text, repaired."""
    end = len(text.rstrip())
    at = min(error.problem_mark.index if error.problem_mark else 0, end)
    since = min(error.context_mark.index, end) if error.context_mark else at
    complaint = _Complaint(source, text, error.problem or "", error.context or "", at, since)
    return (
        _unquoted(complaint)
        or _quotes(complaint)
        or _brackets(complaint)
        or _colon_in_value(complaint)
        or _slip_in_lines(complaint)
        or _indentation(complaint)
        or _no_colon(complaint)
        or complaint.mistake(
            rules.SYNTAX, at, at + 1, "从这里起看不懂。", "请检查这一行和上一行的缩进、冒号和引号。"
        )
    )


def colons(source: SourceText, start: int, end: int) -> Iterator[Diagnostic]:
    """What keeps text from `start` to `end` from being fields: a wrong colon on each line."""
    for line in range(source.line_of(start), source.line_of(max(start, end - 1)) + 1):
        begin = max(start, source.start_of(line))
        if found := _COLON_IN_TEXT.search(source.text, begin, min(end, source.end_of(line))):
            full = found.group() == "："
            rule = rules.FULL_WIDTH_COLON if full else rules.NO_COLON
            message = "这里用了全角冒号“：”。" if full else "冒号后面缺少半角空格。"
            hint = "请写成半角冒号加一个空格，如 name: 项目名称。"
            yield rule.at(source.span(found.start(), found.end()), message, hint)


def _lines_back(complaint: _Complaint) -> Iterator[tuple[int, str]]:
    """Where libyaml stopped, then the lines before that may have run into it, with their start."""
    last = complaint.source.line_of(complaint.at)
    for line in range(last, max(-1, last - _MAX_LINES_BACK), -1):
        start = complaint.source.start_of(line)
        content = complaint.text[start : complaint.source.end_of(line)]
        yield start, content
        if line < last and _PROPER.match(content):
            return


def _slip_in_lines(complaint: _Complaint) -> Mistake | None:
    for start, line in _lines_back(complaint):
        if found := _TAB.match(line):
            return complaint.mistake(
                rules.TAB, start + found.start(1), start + found.end(1),
                "这一行用制表符（Tab）缩进。", "请把 Tab 换成空格，每一级缩进两个空格。",
            )  # fmt: skip
        if found := _FULL_WIDTH_SPACE.match(line):
            return complaint.mistake(
                rules.FULL_WIDTH_SPACE, start + found.start(1), start + found.end(1),
                "这一行用全角空格缩进。", "请把全角空格换成半角空格，并与同级的栏目对齐。",
            )  # fmt: skip
        if found := _NO_KEY.match(line):
            at = start + found.start(1)
            hint = "请在冒号前面写上栏目名称，如 name: 项目名称。"
            return complaint.mistake(rules.NO_KEY, at, at + 1, "冒号前面没有栏目名称。", hint)
        if found := _FULL_WIDTH_COLON.match(line):
            at = start + found.start(1)
            instead = ": " if found.end(1) < len(line) else ":"
            hint = "请改成半角冒号，并在后面加一个空格，如 name: 项目名称。"
            return complaint.mistake(
                rules.FULL_WIDTH_COLON, at, at + 1, "这里用了全角冒号“：”。", hint, instead=instead
            )
        if found := _NO_SPACE.match(line):
            at = start + found.start(1)
            return complaint.mistake(
                rules.NO_COLON, at, at + 1, "冒号后面缺少半角空格。",
                "请在冒号后加一个空格，如 name: 项目名称。", instead=": ",
            )  # fmt: skip
    return None


def _unquoted(complaint: _Complaint) -> Mistake | None:
    """`unit: %`, `target: >=8`, `target: **元`: a value that begins with a sign of YAML's own."""
    at = complaint.since
    starts = (
        complaint.problem.startswith(
            ("found character that cannot", "block sequence", "mapping keys")
        )
        or re.match(r"while scanning (a block scalar|an alias|an anchor|a tag)", complaint.context)
    )  # fmt: skip
    if not starts or not complaint.char or complaint.char not in _SPECIAL:
        return None
    line = complaint.source.line_of(at)
    column = at - complaint.source.start_of(line)
    before, value = complaint.source.lines[line][:column], complaint.source.lines[line][column:]
    if "{" in before or "[" in before:
        value = re.split(r"[,}\]]", value)[0]
    message = f"内容以“{complaint.char}”开头，要加英文引号。"
    hint = "如果是列表，请另起一行写“- 内容”；如果是文字，" if value.startswith("- ") else ""
    hint += "请给整个内容加英文引号"
    if not re.search(r"[\"\\{}\[\],#]", value):
        hint += f'，写成 "{value.strip()}"' if len(value) <= 30 else ""
    return complaint.mistake(
        rules.UNQUOTED, at, at + len(value.rstrip()), message, hint + "。", instead=STAND_IN
    )


def _quotes(complaint: _Complaint) -> Mistake | None:
    if complaint.context.startswith("while parsing a quoted scalar"):
        message = "双引号里的反斜杠“\\”有特殊含义，这里的写法不认识。"
        hint = "请把双引号换成英文单引号，如 'C:\\文件'，或删去反斜杠。"
        return complaint.mistake(rules.QUOTES, complaint.at, complaint.at + 1, message, hint)
    if complaint.context.startswith("while scanning a quoted scalar"):
        hint = f"请在内容末尾补上同样的英文引号，{_QUOTED_FIELD}"
        return complaint.mistake(
            rules.QUOTES, complaint.since, complaint.since + 1, "引号没有成对。", hint
        )
    before = complaint.text[: complaint.at].rstrip(" ")
    if complaint.problem.startswith("did not find expected") and before.endswith(('"', "'")):
        hint = f"请用一对英文引号括住整个内容，{_QUOTED_FIELD}"
        return complaint.mistake(
            rules.QUOTES,
            complaint.at,
            complaint.at + 1,
            "引号没有成对，或者引号后面还有别的内容。",
            hint,
        )
    return None


def _brackets(complaint: _Complaint) -> Mistake | None:
    if complaint.context.startswith("while parsing a flow"):
        comma = complaint.text.find("，", complaint.since, complaint.at)
        if comma >= 0:
            hint = "请改成半角逗号，如 {total: 150.00, fiscal: 150.00}。"
            return complaint.mistake(
                rules.BRACKETS, comma, comma + 1, "括号里用了全角逗号“，”。", hint, instead=","
            )
        begin = max(complaint.text.rfind(sign, 0, complaint.since + 1) for sign in "[{")
        sign = "}" if complaint.text[begin] == "{" else "]"
        message = f"“{complaint.text[begin]}”没有配对的“{sign}”，或者括号里缺少逗号。"
        hint = f"请补上“{sign}”，各项之间用半角逗号隔开，如 {{total: 150.00, other: ~}}；"
        hint += "如果括号是内容，请给整个内容加英文引号。"
        return complaint.mistake(rules.BRACKETS, begin, begin + 1, message, hint)
    if complaint.text[complaint.at : complaint.at + 1] in {"}", "]"}:
        message = f"多了一个“{complaint.text[complaint.at]}”。"
        hint = "请删去它，或补上与它配对的括号；如果它是内容，请给整个内容加英文引号。"
        return complaint.mistake(rules.BRACKETS, complaint.at, complaint.at + 1, message, hint)
    before = complaint.text[: complaint.at].rstrip(" ")
    if complaint.problem.startswith("did not find expected key") and before.endswith(("}", "]")):
        hint = "请删去多余的内容；如果括号也是内容，请给整个内容加英文引号。"
        return complaint.mistake(
            rules.BRACKETS, complaint.at, complaint.at + 1, "括号后面还有别的内容。", hint
        )
    return None


def _colon_in_value(complaint: _Complaint) -> Mistake | None:
    """`a: b: c` on one line."""
    line = complaint.source.line_of(complaint.at)
    start = complaint.source.start_of(line)
    if not complaint.problem.startswith("mapping values") or not _PROPER.match(
        complaint.text[start : complaint.at]
    ):
        return None
    hint = "请给整个内容加英文引号，或把里面的冒号改成全角“：”；如果是两个栏目，请分成两行。"
    return complaint.mistake(
        rules.COLON_IN_VALUE, complaint.at, complaint.at + 1, "内容里又出现了“冒号加空格”。", hint,
        instead="：",
    )  # fmt: skip


def _indentation(complaint: _Complaint) -> Mistake | None:
    line = complaint.source.line_of(complaint.at)
    start = complaint.source.start_of(line)
    content = complaint.source.lines[line]
    indent = len(content) - len(content.lstrip(" "))
    above = next((x for x in reversed(complaint.source.lines[:line]) if x.strip()), "")
    deeper = indent > len(above) - len(above.lstrip(" ")) and _PROPER.match(above)
    if (
        complaint.problem.startswith("mapping values")
        and deeper
        and not above.rstrip().endswith(":")
    ):
        message = "这一行比上一行多缩进了，但上一行已经写了内容。"
    elif complaint.problem.startswith("did not find expected"):
        message = "这一行的缩进与同级的栏目不一致，或者少写了开头的“- ”。"
    else:
        return None
    end = start + max(indent, 1)
    return complaint.mistake(
        rules.SYNTAX, start, end, message, "请让同级的栏目左边对齐，下一级多缩进两个空格。"
    )


def _no_colon(complaint: _Complaint) -> Mistake | None:
    """A line that says something, but not what it is."""
    for start, line in _lines_back(complaint):
        if line.strip() and not _PROPER.match(line) and not line.lstrip().startswith("#"):
            begin = start + len(line) - len(line.lstrip(" "))
            message = f"{quote(line.strip())}这一行缺少冒号。"
            hint = "请写成“栏目: 内容”；如果它是列表中的一项，请在前面加“- ”；"
            hint += "如果它是上一行文字的延续，请接到上一行后面。"
            return complaint.mistake(rules.NO_COLON, begin, start + len(line), message, hint)
    return None
