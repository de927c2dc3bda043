"""What stands in a document beside its text: comments are read, pictures are named.

Words may stand in a picture, a chart or an embedded file; this program cannot read them, so a
person must look.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from pdfplumber.page import Page

from disclosure.intake.formats.pdf.glyphs import Char

_LARGE = 0.05  # of a page: a smaller picture is a logo or a seal
_KINDS = {"media": "图片", "charts": "图表", "diagrams": "图形（SmartArt）",
          "embeddings": "嵌入的文件"}  # fmt: skip


def pictures(page: Page, chars: Sequence[Char]) -> list[Char]:
    """The pictures on a page of a PDF without text over them, as a scan without OCR is.

    On a page without any text even a small one counts.
    """
    least = float(page.width) * float(page.height) * _LARGE if chars else 0
    return [
        picture
        for picture in page.images
        if picture["width"] * picture["height"] > least
        and not any(is_over(char, picture) for char in chars)
    ]


def is_over(char: Char, picture: Char) -> bool:
    """Whether the middle of a glyph lies on a picture."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(picture["x0"] <= x <= picture["x1"] and picture["top"] <= y <= picture["bottom"])


def in_package(file: Path) -> tuple[str, ...]:
    """What a Word document or workbook holds that is no text, in Chinese."""
    with zipfile.ZipFile(file) as package:
        folders = [name.split("/")[1] for name in package.namelist() if _is_part(name)]
    return tuple(
        f"文件里有{what} {folders.count(folder)} 个，其中的文字没有读取，请对照原文核对。"
        for folder, what in _KINDS.items()
        if folder in folders
    )


def _is_part(name: str) -> bool:
    """Whether a part of a package is a thing and not what belongs to one: data, colours, links."""
    parts = name.split("/")
    own = parts[-1].startswith(("colors", "style", "layout", "quickStyle", "drawing"))
    return len(parts) == 3 and not name.endswith(".rels") and not own
