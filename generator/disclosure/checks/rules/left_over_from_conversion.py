"""文字里有转换留下的残余

检查什么：各项文字（包括公开注释）里是否有转换文件时留下、人看不懂的东西：PDF 里没有对照的字形
“(cid:12)”，只有原字体才认识的符号（私用区字符，如 U+F0B3），表格软件的转义“_x000D_”、错误值
“#DIV/0!”“#REF!”“#NAME?”“#N/A”“#VALUE!”和列宽不够时的“####”，Word 的“错误!未找到引用源。”，网页的
“&nbsp;”，编码弄错时的“锟斤拷”。乱码替换符（U+FFFD）和看不见的字符由 R108 检查。

为什么：原文在这里是别的字。多半是一个符号、一个数，或者整整一句话，公开以后谁也看不出来。

例子：描述“(cid:12)(cid:7)清淤的长度”；指标值“#DIV/0!”。

怎么改：对照公开文件的原件或图片，填上原来的字。公开文件上印的就是这样的，请按原文保留，并在 notes
里写 rule: C409 和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.advice import or_accept
from disclosure.checks.texts import TextSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C409", Severity.ERROR, "文字里有转换留下的残余")

_PRIVATE = "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
#: What a conversion leaves, and what it is.
_KINDS = (
    (re.compile(rf"{_PRIVATE}+"), "只有原字体才认识的符号"),
    (re.compile(r"(?:\(cid:[0-9]+\))+"), "PDF 里没有对照的字形"),
    (re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+"), "表格软件的转义"),
    (
        re.compile(r"#(?:DIV/0!|REF!|NAME\?|N/A|VALUE!|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE),
        "表格软件的错误值",
    ),
    (re.compile(r"(?<!#)#{4,}(?!#)"), "表格的列宽不够时显示的符号"),
    (
        re.compile(
            r"错误[!！]\s*(?:未找到引用源|未定义书签|未找到目录项|未指定|链接无效|超级?链接引用无效"
            r"|文档中没有指定样式的文字|不能)[^，；”\n]*|Error!\s(?:Reference|Bookmark|Hyperlink)[^,;\n]*"
        ),
        "文字处理软件的出错提示",
    ),
    (re.compile(r"&(?:nbsp|lt|gt|amp|quot|ensp|emsp|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});"),
     "网页的转义"),
    (re.compile(r"(?:锟斤拷)+锟?"), "编码弄错以后的乱码"),
)  # fmt: skip


#: What any of these begins with: few files have it.
_SUSPICIOUS = re.compile(rf"{_PRIVATE}|\(cid:|_x|#|&|锟|错误[!！]|Error!")


def check(subject: TextSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for what no person writes in every text of the file."""
    if not _SUSPICIOUS.search(subject.whole):
        return
    for field, text in subject.texts:
        for pattern, what in _KINDS:
            for found in dict.fromkeys(match[0] for match in pattern.finditer(text)):
                yield Remark(
                    RULE,
                    subject.path,
                    field,
                    f"这里有{what}“{_named(found)}”，原文不会是这样。",
                    f"请对照公开文件的原件或图片，填上原来的字；{or_accept(RULE)}",
                )


def _named(found: str) -> str:
    """What was found; of characters that no screen shows their numbers."""
    if found.isascii() or not re.match(_PRIVATE, found):
        return found
    return " ".join(f"U+{ord(char):04X}" for char in found)
