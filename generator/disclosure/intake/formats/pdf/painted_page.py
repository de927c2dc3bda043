"""A page of a PDF that is read with what pdfminer's interpreter passes over.

Layers, transparency, clipping and what form fields show: each operator that decides whether
something is seen is followed here, and noted by the device of `painting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from pdfminer.layout import LTItem, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFStackT
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import (
    MATRIX_IDENTITY,
    Matrix,
    Rect,
    apply_matrix_pt,
    apply_matrix_rect,
    mult_matrix,
)
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from disclosure.intake.formats.pdf import nameless_glyphs, page_annotations
from disclosure.intake.formats.pdf.layers import Layers
from disclosure.intake.formats.pdf.painting import Device, GraphicsState, common


class _PageInterpreter(PDFPageInterpreter):
    """Follows the operators that pdfminer passes over."""

    device: Device
    layers: Layers
    _clips = False
    above: GraphicsState | None = None

    def init_state(self, ctm: Matrix) -> None:
        """Begin with the state of the content that paints this form."""
        super().init_state(ctm)
        self.graphicstate = self.above.copy() if self.above else GraphicsState()

    def init_resources(self, resources: dict[object, object]) -> None:
        """Know of each font which of its codes mean nothing."""
        super().init_resources(resources)
        specs = resolve1((resources or {}).get("Font")) or {}
        for name, font in self.fontmap.items():
            if font not in self.device.nameless:
                self.device.nameless[font] = nameless_glyphs.codes(font, specs.get(name))

    def subinterp(self) -> PDFPageInterpreter:
        """An interpreter for a form, which goes on with the state of here."""
        inner = cast(_PageInterpreter, super().subinterp())
        inner.layers = self.layers
        inner.above = cast(GraphicsState, self.graphicstate)
        return inner

    def do_gs(self, name: PDFStackT) -> None:
        """Transparency."""
        states = resolve1(self.resources.get("ExtGState")) or {}
        found = resolve1(states.get(getattr(name, "name", ""))) or {}
        state = cast(GraphicsState, self.graphicstate)
        opacity = resolve1(found.get("ca"))
        if isinstance(opacity, (int, float)):
            state.opacity = float(opacity)
        if "BM" in found:
            mode = resolve1(found["BM"])
            first = mode[0] if isinstance(mode, list) and mode else mode
            state.blended = getattr(first, "name", "Normal") not in {"Normal", "Compatible"}

    def do_W(self) -> None:  # noqa: N802 - the operator's name
        """The path that is ended next limits what is painted."""
        self._clips = True

    def do_W_a(self) -> None:  # noqa: N802
        """The same by another rule."""
        self._clips = True

    def _clip(self) -> None:
        if self._clips and self.curpath:
            points = [
                apply_matrix_pt(self.ctm, (float(part[at]), float(part[at + 1])))
                for part in self.curpath
                for at in range(1, len(part) - 1, 2)
            ]
            self._limit(_around(points))
        self._clips = False

    def _limit(self, box: Rect) -> None:
        state = cast(GraphicsState, self.graphicstate)
        state.clip = common(state.clip, box) if state.clip else box

    def do_n(self) -> None:
        """End a path that is only to clip."""
        self._clip()
        super().do_n()

    def do_S(self) -> None:  # noqa: N802
        """Stroke a path, which may also clip; so with all others that paint one."""
        self._painted(super().do_S)

    def do_f(self) -> None:
        """Fill it."""
        self._painted(super().do_f)

    def do_f_a(self) -> None:
        """Fill it by another rule."""
        self._painted(super().do_f_a)

    def do_F(self) -> None:  # noqa: N802
        """Fill it, in old files."""
        self.do_f()

    def do_B(self) -> None:  # noqa: N802
        """Fill and stroke it."""
        self._painted(super().do_B)

    def do_B_a(self) -> None:  # noqa: N802
        """Fill it by another rule, and stroke it."""
        self._painted(super().do_B_a)

    def _painted(self, paint: Any) -> None:
        path = self.curpath
        paint()
        self.curpath, kept = path, self.curpath
        self._clip()
        self.curpath = kept

    def do_BMC(self, tag: PDFStackT) -> None:  # noqa: N802
        """Begin a marked part."""
        self.device.marked.append("")
        super().do_BMC(tag)

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:  # noqa: N802
        """Begin a marked part with properties: a layer, or what is no content."""
        self.device.marked.append(self._mark(getattr(tag, "name", ""), props))
        super().do_BDC(tag, props)

    def _mark(self, tag: str, props: Any) -> str:
        if isinstance(props, PSLiteral):
            named = resolve1(self.resources.get("Properties")) or {}
            props = named.get(str(props.name))
        if tag == "OC" and props is not None:
            return "" if self.layers.shows(props) else "off"
        kind = resolve1((resolve1(props) or {}).get("Subtype")) if tag == "Artifact" else None
        return "watermark" if getattr(kind, "name", "") == "Watermark" else ""

    def do_EMC(self) -> None:  # noqa: N802
        """End a marked part."""
        if self.device.marked:
            self.device.marked.pop()
        super().do_EMC()

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802
        """Paint a picture or a form, unless its layer is off."""
        found = resolve1(self.xobjmap.get(getattr(xobjid_arg, "name", "")))
        attrs = found.attrs if isinstance(found, PDFStream) else {}
        before, state = list(self.device.marked), cast(GraphicsState, self.graphicstate)
        off = "OC" in attrs and not self.layers.shows(attrs["OC"])
        self.device.marked.append("off" if off else "")
        self.device.state = state
        self.graphicstate = state.copy()
        inner = cast(GraphicsState, self.graphicstate)
        if resolve1(attrs.get("Group")):  # it is painted apart, then laid over the page
            inner.group, inner.opacity = state.group * state.opacity, 1.0
        box = resolve1(attrs.get("BBox"))
        if isinstance(box, list) and len(box) == 4:
            matrix = resolve1(attrs.get("Matrix")) or MATRIX_IDENTITY
            self._limit(apply_matrix_rect(mult_matrix(matrix, self.ctm), cast(Rect, tuple(box))))
        super().do_Do(xobjid_arg)
        self.graphicstate = state
        self.device.marked = before

    def appearances(self, page: PDFPage) -> None:
        """Paint what form fields and stamps show."""
        self.graphicstate = GraphicsState()
        for number, found in enumerate(page_annotations.every(page)):
            stream = page_annotations.appearance(found)
            if stream is None:
                continue
            self.device.source = number, page_annotations.kind(found)
            box = cast(Rect, tuple(map(float, resolve1(stream.get("BBox")))))
            matrix = cast(Matrix, tuple(resolve1(stream.get("Matrix")) or MATRIX_IDENTITY))
            fitted = mult_matrix(_fit(apply_matrix_rect(matrix, box), page_annotations.rect(found)),
                                 self.device.page_ctm)  # fmt: skip
            self.device.set_ctm(fitted)
            self.device.begin_figure("", box, matrix)
            self.subinterp().render_contents(
                resolve1(stream.get("Resources")) or {}, [stream], ctm=mult_matrix(matrix, fitted)
            )
            self.device.end_figure("")
        self.device.source = None


class PaintedPage(Page):
    """A page that also knows how each thing on it was painted.

    Attributes:
        ctm: From the coordinates of the file to those of the page as it is read.
    """

    ctm: Matrix

    @property
    def layout(self) -> LTPage:
        """What is painted on the page, in order."""
        if hasattr(self, "_layout"):
            return self._layout
        device = Device(self.pdf, self.page_number)
        interpreter = _PageInterpreter(self.pdf.rsrcmgr, device)
        interpreter.layers = Layers(self.pdf.doc)
        device.over = interpreter.appearances
        try:
            interpreter.process_page(self.page_obj)
        except Exception as error:
            raise PdfminerException(error) from error
        self.ctm = device.page_ctm
        self._layout: LTPage = device.get_result()
        return self._layout

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        """A thing as pdfplumber gives it, and how it was painted."""
        found: dict[str, Any] = super().process_object(obj)
        found["paint"] = getattr(obj, "paint", None)
        return found


def pages(opened: PDF) -> Iterator[PaintedPage]:
    """The pages of a PDF."""
    for page in opened.pages:
        yield PaintedPage(opened, page.page_obj, page.page_number, page.initial_doctop)


def turned(page: PaintedPage, degrees: int) -> PaintedPage:
    """The same page, turned clockwise by a quarter or more."""
    inner = page.page_obj
    inner.rotate = (inner.rotate + degrees) % 360
    inner.attrs["Rotate"] = inner.rotate
    return PaintedPage(page.pdf, inner, page.page_number, page.initial_doctop)


def _around(points: Sequence[tuple[float, float]]) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _fit(box: Rect, target: Rect) -> Matrix:
    """What moves and stretches one box onto another."""
    wide, high = box[2] - box[0], box[3] - box[1]
    across = (target[2] - target[0]) / wide if wide else 1.0
    down = (target[3] - target[1]) / high if high else 1.0
    return across, 0, 0, down, target[0] - box[0] * across, target[1] - box[1] * down
