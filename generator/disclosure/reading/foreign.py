"""Files that are something else than their name says: told by how they begin.

Documents that were only renamed to .yml or .md, and the few lines that Git LFS leaves in place of a
file. Without this they are "no text" or "the colon is missing", which helps nobody.
"""

from __future__ import annotations

import re

from disclosure.model.diagnostics import Diagnostic, Span
from disclosure.reading import rules

_POINTER = b"version https://git-lfs.github.com/spec/"

#: How a kind of file begins, and what it is called. Text is looked at in small letters.
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%pdf-", " PDF 文件"),
    (b"pk\x03\x04", " Word、Excel（docx、xlsx）文件或压缩包"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版的 Word、Excel 文件（doc、xls）"),
    (b"{\\rtf", " RTF 文档（写字板、Word 的一种格式）"),
    (b"<!doctype html", "网页（HTML）"),
    (b"<html", "网页（HTML）"),
    (b"<table", "网页（HTML）"),
    (b"<?xml", " XML 文件"),
    (b"mime-version:", "网页存档（mht）"),
    (b"\x89png", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"gif8", "图片（GIF）"),
)
_MAX_BEGINNING = 100  # bytes at the beginning that are looked at
_HINT = (
    "改扩展名不会改变内容。要把公开文件转录成数据，请用原来的扩展名，运行 disclosure import；"
    "数据和网页请用“记事本”之类的纯文本编辑器写，存为 UTF-8。"
)
_MAX_LINES = 5  # lines that tell whether it is a table
_COLON = re.compile(r"[:：]")


def is_pointer(beginning: bytes) -> bool:
    """Whether a file that begins so is what Git LFS leaves in place of the file itself."""
    return beginning.startswith(_POINTER)


def pointer(data: bytes, path: str) -> Diagnostic:
    """The finding that only a pointer is there."""
    hint = (
        "请在仓库文件夹里运行 git lfs pull，取回真正的文件。"
        "数据、网页和图片不必用 LFS：在 .gitattributes 里去掉这一类文件，再提交真正的内容。"
    )
    message = "这里只有 Git LFS 的指针，没有文件本身。"
    return rules.LFS_POINTER.at(_first_line(data, path), message, hint)


def foreign(data: bytes, path: str) -> Diagnostic | None:
    """What a file is instead of text of ours; None when its beginning does not tell."""
    if is_pointer(data):
        return pointer(data, path)
    beginning = data[:_MAX_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    kind = next((kind for mark, kind in _KINDS if beginning.startswith(mark)), None)
    if kind is None:
        return None
    return rules.FOREIGN.at(_first_line(data, path), f"这是{kind}，不能当作纯文本读取。", _HINT)


def table(text: str, path: str) -> Diagnostic | None:
    """Lines of values between commas or tabs, as spreadsheets save them; None when it is not so."""
    if ":" in text[: text.find("\n") + 1]:
        return None  # as in nearly all files, without looking at more lines
    lines = [line for line in text.splitlines() if line.strip()][:_MAX_LINES]
    if len(lines) < 2 or any(map(_COLON.search, lines)):
        return None
    for sign in ("\t", ",", ";"):
        counts = {line.count(sign) for line in lines}
        if len(counts) == 1 and counts != {0}:
            message = "这是表格软件存成的文本（CSV），不是“栏目: 内容”的写法。"
            return rules.FOREIGN.at(_first_line(text.encode(), path), message, _HINT)
    return None


def _first_line(data: bytes, path: str) -> Span:
    """The first line of a text; of anything else the file as a whole."""
    line = data.removeprefix(b"\xef\xbb\xbf").splitlines()[0][:_MAX_BEGINNING]
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return Span(path)
    return Span(path, 1, 1, len(text), text) if text.isprintable() and text else Span(path)
