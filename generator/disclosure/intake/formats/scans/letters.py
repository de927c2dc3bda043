"""The letters of a scanned page, each with its place and how certain it is.

The recogniser finds lines of text; they are cut where a ruled line crosses them, and what it did
not find but is dark is read as well, so that a lone figure in a cell is not lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from disclosure.intake.formats import lookalikes
from disclosure.intake.formats.joining import is_wide
from disclosure.intake.formats.pieces import clean
from disclosure.intake.formats.scans.picture import Box, Grey, Picture
from disclosure.intake.formats.scans.recogniser import RecognisedText, Recogniser
from disclosure.intake.formats.scans.ruling import Ruling

_INSIDE = 2.0  # points: a ruled line that is nearer to the end of a text does not cross it
_SPECK = 3.0  # points: what is smaller in both directions is dirt
_WORD = 5.0  # points: dark dots that are nearer belong to one text
_TALL = 1.8  # times its width: letters that stand below one another
_USUAL = (0.55, 1.4)  # times the usual size: the same size, of figures or with brackets
_SIGN = 0.4  # of the usual size: a dark thing that is smaller may be dirt
_DOUBTFUL = 0.6  # below it, what only its dark dots tell is no text
_ROOM = 0.25  # of its height: paper that the recogniser wants around a text
_SAME = 0.6  # of a text's area: what covers more of it is the same text
_LINE = 3  # dots from the middle of a ruled line to its edge
_MAX_SIZE = 60.0  # points; a larger dark thing is a picture


class Letter(Struct, frozen=True):
    """A character of a scanned page: what it is, where, its size in points, how certain."""

    text: str
    box: Box
    size: float
    certain: float


def read(picture: Picture, ruling: Ruling, recogniser: Recogniser) -> tuple[list[Letter], int]:
    """The letters of a page, and how many dark things on it could not be read."""
    lines = _distinct(_lines(picture, ruling, recogniser.found(picture.grey)))
    dots = _Dots(ruling.ink.copy(), picture.scale)
    dots.forget(lines)
    lines, rest = _completed(lines, [*dots.texts()])
    usual = median([box[3] - box[1] for box in lines] or [0])
    texts = recogniser.read([_part(ruling, box, usual, picture.scale) for box in (*lines, *rest)])
    every = list(zip((*lines, *rest), texts, strict=True))
    every[len(lines) :] = [
        (box, one if _is_text(box, one, usual) else RecognisedText("", ()))
        for box, one in every[len(lines) :]
    ]
    letters = [letter for box, one in every for letter in _letters(box, one, usual, picture.scale)]
    return letters, sum(not one.text for _, one in every)


def _is_text(box: Box, text: RecognisedText, usual: float) -> bool:
    """Whether what only its dark dots tell is text: if it is as large as a sign, or certain."""
    large = min(box[2] - box[0], box[3] - box[1]) > usual * _SIGN
    return large or min(text.certain, default=0.0) >= _DOUBTFUL


def _lines(
    picture: Picture, ruling: Ruling, found: Iterable[tuple[float, float, float, float]]
) -> Iterator[Box]:
    """The texts that were found, cut at ruled lines and trimmed to what is dark, in dots."""
    scale = picture.scale
    for left, top, right, bottom in found:
        near = _INSIDE * scale
        xs = [x * scale for x, y0, _, y1 in ruling.upright
              if left + near < x * scale < right - near
              and min(y1 * scale, bottom) - max(y0 * scale, top) > (bottom - top) / 2]  # fmt: skip
        margin = (bottom - top) / 4
        ys = [y * scale for x0, y, x1, _ in ruling.level
              if top + margin < y * scale < bottom - margin
              and min(x1 * scale, right) - max(x0 * scale, left) > (right - left) / 2]  # fmt: skip
        for x0, x1 in _spans(left, right, xs):
            for y0, y1 in _spans(top, bottom, ys):
                yield from _trimmed(ruling.ink, (x0, y0, x1, y1))


def _distinct(boxes: Iterable[Box]) -> list[Box]:
    """The texts, each once: where one was found beyond a ruled line, what is there is another's."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda one: one[0] - one[2]):
        if not any(_common(box, other) > _SAME * _common(box, box) for other in kept):
            kept.append(box)
    return kept


