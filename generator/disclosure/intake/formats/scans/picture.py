"""The picture of a page: grey, upright, level, with places in points as on the page."""

from __future__ import annotations

from typing import Any

import pypdfium2
from msgspec import Struct

#: A grey picture: numpy's array, rows of brightness 0 to 255. Only the extra "ocr" brings numpy.
Grey = Any

#: A place on a page: left, top, right, bottom in points.
Box = tuple[float, float, float, float]

DPI = 300  # letters of 9 points are 37 dots high then; the recogniser looks at 48
_MAX_DOTS = 30_000_000  # a page of A3 at 300 dpi has 17 million
_MAX_ANGLE = 5.0  # degrees
_COARSE, _FINE = 0.5, 0.05  # steps in which the angle is looked for
_SMALL = 900  # dots across, of the picture in which it is looked for
_LEVEL = 0.03  # degrees; turning by less only blurs
_SHOWN = 0.5  # of the size: enough for an eye


class Picture(Struct, frozen=True, eq=False):
    """The picture of a page.

    Attributes:
        grey: Its dots.
        scale: How many dots a point has.
    """

    grey: Grey
    scale: float

    def cut_out(self, box: Box) -> bytes:
        """A part of it as PNG, with a little of what is around."""
        import cv2  # noqa: PLC0415 - the extra "ocr"

        margin = 2 * self.scale
        left, top, right, bottom = (edge * self.scale for edge in box)
        part = self.grey[
            max(0, int(top - margin)) : int(bottom + margin),
            max(0, int(left - margin)) : int(right + margin),
        ]
        small = cv2.resize(part, None, fx=_SHOWN, fy=_SHOWN, interpolation=cv2.INTER_AREA)
        _, packed = cv2.imencode(".png", small)
        return bytes(packed)


def of_page(page: pypdfium2.PdfPage) -> Picture:
    """What a page of a PDF shows, turned until its lines are level."""
    wide, high = page.get_size()
    scale = min(DPI / 72, (_MAX_DOTS / (wide * high)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    return Picture(
        _levelled(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width]), scale
    )


def _levelled(grey: Grey) -> Grey:
    import cv2  # noqa: PLC0415

    angle = _angle(grey)
    if abs(angle) < _LEVEL:
        return grey
    return _turned(grey, angle, cv2.INTER_CUBIC)


def _turned(grey: Grey, degrees: float, how: int) -> Grey:
    """A picture turned about its middle; what comes into it is paper."""
    import cv2  # noqa: PLC0415

    high, wide = grey.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    return cv2.warpAffine(grey, matrix, (wide, high), flags=how, borderValue=255)


def _angle(grey: Grey) -> float:
    """How many degrees against the clock make a page level.

    Where lines of text and of tables are level, rows of dots are either dark or bright, so that
    neighbouring rows differ most.
    """
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    shrink = min(1.0, _SMALL / grey.shape[1])
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    dark = 255 - cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]

    def contrast(degrees: float) -> float:
        high, wide = dark.shape
        matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
        sums = cv2.warpAffine(dark, matrix, (wide, high)).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(sums)).sum())

    best = max(np.arange(-_MAX_ANGLE, _MAX_ANGLE + _COARSE, _COARSE), key=contrast)
    return float(max(np.arange(best - _COARSE, best + _COARSE, _FINE), key=contrast))
