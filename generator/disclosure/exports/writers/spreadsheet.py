"""What a spreadsheet must not take for a formula, and how a cell of a CSV file is kept from it.

The rule, which can be undone without loss: a cell of text gets one `'` in front when it begins
with `=`, `+`, `-`, `@`, a tab or a line break, with a full-width `＝＋－＠`, or with `'` itself; a
text that is nothing but a number stays as it is. A program that reads a cell beginning with `'`
removes that one sign and has the text. Cells of the other types are never touched: a negative
amount is a number.
"""

from __future__ import annotations

import re

#: The rule as it is published.
RULE = (
    "CSV 文件里的文字如果以 = + - @ ＝ ＋ － ＠、制表符、换行或单引号开头，前面加一个英文单引号，"
    "免得电子表格当作公式；读取时去掉开头的这一个单引号就是原文。纯数字不加。"
)

_FORMULA = frozenset("=+-@＝＋－＠\t\r\n'")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def harmless(cell: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell[:1] in _FORMULA and not _NUMBER.fullmatch(cell) else cell


def original(cell: str) -> str:
    """The text that `harmless` was given."""
    return cell.removeprefix("'")
