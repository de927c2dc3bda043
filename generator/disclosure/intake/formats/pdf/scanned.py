"""Pages that are pictures: read by the extra "ocr" where it is installed, else named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pdfplumber.page import Page

from disclosure.intake.formats import embedded, scans
from disclosure.intake.formats.page_ranges import page_ranges
from disclosure.intake.formats.pdf.glyphs import Char
from disclosure.intake.formats.pieces import ReaderRemark, Say

_INSTALL = (
    "本程序也能识别扫描件，但要在安装它的环境里加装“文字识别”组件（模型在安装包里，识别时不联网）："
    "python -m pip install rapidocr onnxruntime。不联网的服务器，"
    "先在系统和 Python 版本相同的联网电脑上运行 "
    "python -m pip download --dest ocr rapidocr onnxruntime，把 ocr 文件夹复制过来，再运行 "
    "python -m pip install --no-index --find-links ocr rapidocr onnxruntime。"
)
_NOT_READ = "第 {} 页有图片，其中的文字没有读取，要用 OCR 识别。"
_READ = "第 {} 页的文字是从图片上由机器识别的，可能有错，请对照校对页逐处校对。"
_LEFT = "第 {} 页的图片里有 {} 处没有认出（可能是印章、签名或污迹），请对照原件。"


class _ScannedPage(Page):
    """A page with what was recognised on it."""

    def __init__(
        self, page: Page, size: tuple[float, float], things: dict[str, list[Char]]
    ) -> None:
        super().__init__(page.pdf, page.page_obj, page.page_number, page.initial_doctop)
        self.bbox = (0, 0, *size) if not page.chars else page.bbox
        self._things = things

    @property
    def objects(self) -> dict[str, list[Any]]:
        """What stands on it, by kind."""
        return self._things


class Scanned:
    """Reads the pictures of a document where the program that can is installed."""

    def __init__(self, file: Path, say: Say) -> None:
        self._say = say
        self._number = 0
        self._scans = scans.Scans(file, self._goes_on) if scans.is_installed() else None
        self._pages: list[int] = []
        self._unread: list[int] = []

    def read(
        self, page: Page, chars: list[Char], remarks: list[ReaderRemark], shown: Sequence[Char]
    ) -> tuple[Page, list[Char]]:
        """A page with what its pictures say.

        Args:
            page: The page.
            chars: The glyphs on it.
            remarks: Told what of a picture was not read.
            shown: The glyphs that make a picture known: those of running heads do not.
        """
        pictures = embedded.pictures(page, shown)
        if not pictures:
            return page, chars
        number = page.page_number
        if self._scans is None:
            self._unread.append(number)
            return page, chars
        self._number = number
        found = self._scans.read(number)
        kept = [one for one in (*found.chars, *found.lines) if not chars or _is_on(one, pictures)]
        letters = [one for one in kept if one["object_type"] == "char"]
        if letters:
            self._pages.append(number)
        if found.unread:
            remarks.append(_LEFT.format(number, found.unread))
        things = {kind: [*page.objects.get(kind, ())] for kind in ("char", "line", "rect", "curve")}
        things["char"] += letters
        things["line"] += [one for one in kept if one["object_type"] == "line"]
        return _ScannedPage(page, found.size, things), [*chars, *letters]

    def _goes_on(self) -> None:
        self._say(f"正在识别第 {self._number} 页的文字")

    @property
    def advice(self) -> str:
        """How to install what reads pictures, where it is missing."""
        return "" if self._scans else _INSTALL

    def remarks(self) -> tuple[str, ...]:
        """Which pages are to be proofread, and of which nobody read the pictures."""
        said = ((_READ, self._pages), (_NOT_READ, self._unread))
        return tuple(text.format("、".join(page_ranges(pages))) for text, pages in said if pages)


def _is_on(thing: Char, pictures: Sequence[Char]) -> bool:
    return any(embedded.is_over(thing, picture) for picture in pictures)
