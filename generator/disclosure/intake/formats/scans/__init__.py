"""Scanned pages: their letters and ruled lines, recognised from the picture.

They come out as what a page of text has, so that tables and paragraphs are made of them by the
same program; each letter knows how certain it is and the picture it was seen in. RapidOCR with its
models is the extra "ocr"; nothing is fetched.

- picture: the page as a level grey picture
- ruling: lines of tables, and what is dark without them
- recogniser: the one place that knows RapidOCR
- letters: lines of text, cut at ruled lines, as letters with places
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2
from msgspec import Struct

from disclosure.intake.formats.pieces import Recognised
from disclosure.intake.formats.scans import letters, picture, ruling
from disclosure.intake.formats.scans.letters import Letter
from disclosure.intake.formats.scans.picture import Box, Picture
from disclosure.intake.formats.scans.recogniser import Recogniser, is_installed
from disclosure.model.whitespace import squeezed

__all__ = ["ScannedPage", "Scans", "is_installed", "recognised"]

#: A letter or a line as pdfplumber gives it.
Thing = dict[str, Any]


class ScannedPage(Struct, frozen=True):
    """What a page shows in its picture, in points.

    Attributes:
        size: How wide and how high it is.
        chars: Its letters.
        lines: Its ruled lines.
        unread: How many dark things on it could not be read.
    """

    size: tuple[float, float]
    chars: list[Thing]
    lines: list[Thing]
    unread: int


class Scans:
    """The pictures of a PDF's pages, read one by one."""

    def __init__(self, file: Path, say: Callable[[], None]) -> None:
        self._document = pypdfium2.PdfDocument(file)
        self._say = say
        # Each of its threads takes addresses; what is counted here is no work for several.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser(self._say)

    def read(self, number: int) -> ScannedPage:
        """What a page shows, by its number from 1."""
        page = self._document[number - 1]
        seen = picture.of_page(page)
        page.close()
        drawn = ruling.of_picture(seen)
        found, unread = letters.read(seen, drawn, self._recogniser)
        high, wide = seen.grey.shape
        return ScannedPage(
            (wide / seen.scale, high / seen.scale),
            [_char(letter, seen) for letter in found],
            [*_lines(drawn)],
            unread,
        )


def recognised(chars: Sequence[Thing], box: Box | None = None) -> tuple[Recognised, ...]:
    """How certain some letters in reading order are, with their picture; empty if none is scanned.

    Args:
        chars: The letters.
        box: What to cut out; around the letters if it is not given.
    """
    scanned = [char for char in chars if "seen_in" in char]
    if not scanned:
        return ()
    around = (
        min(char["x0"] for char in scanned), min(char["top"] for char in scanned),
        max(char["x1"] for char in scanned), max(char["bottom"] for char in scanned),
    )  # fmt: skip
    cut = scanned[0]["seen_in"].cut_out(box or around)
    certain = tuple(char.get("certain", 1.0) for char in chars)
    return (Recognised(squeezed("".join(char["text"] for char in chars)), certain, cut),)


def _char(letter: Letter, seen: Picture) -> Thing:
    x0, top, x1, bottom = letter.box
    return {"object_type": "char", "text": letter.text, "x0": x0, "top": top, "x1": x1,
            "bottom": bottom, "doctop": top, "size": letter.size, "upright": True,
            "matrix": (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), "width": x1 - x0,
            "certain": letter.certain, "seen_in": seen}  # fmt: skip


def _lines(drawn: ruling.Ruling) -> Iterator[Thing]:
    for x0, top, x1, bottom in (*drawn.level, *drawn.upright):
        yield {"object_type": "line", "x0": x0, "top": top, "x1": x1, "bottom": bottom,
               "doctop": top, "width": x1 - x0, "height": bottom - top}  # fmt: skip