def _common(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def _completed(lines: Sequence[Box], found: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """The texts with what is dark right beside them, and what else is dark."""
    whole, rest = [*lines], []
    for box in found:
        unfinished = (at for at, line in enumerate(whole) if _goes_on(line, box))
        at = next(unfinished, None)
        if at is None:
            rest.append(box)
        else:
            line = whole[at]
            whole[at] = (min(line[0], box[0]), line[1], max(line[2], box[2]), line[3])
    return whole, rest


def _goes_on(line: Box, box: Box) -> bool:
    """Whether a dark thing is the beginning or the end of a text."""
    high = line[3] - line[1]
    overlap = min(line[3], box[3]) - max(line[1], box[1])
    gap = max(box[0] - line[2], line[0] - box[2])
    return overlap > min(high, box[3] - box[1]) / 2 and gap < high / 2


def _spans(begin: float, end: float, cuts: Iterable[float]) -> Iterator[tuple[float, float]]:
    edges = [begin, *sorted(cuts), end]
    yield from pairwise(edges)


def _trimmed(ink: Grey, box: Box) -> Iterator[Box]:
    """What is dark in a box, without the tips of the lines above and below; a column in letters."""
    left, top, right, bottom = (max(0, int(edge)) for edge in box)
    part = ink[top:bottom, left:right]
    if not part.any():
        return
    rows = _runs(part.any(axis=1))
    high = bottom - top
    middle = [run for run in rows if run[1] > high * 0.25 and run[0] < high * 0.75] or rows
    y0, y1 = middle[0][0], middle[-1][1]
    across = _runs(part[y0:y1].any(axis=0))
    x0, x1 = across[0][0], across[-1][1]
    if y1 - y0 > (x1 - x0) * _TALL and len(middle) > 1:
        for begin, end in _stacked(middle, x1 - x0):
            yield left + x0, top + begin, left + x1, top + end
    else:
        yield left + x0, top + y0, left + x1, top + y1


def _runs(dark: Grey) -> list[tuple[int, int]]:
    """Where something is dark, from and to."""
    import numpy as np  # noqa: PLC0415 - the extra "ocr"

    edges = np.flatnonzero(np.diff(np.concatenate(([0], dark.astype(np.int8), [0]))))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def _stacked(runs: Sequence[tuple[int, int]], wide: float) -> Iterator[tuple[int, int]]:
    """Letters below one another: strokes that together are no higher than a letter is wide."""
    begin, end = runs[0]
    for other in runs[1:]:
        if other[1] - begin > wide * 1.15:
            yield begin, end
            begin = other[0]
        end = other[1]
    yield begin, end


class _Dots:
    """The dark dots of a page that belong to no text yet."""

    def __init__(self, ink: Grey, scale: float) -> None:
        self._ink, self._scale = ink, scale

    def forget(self, boxes: Iterable[Box]) -> None:
        """Leave out those of some texts."""
        for left, top, right, bottom in boxes:
            margin = int((bottom - top) * 0.25)
            self._ink[
                max(0, int(top) - margin) : int(bottom) + margin,
                max(0, int(left) - margin) : int(right) + margin,
            ] = 0

    def texts(self) -> Iterator[Box]:
        """Those that are left and lie close together, without dirt and without pictures."""
        import cv2  # noqa: PLC0415 - the extra "ocr"

        word = int(_WORD * self._scale)
        joined = cv2.dilate(self._ink, cv2.getStructuringElement(0, (word, word // 3)))
        _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
        for number, (left, top, wide, high, _) in enumerate(stats[1:].tolist(), 1):
            own = self._ink[top : top + high, left : left + wide].copy()
            own[labels[top : top + high, left : left + wide] != number] = 0
            for x0, y0, x1, y1 in _trimmed(own, (0, 0, wide, high)):
                box = left + x0, top + y0, left + x1, top + y1
                if self._may_be_text(box):
                    yield box

    def _may_be_text(self, box: Box) -> bool:
        wide, high = (box[2] - box[0]) / self._scale, (box[3] - box[1]) / self._scale
        return max(wide, high) > _SPECK and high < _MAX_SIZE


def _part(ruling: Ruling, box: Box, usual: float, scale: float) -> Grey:
    """The picture of one text with what is around it, within its cell.

    A lone sign looks small there, as it is.
    """
    left, top, right, bottom = box
    margin = max(bottom - top, usual) * _ROOM
    lack = max(0.0, usual - (bottom - top)) / 2
    x, y = (left + right) / 2 / scale, (top + bottom) / 2 / scale
    borders = [x0 * scale for x0, y0, _, y1 in ruling.upright if y0 < y < y1]
    across = [y0 * scale for x0, y0, x1, _ in ruling.level if x0 < x < x1]
    near = _INSIDE * scale
    columns = slice(*_within(left, right, margin * 2, borders, near))
    rows = slice(*_within(top, bottom, margin + lack, across, near))
    return ruling.paper[rows, columns]


def _within(
    begin: float, end: float, margin: float, lines: Iterable[float], near: float
) -> tuple[int, int]:
    """A stretch with room on both sides, but not beyond the ruled lines there."""
    lines = [*lines]
    first = max([begin - margin, *(line + _LINE for line in lines if line < begin + near)])
    last = min([end + margin, *(line - _LINE for line in lines if line > end - near)])
    return max(0, int(min(first, begin))), int(max(last, end))


def _letters(box: Box, recognised: RecognisedText, usual: float, scale: float) -> Iterator[Letter]:
    """The letters of a text side by side: how wide each is follows from what it is."""
    high = box[3] - box[1]
    if usual and _USUAL[0] * usual < high < _USUAL[1] * usual:
        high = usual
    middle = (box[1] + box[3]) / 2
    top, bottom = (middle - high / 2) / scale, (middle + high / 2) / scale
    wide = [1.0 if is_wide(char) else 0.5 for char in recognised.text]
    unit = (box[2] - box[0]) / scale / (sum(wide) or 1.0)
    x = box[0] / scale
    for char, part, certain in zip(recognised.text, wide, recognised.certain, strict=True):
        for text in clean(lookalikes.unified(char)):
            if not text.isspace():
                yield Letter(text, (x, top, x + part * unit, bottom), bottom - top, certain)
        x += part * unit
