"""The ruled lines of a scanned page, and its dark dots without them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from disclosure.intake.formats.scans.picture import Box, Grey, Picture

_LONG = 30.0  # points, of level lines: a stroke of a letter is no longer
_MIN_SIDE = 11.0  # points, of upright lines: no row of a table is lower
_MEET = 3.0  # points: lines that are nearer meet
_MAX_THICKNESS = 4.0  # points; what is thicker is an area
_BRIDGE = 3.0  # points; a gap in a line that is no wider is one of the scan
_AROUND = 41  # dots: what a dot must be darker than is looked at so far around
_DARKER = 14  # of 255
_STOP = 0.8  # points
_EDGE = 5  # dots across: the edge of a line is ragged


class Ruling(Struct, frozen=True, eq=False):
    """What is drawn on a page.

    Attributes:
        level: Its level lines, in points.
        upright: Its upright ones.
        ink: Its dark dots without the lines: 255 where there is one.
        paper: The page without the lines.
    """

    level: tuple[Box, ...]
    upright: tuple[Box, ...]
    ink: Grey
    paper: Grey


def of_picture(picture: Picture) -> Ruling:
    """Tell lines and letters of a page apart."""
    import cv2  # noqa: PLC0415 - the extra "ocr"
    import numpy as np  # noqa: PLC0415

    dark = cv2.adaptiveThreshold(
        cv2.GaussianBlur(picture.grey, (3, 3), 0), 255,
        cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AROUND, _DARKER,
    )  # fmt: skip
    scale = picture.scale
    across = _Strokes(_strokes(dark, int(_LONG * scale), 1, scale), scale)
    down = _Strokes(_strokes(dark, 1, int(_MIN_SIDE * scale), scale), scale)
    meets = [any(_meet(one, other) for other in across.boxes) for one in down.boxes]
    drawn = cv2.bitwise_or(across.only([True] * len(across.boxes)), down.only(meets))
    around = cv2.dilate(drawn, cv2.getStructuringElement(0, (_EDGE, _EDGE)))
    ink = _clean(cv2.bitwise_and(dark, cv2.bitwise_not(around)), scale)
    paper = picture.grey.copy()
    paper[drawn > 0] = np.median(picture.grey)
    upright = (box for box, is_line in zip(down.boxes, meets, strict=True) if is_line)
    return Ruling(tuple(map(_thinned, across.boxes)), tuple(map(_thinned, upright)), ink, paper)


class _Strokes:
    """Long strokes: the place of each in points."""

    def __init__(self, dark: Grey, scale: float) -> None:
        import cv2  # noqa: PLC0415

        _, self._labels, stats, _ = cv2.connectedComponentsWithStats(dark)
        self.boxes: list[Box] = [
            (left / scale, top / scale, (left + wide) / scale, (top + high) / scale)
            for left, top, wide, high, _ in stats[1:].tolist()
        ]

    def only(self, wanted: Sequence[bool]) -> Grey:
        """The dots of those that are wanted."""
        import numpy as np  # noqa: PLC0415

        return np.array([False, *wanted])[self._labels].astype(np.uint8) * 255


def _clean(ink: Grey, scale: float) -> Grey:
    """What is dark without specks, which are smaller than a full stop."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    large = stats[:, cv2.CC_STAT_AREA] >= (_STOP * scale) ** 2
    large[0] = False
    return np.where(large[labels], ink, 0).astype(np.uint8)


def _meet(upright: Box, level: Box) -> bool:
    """Whether two lines meet: the strokes of a large letter meet no long one."""
    return (
        level[0] - _MEET <= (upright[0] + upright[2]) / 2 <= level[2] + _MEET
        and upright[1] - _MEET <= (level[1] + level[3]) / 2 <= upright[3] + _MEET
    )


def _thinned(box: Box) -> Box:
    """A stroke as a line without width."""
    x0, y0, x1, y1 = box
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return (x0, y, x1, y) if x1 - x0 > y1 - y0 else (x, y0, x, y1)


def _strokes(dark: Grey, wide: int, high: int, scale: float) -> Grey:
    """Only the strokes that are as long in one direction; small gaps are bridged."""
    import cv2  # noqa: PLC0415

    gap = int(_BRIDGE * scale)
    across = (3, 1) if high > wide else (1, 3)  # a line that is not quite level goes on a dot lower
    along = (1, gap) if high > wide else (gap, 1)
    thick = cv2.dilate(dark, cv2.getStructuringElement(0, across))
    thick = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(0, (wide, high)))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, cv2.getStructuringElement(0, along))
    return _thin(closed, scale)


def _thin(strokes: Grey, scale: float) -> Grey:
    """Without areas: what stays when everything thin is taken away."""
    import cv2  # noqa: PLC0415

    side = int(_MAX_THICKNESS * scale)
    areas = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, cv2.getStructuringElement(0, (side, side)))
    if not areas.any():
        return strokes
    grown = cv2.dilate(areas, cv2.getStructuringElement(0, (5, 5)))
    return cv2.bitwise_and(strokes, cv2.bitwise_not(grown))
