"""What of a PDF has no place in the data and is only listed: overlays, what is hidden or unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from disclosure.intake.formats import labels
from disclosure.intake.formats.pdf import shown
from disclosure.intake.formats.pdf.page_text import PageText
from disclosure.intake.formats.pieces import PageRemark, Piece, TextPiece

#: Characters of a bit of a line that says something.
_MIN_BIT = 4


class PageNotes:
    """Collects it page by page."""

    def __init__(self) -> None:
        self._laid: dict[str, list[int]] = {}
        self._missing: list[TextPiece] = []
        self._hidden: list[tuple[int, str, list[str]]] = []

    def add(self, found: PageText) -> None:
        """Note what stands on one more page."""
        number = found.page.page_number
        for text in found.overlays:
            pages = self._laid.setdefault(text, [])
            if number not in pages:
                pages.append(number)
        self._missing += (
            TextPiece(text, f"第{number}页，只有另一种程序读到", number, out_of_flow=True)
            for text in found.missing
        )
        self._hidden += ((number, why, runs) for why, runs in found.hidden.items())

    def texts(self) -> Iterator[TextPiece]:
        """All of it."""
        yield from self._missing
        for text, pages in self._laid.items():
            more = f"等{len(pages)}页" if len(pages) > 1 else ""
            yield TextPiece(text, f"第{pages[0]}页{more}的水印或印章", pages[0], out_of_flow=True)

    def hidden(self, pieces: Iterable[Piece]) -> Iterator[PageRemark]:
        """What the document holds and does not show, as remarks.

        A row that a page cuts is often there on both pages, and each is clipped to its part: what
        the next page shows is not hidden. Nor is a title that was painted over and set once more.
        """
        by_page: dict[int, list[str]] = {}
        for piece in pieces:
            texts = [piece] if isinstance(piece, TextPiece) else [cell.text for cell in piece.cells]
            for text in texts:
                by_page.setdefault(text.page, []).append(text.bare)
        for number, why, runs in self._hidden:
            left = runs
            if why == shown.COVERED:
                left = [run for run in runs if not _says_nothing(run, by_page.get(number, ()))]
            if why in {shown.CLIPPED, shown.OUTSIDE}:
                neighbours = [*by_page.get(number - 1, ()), *by_page.get(number + 1, ())]
                left = [run for run in left if not _is_shown(run, neighbours)]
            if left:
                yield PageRemark(
                    number,
                    f"第 {number} 页有文件上不显示的文字（{why}），没有导入：“{'；'.join(left)}”。"
                    "请对照原件，确认是否应当公开。",
                )


def _is_shown(run: str, texts: Sequence[str]) -> bool:
    """Whether some texts say a line, which may go across several cells: all of it, bit by bit."""
    while run:
        bit = min(_MIN_BIT, len(run))
        if not any(run[:bit] in text for text in texts):
            return False
        while bit < len(run) and any(run[: bit + 1] in text for text in texts):
            bit += 1
        run = run[bit:]
    return True


def _says_nothing(run: str, shown_texts: Iterable[str]) -> bool:
    """Whether a hidden text is a title or text that the page shows as well, or a year by itself."""
    return run in shown_texts or bool(labels.YEAR_LINE.fullmatch(run))
