"""RapidOCR: where text stands on a picture, and what it says. Its models are in its wheel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from disclosure.intake.formats.scans.picture import Grey

_LOOKED_AT = 1600  # dots of the longer side: enough to find text, not to read it
_BATCH = 6


@dataclass(frozen=True, slots=True)
class Said:
    """What a line of text says, and of each character how certain that is, from 0 to 1."""

    text: str
    certain: tuple[float, ...]


def is_installed() -> bool:
    """Whether the extra "ocr" is there."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2"))


class Recogniser:
    """Finds and reads text; made once for a document, because its models take a second to load."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR  # noqa: PLC0415 - the extra "ocr"

        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.max_side_len": 100_000,  # what is given has the size that is meant
                "Global.text_score": 0.0,
                "Rec.rec_batch_num": _BATCH,
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
            box = (min(xs), min(ys), max(xs), max(ys))
            yield tuple(float(edge) / shrink for edge in box)  # type: ignore[misc]  # four of them

    def read(self, parts: Sequence[Grey]) -> list[Said]:
        """What each of some pictures of one line says."""
        import cv2  # noqa: PLC0415
        from rapidocr.ch_ppocr_rec import TextRecInput  # noqa: PLC0415

        if not parts:
            return []
        coloured = [cv2.cvtColor(part, cv2.COLOR_GRAY2BGR) for part in parts]
        model = self._engine._load_rec_model()
        said = model(TextRecInput(img=coloured, return_word_box=True))
        return [
            Said(text, tuple(info.confs)) if text else Said("", ())
            for text, info in zip(said.txts, said.word_results, strict=True)
        ]
