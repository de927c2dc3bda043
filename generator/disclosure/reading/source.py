"""A file's bytes as text, with the place of every character; what no text may contain."""

from __future__ import annotations

import os
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from disclosure.model.diagnostics import Diagnostic, Span
from disclosure.reading import rules
from disclosure.reading.foreign import foreign

MAX_BYTES = 1_000_000

#: Stands in for refused characters while the rest of the file is read; as wide as they are.
STAND_IN = "\ufffd"

_BREAK = re.compile(r"\r\n|\r|\n")

# Control (but for tab and line breaks), format, line and paragraph separators, U+FFFD and
# noncharacters. Written out because asking unicodedata for each of 1.1 million characters
# takes longer than building the site; a test compares the two.
_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffd-\uffff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]+"
)

_NAMES = {
    "\t": "制表符（Tab）",
    "\xad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字符",
    "\u200d": "零宽连字符",
    "\u2028": "行分隔符",
    "\u2029": "段落分隔符",
    "\ufeff": "零宽不换行空格（BOM）",
    "\ufffd": "乱码替换符",
}
_DIRECTIONS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_SAVE_AS_UTF8 = (
    "用“记事本”打开文件，点“文件→另存为”，把“编码”选为“UTF-8”后保存；"
    "用 WPS 或 Word 时，另存为纯文本并选择编码“Unicode（UTF-8）”。"
)


class SourceText(Struct, frozen=True, dict=True):
    """A file as text.

    Attributes:
        path: As findings name the file.
        text: All of it, without a leading byte order mark.
    """

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their breaks."""
        return _BREAK.split(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def line_of(self, index: int) -> int:
        """The 0-based line that holds the character at `index`."""
        return bisect_right(self._starts, index) - 1

    def start_of(self, line: int) -> int:
        """The index of the first character of a 0-based line."""
        return self._starts[line]

    def end_of(self, line: int) -> int:
        """The index after the last character of a 0-based line, before its break."""
        return self._starts[line] + len(self.lines[line])

    def span(self, start: int, end: int) -> Span:
        """The place from `start` up to but without `end`, as far as it lies on one line."""
        line = self.line_of(start)
        excerpt = self.lines[line]
        column = min(start - self._starts[line], len(excerpt))
        length = max(1, min(end - start, len(excerpt) - column))
        return Span(self.path, line + 1, column + 1, length, excerpt)


def load(file: Path | str, path: str) -> SourceText | Diagnostic:
    """The text of a file that findings name `path`, or why it cannot be had."""
    whole = Span(path)
    try:
        data = content(file)
    except OSError:
        hint = "请确认文件没有被移走、没有被其他程序锁定，并且有读取它的权限。"
        return rules.UNREADABLE.at(whole, "无法读取这个文件。", hint)
    if len(data) > MAX_BYTES:
        hint = "数据文件只放文字，一般只有几 KB。请检查是否误放了别的文件，或把内容拆开。"
        return rules.TOO_LARGE.at(whole, "文件超过 1 MB，没有读取。", hint)
    return decode(data, path)


def content(file: Path | str) -> bytes:
    """The bytes of a file; of one that is too large only so many that this can be seen.

    Raises:
        OSError: It cannot be read.
    """
    with open(file, "rb") as stream:  # noqa: PTH123 - most are opened by their names
        # Room for the largest file, made for each of thousands, takes longer than reading them.
        size = os.fstat(stream.fileno()).st_size
        return stream.read(min(size, MAX_BYTES) + 1)


def decode(data: bytes, path: str) -> SourceText | Diagnostic:
    """The text of UTF-8 bytes, or a finding that tells what they are instead."""
    if something_else := foreign(data, path):
        return something_else
    if _is_utf16(data):
        message = "文件的编码是 UTF-16（有的软件称为“Unicode”），不是 UTF-8。"
        return rules.NOT_UTF8.at(Span(path), message, _SAVE_AS_UTF8)
    try:
        return SourceText(path, data.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, path)


def _is_utf16(data: bytes) -> bool:
    """By its mark, or because every other byte of the start is zero."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return len(data) >= 4 and (not any(data[:40:2]) or not any(data[1:40:2]))


def _not_utf8(data: bytes, offset: int, path: str) -> Diagnostic:
    if b"\0" in data:
        hint = "请用“记事本”之类的纯文本编辑器新建文件，不要把 Word、Excel 等文件改名为 .yml。"
        return rules.NOT_UTF8.at(Span(path), "这不是文本文件。", hint)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        message = "文件的编码不是 UTF-8，从这里起无法识别。"
        text = data.decode("utf-8", errors="replace")
    else:
        message = "文件的编码像是 GBK（ANSI），不是 UTF-8。"
    # The undecoded part begins at `offset`; what precedes it on its line gives the column.
    line = len(_BREAK.split(data[:offset].decode("utf-8", errors="replace"))) - 1
    excerpt = _BREAK.split(text)[line]
    before = re.split(rb"\r\n|\r|\n", data[:offset])[-1]
    column = min(len(before.decode("gb18030", errors="replace")), len(excerpt))
    return rules.NOT_UTF8.at(Span(path, line + 1, column + 1, 1, excerpt), message, _SAVE_AS_UTF8)


def hidden_characters(source: SourceText) -> Iterator[Diagnostic]:
    """Each run of characters that a reader cannot see, or that turn the text around."""
    if _is_plain(source.text):
        return
    for run in _HIDDEN.finditer(source.text):
        yield hidden(source, run.start(), run.end(), run.group()[0])


def hidden(source: SourceText, start: int, end: int, char: str) -> Diagnostic:
    """The finding that `char` stands (or is written as an escape) from `start` to `end`."""
    message = f"这里有{describe(char)}（U+{ord(char):04X}）。"
    if char == "\ufffd":
        hint = "这里的字在转换编码时已经损坏，请对照原文重新填写。"
    elif source.text[start] == "\\":
        hint = "请删去箭头所指的写法。"
    elif char == "\t":
        hint = "它多半是从 Excel 里复制来的。请把它换成空格，或删去。"
    else:
        hint = "它多半是从网页或 Word 里复制来的。请删去箭头所指的字符，或重新输入这几个字。"
    return rules.HIDDEN_CHARACTER.at(source.span(start, end), message, hint)


def without_hidden(text: str) -> str:
    """The same text with a stand-in for each refused character, so that places stay right."""
    return text if _is_plain(text) else _HIDDEN.sub(lambda run: STAND_IN * len(run.group()), text)


def _is_plain(text: str) -> bool:
    """Whether there is certainly nothing to refuse, which is so in nearly all files."""
    return text.replace("\n", "").isprintable() and STAND_IN not in text


def is_hidden(char: str) -> bool:
    """Whether no text may contain `char`."""
    return _HIDDEN.match(char) is not None


def describe(char: str) -> str:
    """What a refused character is, in Chinese."""
    if char in _NAMES:
        return _NAMES[char]
    if char in _DIRECTIONS:
        return "改变文字方向的控制符"
    return "控制字符" if unicodedata.category(char) == "Cc" else "看不见的字符"
