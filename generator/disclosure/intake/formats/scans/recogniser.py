"""RapidOCR: where text stands on a picture, and what it says. Its models are in its wheel."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from msgspec import Struct

from disclosure.intake.formats.joining import is_wide
from disclosure.intake.formats.scans.picture import Grey

_THREADS = 4  # more gain little and take addresses, of which this process has only so many
_LOOKED_AT = 1600  # dots of the longer side: enough to find text, not to read it

_BRACKETS = str.maketrans("()", "（）")
_MARKS = str.maketrans(":;,?!", "：；，？！")


class RecognisedText(Struct, frozen=True):
    """What a line of text says, and of each character how certain that is, from 0 to 1."""

    text: str
    certain: tuple[float, ...]


def is_installed() -> bool:
    """Whether the extra "ocr" is there."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2"))


class Recogniser:
    """Finds and reads text; made once for a document, because its models take a second to load."""

    def __init__(self, say: Callable[[], None]) -> None:
        """Load the models; `say` is called after each text, so that slowness is no standstill."""
        from rapidocr import RapidOCR  # noqa: PLC0415 - the extra "ocr"

        self._say = say
        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.use_preprocess_img": False,  # what is given has the size that is meant
                "Global.text_score": 0.0,
                "EngineConfig.onnxruntime.intra_op_num_threads": min(_THREADS, os.cpu_count() or 1),
            }
        )

    def found(self, grey: Grey) -> Iterator[tuple[float, float, float, float]]:
        """Where text stands: left, top, right, bottom in dots."""
        import cv2  # noqa: PLC0415

        shrink = min(1.0, _LOOKED_AT / max(grey.shape))
        small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        seen = self._engine(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_rec=False)
        for corners in () if seen.boxes is None else seen.boxes:
            xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
            left, top, right, bottom = (
                float(edge) / shrink for edge in (min(xs), min(ys), max(xs), max(ys))
            )
            yield left, top, right, bottom

    def read(self, parts: Sequence[Grey]) -> list[RecognisedText]:
        """What each of some pictures of one line says."""
        return [self._recognised(part) for part in parts]

    def _recognised(self, part: Grey) -> RecognisedText:
        import cv2  # noqa: PLC0415

        self._say()
        seen = self._engine(
            cv2.cvtColor(part, cv2.COLOR_GRAY2BGR),
            use_det=False,
            use_rec=True,
            return_word_box=True,
        )
        if not seen.txts or not seen.txts[0].strip():
            return RecognisedText("", ())
        return RecognisedText(_as_in_chinese(seen.txts[0]), tuple(seen.word_results[0].confs))


def _as_in_chinese(text: str) -> str:
    """A line with the marks of Chinese text: the recogniser does not tell how wide they are."""
    if not any(map(is_wide, text)):
        return text
    marks = (
        char.translate(_MARKS) if any(map(is_wide, text[max(0, at - 1) : at])) else char
        for at, char in enumerate(text.translate(_BRACKETS))
    )
    return "".join(marks)
