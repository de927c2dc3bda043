"""How a PDF's page is painted: what pdfminer leaves out when it reads one.

pdfminer gives every glyph, shown or not. Whether a reader sees it depends on layers that are
switched off, on the rendering mode, transparency, clipping, the page's box, and on what is painted
later. So its interpreter is made to note these with each thing that it paints.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from msgspec import Struct
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import (
    MATRIX_IDENTITY,
    Matrix,
    Rect,
    apply_matrix_rect,
)
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF

from disclosure.intake.formats.pdf.colours import Colour, rgb
from disclosure.intake.formats.pdf.pdfminer_internals import last_painted, painted_since, set_text

_FILL, _STROKE, _BOTH = {0, 4}, {1, 5}, {2, 6}


class Paint(Struct, frozen=True):
    """How one thing was painted.

    Attributes:
        order: How many things were painted before it.
        run: How many texts were painted before the one it belongs to.
        off: Whether it belongs to a layer that is switched off.
        watermark: Whether the document itself calls it a watermark.
        inside: Whether its middle lies within the page as it is shown.
        clipped: Whether its middle lies outside of what may be painted there.
        opacity: From 0, invisible, to 1.
        blended: Whether what lies below shines through in another way.
        colours: What it is filled and outlined with; empty if it paints nothing.
        source: The number and kind of the annotation to which it belongs, if to one.
    """

    order: int
    run: int
    off: bool
    watermark: bool
    inside: bool
    clipped: bool
    opacity: float
    blended: bool
    colours: tuple[Colour, ...]
    source: tuple[int, str] | None


class GraphicsState(PDFGraphicState):
    """The graphics state with what pdfminer does not keep."""

    opacity = 1.0
    group = 1.0
    blended = False
    clip: Rect | None = None

    def copy(self) -> PDFGraphicState:
        """The same state, to be changed apart."""
        copied = GraphicsState()
        copied.__dict__.update(self.__dict__)
        return copied


class Device(PDFPageAggregatorWithMarkedContent):
    """Notes with each thing how it was painted."""

    def __init__(self, pdf: PDF, number: int) -> None:
        super().__init__(pdf.rsrcmgr, pageno=number, laparams=pdf.laparams)
        self.marked: list[str] = []
        self.nameless: dict[PDFFont, frozenset[int]] = {}
        self.source: tuple[int, str] | None = None
        self.state = GraphicsState()
        self.mode = 0
        self.box: Rect = (0, 0, 0, 0)
        self.page_ctm: Matrix = MATRIX_IDENTITY
        self.over: Callable[[PDFPage], None] = lambda _: None
        self._order = 0
        self._run = 0

    def end_page(self, page: PDFPage) -> None:
        """Paint what lies over the page before it is done."""
        self.over(page)
        super().end_page(page)

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Know the page's place before anything is painted."""
        super().begin_page(page, ctm)
        self.page_ctm = ctm
        self.box = common(
            apply_matrix_rect(ctm, page.cropbox), apply_matrix_rect(ctm, page.mediabox)
        )

    def render_string(
        self,
        textstate: PDFTextState,
        seq: Any,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Know the rendering mode of the glyphs that follow, and that they are one text."""
        self.mode = textstate.render
        self._run += 1
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        """One glyph."""
        advance = super().render_char(*args, **kwargs)
        font, code = args[1], args[5]
        if code in self.nameless.get(font, ()):
            set_text(last_painted(self.cur_item), self.handle_undefined_char(font, code))
        gs = cast(GraphicsState, args[-1])
        fill, stroke = rgb(gs.ncolor, gs.ncs), rgb(gs.scolor, gs.scs)
        colours: tuple[Colour, ...] = ()
        if self.mode in _FILL | _BOTH:
            colours += (fill,)
        if self.mode in _STROKE | _BOTH:
            colours += (stroke,)
        self._note(last_painted(self.cur_item), gs, colours)
        return advance

    def render_image(self, *args: Any, **kwargs: Any) -> None:
        """One picture."""
        super().render_image(*args, **kwargs)
        self._note(last_painted(self.cur_item), self.state, (None,))

    def paint_path(self, gstate: PDFGraphicState, stroke: bool, fill: bool, *args: Any) -> None:
        """Lines and areas; one path may give several."""
        before = len(self.cur_item)
        super().paint_path(gstate, stroke, fill, *args)
        colours: tuple[Colour, ...] = (rgb(gstate.ncolor, gstate.ncs),) if fill else ()
        if stroke:
            colours += (rgb(gstate.scolor, gstate.scs),)
        for item in painted_since(self.cur_item, before):
            self._note(item, cast(GraphicsState, gstate), colours)

    def _note(self, item: Any, state: GraphicsState, colours: tuple[Colour, ...]) -> None:
        self._order += 1
        at = (item.x0 + item.x1) / 2, (item.y0 + item.y1) / 2
        item.paint = Paint(
            self._order,
            self._run,
            "off" in self.marked,
            "watermark" in self.marked,
            _holds(self.box, at),
            state.clip is not None and not _holds(state.clip, at),
            state.opacity * state.group,
            state.blended,
            colours,
            self.source,
        )


def _holds(box: Rect, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def common(one: Rect, other: Rect) -> Rect:
    """The part that two boxes share."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
