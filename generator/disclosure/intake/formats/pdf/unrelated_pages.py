"""Pages of a long PDF that show no sign of targets: their lines, without a look for tables.

Finding the glyphs, lines and tables of a page takes forty times as long as its plain text, and most
of a budget book is about other things. A page is read in full if its text has a word of targets, if
PDFium cannot tell its text, or if it may be a picture of a table. So is the page before one with
such a word, if it may end with the title of a table, and the page after, unless it begins with a
title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pypdfium2
from pypdfium2 import raw

from disclosure.intake.formats.joining import Line
from disclosure.intake.formats.pdf.paragraphs import EDGE
from disclosure.intake.formats.pieces import LOST, clean, is_private
from disclosure.model.whitespace import squeezed

#: A document of fewer pages is read in full: it was made to show targets, or costs little.
_MIN_PAGES = 10
_SIGN = re.compile(
    "绩效|指标|自评|产出|效益|满意度|项目名称|(?:年度|总体|中期|长期|实施期|阶段性?)(?:总体)?目标"
    "|績效|指標|產出|滿意度|項目名稱"
)
#: Goals in prose, which go on over pages without any of these words.
_PROSE = re.compile("分项绩效目标|工作保障措施")
_BEGINS = re.compile(
    r"第[一二三四五六七八九十0-9]+[部章节].{0,30}|[一二三四五六七八九十]+、[^。]{1,30}|(?:公开|附)[0-9]+表.*"
    r"|附[件表录].{0,20}|(?:专业性?)?名词解释|[^。；，]{3,40}表(?:[（(][^）)]{1,12}[）)])?"
)
#: What may stand above a table: its title, what it is of, the unit of its amounts.
_ABOVE = re.compile(r"[^。；]{2,60}表|[（(].{2,30}[）)]|.{0,20}单位[:：].*|.*(?:万元|元)")
#: What ends a clause of a sentence, and none of a table.
_CLAUSE = re.compile(r"(?<=[\u4e00-\u9fff0-9%元）])[，。；]")
_MAX_ABOVE = 4  # lines
_PICTURE = 0.1  # of a page: a picture that is larger may show a table
_MIN_CLAUSES, _MIN_PROSE = 3, 60  # of a page with a chart, and its characters


def lines_by_page(document: pypdfium2.PdfDocument) -> dict[int, tuple[Line, ...]]:
    """The lines of each page without a sign of targets, by its number; none where all may have one.

    Where no page has a sign, none is known to have none either: the words are not those of
    targets as they are known here, or are drawn in a way that hides them.
    """
    if len(document) < _MIN_PAGES:
        return {}
    pages = {number: tuple(_lines(page, number)) for number, page in enumerate(document, 1)}
    texts = {number: squeezed("".join(line.text for line in pages[number])) for number in pages}
    signed = {number for number, text in texts.items() if _SIGN.search(text)}
    if not signed or any(map(_PROSE.search, texts.values())):
        return {}
    after = {number + 1 for number in signed if not _begins_anew(pages.get(number + 1, ()))}
    before = {number - 1 for number in signed if _may_end_with_title(pages.get(number - 1, ()))}
    read = signed | after | before
    return {number: lines for number, lines in pages.items() if lines and number not in read}


def _begins_anew(lines: Sequence[Line]) -> bool:
    """Whether a page begins with a title or heading, so that nothing goes on there."""
    first = next((line for line in lines if not line.edge), None)
    return first is not None and _BEGINS.fullmatch(squeezed(first.text)) is not None


def _may_end_with_title(lines: Sequence[Line]) -> bool:
    """Whether a page may end with what stands above a table overleaf."""
    last = [squeezed(line.text) for line in lines if not line.edge][-_MAX_ABOVE:]
    return any(map(_ABOVE.fullmatch, last))


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    """The lines of a page from top to bottom, of a table each text for itself.

    None where the text cannot be relied on: of a picture, or in letters that nobody knows.
    """
    seen = page.get_textpage()
    text = seen.get_text_range()
    if any(char == LOST or is_private(char) for char in text):
        return
    if _has_picture(page) and not _is_prose(squeezed(text)):
        return
    height = page.get_height()
    head = squeezed(seen.get_text_bounded(bottom=height * (1 - EDGE)))
    foot = squeezed(seen.get_text_bounded(top=height * EDGE))
    for at, line in enumerate(clean(text).split("\n"), 1):
        bare = squeezed(line)
        if bare:
            edge = bare in head or bare in foot
            yield Line(line.strip(), f"第{number}页第{at}行", number, 0, edge, unrelated=True)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether a picture on a page is so large that it may show a table."""
    width, height = page.get_size()
    bounds = (picture.get_bounds() for picture in
              page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))  # fmt: skip
    return any(abs((right - left) * (top - bottom)) > _PICTURE * width * height
               for left, bottom, right, top in bounds)  # fmt: skip


def _is_prose(text: str) -> bool:
    """Whether a page says in sentences what it is about, so that a picture in it is a chart."""
    return len(_CLAUSE.findall(text)) >= _MIN_CLAUSES and len(text) >= _MIN_PROSE
